"""Pages, posts and media as rows: their slugs, and how REST tells them."""

import re
from typing import Any

from wpbridge.rehearsal.kses import POST_TAGS, kses
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import (
    clickable,
    paragraphs,
    slugged,
    strip_tags,
    texturize,
)
from wpbridge.rehearsal.visit import Visit

_SHOWN = ("publish", "private", "future")
_EXCERPT = 55
_EDIT_ONLY = ("password", "permalink_template", "generated_slug")


def free_slug(visit: Visit, kind: str, wanted: str, parent: int, own: int = 0) -> str:
    """``wp_unique_post_slug``: pages need only differ below one parent."""
    found, suffix = wanted, 2
    where = "AND parent = ?" if kind == "page" else "AND ? >= 0"
    while visit.store.value(
        f"SELECT 1 FROM posts WHERE type = ? AND slug = ? AND id != ? {where}",
        kind,
        found,
        own,
        parent,
    ):
        found = f"{wanted}-{suffix}"
        suffix += 1
    return found


def said(visit: Visit, name: str) -> str | None:
    """A text that may come as ``{"raw": …}``; None where nothing is said."""
    value = visit.params.get(name)
    if isinstance(value, dict):
        value = value.get("raw")
    return None if value is None else str(value)


def written(visit: Visit, text: str) -> str:
    """What may stay of it: everything, for those with unfiltered_html."""
    return text if visit.can("unfiltered_html") else kses(text, visit.rules(POST_TAGS))


def link(visit: Visit, post: Row) -> str:
    """``get_permalink``."""
    if post["status"] not in _SHOWN:
        name = "page_id" if post["type"] == "page" else "p"
        return f"{visit.url}/?{name}={post['id']}"
    path, above = post["slug"], post["parent"]
    while above and post["type"] in ("page", "buddypress"):
        row = visit.store.row("SELECT slug, parent FROM posts WHERE id = ?", above)
        if not row:
            break
        path, above = f"{row['slug']}/{path}", row["parent"]
    return f"{visit.url}/{path}/"


def _excerpt(post: Row) -> str:
    if post["excerpt"]:
        return paragraphs(texturize(post["excerpt"]))
    words = strip_tags(post["content"]).split()
    more = " [&hellip;]" if len(words) > _EXCERPT else ""
    text = " ".join(words[:_EXCERPT])
    return paragraphs(texturize(text) + more) if text else ""


def prepared(visit: Visit, post: Row, context: str = "") -> dict[str, Any]:
    """``WP_REST_Posts_Controller::prepare_item_for_response``."""
    context = context or str(visit.get("context") or "view")
    where = link(visit, post)
    body = paragraphs(texturize(post["content"]))
    item: dict[str, Any] = {
        "id": post["id"],
        "date": visit.local(post["date_gmt"]),
        "date_gmt": post["date_gmt"].replace(" ", "T"),
        "guid": {"raw": post["guid"] or where, "rendered": post["guid"] or where},
        "modified": visit.local(post["modified_gmt"]),
        "modified_gmt": post["modified_gmt"].replace(" ", "T"),
        "password": "",
        "slug": post["slug"],
        "status": post["status"],
        "type": post["type"],
        "link": where,
        "title": {"raw": post["title"], "rendered": texturize(post["title"])},
        "content": {
            "raw": post["content"],
            "rendered": body,
            "protected": False,
            "block_version": int("<!-- wp:" in post["content"]),
        },
        "excerpt": {
            "raw": post["excerpt"],
            "rendered": _excerpt(post),
            "protected": False,
        },
        "author": post["author"],
        "featured_media": post["featured_media"],
        "parent": post["parent"],
        "menu_order": post["menu_order"],
        "comment_status": post["comment_status"],
        "ping_status": "closed" if post["type"] == "page" else "open",
        "template": post["template"],
        "meta": {"footnotes": ""},
        "permalink_template": f"{visit.url}/%pagename%/",
        "generated_slug": slugged(post["title"]),
        "class_list": [
            f"post-{post['id']}",
            post["type"],
            f"type-{post['type']}",
            f"status-{post['status']}",
            "hentry",
        ],
    }
    if post["type"] == "post":
        del item["parent"], item["menu_order"]
        item |= {"sticky": False, "format": "standard", "categories": [1], "tags": []}
        item["permalink_template"] = f"{visit.url}/%postname%/"
    if visit.version.older_wordpress:
        del item["class_list"]
        if post["status"] == "private":
            item["title"]["rendered"] = f"Private: {item['title']['rendered']}"
    if context != "edit":
        _hide_raw(item)
    base = f"{visit.root}/wp/v2/{rest_base(post['type'])}"
    item["_links"] = {
        "self": [{"href": f"{base}/{post['id']}"}],
        "collection": [{"href": base}],
    }
    return item


def _hide_raw(item: dict[str, Any]) -> None:
    for name in _EDIT_ONLY:
        item.pop(name, None)
    for name in ("guid", "title", "content", "excerpt"):
        item[name].pop("raw", None)
    item["content"].pop("block_version", None)


def rest_base(kind: str) -> str:
    """``rest_base`` of a post type."""
    return {"page": "pages", "post": "posts"}.get(kind, kind)


def record_post(visit: Visit, post: Row) -> None:
    """``bp_activity_post_type_publish``: the one activity with a date of its own."""
    if not {"blogs", "activity"} <= visit.active or post["type"] != "post":
        return
    visit.store.run(
        "DELETE FROM activity WHERE component = 'blogs' AND secondary_item_id = ?",
        post["id"],
    )
    if post["status"] != "publish":
        return
    where = link(visit, post)
    author = visit.user(post["author"])
    name = author["display_name"] if author else ""
    nicename = author["nicename"] if author else ""
    visit.store.insert(
        "activity",
        user_id=post["author"],
        component="blogs",
        type="new_blog_post",
        action=f'<a href="{visit.url}/members/{nicename}/">{name}</a> wrote a new '
        f'post, <a href="{where}">{post["title"]}</a>',
        content=clickable(re.sub(r"\s+", " ", strip_tags(post["content"]))[:225]),
        primary_link=where,
        item_id=1,
        secondary_item_id=post["id"],
        date_recorded=post["date_gmt"],
    )
