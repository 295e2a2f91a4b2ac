"""``wpbridge/v1/groups/ID``: what BuddyPress's API cannot set in a group."""

from typing import Any

from wpbridge.rehearsal.companion.access import invalid, missing, moderate
from wpbridge.rehearsal.group_rules import closed, posters, rule, set_rule
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.visit import Visit

_COLUMNS = {
    "parent": "parent_id",
    "forum": "enable_forum",
    "description": "description",
}
_RULES = ("invites", "posts", "closed")


def get_item(visit: Visit) -> Any:
    """A group's rules."""
    moderate(visit)
    return _told(visit, _group(visit, visit.number("id")))


def update_item(visit: Visit) -> Any:
    """Change what is said."""
    if visit.get("description"):
        raise invalid("description", "description is not .")
    moderate(visit)
    group = _group(visit, visit.number("id"))
    parent = visit.number("parent")
    if parent == group["id"] or (parent and not _row(visit, parent)):
        message = "group to be its parent"
        raise missing(message, "parent", 400)
    sets = {
        column: visit.get(name)
        for name, column in _COLUMNS.items()
        if visit.params.given(name)
    }
    visit.store.update("groups", group["id"], **sets)
    for name in _RULES:
        if visit.params.given(name):
            set_rule(visit, group["id"], name, visit.get(name))
    return _told(visit, _group(visit, group["id"]))


def _row(visit: Visit, identity: int) -> Row | None:
    return visit.store.row("SELECT * FROM groups WHERE id = ?", identity)


def _group(visit: Visit, identity: int) -> Row:
    found = _row(visit, identity) if "groups" in visit.active else None
    if not found:
        raise missing("group", "group")
    return found


def _told(visit: Visit, group: Row) -> dict[str, Any]:
    return {
        "id": group["id"],
        "slug": group["slug"],
        "invites": rule(visit, group["id"], "invites", "members"),
        "posts": posters(visit, group["id"]),
        "closed": closed(visit, group["id"]),
        "parent": group["parent_id"],
        "forum": bool(group["enable_forum"]),
        "blank": not group["description"].strip(),
    }


ROUTES = {
    "GET /wpbridge/v1/groups/<id>": get_item,
    "PUT /wpbridge/v1/groups/<id>": update_item,
}
