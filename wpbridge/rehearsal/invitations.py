"""Invites and membership requests as rows, and what accepting one does."""

from typing import Any

from wpbridge.rehearsal.communities import admins, group_by_id, is_member, membership
from wpbridge.rehearsal.kses import NO_TAGS, kses
from wpbridge.rehearsal.memberships import add, prepared
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.stream import record
from wpbridge.rehearsal.text import paragraphs, strip_slashes, texturize
from wpbridge.rehearsal.visit import Visit


def by_id(visit: Visit, kind: str, identity: int) -> Row | None:
    """A pending invite or request."""
    return visit.store.row(
        "SELECT * FROM invitations WHERE type = ? AND id = ? AND accepted = 0",
        kind,
        identity,
    )


def pending(visit: Visit, kind: str, user: int, group: int) -> list[Row]:
    """Invites or requests of one member for one group."""
    return visit.store.rows(
        "SELECT * FROM invitations WHERE type = ? AND user_id = ? AND group_id = ? "
        "AND accepted = 0",
        kind,
        user,
        group,
    )


def selected(visit: Visit, kind: str, **columns: int) -> list[Row]:
    """One page of those that match; columns that are 0 filter nothing."""
    parts, values = ["type = ?", "accepted = 0"], list[Any]([kind])
    for column, value in columns.items():
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    sent = {"sent": "invite_sent = 1", "draft": "invite_sent = 0"}
    parts.append(sent.get(str(visit.get("invite_sent")), "1"))
    return visit.store.rows(
        f"SELECT * FROM invitations WHERE {' AND '.join(parts)} ORDER BY id "
        "LIMIT ? OFFSET ?",
        *values,
        *visit.slice,
    )


def add_invitation(visit: Visit, kind: str, **values: Any) -> int:
    """A new row; its message keeps HTML comments and no tags."""
    content = strip_slashes(kses(str(values.pop("content") or ""), NO_TAGS))
    return visit.store.insert(
        "invitations",
        type=kind,
        content=content,
        date_modified=visit.stamp,
        invite_sent=1,
        **values,
    )


def invite_is_possible(visit: Visit, user: int, group: int, inviter: int) -> bool:
    """``groups_invite_user`` and BP_Groups_Invitation_Manager::allow_invitation."""
    found = membership(visit, group, user)
    if found and (found["is_confirmed"] or found["is_banned"]):
        return False
    moderator = visit.store.value(
        "SELECT roles LIKE '%\"administrator\"%' FROM users WHERE id = ?", inviter
    )
    if not moderator and not is_member(visit, group, inviter):
        return False
    rows = pending(visit, "invite", user, group)
    return all(row["inviter_id"] != inviter for row in rows)


def accept(visit: Visit, row: Row) -> dict[str, Any]:
    """Make a member of who was invited or has asked; the member, prepared."""
    user, group = row["user_id"], group_by_id(visit, row["group_id"])
    found = membership(visit, group["id"], user)
    if not found:
        add(visit, group["id"], user)
    visit.store.run(
        "DELETE FROM invitations WHERE user_id = ? AND group_id = ?", user, group["id"]
    )
    if row["type"] == "request":
        record(visit, "joined_group", user=user, group=group)
        visit.notify(user, "groups", "membership_request_accepted", group["id"])
    visit.mail(user, "groups-membership-request-accepted")
    member = membership(visit, group["id"], user)
    return prepared(visit, member) if member else {}


def tell_admins(visit: Visit, user: int, group: int) -> None:
    """``groups_notification_new_membership_request``."""
    for admin in admins(visit, group):
        action = "new_membership_request"
        visit.notify(admin, "groups", action, group, user)
        visit.mail(admin, "groups-membership-request")


def prepared_row(visit: Visit, row: Row, schema: str, base: str) -> dict[str, Any]:
    """``prepare_item_for_response`` of both controllers."""
    data = {
        "id": row["id"],
        "user_id": row["user_id"],
        "invite_sent": row["invite_sent"],
        "inviter_id": row["inviter_id"],
        "group_id": row["group_id"],
        "date_modified": visit.local(row["date_modified"]),
        "date_modified_gmt": row["date_modified"].replace(" ", "T"),
        "type": row["type"],
        "message": {
            "raw": row["content"],
            "rendered": paragraphs(texturize(row["content"])),
        },
    }
    if row["type"] == "request":
        # Requests tell one date, and that in UTC.
        data["date_modified"] = data.pop("date_modified_gmt")
    shaped = visit.shaped(schema, data)
    href = visit.api(f"groups/{base}/")
    shaped["_links"] = {
        "self": [{"href": f"{href}{row['id']}"}],
        "collection": [{"href": href}],
        "user": [{"embeddable": True, "href": visit.api(f"members/{row['user_id']}")}],
    }
    return shaped
