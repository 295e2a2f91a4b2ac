"""``~/groups/<id>/members``, after BP_Groups_Membership_REST_Controller."""

from typing import Any

from wpbridge.rehearsal.communities import (
    admins,
    group_by_id,
    is_admin,
    is_banned,
    is_member,
    membership,
    recount,
)
from wpbridge.rehearsal.group_rules import may_enter
from wpbridge.rehearsal.people import described
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row, like, marks
from wpbridge.rehearsal.stream import record
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply

_SORTS = {
    "last_joined": "m.date_modified DESC, m.id",
    "first_joined": "m.date_modified ASC, m.id ASC",
    "alphabetical": "u.display_name COLLATE words, u.id",
    "group_activity": "(SELECT max(date_recorded) FROM activity a WHERE "
    "a.component = 'groups' AND a.item_id = m.group_id AND a.user_id = m.user_id) "
    "DESC, m.id DESC",
}
_ROLES = {
    "admin": "m.is_admin = 1",
    "mod": "m.is_mod = 1",
    "member": "(m.is_admin = 0 AND m.is_mod = 0 AND m.is_banned = 0)",
    "banned": "m.is_banned = 1",
}
SOLE_ADMIN = (
    "Group needs 1 admin at least. Please promote a user before trying to remove "
    "this group admin."
)


def get_items(visit: Visit) -> Reply:
    """A page of members, without admins and mods unless asked for."""
    group = group_by_id(visit, visit.number("group_id"))
    open_to_all = group["status"] == "public" or visit.moderates
    if not open_to_all and not is_member(visit, group["id"], visit.bp_me):
        raise visit.denied("Sorry, you cannot view the group.")
    where, values = _conditions(visit, group["id"])
    source = f"FROM group_members m JOIN users u ON u.id = m.user_id WHERE {where}"
    total = visit.store.value(f"SELECT count(*) {source}", *values)
    per_page, offset = visit.slice
    rows = visit.store.rows(
        f"SELECT m.* {source} ORDER BY {_SORTS[visit.get('status')]} LIMIT ? OFFSET ?",
        *values,
        per_page,
        offset,
    )
    return visit.page([prepared(visit, row, listed=True) for row in rows], total)


def _conditions(visit: Visit, group: int) -> tuple[str, list[Any]]:
    parts, values = ["m.group_id = ?", "m.is_confirmed = 1"], list[Any]([group])
    roles = visit.get("roles")
    # Roles name what is wanted, and then the two exclusions say nothing.
    if roles:
        parts.append("(" + " OR ".join(_ROLES[each] for each in roles) + ")")
        if "banned" not in roles:
            parts.append("m.is_banned = 0")
    else:
        if visit.get("exclude_admins"):
            parts.append("m.is_admin = 0 AND m.is_mod = 0")
        if visit.get("exclude_banned"):
            parts.append("m.is_banned = 0")
    if visit.get("exclude"):
        parts.append(f"m.user_id NOT IN ({marks(visit.get('exclude'))})")
        values += visit.get("exclude")
    if visit.get("search"):
        parts.append("(u.login LIKE ? ESCAPE '\\' OR u.nicename LIKE ? ESCAPE '\\')")
        values += [like(visit.get("search"))] * 2
    return " AND ".join(parts), values


def member(visit: Visit) -> Row:
    """The account that a request is about, or a 404."""
    user = visit.user(visit.number("user_id"))
    if not user:
        message = "Invalid group member ID."
        raise Refusal("bp_rest_group_member_invalid_id", message, 404)
    return user


def create_item(visit: Visit) -> Any:
    """Add a member, by one of two ways that the context chooses."""
    if visit.anonymous:
        raise visit.denied("Sorry, you need to be logged in to join a group.")
    user = member(visit)
    group = group_by_id(visit, visit.number("group_id"))
    myself = visit.bp_me == user["id"] and _may_join(visit, group, user["id"])
    myself = myself and may_enter(visit, group["id"])
    if not visit.moderates and not myself:
        message = "Could not join the group."
        raise Refusal("bp_rest_group_member_failed_to_join", message, 500)
    if visit.get("context") == "view":
        join(visit, group, user["id"])
    else:
        _insert(visit, group["id"], user["id"])
        # A role in the same request needs bp_is_item_admin(), which an
        # application password never has (groups_promote_member).
    row = membership(visit, group["id"], user["id"])
    return visit.single(prepared(visit, row)) if row else None


def _may_join(visit: Visit, group: Row, user: int) -> bool:
    """``groups_join_group`` of ``bp_groups_user_can_filter``."""
    if is_member(visit, group["id"], user) or is_banned(visit, group["id"], user):
        return False
    if group["status"] == "public":
        return True
    return bool(
        visit.store.value(
            "SELECT 1 FROM invitations WHERE type = 'invite' AND group_id = ? "
            "AND user_id = ? AND invite_sent = 1 AND accepted = 0",
            group["id"],
            user,
        )
    )


def join(visit: Visit, group: Row, user: int) -> None:
    """``groups_join_group``: invites and requests go, an activity comes."""
    visit.store.run(
        "DELETE FROM invitations WHERE group_id = ? AND user_id = ?", group["id"], user
    )
    if is_member(visit, group["id"], user):
        return
    add(visit, group["id"], user)
    record(visit, "joined_group", user=user, group=group)


def add(visit: Visit, group: int, user: int) -> None:
    """A confirmed membership, as a plain member."""
    visit.store.insert(
        "group_members",
        group_id=group,
        user_id=user,
        is_confirmed=1,
        date_modified=visit.dated("membership"),
    )
    recount(visit, group)


def _insert(visit: Visit, group: int, user: int) -> None:
    found = membership(visit, group, user)
    if found:
        # Whoever is there already stops being an admin; within one second
        # nothing changes, and no changed row is a failure.
        changed = visit.store.update(
            "group_members",
            found["id"],
            is_admin=0,
            date_modified=visit.stamp,
            is_confirmed=1,
        )
        recount(visit, group)
        if not changed:
            message = "Could not add member to the group."
            raise Refusal("bp_rest_group_member_failed_to_join", message, 500)
    else:
        add(visit, group, user)


def delete_item(visit: Visit) -> Any:
    """Remove a member: no mail, no activity."""
    if visit.anonymous:
        message = "Sorry, you need to be logged in to view a group membership."
        raise visit.denied(message)
    user = member(visit)
    group = group_by_id(visit, visit.number("group_id"))
    identity, mine = group["id"], visit.bp_me == user["id"]
    runs = is_admin(visit, identity, visit.bp_me) and not mine
    leaves = mine and not is_banned(visit, identity, user["id"])
    if not (visit.moderates or runs or leaves):
        raise visit.denied()
    guarded = not visit.version.direct_roles
    if guarded and admins(visit, identity) == [user["id"]]:
        raise visit.denied(SOLE_ADMIN)
    row = membership(visit, identity, user["id"])
    removed = visit.store.run(
        "DELETE FROM group_members WHERE group_id = ? AND user_id = ?",
        identity,
        user["id"],
    )
    recount(visit, identity)
    if not row or not removed:
        message = "Could not remove member from this group."
        raise Refusal("bp_rest_group_member_failed_to_remove", message, 500)
    return {"removed": True, "previous": prepared(visit, row)}


def prepared(visit: Visit, row: Row, *, listed: bool = False) -> dict[str, Any]:
    """``prepare_item_for_response``: the member, and what they are here."""
    user = visit.user(row["user_id"])
    context = visit.context
    if not user:
        return {}
    data = described(visit, user, context, listed=listed)
    data |= {
        # The schema says group_id, the reply says group, and it repeats what the
        # request called so: 0 when an invite is accepted.
        "group": visit.number("group_id"),
        "is_mod": bool(row["is_mod"]),
        "is_admin": bool(row["is_admin"]),
        "is_banned": bool(row["is_banned"]),
        "is_confirmed": bool(row["is_confirmed"]),
        "date_modified": visit.local(row["date_modified"]),
        "date_modified_gmt": row["date_modified"].replace(" ", "T"),
    }
    shaped = visit.shaped("bp_group_members", data, context)
    if visit.shows_links:
        base = visit.api(f"groups/{visit.number('group_id')}")
        shaped["_links"] = {
            "self": [{"href": visit.api(f"members/{row['user_id']}")}],
            "collection": [{"href": f"{base}/members"}],
            "group": [{"embeddable": True, "href": base}],
        }
    return shaped


ROUTES = {
    "GET ~/groups/<group_id>/members": get_items,
    "POST ~/groups/<group_id>/members": create_item,
    "DELETE ~/groups/<group_id>/members/<user_id>": delete_item,
}
