"""Groups as rows: who is in one, what it is called, and how it is told."""

import secrets
from typing import Any

from wpbridge.rehearsal.kses import GROUP_TAGS
from wpbridge.rehearsal.people import uploaded
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.registry import typings
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import (
    shown_html,
    shown_name,
    slugged,
    strip_slashes,
)
from wpbridge.rehearsal.visit import Visit

# BP_Groups_Component::setup_globals, forbidden_names
_RESERVED = frozenset(
    [
        "my-groups",
        "create",
        "invites",
        "send-invites",
        "forum",
        "delete",
        "add",
        "admin",
        "request-membership",
        "members",
        "settings",
        "avatar",
        "front",
        "home",
    ]
)


def group_by_id(visit: Visit, identity: int) -> Row:
    """The group, or the 404 of ``bp_rest_group_invalid_id``."""
    found = visit.store.row("SELECT * FROM groups WHERE id = ?", identity)
    if not found:
        raise Refusal("bp_rest_group_invalid_id", "Invalid group ID.", 404)
    return found


def group_url(visit: Visit, group: Row) -> str:
    """``bp_get_group_url``."""
    return f"{visit.directory('groups')}/{group['slug']}/"


def membership(visit: Visit, group: int, user: int) -> Row | None:
    """The row of ``BP_Groups_Member( $user, $group )``, confirmed or not."""
    return visit.store.row(
        "SELECT * FROM group_members WHERE group_id = ? AND user_id = ?", group, user
    )


def is_member(visit: Visit, group: int, user: int) -> bool:
    """``groups_is_user_member``: confirmed and not banned."""
    found = membership(visit, group, user) if user else None
    return bool(found and found["is_confirmed"] and not found["is_banned"])


def is_admin(visit: Visit, group: int, user: int) -> bool:
    """``groups_is_user_admin``."""
    found = membership(visit, group, user) if user else None
    return bool(found and found["is_admin"] and not found["is_banned"])


def is_banned(visit: Visit, group: int, user: int) -> bool:
    """``groups_is_user_banned``."""
    found = membership(visit, group, user) if user else None
    return bool(found and found["is_banned"])


def admins(visit: Visit, group: int) -> list[int]:
    """User ids of the admins of a group."""
    return visit.store.column(
        "SELECT user_id FROM group_members WHERE group_id = ? AND is_admin = 1 "
        "AND is_banned = 0 ORDER BY date_modified, id",
        group,
    )


def _newest(visit: Visit, group: int) -> str:
    """The moment; or, after a post of another date, that of the newest."""
    if not visit.scope.date:
        return visit.stamp
    newest: str | None = visit.store.value(
        "SELECT max(date_recorded) FROM activity WHERE component = 'groups' "
        "AND item_id = ?",
        group,
    )
    return newest or visit.stamp


def touch_group(visit: Visit, group: int) -> None:
    """``groups_update_last_activity``."""
    visit.store.run(
        "UPDATE groups SET last_activity = ? WHERE id = ?", _newest(visit, group), group
    )


def free_slug(visit: Visit, wanted: str) -> str:
    """
    ``groups_check_slug``.

    A leading "wp" is cut off, and reserved and taken slugs get a random
    number, not -2.
    """
    slug = slugged(wanted).removeprefix("wp")
    if slug in _RESERVED:
        slug = f"{slug}-{_random()}"
    while visit.store.value("SELECT 1 FROM groups WHERE slug = ?", slug):
        slug = f"{slug}-{_random()}"
    return slug


def _random() -> int:
    return secrets.randbelow(2**31)


def avatar(visit: Visit, group: int, size: str) -> str:
    """``bp_core_fetch_avatar`` of a group: never a Gravatar."""
    found = uploaded(visit, f"group/{group}/avatar", f"-bp{size}.")
    if found:
        return found
    name = "mystery-group.png" if size == "full" else "mystery-group-50.png"
    return f"{visit.url}/wp-content/plugins/buddypress/bp-core/images/{name}"


def prepared(visit: Visit, group: Row) -> dict[str, Any]:
    """``BP_Groups_REST_Controller::prepare_item_for_response``."""
    context = visit.context
    data: dict[str, Any] = {
        "id": group["id"],
        "creator_id": group["creator_id"],
        "parent_id": group["parent_id"],
        "date_created": visit.local(group["date_created"]),
        "date_created_gmt": group["date_created"].replace(" ", "T"),
        "created_since": visit.since(group["date_created"]),
        "description": {
            "raw": group["description"],
            "rendered": _rendered(visit, group["description"]),
        },
        "enable_forum": bool(group["enable_forum"]),
        "link": group_url(visit, group),
        "name": shown_name(group["name"]),
        "slug": group["slug"],
        "status": group["status"],
        "types": typings(visit, "group", group["id"]),
        "admins": [],
        "mods": [],
        "total_member_count": 0,
        "last_activity": None,
        "last_activity_diff": None,
        "avatar_urls": {
            size: avatar(visit, group["id"], size) for size in ("full", "thumb")
        },
    }
    if context == "edit" or visit.get("populate_extras") is True:
        data |= _counted(visit, group)
    if context == "edit" and visit.wants("admins", "mods"):
        data |= staff(visit, group["id"])
    shaped = visit.shaped("bp_groups", data, context)
    if visit.shows_links:
        shaped["_links"] = links(visit, group)
    return shaped


def _rendered(visit: Visit, text: str) -> str:
    if not visit.wants("description", "description.rendered"):
        return ""
    return strip_slashes(shown_html(text, visit.rules(GROUP_TAGS)))


def _counted(visit: Visit, group: Row) -> dict[str, Any]:
    seen = group["last_activity"]
    return {
        "total_member_count": _member_count(visit, group),
        "last_activity": visit.local(seen),
        "last_activity_gmt": seen.replace(" ", "T"),
        "last_activity_diff": visit.since(seen),
    }


def recount(visit: Visit, group: int) -> None:
    """``refresh_total_member_count_for_group``: it is counted when next read."""
    visit.store.run("UPDATE groups SET member_count = NULL WHERE id = ?", group)


def count_members(visit: Visit) -> None:
    """Count the members of every group whose memberships have changed."""
    visit.store.run(
        "UPDATE groups SET member_count = (SELECT count(*) FROM group_members m "
        "JOIN users u ON u.id = m.user_id WHERE m.group_id = groups.id AND "
        "m.is_confirmed = 1 AND m.is_banned = 0) WHERE member_count IS NULL"
    )


def _member_count(visit: Visit, group: Row) -> int:
    if group["member_count"] is None:
        count_members(visit)
    found: int = visit.store.value(
        "SELECT member_count FROM groups WHERE id = ?", group["id"]
    )
    return found


def staff(visit: Visit, group: int) -> dict[str, list[dict[str, Any]]]:
    """Admins and mods as whole user rows, the newest first."""
    rows = visit.store.rows(
        "SELECT u.*, m.id AS membership_id, m.is_admin, m.is_mod, m.is_banned, "
        "m.is_confirmed, m.date_modified, m.user_title, m.inviter_id, m.comments, "
        "m.invite_sent FROM group_members m JOIN users u ON u.id = m.user_id "
        "WHERE m.group_id = ? AND (m.is_admin = 1 OR m.is_mod = 1) "
        "AND m.is_banned = 0 AND m.is_confirmed = 1 "
        "ORDER BY m.date_modified DESC, m.id",
        group,
    )
    told: dict[str, list[dict[str, Any]]] = {"admins": [], "mods": []}
    for row in rows:
        told["admins" if row["is_admin"] else "mods"].append(_staff_row(row))
    return told


def _staff_row(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "ID": row["id"],
        "user_login": row["login"],
        "user_nicename": row["nicename"],
        "user_url": row["url"],
        "user_registered": row["registered"],
        "user_status": int(row["spam"]),
        "display_name": row["display_name"],
        "fullname": row["display_name"],
        "last_activity": row["last_activity"] or "",
        "total_friend_count": row["friend_count"] or 0,
        "is_admin": row["is_admin"],
        "is_mod": row["is_mod"],
        "is_banned": row["is_banned"],
        "is_confirmed": row["is_confirmed"],
        "date_modified": row["date_modified"],
        "user_title": row["user_title"],
        "inviter_id": row["inviter_id"],
        "comments": row["comments"],
        "invite_sent": row["invite_sent"],
        "user_id": row["id"],
        "membership_id": row["membership_id"],
    }


def links(visit: Visit, group: Row) -> dict[str, Any]:
    """``prepare_links``: how the caller may join or leave."""
    base = visit.api("groups/")
    told: dict[str, Any] = {
        "self": [{"href": f"{base}{group['id']}"}],
        "collection": [{"href": base}],
    }
    if group["creator_id"]:
        href = visit.api(f"members/{group['creator_id']}")
        told["user"] = [{"embeddable": True, "href": href}]
    if not visit.anonymous and not is_banned(visit, group["id"], visit.bp_me):
        told |= _actions(visit, group, f"{base}{group['id']}")
    return told


def _actions(visit: Visit, group: Row, own: str) -> dict[str, Any]:
    me, identity = visit.bp_me, group["id"]
    if is_member(visit, identity, me):
        return {"bp-action-group-leave": [{"href": f"{own}/members/{me}"}]}
    if group["status"] == "private":
        return {
            "bp-action-group-membership-request-membership": [
                {
                    "group_id": identity,
                    "user_id": me,
                    "href": visit.api("groups/membership-requests/"),
                }
            ]
        }
    if group["status"] == "public":
        return {
            "bp-action-group-join": [
                {"group_id": identity, "user_id": me, "href": f"{own}/members/"}
            ]
        }
    return {}
