"""What the stream tells of articles of the blog."""

import re
from typing import Any

from wpbridge.rehearsal.contents import link
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import clickable, escape, strip_tags
from wpbridge.rehearsal.visit import Visit

_SUMMARY = 225


def record_post(visit: Visit, post: Row) -> None:
    """``bp_activity_post_type_publish``: the one activity with a date of its own."""
    if not {"blogs", "activity"} <= visit.active or post["type"] != "post":
        return
    where = "component = 'blogs' AND secondary_item_id = ?"
    known = visit.store.value(f"SELECT id FROM activity WHERE {where}", post["id"])
    if post["status"] != "publish":
        visit.store.run(f"DELETE FROM activity WHERE {where}", post["id"])
    elif known:
        # bp_activity_post_type_update keeps the activity, and its date.
        told = _told(visit, post)
        visit.store.update(
            "activity", known, action=told["action"], content=told["content"]
        )
    else:
        visit.store.insert("activity", **_told(visit, post))


def _told(visit: Visit, post: Row) -> dict[str, Any]:
    where = link(visit, post)
    author = visit.user(post["author"])
    name = author["display_name"] if author else ""
    nicename = author["nicename"] if author else ""
    profile = f"{visit.directory('members')}/{nicename}/"
    return {
        "user_id": post["author"],
        "component": "blogs",
        "type": "new_blog_post",
        "action": f'<a href="{profile}">{name}</a> wrote a new post, '
        f'<a href="{where}">{post["title"]}</a>',
        "content": _summary(post, where),
        # The short address, which holds whatever the slug becomes.
        "primary_link": f"{visit.url}/?p={post['id']}",
        "item_id": 1,
        "secondary_item_id": post["id"],
        "date_recorded": post["date_gmt"],
    }


def _summary(post: Row, where: str) -> str:
    """``bp_activity_create_summary``: the title above the beginning of the text."""
    text = re.sub(r"[\r\n]", " ", strip_tags(post["content"]))[:_SUMMARY]
    if not text:
        return ""
    title = f'<a href="{where}">{escape(post["title"])}</a>'
    return f"<strong>{title}</strong>{clickable(text)}"
