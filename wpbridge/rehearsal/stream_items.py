"""Items of the stream as replies show them."""

from typing import Any

from wpbridge.rehearsal.people import avatars
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.stream import action, comments_below, permalink, rendered
from wpbridge.rehearsal.visit import Visit


def prepared(
    visit: Visit, item: Row, context: str = "", *, nested: bool = False
) -> dict[str, Any]:
    """``prepare_item_for_response``; _fields does not reach nested comments."""
    # Without comments asked for the query loads none, except in single ones.
    single = "id" in visit.params.path
    threads = bool(visit.get("display_comments")) or single
    comment = item["type"] == "activity_comment"
    data: dict[str, Any] = {
        "user_id": item["user_id"],
        "component": item["component"],
        "content": {
            "raw": item["content"],
            "rendered": rendered(visit, item["content"], comment=comment),
        },
        "date": visit.local(item["date_recorded"]),
        "date_gmt": item["date_recorded"].replace(" ", "T"),
        "id": item["id"],
        "link": permalink(visit, item),
        "primary_item_id": item["item_id"],
        "secondary_item_id": item["secondary_item_id"],
        "status": "spam" if item["is_spam"] else "published",
        "title": action(visit, item) or item["action"],
        "type": item["type"],
        "hidden": bool(item["hide_sitewide"]),
        "favorited": _is_favorite(visit, item["id"]),
    }
    below = comments_below(visit, item) if threads else []
    if below:
        data["comment_count"] = len(below)
        if visit.get("display_comments") == "threaded":
            data["comments"] = [prepared(visit, each, nested=True) for each in below]
    if nested or visit.wants("user_avatar"):
        data["user_avatar"] = avatars(visit, item["user_id"])
    shaped = visit.shaped("bp_activity", data, context)
    if nested or visit.shows_links:
        shaped["_links"] = _links(visit, item)
    return shaped


def _is_favorite(visit: Visit, item: int) -> bool:
    return bool(
        visit.me
        and visit.store.value(
            "SELECT 1 FROM favorites WHERE user_id = ? AND activity_id = ?",
            visit.me,
            item,
        )
    )


def _links(visit: Visit, item: Row) -> dict[str, Any]:
    own = visit.api(f"activity/{item['id']}")
    links: dict[str, Any] = {
        "self": [{"href": own}],
        "collection": [{"href": visit.api("activity/")}],
        "user": [{"embeddable": True, "href": visit.api(f"members/{item['user_id']}")}],
    }
    if item["type"] == "activity_comment":
        links["up"] = [{"href": own}]
    if item["component"] == "groups" and item["item_id"]:
        href = visit.api(f"groups/{item['item_id']}")
        links["group"] = [{"embeddable": True, "href": href}]
    if not visit.anonymous:
        action_link = [{"activity_id": item["id"], "href": f"{own}/favorite"}]
        links["favorite"] = links["bp-action-favorite"] = action_link
    return links
