"""Members as BuddyPress's replies describe them."""

import hashlib
import json
from typing import Any

from wpbridge.rehearsal import profiles
from wpbridge.rehearsal.registry import typings
from wpbridge.rehearsal.roles import capabilities
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import escape
from wpbridge.rehearsal.visit import Visit

SIZES = {"full": 150, "thumb": 50}
UPLOADS = "wp-content/uploads"


def profile_url(visit: Visit, user: Row | None) -> str:
    """``bp_members_get_user_url``."""
    return f"{visit.directory('members')}/{user['nicename']}/" if user else ""


def user_link(visit: Visit, identity: int) -> str:
    """``bp_core_get_userlink``, as an HTML link."""
    user = visit.user(identity)
    if not user:
        return ""
    name = escape(user["display_name"])
    return f'<a href="{profile_url(visit, user)}">{name}</a>'


def uploaded(visit: Visit, owner: str, mark: str = "") -> str | None:
    """Address of what was uploaded for an owner such as ``user/7/avatar``."""
    path = visit.store.value(
        "SELECT path FROM uploads WHERE owner = ? AND path LIKE ?", owner, f"%{mark}%"
    )
    return f"{visit.url}/{UPLOADS}/{path}" if path else None


def avatar(visit: Visit, user: int, size: str, *, gravatar: bool = True) -> str:
    """``bp_core_fetch_avatar``: an upload, else a Gravatar."""
    found = uploaded(visit, f"user/{user}/avatar", f"-bp{size}.")
    if found:
        return found
    if not gravatar:
        name = "mystery-man.jpg" if size == "full" else "mystery-man-50.jpg"
        return f"{visit.url}/wp-content/plugins/buddypress/bp-core/images/{name}"
    email = visit.store.value("SELECT email FROM users WHERE id = ?", user) or ""
    mark = hashlib.md5(email.lower().encode(), usedforsecurity=False).hexdigest()
    # esc_url leaves &#038; between the arguments.
    return f"//www.gravatar.com/avatar/{mark}?s={SIZES[size]}&#038;r=g&#038;d=mm"


def avatars(visit: Visit, user: int) -> dict[str, str]:
    """Both sizes."""
    return {size: avatar(visit, user, size) for size in ("full", "thumb")}


def friendship(visit: Visit, other: int) -> str:
    """``friends_check_friendship_status``, between the caller and a member."""
    found = visit.store.row(
        "SELECT initiator_user_id, is_confirmed FROM friends WHERE "
        "(initiator_user_id = ? AND friend_user_id = ?) OR "
        "(initiator_user_id = ? AND friend_user_id = ?)",
        visit.me,
        other,
        other,
        visit.me,
    )
    if not found:
        return "not_friends"
    if found["is_confirmed"]:
        return "is_friend"
    return "pending" if found["initiator_user_id"] == visit.me else "awaiting_response"


def described(
    visit: Visit, user: Row, context: str, *, listed: bool = False
) -> dict[str, Any]:
    """
    ``BP_Members_REST_Controller::user_data``.

    ``listed`` is for what BP_User_Query found: its rows have no roles.
    """
    identity = user["id"]
    data: dict[str, Any] = {
        "id": identity,
        "name": user["display_name"],
        "user_login": user["login"],
        "roles": [],
        "capabilities": [],
        "extra_capabilities": [],
        "registered_date": None,
        "registered_date_gmt": None,
        "friendship_status": False,
        "friendship_status_slug": "",
    }
    if visit.wants("link"):
        data["link"] = profile_url(visit, user)
    # Without its field asked for, false becomes [] all the same.
    data["member_types"] = (
        typings(visit, "member", identity) if visit.wants("member_types") else []
    )
    if visit.wants("xprofile"):
        data["xprofile"] = profiles.of_member(visit, identity)
    if visit.get("populate_extras"):
        data |= _extras(visit, user)
    if "friends" in visit.active and visit.me != identity:
        _befriend(visit, identity, data)
    if context == "edit" and visit.can("list_users"):
        data |= _account(visit, user, listed=listed)
    if "activity" in visit.active and visit.wants("mention_name"):
        data["mention_name"] = user["nicename"]
    if visit.wants("avatar_urls"):
        data["avatar_urls"] = avatars(visit, identity)
    return data


def _befriend(visit: Visit, other: int, data: dict[str, Any]) -> None:
    if visit.wants("friendship_status", "friendship_status_slug"):
        status = friendship(visit, other)
        data["friendship_status_slug"] = status
        data["friendship_status"] = status == "is_friend"


def _account(visit: Visit, user: Row, *, listed: bool) -> dict[str, Any]:
    if listed:
        return {}
    roles = json.loads(user["roles"])
    return {
        "registered_date": visit.local(user["registered"]),
        "registered_date_gmt": user["registered"].replace(" ", "T"),
        "roles": roles,
        "capabilities": capabilities(roles),
        "extra_capabilities": roles,
    }


def _extras(visit: Visit, user: Row) -> dict[str, Any]:
    seen = visit.stamp if visit.me == user["id"] else user["last_activity"]
    extras: dict[str, Any] = {
        "registered_since": visit.since(user["registered"]),
        "last_activity": {
            "timediff": visit.since(seen) if seen else None,
            "date": visit.local(seen) if seen else None,
            "date_gmt": seen.replace(" ", "T") if seen else None,
        },
    }
    if "activity" in visit.active:
        extras["latest_update"] = _latest_update(visit, user)
    if "friends" in visit.active and user["friend_count"]:
        extras["total_friend_count"] = user["friend_count"]
    return extras


def _latest_update(visit: Visit, user: Row) -> dict[str, Any]:
    from wpbridge.rehearsal.stream import rendered  # noqa: PLC0415 - a circle

    found = visit.store.row(
        "SELECT * FROM activity WHERE id = ?", user["latest_update"]
    )
    if not found:
        return {"id": 0, "raw": "", "rendered": ""}
    return {
        "id": found["id"],
        "raw": found["content"],
        "rendered": rendered(visit, found["content"]),
    }


def links(visit: Visit, user: Row) -> dict[str, Any]:
    """``prepare_links``: where to befriend and to write to this member."""
    told: dict[str, Any] = {
        "self": [{"href": visit.api(f"members/{user['id']}")}],
        "collection": [{"href": visit.api("members/")}],
    }
    if visit.anonymous:
        return told
    status = ""
    if "friends" in visit.active:
        # The controller asks what user_data found: "" for oneself, and where
        # nobody asked for it.
        asked = visit.wants("friendship_status", "friendship_status_slug")
        other = visit.me != user["id"]
        status = friendship(visit, user["id"]) if asked and other else ""
        told |= _friend_links(visit, user["id"], status)
    if "messages" in visit.active and status == "is_friend":
        told["bp-action-create-thread"] = [
            {"user_id": user["id"], "href": visit.api("messages/")}
        ]
    return told


def _friend_links(visit: Visit, user: int, status: str) -> dict[str, Any]:
    action = [{"href": visit.api(f"friends/{user}")}]
    match status:
        case "not_friends":
            return {
                "bp-action-add-friendship": [
                    {
                        # The id that BuddyPress holds: 0 on 14 (see Version).
                        "initiator_id": visit.bp_me,
                        "friend_id": user,
                        "href": visit.api("friends/"),
                    }
                ]
            }
        case "is_friend":
            return {"bp-action-delete-friendship": action}
        case "pending":
            return {"bp-action-cancel-friendship-request": action}
        case "awaiting_response":
            return {
                "bp-action-accept-friendship-request": action,
                "bp-action-reject-friendship-request": action,
            }
        case _:
            pass
    return {}


def prepared(visit: Visit, user: Row, *, listed: bool = False) -> dict[str, Any]:
    """``prepare_item_for_response`` of a member."""
    context = visit.context
    data = described(visit, user, context, listed=listed)
    shaped = visit.shaped("bp_members", data, context)
    if visit.shows_links:
        shaped["_links"] = links(visit, user)
    return shaped
