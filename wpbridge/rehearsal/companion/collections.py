"""``GET wpbridge/v1/collections/NAME``: whole collections, by pages of rows."""

import json
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from wpbridge.rehearsal.companion.access import forbid, moderate
from wpbridge.rehearsal.companion.moments import zulu
from wpbridge.rehearsal.group_rules import closed, posters, rule
from wpbridge.rehearsal.profiles import plain
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.registry import typings
from wpbridge.rehearsal.store import Row, marks
from wpbridge.rehearsal.text import strip_slashes
from wpbridge.rehearsal.visit import Visit

Read = Callable[[Visit, int, int, int], list[list[Any]]]
_NEEDS = {
    "groups": "groups",
    "memberships": "groups",
    "posts": "activity",
    "friendships": "friends",
}


def get_items(visit: Visit) -> Any:
    """A page; it begins after the number that the one before it ended with."""
    name = visit.params.path["name"]
    if name not in _READ:
        message = "No route was found matching the URL and request method."
        raise Refusal("rest_no_route", message, 404)
    moderate(visit)
    if not visit.can("list_users"):
        forbid(visit)
    if name in _NEEDS and _NEEDS[name] not in visit.active:
        message = "That component of BuddyPress is off."
        raise Refusal("wpbridge_component", message, 404)
    began, limit = time.monotonic(), visit.number("limit")
    read, columns = _READ[name]
    rows = read(visit, visit.number("after"), limit, visit.number("group"))
    return {
        "columns": columns.split(),
        "rows": rows,
        "next": rows[-1][0] if len(rows) == limit else None,
        "seconds": round(time.monotonic() - began, 3),
    }


def _members(visit: Visit, after: int, limit: int, _: int) -> list[list[Any]]:
    query = "SELECT * FROM users WHERE id > ? ORDER BY id LIMIT ?"
    users = visit.store.rows(query, after, limit)
    profiles = _profiles(visit, [each["id"] for each in users])
    return [
        [
            row["id"],
            row["login"],
            row["nicename"],
            row["display_name"],
            row["email"],
            zulu(row["registered"]),
            row["spam"],
            zulu(row["last_activity"]),
            json.loads(row["roles"]),
            typings(visit, "member", row["id"]),
            profiles[row["id"]],
        ]
        for row in users
    ]


def _profiles(visit: Visit, users: list[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    if "xprofile" not in visit.active:
        return found
    for row in visit.store.rows(
        f"SELECT * FROM profile_data WHERE user_id IN ({marks(users)}) ORDER BY id",
        *users,
    ):
        found[row["user_id"]][str(row["field_id"])] = plain(row["value"])
    return found


def _groups(visit: Visit, after: int, limit: int, _: int) -> list[list[Any]]:
    query = "SELECT * FROM groups WHERE id > ? ORDER BY id LIMIT ?"
    return [
        [
            row["id"],
            row["slug"],
            strip_slashes(row["name"]),
            strip_slashes(row["description"]),
            row["status"],
            row["creator_id"],
            row["parent_id"],
            bool(row["enable_forum"]),
            zulu(row["date_created"]),
            zulu(row["last_activity"]),
            rule(visit, row["id"], "invites", "members"),
            posters(visit, row["id"]),
            closed(visit, row["id"]),
            typings(visit, "group", row["id"]),
        ]
        for row in visit.store.rows(query, after, limit)
    ]


def _memberships(visit: Visit, after: int, limit: int, group: int) -> list[list[Any]]:
    return [
        [
            row["id"],
            row["group_id"],
            row["user_id"],
            _role(row),
            zulu(row["date_modified"]),
            bool(row["is_confirmed"]),
        ]
        for row in visit.store.rows(
            "SELECT * FROM group_members WHERE id > ? AND ? IN (0, group_id) "
            "ORDER BY id LIMIT ?",
            after,
            group,
            limit,
        )
    ]


def _role(row: Row) -> str:
    if row["is_banned"]:
        return "banned"
    return "admin" if row["is_admin"] else "mod" if row["is_mod"] else "member"


def _posts(visit: Visit, after: int, limit: int, group: int) -> list[list[Any]]:
    posts = visit.store.rows(
        "SELECT a.* FROM activity a LEFT JOIN activity root "
        "ON a.type = 'activity_comment' AND root.id = a.item_id WHERE a.id > ? "
        "AND a.type IN ('activity_update', 'activity_comment') AND a.is_spam = 0 "
        "AND (? = 0 OR (a.component = 'groups' AND a.item_id = ?) "
        "OR (root.component = 'groups' AND root.item_id = ?)) ORDER BY a.id LIMIT ?",
        after,
        *[group] * 3,
        limit,
    )
    marked = _marked(visit, [each["id"] for each in posts])
    return [
        [
            row["id"],
            row["user_id"],
            row["component"],
            row["type"],
            row["item_id"],
            row["secondary_item_id"],
            zulu(row["date_recorded"]),
            bool(row["hide_sitewide"]),
            strip_slashes(row["content"]),
            marked[row["id"]],
        ]
        for row in posts
    ]


def _marked(visit: Visit, posts: list[int]) -> dict[int, list[list[str]]]:
    found: dict[int, list[list[str]]] = defaultdict(list)
    for row in visit.store.rows(
        "SELECT object_id, owner, kind, name, digest FROM marks "
        f"WHERE kind IN ('posts', 'comments') AND object_id IN ({marks(posts)})",
        *posts,
    ):
        identity, *rest = row
        found[identity].append(rest)
    return found


def _friendships(visit: Visit, after: int, limit: int, _: int) -> list[list[Any]]:
    query = "SELECT * FROM friends WHERE id > ? ORDER BY id LIMIT ?"
    return [
        [
            row["id"],
            row["initiator_user_id"],
            row["friend_user_id"],
            bool(row["is_confirmed"]),
            zulu(row["date_created"]),
        ]
        for row in visit.store.rows(query, after, limit)
    ]


_READ: dict[str, tuple[Read, str]] = {
    "members": (
        _members,
        "id login slug name email registered status last_activity roles types profile",
    ),
    "groups": (
        _groups,
        (
            "id slug name description status creator parent forum created "
            "last_activity invites posts closed types"
        ),
    ),
    "memberships": (_memberships, "id group member role since confirmed"),
    "posts": (
        _posts,
        "id member component type item parent date hidden content marks",
    ),
    "friendships": (_friendships, "id initiator friend accepted date"),
}
ROUTES = {"GET /wpbridge/v1/collections/<name:word>": get_items}
