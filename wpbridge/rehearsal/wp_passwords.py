"""Application passwords, after WP_REST_Application_Passwords_Controller."""

import uuid
from typing import Any

from wpbridge.rehearsal.auth import chunked, digest, new_password
from wpbridge.rehearsal.dates import rfc3339
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply
from wpbridge.rehearsal.wp_users import can_edit


def _owner(visit: Visit, refusal: str, message: str) -> int:
    """The account in the path, if the caller may touch its passwords."""
    who = visit.get("user_id")
    if who == "me":
        if not visit.me:
            told = "You are not currently logged in."
            raise Refusal("rest_not_logged_in", told, 401)
        return visit.me
    if not visit.user(int(who)):
        raise Refusal("rest_user_invalid_id", "Invalid user ID.", 404)
    if not can_edit(visit, int(who)):
        raise visit.denied(f"Sorry, you are not allowed to {message}.", refusal)
    return int(who)


def _password(visit: Visit, owner: int) -> Row:
    found = visit.store.row(
        "SELECT * FROM application_passwords WHERE user_id = ? AND uuid = ?",
        owner,
        visit.get("uuid"),
    )
    if not found:
        message = "Application password not found."
        raise Refusal("rest_application_password_not_found", message, 404)
    return found


def get_items(visit: Visit) -> Any:
    """Every password of an account, without the passwords."""
    owner = _owner(
        visit,
        "rest_cannot_list_application_passwords",
        "list application passwords for this user",
    )
    rows = visit.store.rows(
        "SELECT * FROM application_passwords WHERE user_id = ? ORDER BY rowid", owner
    )
    return [_prepared(visit, row) for row in rows]


def get_item(visit: Visit) -> Any:
    """One of them."""
    owner = _owner(
        visit,
        "rest_cannot_read_application_password",
        "read this application password",
    )
    return _prepared(visit, _password(visit, owner))


def introspect(visit: Visit) -> Any:
    """The one that this request came by."""
    if not visit.caller:
        message = "You are not currently logged in."
        raise Refusal("rest_not_logged_in", message, 401)
    visit.params.path["uuid"] = visit.caller.password_uuid
    return _prepared(visit, _password(visit, visit.me))


def create_item(visit: Visit) -> Reply:
    """A new one; only this answer ever shows it."""
    owner = _owner(
        visit,
        "rest_cannot_create_application_passwords",
        "create application passwords for this user",
    )
    _check_name(visit.get("name"))
    _check_unique(visit, owner)
    password = new_password()
    identity = visit.store.insert(
        "application_passwords",
        uuid=str(uuid.uuid4()),
        user_id=owner,
        name=visit.get("name"),
        app_id=visit.get("app_id", ""),
        digest=digest(password),
        created=visit.stamp,
    )
    row = visit.store.row(
        "SELECT * FROM application_passwords WHERE rowid = ?", identity
    )
    assert row  # noqa: S101 - it was inserted a line above
    body = _prepared(visit, row)
    body["password"] = chunked(password)
    return Reply(body, 201, {"Location": body["_links"]["self"][0]["href"]})


def _check_name(name: str) -> None:
    if name:
        return
    message = "name must be at least 1 character long."
    fault = {"code": "rest_too_short", "message": message, "data": None}
    raise Refusal(
        "rest_invalid_param",
        "Invalid parameter(s): name",
        400,
        params={"name": message},
        details={"name": fault},
    )


def _check_unique(visit: Visit, owner: int) -> None:
    # WP_Application_Passwords minds until WordPress 6.8.
    query = "SELECT 1 FROM application_passwords WHERE user_id = ? AND name = ?"
    named = visit.store.value(query, owner, visit.get("name"))
    if named and visit.version.older_wordpress:
        message = "Each application name should be unique."
        raise Refusal("application_password_duplicate_name", message, 409)


def update_item(visit: Visit) -> Any:
    """Another name for it."""
    owner = _owner(
        visit,
        "rest_cannot_edit_application_password",
        "edit this application password",
    )
    row = _password(visit, owner)
    visit.store.run(
        "UPDATE application_passwords SET name = ? WHERE uuid = ?",
        visit.get("name", row["name"]),
        row["uuid"],
    )
    return _prepared(visit, _password(visit, owner))


def delete_item(visit: Visit) -> Any:
    """Revoke one."""
    owner = _owner(
        visit,
        "rest_cannot_delete_application_password",
        "delete this application password",
    )
    row = _password(visit, owner)
    visit.store.run("DELETE FROM application_passwords WHERE uuid = ?", row["uuid"])
    return {"deleted": True, "previous": _prepared(visit, row)}


def delete_items(visit: Visit) -> Any:
    """Revoke all of an account's."""
    owner = _owner(
        visit,
        "rest_cannot_delete_application_passwords",
        "delete application passwords for this user",
    )
    count = visit.store.run(
        "DELETE FROM application_passwords WHERE user_id = ?", owner
    )
    return {"deleted": True, "count": count}


def _prepared(visit: Visit, row: Row) -> dict[str, Any]:
    path = f"/wp/v2/users/{row['user_id']}/application-passwords/{row['uuid']}"
    return {
        "uuid": row["uuid"],
        "app_id": row["app_id"],
        "name": row["name"],
        "created": rfc3339(row["created"]),
        "last_used": rfc3339(row["last_used"]),
        "last_ip": row["last_ip"],
        "_links": {"self": [{"href": visit.root + path}]},
    }


_BASE = "/wp/v2/users/<user_id:who>/application-passwords"
ROUTES = {
    f"GET {_BASE}": get_items,
    f"POST {_BASE}": create_item,
    f"DELETE {_BASE}": delete_items,
    f"GET {_BASE}/introspect": introspect,
    f"GET {_BASE}/<uuid:word>": get_item,
    f"EDIT {_BASE}/<uuid:word>": update_item,
    f"DELETE {_BASE}/<uuid:word>": delete_item,
}
