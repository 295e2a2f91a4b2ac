"""``~/members``, after BP_Members_REST_Controller and BP_User_Query."""

import json
from typing import Any

from wpbridge.rehearsal import accounts, wp_users
from wpbridge.rehearsal.people import prepared
from wpbridge.rehearsal.profiles import members_by_value
from wpbridge.rehearsal.refusal import Fatal, Refusal
from wpbridge.rehearsal.registry import set_typings, types
from wpbridge.rehearsal.store import Row, like, marks
from wpbridge.rehearsal.text import strip_text
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply, list_of

# What each type starts from, and how it sorts. All but alphabetical (and an
# explicit list) begin at the last_activity records: whoever was never active
# is not found (BP_User_Query::prepare_user_ids_query).
_SORTS = {
    "newest": ("last_activity IS NOT NULL", "id DESC"),
    "active": ("last_activity IS NOT NULL", "last_activity DESC, id"),
    "random": ("last_activity IS NOT NULL", "random()"),
    "online": (
        "last_activity >= datetime(:now, '-15 minutes')",
        "last_activity DESC, id",
    ),
    "popular": ("friend_count IS NOT NULL", "friend_count DESC, id"),
    "alphabetical": ("spam = 0", "display_name COLLATE words, id"),
}


def get_items(visit: Visit) -> Reply:
    """A page of members."""
    if visit.get("context") == "edit":
        _die(visit)
    chosen = visit.get("user_ids")
    per_page, offset = visit.slice
    if chosen:
        found = _chosen(visit, chosen)
        total, rows = len(found), found[offset : offset + per_page]
    else:
        where, values, order = _query(visit)
        count = f"SELECT count(*) FROM users WHERE {where}"
        total = visit.store.value(count, *values)
        rows = visit.store.rows(
            f"SELECT * FROM users WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
            *values,
            per_page,
            offset,
        )
    return visit.page([prepared(visit, row, listed=True) for row in rows], total)


def _die(visit: Visit) -> None:
    # R12's user_data reads roles of rows that have none: no JSON at all.
    if visit.version.fatal_edit_lists and visit.can("list_users"):
        raise Fatal


def _chosen(visit: Visit, wanted: list[int]) -> list[Row]:
    # user_ids skips the whole query: order as given, spammers too.
    found = {
        row["id"]: row
        for row in visit.store.rows(
            f"SELECT * FROM users WHERE id IN ({marks(wanted)})", *wanted
        )
    }
    return [found[each] for each in dict.fromkeys(wanted) if each in found]


def _query(visit: Visit) -> tuple[str, list[Any], str]:
    start, order = _SORTS[visit.get("type")]
    parts, values = [start.replace(":now", f"'{visit.stamp}'")], list[Any]()
    for name, negate in (("include", ""), ("exclude", "NOT ")):
        if visit.get(name):
            parts.append(f"id {negate}IN ({marks(visit.get(name))})")
            values += visit.get(name)
    if visit.number("user_id") and "friends" in visit.active:
        parts.append(
            "id IN (SELECT initiator_user_id + friend_user_id - ? FROM friends "
            "WHERE is_confirmed = 1 AND ? IN (initiator_user_id, friend_user_id))"
        )
        values += [visit.number("user_id")] * 2
    if visit.get("search"):
        # Never the address; profile values by BP_XProfile_User_Search.
        parts.append(
            "(login LIKE ? ESCAPE '\\' OR nicename LIKE ? ESCAPE '\\' OR id IN "
            "(SELECT user_id FROM profile_data WHERE value LIKE ? ESCAPE '\\'))"
        )
        values += [like(visit.get("search"))] * 3
    if visit.get("member_type"):
        wanted = visit.get("member_type")
        parts.append(
            "id IN (SELECT item_id FROM typings WHERE kind = 'member' "
            f"AND slug IN ({marks(wanted)}))"
        )
        values += wanted
    asked = visit.get("xprofile")
    if isinstance(asked, dict) and asked.get("args"):
        matching = members_by_value(visit, asked)
        parts.append(f"id IN ({marks(matching)})")
        values += matching
    return " AND ".join(parts), values, order


def _member(visit: Visit, identity: int) -> Row:
    found = visit.user(identity) if identity > 0 else None
    if not found:
        raise Refusal("bp_rest_member_invalid_id", "Invalid member ID.", 404)
    return found


def get_item(visit: Visit) -> Any:
    """One member."""
    user = _member(visit, visit.number("id"))
    if visit.me != user["id"]:
        if visit.get("context") == "edit" and not visit.can("list_users"):
            raise visit.denied(
                "Sorry, you are not allowed to view members with the edit context."
            )
        # 14 shows spammers to everyone.
        hides_spam = visit.version.api == "v2"
        if hides_spam and user["spam"] and not visit.moderates:
            raise visit.denied()
    if visit.get("populate_extras") and visit.get("context") == "edit":
        _die(visit)
    return prepared(visit, user, listed=bool(visit.get("populate_extras")))


def get_me(visit: Visit) -> Any:
    """The member who asks; asking makes them active, where BuddyPress sees them."""
    if not visit.me:
        message = "You are not currently logged in."
        raise Refusal("rest_not_logged_in", message, 401)
    item = prepared(visit, _member(visit, visit.me))
    touch(visit, visit.bp_me)
    return item


def touch(visit: Visit, user: int) -> None:
    """``bp_update_user_last_activity``."""
    if user:
        visit.store.run(
            "UPDATE users SET last_activity = ? WHERE id = ?", visit.stamp, user
        )


def create_item(visit: Visit) -> Reply:
    """
    A new account, without its address and its type.

    WP_REST_Users_Controller copies what BuddyPress's schema lists, and email
    is not in it; the type is set only where an id exists already.
    """
    values = {
        "username": visit.get("user_login"),
        "password": visit.get("password"),
        "name": visit.get("name"),
        "roles": visit.get("roles"),
    }
    accounts.check_login(values["username"])
    accounts.check_password(values["password"])
    if not visit.can("create_users"):
        message = "Sorry, you are not allowed to create new users."
        raise visit.denied(message, "rest_cannot_create_user")
    accounts.check_roles(values["roles"] or [])
    identity = accounts.create(visit, values)
    visit.params.query["context"] = visit.params.form["context"] = "edit"
    where = visit.api(f"members/{identity}")
    body = prepared(visit, _member(visit, identity))
    return Reply(body, 201, {"Location": where})


def update_item(visit: Visit) -> Any:
    """Change name, roles or types."""
    return _update(visit, visit.number("id"))


def update_me(visit: Visit) -> Any:
    """Change one's own."""
    return _update(visit, visit.me)


def _update(visit: Visit, identity: int) -> Any:
    user = _member(visit, identity)
    wanted = visit.get("member_type")
    if visit.me == identity:
        if wanted and not visit.moderates:
            raise visit.denied()
    elif not wp_users.can_edit(visit, identity):
        raise visit.denied("Sorry, you are not allowed to view members.")
    # An argument that nothing declares (prepare_item_for_database).
    if visit.get("types"):
        known = types(visit, "member")
        named = list_of(visit.get("types"))
        wanted = [each for each in named if each in known] or wanted
    roles = visit.get("roles")
    accounts.check_roles(roles or [])
    if wanted:
        set_typings(visit, "member", identity, wanted, append=False)
    changes = {"name": visit.get("name"), "roles": roles}
    if changes["name"] is not None:
        changes["name"] = strip_text(changes["name"])
    accounts.change(visit, user, changes)
    visit.params.query["context"] = visit.params.json["context"] = "edit"
    return prepared(visit, _member(visit, identity))


def delete_item(visit: Visit) -> Any:
    """Delete a member's account."""
    user = _member(visit, visit.number("id"))
    if not visit.can("delete_users"):
        raise visit.denied("Sorry, you are not allowed to view members.")
    if not visit.get("force"):
        message = "Users do not support trashing. Set 'force=true' to delete."
        raise Refusal("rest_trash_not_supported", message, 501)
    reassign = visit.number("reassign")
    if reassign and (reassign == user["id"] or not visit.user(reassign)):
        message = "Invalid user ID for reassignment."
        raise Refusal("rest_user_invalid_reassign", message, 400)
    visit.params.query["context"] = "edit"
    previous = prepared(visit, user)
    accounts.delete(visit, user["id"], reassign)
    return {"deleted": True, "previous": previous}


def delete_me(visit: Visit) -> Any:
    """``bp_core_delete_account``: one's own, unless an administrator's."""
    user = _member(visit, visit.me)
    previous = prepared(visit, user)
    if "administrator" in json.loads(user["roles"]):
        message = "Your account cannot be deleted."
        raise Refusal("bp_rest_members_cannot_delete", message, 500)
    accounts.delete(visit, user["id"], 0)
    return {"deleted": True, "previous": previous}


ROUTES = {
    "GET ~/members": get_items,
    "POST ~/members": create_item,
    "GET ~/members/<id>": get_item,
    "EDIT ~/members/<id>": update_item,
    "DELETE ~/members/<id>": delete_item,
    "GET ~/members/me": get_me,
    "EDIT ~/members/me": update_me,
    "DELETE ~/members/me": delete_me,
}
