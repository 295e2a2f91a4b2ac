"""``/wp/v2/users``, after WP_REST_Users_Controller."""

from typing import Any

from wpbridge.rehearsal import accounts
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row, like, marks
from wpbridge.rehearsal.user_items import prepared
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply, totals

_COLUMNS = {
    "id": "id",
    "username": "login",
    "slug": "nicename",
    "email": "email",
    "name": "display_name",
}
_ORDERS = {
    "id": "id",
    "name": "display_name COLLATE words",
    "registered_date": "registered",
    "slug": "nicename",
    "email": "email",
    "url": "url",
}


def _account(visit: Visit, identity: int) -> Row:
    user = visit.user(identity) if identity > 0 else None
    if not user:
        raise Refusal("rest_user_invalid_id", "Invalid user ID.", 404)
    return user


def can_edit(visit: Visit, user: int) -> bool:
    """``current_user_can( 'edit_user', … )``."""
    return visit.can("edit_users") or (visit.me == user and visit.me > 0)


def get_items(visit: Visit) -> Reply:
    """A page of accounts."""
    _may_list(visit)
    where, values = _conditions(visit)
    total = visit.store.value(f"SELECT count(*) FROM users WHERE {where}", *values)
    per_page, offset = visit.slice
    offset = visit.number("offset") or offset
    rows = visit.store.rows(
        f"SELECT * FROM users WHERE {where} ORDER BY {_order(visit)} LIMIT ? OFFSET ?",
        *values,
        per_page,
        offset,
    )
    if visit.get("context") == "edit":
        rows = [row for row in rows if can_edit(visit, row["id"])]
    pages = -(-total // per_page)
    headers = totals(total, per_page)
    page = offset // per_page + 1
    links = [
        f'<{visit.root}/wp/v2/users?page={number}>; rel="{name}"'
        for name, number in (("prev", page - 1), ("next", page + 1))
        if 0 < number <= pages
    ]
    if links:
        headers["Link"] = ", ".join(links)
    return Reply([prepared(visit, row) for row in rows], headers=headers)


def _may_list(visit: Visit) -> None:
    listing = visit.can("list_users")
    if visit.get("roles") and not listing:
        message = "Sorry, you are not allowed to filter users by role."
        raise visit.denied(message, "rest_user_cannot_view")
    if visit.get("context") == "edit" and not listing:
        message = "Sorry, you are not allowed to edit users."
        raise visit.denied(message, "rest_forbidden_context")
    if visit.get("orderby") in ("email", "registered_date") and not listing:
        message = "Sorry, you are not allowed to order users by this parameter."
        raise visit.denied(message, "rest_forbidden_orderby")


def _conditions(visit: Visit) -> tuple[str, list[Any]]:
    parts, values = ["1"], list[Any]()
    for name, column, negate in (
        ("include", "id", ""),
        ("exclude", "id", "NOT "),
        ("slug", "nicename", ""),
    ):
        wanted = visit.get(name)
        if wanted:
            parts.append(f"{column} {negate}IN ({marks(wanted)})")
            values += wanted
    if visit.get("roles"):
        parts.append(
            "EXISTS (SELECT 1 FROM json_each(roles) r WHERE r.value IN "
            f"({marks(visit.get('roles'))}))"
        )
        values += visit.get("roles")
    if not visit.can("list_users"):
        # Others see only those who have published something.
        parts.append("id IN (SELECT author FROM posts WHERE status = 'publish')")
    if visit.get("search"):
        names = visit.get("search_columns") or [*_COLUMNS]
        if visit.version.older_wordpress:
            names = [*_COLUMNS]
        if not visit.can("list_users"):
            names = [name for name in names if name != "email"]
        columns = [_COLUMNS[name] for name in names]
        parts.append(
            "("
            + " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns)
            + ")"
        )
        values += [like(visit.get("search"))] * len(columns)
    return " AND ".join(parts), values


def _order(visit: Visit) -> str:
    order = visit.get("orderby")
    direction = "DESC" if visit.get("order") == "desc" else "ASC"
    if order in ("include", "include_slugs"):
        wanted = visit.get("include" if order == "include" else "slug") or []
        column = "id" if order == "include" else "nicename"
        cases = " ".join(
            f"WHEN '{str(each).replace(chr(39), '')}' THEN {i}"
            for i, each in enumerate(wanted)
        )
        return f"CASE CAST({column} AS TEXT) {cases} ELSE 0 END" if cases else "id"
    return f"{_ORDERS[order]} {direction}, id"


def get_item(visit: Visit) -> Any:
    """One account."""
    user = _account(visit, visit.number("id"))
    if visit.me != user["id"]:
        if visit.get("context") == "edit" and not can_edit(visit, user["id"]):
            message = "Sorry, you are not allowed to edit this user."
            raise visit.denied(message, "rest_forbidden_context")
        published = visit.store.value(
            "SELECT 1 FROM posts WHERE author = ? AND status = 'publish'", user["id"]
        )
        if not visit.can("list_users") and not published:
            message = "Sorry, you are not allowed to list users."
            raise visit.denied(message, "rest_user_cannot_view")
    return prepared(visit, user)


def get_me(visit: Visit) -> Any:
    """The account that asks."""
    return prepared(visit, _account(visit, _logged_in(visit)))


def _logged_in(visit: Visit) -> int:
    if not visit.me:
        message = "You are not currently logged in."
        raise Refusal("rest_not_logged_in", message, 401)
    return visit.me


def create_item(visit: Visit) -> Reply:
    """A new account. No mail goes out on a single site but what a call asks for."""
    values = _values(visit)
    accounts.check_login(values["username"])
    accounts.check_password(values["password"])
    if not visit.can("create_users"):
        message = "Sorry, you are not allowed to create new users."
        raise visit.denied(message, "rest_cannot_create_user")
    accounts.check_roles(values.get("roles") or [])
    identity = accounts.create(visit, values)
    if visit.scope.welcome:
        visit.mail(identity, visit.scope.welcome, loud=True)
    body = prepared(visit, _account(visit, identity), "edit")
    where = f"{visit.root}/wp/v2/users/{identity}"
    return Reply(body, 201, {"Location": where})


def _values(visit: Visit) -> dict[str, Any]:
    names = [
        "username",
        "name",
        "first_name",
        "last_name",
        "email",
        "url",
        "description",
        "locale",
        "nickname",
        "slug",
        "roles",
        "password",
    ]
    return {name: visit.params.get(name) for name in names}


def update_item(visit: Visit) -> Any:
    """Change an account."""
    return update(visit, visit.number("id"))


def update_me(visit: Visit) -> Any:
    """Change one's own."""
    return update(visit, _logged_in(visit))


def update(visit: Visit, identity: int) -> Any:
    """``WP_REST_Users_Controller::update_item``, for BuddyPress too."""
    user, values = _account(visit, identity), _values(visit)
    if values["password"] is not None:
        accounts.check_password(values["password"])
    roles = values["roles"]
    if roles and not visit.can("promote_users"):
        message = "Sorry, you are not allowed to edit roles of this user."
        raise visit.denied(message, "rest_cannot_edit_roles")
    if not can_edit(visit, user["id"]):
        message = "Sorry, you are not allowed to edit this user."
        raise visit.denied(message, "rest_cannot_edit")
    _may_become(visit, user, values)
    accounts.check_roles(roles or [])
    accounts.change(visit, user, values)
    return prepared(visit, _account(visit, identity), "edit")


def _may_become(visit: Visit, user: Row, values: dict[str, Any]) -> None:
    def taken(column: str, value: str) -> bool:
        query = f"SELECT 1 FROM users WHERE {column} = ? AND id != ?"
        return bool(visit.store.value(query, value, user["id"]))

    if values["email"] and taken("email", values["email"]):
        raise Refusal("rest_user_invalid_email", "Invalid email address.", 400)
    if values["username"] and values["username"] != user["login"]:
        message = "Username is not editable."
        raise Refusal("rest_user_invalid_argument", message, 400)
    if values["slug"] and taken("nicename", values["slug"]):
        raise Refusal("rest_user_invalid_slug", "Invalid slug.", 400)


def delete_item(visit: Visit) -> Any:
    """Delete an account for good; there is no trash for them."""
    return delete(visit, visit.number("id"))


def delete_me(visit: Visit) -> Any:
    """Delete one's own."""
    return delete(visit, _logged_in(visit))


def delete(visit: Visit, identity: int) -> Any:
    """``WP_REST_Users_Controller::delete_item``."""
    user = _account(visit, identity)
    if not visit.can("delete_users"):
        message = "Sorry, you are not allowed to delete this user."
        raise visit.denied(message, "rest_user_cannot_delete")
    if not visit.get("force"):
        message = "Users do not support trashing. Set 'force=true' to delete."
        raise Refusal("rest_trash_not_supported", message, 501)
    reassign = visit.number("reassign") if visit.get("reassign") is not False else 0
    if reassign and (reassign == identity or not visit.user(reassign)):
        message = "Invalid user ID for reassignment."
        raise Refusal("rest_user_invalid_reassign", message, 400)
    previous = prepared(visit, user, "edit")
    accounts.delete(visit, identity, reassign)
    return {"deleted": True, "previous": previous}


ROUTES = {
    "GET /wp/v2/users": get_items,
    "POST /wp/v2/users": create_item,
    "GET /wp/v2/users/<id>": get_item,
    "EDIT /wp/v2/users/<id>": update_item,
    "DELETE /wp/v2/users/<id>": delete_item,
    "GET /wp/v2/users/me": get_me,
    "EDIT /wp/v2/users/me": update_me,
    "DELETE /wp/v2/users/me": delete_me,
}
