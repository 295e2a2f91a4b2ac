"""``wpbridge/v1/member-types`` and ``group-types``."""

import re
from collections.abc import Callable
from typing import Any

from wpbridge.rehearsal.companion.access import invalid, missing, moderate
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.registry import types
from wpbridge.rehearsal.visit import Visit

_SLUG = r"^[a-z0-9](?:[a-z0-9_-]{0,48}[a-z0-9])?$"
_KEPT = ("any", "null", "_none")
_WORDS = ("name", "singular", "directory", "list")


def get_items(visit: Visit, sort: str) -> Any:
    """Every type, by slug; no group types while groups are off."""
    moderate(visit)
    if sort == "group" and "groups" not in visit.active:
        return []
    return [_told(visit, sort, slug) for slug in sorted(types(visit, sort))]


def _told(visit: Visit, sort: str, slug: str) -> dict[str, Any]:
    found = visit.store.row(
        "SELECT * FROM type_words WHERE kind = ? AND slug = ?", sort, slug
    )
    usual = slug.capitalize()
    return {
        "slug": slug,
        "name": found["name"] if found else usual,
        "singular": found["singular"] if found else usual,
        "directory": bool(found and found["directory"]),
        "list": bool(found and found["list"]),
        # What nobody made in a form is registered by code.
        "code": found is None,
    }


def create_item(visit: Visit, sort: str) -> Any:
    """Make a type, known at once."""
    slug = str(visit.get("slug"))
    if not re.match(_SLUG, slug):
        raise invalid("slug", f"slug does not match pattern {_SLUG}.")
    moderate(visit)
    if slug in types(visit, sort):
        raise Refusal("wpbridge_type_exists", "There is such a type.", 409)
    if slug in _KEPT:
        message = "BuddyPress keeps that name for itself."
        raise Refusal("wpbridge_type_name", message, 400)
    name = visit.get("name", slug.capitalize())
    visit.store.insert("types", kind=sort, slug=slug)
    visit.store.insert(
        "type_words",
        kind=sort,
        slug=slug,
        name=name,
        singular=visit.get("singular", name),
        directory=bool(visit.get("directory")),
        list=bool(visit.get("list")),
    )
    return _told(visit, sort, slug)


def update_item(visit: Visit, sort: str) -> Any:
    """Change a type, where it is stated."""
    slug = _own(visit, sort)
    for word in _WORDS:
        if visit.params.given(word):
            visit.store.run(
                f"UPDATE type_words SET {word} = ? WHERE kind = ? AND slug = ?",
                visit.get(word),
                sort,
                slug,
            )
    return _told(visit, sort, slug)


def delete_item(visit: Visit, sort: str) -> Any:
    """Drop a type; whoever has it has it no longer."""
    slug = _own(visit, sort)
    previous = _told(visit, sort, slug)
    for table in ("types", "type_words", "typings"):
        visit.store.run(f"DELETE FROM {table} WHERE kind = ? AND slug = ?", sort, slug)
    return {"deleted": True, "previous": previous}


def _own(visit: Visit, sort: str) -> str:
    """The slug in the path, if it is of a type that can be written."""
    moderate(visit)
    slug = str(visit.params.path["slug"])
    if slug not in types(visit, sort):
        raise missing("type", "type")
    if _told(visit, sort, slug)["code"]:
        message = "That type comes from code and cannot be changed here."
        raise Refusal("wpbridge_type_of_code", message, 409)
    return slug


def _for(sort: str, action: Callable[[Visit, str], Any]) -> Callable[[Visit], Any]:
    return lambda visit: action(visit, sort)


ROUTES = {
    f"{verb} /wpbridge/v1/{sort}-types{rest}": _for(sort, action)
    for sort in ("member", "group")
    for verb, rest, action in (
        ("GET", "", get_items),
        ("POST", "", create_item),
        ("PUT", "/<slug:word>", update_item),
        ("DELETE", "/<slug:word>", delete_item),
    )
}
