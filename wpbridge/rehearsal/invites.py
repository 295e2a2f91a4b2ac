"""``~/groups/invites``, after BP_Groups_Invites_REST_Controller."""

from typing import Any

from wpbridge.rehearsal.communities import group_by_id, is_admin, membership
from wpbridge.rehearsal.group_rules import heed_closed
from wpbridge.rehearsal.invitations import (
    accept,
    add_invitation,
    by_id,
    invite_is_possible,
    pending,
    prepared_row,
    selected,
)
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply


def _prepared(visit: Visit, row: Row) -> dict[str, Any]:
    return prepared_row(visit, row, "bp_group_invites", "invites")


def _runs(visit: Visit, group: int) -> bool:
    found = membership(visit, group, visit.bp_me) if visit.bp_me else None
    return bool(found and (found["is_admin"] or found["is_mod"]))


def get_items(visit: Visit) -> Reply:
    """A page of invites of a group, to a member or by one."""
    _may_list(visit)
    rows = selected(
        visit,
        "invite",
        group_id=visit.number("group_id"),
        user_id=visit.number("user_id"),
        inviter_id=visit.number("inviter_id"),
    )
    return visit.page([_prepared(visit, row) for row in rows], len(rows))


def _may_list(visit: Visit) -> None:
    if visit.anonymous:
        message = "Sorry, you need to be logged in to see the group invitations."
        raise visit.denied(message)
    group, user = visit.number("group_id"), visit.number("user_id")
    refusal = visit.denied(
        "Sorry, you are not allowed to fetch group invitations with those arguments.",
        "bp_rest_group_invites_cannot_get_items",
    )
    if group:
        # An absent user_id is oneself; on 14 that is 0, and so invalid.
        _known(visit, user or visit.bp_me)
        allowed = visit.moderates or _runs(visit, group_by_id(visit, group)["id"])
    elif user or visit.number("inviter_id"):
        one = user or visit.number("inviter_id")
        _known(visit, one)
        allowed = visit.moderates or one == visit.bp_me
    else:
        # Not even a moderator may ask for all.
        raise refusal
    if not allowed:
        raise refusal


def _known(visit: Visit, user: int) -> None:
    if not visit.user(user):
        raise Refusal("bp_rest_member_invalid_id", "Invalid member ID.", 404)


def _invite(visit: Visit) -> Row:
    if not visit.bp_me:
        message = "Sorry, you need to be logged in to see the group invitations."
        raise visit.denied(message)
    found = by_id(visit, "invite", visit.number("invite_id"))
    if not found:
        message = "Invalid group invitation ID."
        raise Refusal("bp_rest_group_invite_invalid_id", message, 404)
    return found


def get_item(visit: Visit) -> Any:
    """One invite, which v1 does not wrap."""
    found = _invite(visit)
    parties = (found["user_id"], found["inviter_id"])
    staff = visit.moderates or _runs(visit, found["group_id"])
    if not staff and visit.bp_me not in parties:
        raise visit.denied(
            "Sorry, you are not allowed to fetch an invitation.",
            "bp_rest_group_invites_cannot_get_item",
        )
    return _prepared(visit, found)


def create_item(visit: Visit) -> Any:
    """Invite a member. The mail goes out whatever send_invite says."""
    if visit.anonymous:
        message = "Sorry, you need to be logged in to create an invitation."
        raise visit.denied(message)
    inviter = visit.number("inviter_id") or visit.bp_me
    user = visit.number("user_id")
    if user == inviter or not visit.user(user) or not visit.user(inviter):
        raise Refusal("bp_rest_member_invalid_id", "Invalid member ID.", 404)
    group = group_by_id(visit, visit.number("group_id"))
    failed = "bp_rest_group_invite_cannot_create_item"
    if not visit.moderates and inviter != visit.bp_me:
        message = "Sorry, you are not allowed to create the invitation as requested."
        raise visit.denied(message, failed)
    heed_closed(visit, group["id"])
    if not invite_is_possible(visit, user, group["id"], inviter):
        raise Refusal(failed, "Could not invite member to the group.", 500)
    identity = add_invitation(
        visit,
        "invite",
        user_id=user,
        group_id=group["id"],
        inviter_id=inviter,
        content=visit.get("message"),
    )
    waiting = pending(visit, "request", user, group["id"])
    if waiting:
        # Who has asked and is invited becomes a member at once.
        accept(visit, waiting[0])
    # The code reads invite_sent, which is not an argument, and takes 1.
    visit.notify(user, "groups", "group_invite", group["id"])
    visit.mail(user, "groups-invitation")
    row = visit.store.row("SELECT * FROM invitations WHERE id = ?", identity)
    return visit.single(_prepared(visit, row)) if row else None


def update_item(visit: Visit) -> Any:
    """Accept an invite, on somebody's behalf too."""
    found = _invite(visit)
    if not visit.moderates and visit.bp_me != found["user_id"]:
        raise visit.denied(
            "Sorry, you are not allowed to accept the invitation as requested.",
            "bp_rest_group_invite_cannot_update_item",
        )
    return visit.single(accept(visit, found))


def delete_item(visit: Visit) -> Any:
    """Reject or take back an invite."""
    found = _invite(visit)
    parties = (found["user_id"], found["inviter_id"])
    staff = visit.moderates or is_admin(visit, found["group_id"], visit.bp_me)
    if not staff and visit.bp_me not in parties:
        raise visit.denied(
            "Sorry, you are not allowed to delete the invitation as requested.",
            "bp_rest_group_invite_cannot_delete_item",
        )
    previous = _prepared(visit, found)
    visit.store.run("DELETE FROM invitations WHERE id = ?", found["id"])
    return {"deleted": True, "previous": previous}


ROUTES = {
    "GET ~/groups/invites": get_items,
    "POST ~/groups/invites": create_item,
    "GET ~/groups/invites/<invite_id>": get_item,
    "EDIT ~/groups/invites/<invite_id>": update_item,
    "DELETE ~/groups/invites/<invite_id>": delete_item,
}
