"""``/wp/v2/menu-items``: what classic menus have."""

import json
import re
from typing import Any

from wpbridge.rehearsal.contents import free_slug, link, said, written
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row, like, marks
from wpbridge.rehearsal.text import slugged, texturize
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply, list_of
from wpbridge.rehearsal.wp_menus import may, ordered

_LABELS = {"custom": "Custom Link", "post_type": "Page"}
_KEPT = ("type", "object", "object_id", "url", "parent", "target", "attr_title")
_LISTS = ("classes", "xfn")
_ORDERS = {"id": "id", "date": "date_gmt", "title": "title COLLATE words"}


def get_items(visit: Visit) -> Reply:
    """A page of entries, in the order of their menus."""
    may(visit, "view menu items")
    where, values = _conditions(visit)
    order = f"{ordered(visit, _ORDERS, 'menu_order')}, id"
    return visit.listed("posts", where, values, order=order, tell=_told)


def _conditions(visit: Visit) -> tuple[str, list[Any]]:
    parts, values = ["type = 'nav_menu_item'"], list[Any]()
    menus = [int(each) for each in list_of(visit.get("menus") or [])]
    for wanted, column in (
        (visit.get("status"), "status"),
        (visit.get("include"), "id"),
        (visit.get("slug"), "slug"),
        (menus, "json_extract(extra, '$.menu')"),
    ):
        if wanted and "any" not in wanted:
            parts.append(f"{column} IN ({marks(wanted)})")
            values += wanted
    if visit.get("search"):
        parts.append("title LIKE ? ESCAPE '\\'")
        values.append(like(visit.get("search")))
    return " AND ".join(parts), values


def _item(visit: Visit) -> Row:
    found = visit.store.row(
        "SELECT * FROM posts WHERE type = 'nav_menu_item' AND id = ?",
        visit.number("id"),
    )
    if not found:
        raise Refusal("rest_post_invalid_id", "Invalid post ID.", 404)
    return found


def get_item(visit: Visit) -> Any:
    """One entry."""
    may(visit, "view menu items")
    return _told(visit, _item(visit))


def create_item(visit: Visit) -> Reply:
    """A new entry, in a menu or in none."""
    may(visit, "create posts as this user", "rest_cannot_create")
    extra, title = _values(visit, {}, "")
    identity = visit.store.insert(
        "posts",
        type="nav_menu_item",
        slug=free_slug(visit, "nav_menu_item", slugged(title), 0) if title else "",
        status=visit.get("status"),
        author=visit.me,
        title=title,
        menu_order=visit.number("menu_order"),
        date_gmt=visit.stamp,
        modified_gmt=visit.stamp,
        extra=json.dumps(extra),
    )
    if not title:
        visit.store.update("posts", identity, slug=str(identity))
    visit.params.path["id"] = str(identity)
    where = f"{visit.root}/wp/v2/menu-items/{identity}"
    return Reply(_told(visit, _item(visit), "edit"), 201, {"Location": where})


def update_item(visit: Visit) -> Any:
    """Change an entry."""
    found = _item(visit)
    may(visit, "edit this post", "rest_cannot_edit")
    extra, title = _values(visit, json.loads(found["extra"]), found["title"])
    sets: dict[str, Any] = {"extra": json.dumps(extra), "title": title}
    for name in ("status", "menu_order"):
        if visit.params.given(name):
            sets[name] = visit.get(name)
    visit.store.update("posts", found["id"], **sets, modified_gmt=visit.stamp)
    return _told(visit, _item(visit), "edit")


def _values(
    visit: Visit, extra: dict[str, Any], title: str
) -> tuple[dict[str, Any], str]:
    """``prepare_item_for_database``: what an entry is, and its title."""
    for name in (*_KEPT, *_LISTS):
        if visit.get(name) is not None:
            extra[name] = visit.get(name)
    if "url" in extra:
        extra["url"] = _address(str(extra["url"]))
    if visit.params.given("menus"):
        extra["menu"] = visit.number("menus")
    title = title if said(visit, "title") is None else str(said(visit, "title"))
    if extra.get("type") == "custom":
        _require(title=title, url=extra.get("url"))
    menu = extra.get("menu")
    if menu and not visit.store.value("SELECT 1 FROM menus WHERE id = ?", menu):
        raise Refusal("invalid_menu_id", "Invalid menu ID.", 400)
    return extra, written(visit, title)


def _require(**values: Any) -> None:
    for name, value in values.items():
        if not value:
            message = f"The {name} is required when using a custom menu item type."
            raise Refusal(f"rest_{name}_required", message, 400)


def _address(url: str) -> str:
    """``sanitize_url``."""
    url = re.sub(r"[<>\"']", "", url.replace(" ", "%20"))
    if url and url[0] not in "/#?" and ":" not in url:
        return f"http://{url}"
    return re.sub("^[A-Za-z]+:", lambda found: found[0].lower(), url)


def delete_item(visit: Visit) -> Any:
    """Delete an entry; they have no trash."""
    found = _item(visit)
    may(visit, "delete this post", "rest_cannot_delete")
    if not visit.get("force"):
        message = "Menu items do not support trashing. Set 'force=true' to delete."
        raise Refusal("rest_trash_not_supported", message, 501)
    previous = _told(visit, found)
    previous.pop("_links")
    visit.store.run("DELETE FROM posts WHERE id = ?", found["id"])
    return {"deleted": True, "previous": previous}


def _told(visit: Visit, row: Row, context: str = "") -> dict[str, Any]:
    extra = json.loads(row["extra"])
    title, url, goal = row["title"], extra.get("url", ""), extra.get("object_id")
    if extra["type"] == "post_type":
        page = visit.store.row("SELECT * FROM posts WHERE id = ?", goal)
        title = title or (page["title"] if page else "")
        url = link(visit, page) if page else ""
    where = f"{visit.root}/wp/v2/menu-items"
    told = {
        "id": row["id"],
        "title": {"raw": title, "rendered": texturize(title)},
        "status": row["status"],
        "url": url,
        "attr_title": extra.get("attr_title", ""),
        "description": "",
        "type": extra["type"],
        "type_label": _LABELS.get(extra["type"], ""),
        "object": extra.get("object") or extra["type"],
        "object_id": goal or row["id"],
        "parent": extra.get("parent", 0),
        "menu_order": row["menu_order"],
        "target": extra.get("target", ""),
        # An empty text, split at its spaces.
        "classes": extra.get("classes", [""]),
        "xfn": extra.get("xfn", [""]),
        "invalid": False,
        "menus": extra.get("menu"),
        "meta": [],
        "_links": {
            "self": [{"href": f"{where}/{row['id']}"}],
            "collection": [{"href": where}],
        },
    }
    if not told["menus"]:
        del told["menus"]
    if (context or visit.get("context")) != "edit":
        del told["title"]["raw"]
    return told


_BASE = "/wp/v2/menu-items"
ROUTES = {
    f"GET {_BASE}": get_items,
    f"POST {_BASE}": create_item,
    f"GET {_BASE}/<id>": get_item,
    f"EDIT {_BASE}/<id>": update_item,
    f"DELETE {_BASE}/<id>": delete_item,
}
