"""``~/groups/membership-requests``, after its REST controller."""

from typing import Any

from wpbridge.rehearsal.communities import group_by_id, is_admin, membership
from wpbridge.rehearsal.group_rules import heed_closed
from wpbridge.rehearsal.invitations import (
    accept,
    add_invitation,
    by_id,
    pending,
    prepared_row,
    selected,
    tell_admins,
)
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply


def _prepared(visit: Visit, row: Row) -> dict[str, Any]:
    schema = "bp_group_membership_request"
    return prepared_row(visit, row, schema, "membership-requests")


def get_items(visit: Visit) -> Reply:
    """A page of requests; the total is that of this page."""
    if not visit.bp_me:
        message = "Sorry, you need to be logged in to view membership requests."
        raise visit.denied(message)
    group, user = visit.number("group_id"), visit.number("user_id")
    if not group and not user and not visit.moderates:
        user = visit.bp_me
    if group:
        group_by_id(visit, group)
    if user and not visit.user(user):
        raise Refusal("bp_rest_member_invalid_id", "Invalid member ID.", 404)
    runs = group and is_admin(visit, group, visit.bp_me)
    if not (visit.moderates or runs or user == visit.bp_me):
        raise visit.denied(
            "Sorry, you are not allowed to view membership requests.",
            "bp_rest_group_membership_requests_cannot_get_items",
        )
    rows = selected(visit, "request", group_id=group, user_id=user)
    return visit.page([_prepared(visit, row) for row in rows], len(rows))


def _request(visit: Visit, what: str, refusal: str, message: str) -> Row:
    if not visit.bp_me:
        raise visit.denied(f"Sorry, you need to be logged in to {what}.")
    found = by_id(visit, "request", visit.number("request_id"))
    if not found:
        told = "Invalid group membership request ID."
        raise Refusal("bp_rest_group_membership_requests_invalid_id", told, 404)
    own = visit.bp_me == found["user_id"] and "update" not in refusal
    runs = is_admin(visit, found["group_id"], visit.bp_me)
    if not (visit.moderates or own or runs):
        raise visit.denied(message, refusal)
    return found


def get_item(visit: Visit) -> Any:
    """One request, which v1 does not wrap."""
    found = _request(
        visit,
        "get a membership",
        "bp_rest_group_membership_requests_cannot_get_item",
        "Sorry, you are not allowed to view a membership request.",
    )
    return _prepared(visit, found)


def create_item(visit: Visit) -> Any:
    """Ask for membership; every admin of the group gets a mail."""
    user = visit.number("user_id") or visit.bp_me
    if visit.anonymous:
        message = "Sorry, you need to be logged in to create a membership request."
        raise visit.denied(message)
    if not visit.user(user):
        raise Refusal("bp_rest_group_member_invalid_id", "Invalid member ID.", 404)
    group = group_by_id(visit, visit.number("group_id"))
    failed = "bp_rest_group_membership_requests_cannot_create_item"
    if not visit.moderates and user != visit.bp_me:
        message = "User may not extend requests on behalf of another user."
        raise visit.denied(message, failed)
    heed_closed(visit, group["id"])
    if pending(visit, "request", user, group["id"]):
        raise Refusal(
            "bp_rest_group_membership_requests_duplicate_request",
            "There is already a request to this member.",
            500,
        )
    # BP_Groups_Invitation_Manager::allow_request
    if group["status"] == "public" or membership(visit, group["id"], user):
        message = "Could not send membership request to this group."
        raise Refusal(failed, message, 500)
    identity = add_invitation(
        visit,
        "request",
        user_id=user,
        group_id=group["id"],
        content=visit.get("message"),
    )
    if pending(visit, "invite", user, group["id"]):
        # Who is invited and asks becomes a member at once.
        row = by_id(visit, "request", identity)
        accept(visit, row) if row else None
    tell_admins(visit, user, group["id"])
    row = visit.store.row("SELECT * FROM invitations WHERE id = ?", identity)
    return visit.single(_prepared(visit, row)) if row else None


def update_item(visit: Visit) -> Any:
    """Accept a request."""
    found = _request(
        visit,
        "make an update",
        "bp_rest_group_member_request_cannot_update_item",
        "User is not allowed to approve membership requests to this group.",
    )
    return visit.single(accept(visit, found))


def delete_item(visit: Visit) -> Any:
    """Reject a request, with a mail, or withdraw one's own."""
    found = _request(
        visit,
        "delete a request",
        "bp_rest_group_membership_requests_cannot_delete_item",
        "User is not allowed to delete this membership request.",
    )
    previous = _prepared(visit, found)
    visit.store.run("DELETE FROM invitations WHERE id = ?", found["id"])
    if found["user_id"] != visit.bp_me:
        action = "membership_request_rejected"
        visit.notify(found["user_id"], "groups", action, found["group_id"])
        visit.mail(found["user_id"], "groups-membership-request-rejected")
    return {"deleted": True, "previous": previous}


_BASE = "~/groups/membership-requests"
ROUTES = {
    f"GET {_BASE}": get_items,
    f"POST {_BASE}": create_item,
    f"GET {_BASE}/<request_id>": get_item,
    f"EDIT {_BASE}/<request_id>": update_item,
    f"DELETE {_BASE}/<request_id>": delete_item,
}
