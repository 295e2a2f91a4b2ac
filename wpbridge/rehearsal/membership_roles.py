"""Promoting, demoting, banning and unbanning the members of a group."""

from typing import Any

from wpbridge.rehearsal.communities import (
    admins,
    group_by_id,
    is_admin,
    is_member,
    membership,
    recount,
)
from wpbridge.rehearsal.memberships import SOLE_ADMIN, member, prepared
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.visit import Visit


def update_item(visit: Visit) -> Any:
    """Promote, demote, ban or unban."""
    action, role = visit.get("action"), visit.get("role")
    user, group = _may_change(visit, action)
    identity = group["id"]
    known = action == "unban" or visit.version.direct_roles
    if not known and not is_member(visit, identity, user["id"]):
        raise Refusal("bp_rest_group_member_not_member", _NOT_ALLOWED, 500)
    row = membership(visit, identity, user["id"])
    # groups_promote_member and its like ask bp_loggedin_user_id(); when that
    # is 0 (14), they ask bp_is_item_admin() instead, which says no.
    allowed = (
        visit.version.direct_roles
        or visit.item_admin
        or (visit.bp_me and (visit.moderates or is_admin(visit, identity, visit.bp_me)))
    )
    if not row and visit.version.direct_roles:
        row = _unconfirmed(visit, identity, user["id"])
    changed = bool(row and allowed and _change(visit, row, action, role))
    recount(visit, identity)
    if not changed:
        behind = "" if action == "promote" or role != "member" else " from the group"
        if action in ("ban", "unban"):
            behind = " from the group"
        raise Refusal(
            f"bp_rest_group_member_failed_to_{action}",
            f"Could not {action} member{behind}.",
            500,
        )
    row = membership(visit, identity, user["id"])
    return visit.single(prepared(visit, row)) if row else None


_NOT_ALLOWED = "Sorry, you are not allowed to perform this action."


def _unconfirmed(visit: Visit, group: int, user: int) -> Row | None:
    """On 12 BP_Groups_Member::save adds whoever is not there, unconfirmed."""
    visit.store.insert(
        "group_members", group_id=group, user_id=user, date_modified=visit.stamp
    )
    return membership(visit, group, user)


def _change(visit: Visit, row: Row, action: str, role: str) -> bool:
    match action, role:
        case "promote" | "demote", "mod" | "admin":
            admin = role == "admin"
            sets = {
                "is_admin": int(admin),
                "is_mod": int(not admin),
                "user_title": "Group Admin" if admin else "Group Mod",
            }
            promoted = bool(visit.store.update("group_members", row["id"], **sets))
            if promoted and not visit.version.direct_roles:
                _tell_promoted(visit, row, role)
            return promoted
        case "demote", _:
            sets = {"is_admin": 0, "is_mod": 0, "user_title": ""}
            return bool(visit.store.update("group_members", row["id"], **sets))
        case (("ban" | "unban"), _) if not row["is_admin"]:
            sets = {"is_banned": int(action == "ban")}
            if action == "ban":
                sets["is_mod"] = 0
            return bool(visit.store.update("group_members", row["id"], **sets))
    # promote with the role member, or a ban of an admin
    return False


def _tell_promoted(visit: Visit, row: Row, role: str) -> None:
    # groups_notification_promoted_member
    action = f"member_promoted_to_{role}"
    visit.notify(row["user_id"], "groups", action, row["group_id"])
    visit.mail(row["user_id"], "groups-member-promoted")


def _may_change(visit: Visit, action: str) -> tuple[Row, Row]:
    if visit.anonymous:
        raise visit.denied()
    user = member(visit)
    group = group_by_id(visit, visit.number("group_id"))
    mine = visit.bp_me == user["id"]
    if visit.moderates and visit.version.direct_roles:
        return user, group
    if visit.moderates and not mine:
        last = admins(visit, group["id"]) == [user["id"]]
        if action == "demote" and last:
            raise visit.denied(SOLE_ADMIN)
    elif mine or not is_admin(visit, group["id"], visit.bp_me):
        raise visit.denied(
            f"Sorry, you are not allowed to {action} this group member.",
            f"bp_rest_group_member_cannot_{action}",
        )
    return user, group


ROUTES = {"EDIT ~/groups/<group_id>/members/<user_id>": update_item}
