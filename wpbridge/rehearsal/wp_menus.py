"""``/wp/v2/menus`` and ``/wp/v2/menu-locations``: classic menus."""

from typing import Any

from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row, like, marks
from wpbridge.rehearsal.text import escape, slugged, strip_text
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply

_ORDERS = {"id": "id", "slug": "slug", "description": "description"}


def may(visit: Visit, message: str, code: str = "rest_cannot_view") -> None:
    """Menus are for those who may change themes, to read as to write."""
    if not visit.can("edit_theme_options"):
        raise visit.denied(f"Sorry, you are not allowed to {message}.", code)


def ordered(visit: Visit, columns: dict[str, str], usual: str) -> str:
    """What a list is ordered by, as SQL says it."""
    column = columns.get(visit.get("orderby"), usual)
    return f"{column} {'DESC' if visit.get('order') == 'desc' else 'ASC'}"


def get_items(visit: Visit) -> Reply:
    """A page of menus, by name."""
    may(visit, "view menus")
    parts, values = ["1"], list[Any]()
    for name, column, negate in (
        ("include", "id", ""),
        ("exclude", "id", "NOT "),
        ("slug", "slug", ""),
    ):
        if visit.get(name):
            parts.append(f"{column} {negate}IN ({marks(visit.get(name))})")
            values += visit.get(name)
    if visit.get("search"):
        parts.append("name LIKE ? ESCAPE '\\'")
        values.append(like(visit.get("search")))
    order = ordered(visit, _ORDERS, "name COLLATE words")
    where = " AND ".join(parts)
    return visit.listed("menus", where, values, order=order, tell=_told)


def _menu(visit: Visit) -> Row:
    found = visit.store.row("SELECT * FROM menus WHERE id = ?", visit.number("id"))
    if not found:
        raise Refusal("rest_term_invalid", "Term does not exist.", 404)
    return found


def get_item(visit: Visit) -> Any:
    """One menu."""
    may(visit, "view menus")
    return _told(visit, _menu(visit))


def create_item(visit: Visit) -> Reply:
    """A new menu, whose slug comes of its name whatever was sent."""
    may(visit, "create terms in this taxonomy", "rest_cannot_create")
    _check_locations(visit)
    name = _named(str(visit.get("name")))
    if not name:
        message = "A name is required for this term."
        raise Refusal("empty_term_name", message, 400)
    taken = _holder(visit, name)
    if taken:
        refusal = _taken(name, status=400, term_id=taken)
        return Reply({**refusal.body(), "additional_data": [taken]}, 400)
    identity = visit.store.insert(
        "menus",
        name=name,
        slug=_free_slug(visit, name),
        description=visit.get("description", ""),
        auto_add=bool(visit.get("auto_add")),
    )
    visit.params.path["id"] = str(identity)
    where = f"{visit.root}/wp/v2/menus/{identity}"
    return Reply(_told(visit, _menu(visit)), 201, {"Location": where})


def update_item(visit: Visit) -> Any:
    """
    Change a menu.

    ``wp_update_nav_menu_object`` makes the slug of the name again, and empties a
    description that is not sent.
    """
    found = _menu(visit)
    may(visit, "edit this term", "rest_cannot_update")
    _check_locations(visit)
    name = found["name"]
    if visit.params.given("name"):
        name = _named(str(visit.get("name")))
    if _holder(visit, name) not in (None, found["id"]):
        raise _taken(name, status=None)
    auto = found["auto_add"]
    if visit.params.given("auto_add"):
        auto = visit.get("auto_add")
    visit.store.update(
        "menus",
        found["id"],
        name=name,
        slug=_free_slug(visit, name, found["id"]),
        description=visit.get("description", ""),
        auto_add=bool(auto),
    )
    return _told(visit, _menu(visit))


def delete_item(visit: Visit) -> Any:
    """Delete a menu with what is in it; menus have no trash."""
    found = _menu(visit)
    may(visit, "delete this term", "rest_cannot_delete")
    if not visit.get("force"):
        message = "Menus do not support trashing. Set 'force=true' to delete."
        raise Refusal("rest_trash_not_supported", message, 501)
    previous = _told(visit, found)
    previous.pop("_links")
    visit.store.run(
        "DELETE FROM posts WHERE type = 'nav_menu_item' "
        "AND json_extract(extra, '$.menu') = ?",
        found["id"],
    )
    visit.store.run("DELETE FROM menus WHERE id = ?", found["id"])
    return {"deleted": True, "previous": previous}


def _named(name: str) -> str:
    return escape(strip_text(name))


def _holder(visit: Visit, name: str) -> int | None:
    found: int | None = visit.store.value(
        "SELECT id FROM menus WHERE name = ? COLLATE words", name
    )
    return found


def _taken(name: str, status: int | None, **data: Any) -> Refusal:
    message = (
        f"The menu name <strong>{name}</strong> conflicts with another menu name. "
        "Please try another."
    )
    return Refusal("menu_exists", message, status, **data)


def _free_slug(visit: Visit, name: str, own: int = 0) -> str:
    wanted = found = slugged(name)
    suffix = 2
    while visit.store.value(
        "SELECT 1 FROM menus WHERE slug = ? AND id != ?", found, own
    ):
        found, suffix = f"{wanted}-{suffix}", suffix + 1
    return found


def _check_locations(visit: Visit) -> None:
    """The theme of the embedded site, made of blocks, has no places for menus."""
    for place in visit.get("locations") or ():
        message = "Invalid menu location."
        fault = {
            "code": "rest_invalid_menu_location",
            "message": message,
            "data": {"location": place},
        }
        raise Refusal(
            "rest_invalid_param",
            "Invalid parameter(s): locations",
            400,
            params={"locations": message},
            details={"locations": fault},
        )


def _told(visit: Visit, row: Row) -> dict[str, Any]:
    where = f"{visit.root}/wp/v2/menus"
    return {
        "id": row["id"],
        "description": row["description"],
        "name": row["name"],
        "slug": row["slug"],
        "meta": [],
        "locations": [],
        "auto_add": bool(row["auto_add"]),
        "_links": {
            "self": [{"href": f"{where}/{row['id']}"}],
            "collection": [{"href": where}],
        },
    }


def get_locations(visit: Visit) -> Any:
    """No places, told as PHP's empty array."""
    may(visit, "view menu locations")
    return []


def get_location(visit: Visit) -> Any:
    """One place, which is not there."""
    may(visit, "view menu locations")
    raise Refusal("rest_menu_location_invalid", "Invalid menu location.", 404)


_BASE = "/wp/v2/menus"
ROUTES = {
    f"GET {_BASE}": get_items,
    f"POST {_BASE}": create_item,
    f"GET {_BASE}/<id>": get_item,
    f"EDIT {_BASE}/<id>": update_item,
    f"DELETE {_BASE}/<id>": delete_item,
    "GET /wp/v2/menu-locations": get_locations,
    "GET /wp/v2/menu-locations/<location:word>": get_location,
}
