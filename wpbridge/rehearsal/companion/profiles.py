"""``wpbridge/v1/members/ID/visibility`` and ``wpbridge/v1/fields/ID``."""

from typing import Any

from wpbridge.rehearsal.companion.access import forbid, invalid, missing, moderate
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.registry import registered, types
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.visit import Visit

_NONE = "_none"
_NULL = "null"
"""Stands for members without a type."""
_TYPE = "member_type"
_SIGNUP = "signup_position"


def get_levels(visit: Visit) -> Any:
    """Who sees which of a member's fields, as far as their own choice goes."""
    return _levels(visit, _member(visit))


def update_levels(visit: Visit) -> Any:
    """Set some of them; all or none."""
    levels = visit.get("levels") or {}
    if not all(isinstance(each, str) for each in levels.values()):
        raise invalid("levels")
    member, known = _member(visit), registered(visit)("visibility")
    for field, level in levels.items():
        if level not in known or not field.isdigit() or not _found(visit, int(field)):
            message = "There is no such field, or no such level."
            raise Refusal("wpbridge_level", message, 400)
    for field, level in levels.items():
        visit.store.run(
            "INSERT INTO value_visibility (user_id, field_id, level) VALUES (?, ?, ?) "
            "ON CONFLICT (user_id, field_id) DO UPDATE SET level = excluded.level",
            member,
            int(field),
            level,
        )
    return _levels(visit, member)


def _member(visit: Visit) -> int:
    identity = visit.number("id")
    _need_profiles(visit)
    moderate(visit)
    if not visit.can("edit_users"):
        forbid(visit)
    if not visit.user(identity):
        raise missing("member", "member")
    return identity


def _levels(visit: Visit, member: int) -> dict[str, Any]:
    query = "SELECT field_id, level FROM value_visibility WHERE user_id = ? ORDER BY id"
    levels = {str(row[0]): row[1] for row in visit.store.rows(query, member)}
    return {"id": member, "levels": levels}


def get_field(visit: Visit) -> Any:
    """What the companion says of a field."""
    return _told(visit, _field(visit))


def update_field(visit: Visit) -> Any:
    """Change what is said; its choices stay as they are."""
    if visit.get("description"):
        raise invalid("description", "description is not .")
    field, sets = _field(visit), dict[str, Any]()
    if visit.params.given("required"):
        sets["is_required"] = int(visit.get("required"))
    if visit.params.given("description"):
        sets["description"] = ""
    visit.store.update("profile_fields", field["id"], **sets)
    if visit.params.given("signup"):
        _set_signup(visit, field["id"], shown=visit.get("signup"))
    if visit.params.given("member_types"):
        _set_types(visit, field["id"], visit.get("member_types"))
    return _told(visit, _field(visit))


def _need_profiles(visit: Visit) -> None:
    """Answer nothing while that component is off."""
    if "xprofile" not in visit.active:
        message = "No route was found matching the URL and request method."
        raise Refusal("rest_no_route", message, 404)


def _field(visit: Visit) -> Row:
    _need_profiles(visit)
    moderate(visit)
    found = _found(visit, visit.number("id"))
    if not found:
        raise missing("field", "field")
    return found


def _found(visit: Visit, identity: int) -> Row | None:
    query = "SELECT * FROM profile_fields WHERE id = ? AND parent_id = 0"
    return visit.store.row(query, identity)


def _metas(visit: Visit, field: int, name: str) -> list[Any]:
    query = "SELECT value FROM field_metas WHERE field_id = ? AND name = ? ORDER BY id"
    return visit.store.column(query, field, name)


def _forget(visit: Visit, field: int, name: str) -> None:
    query = "DELETE FROM field_metas WHERE field_id = ? AND name = ?"
    visit.store.run(query, field, name)


def _add(visit: Visit, field: int, name: str, value: Any) -> None:
    visit.store.insert("field_metas", field_id=field, name=name, value=value)


def _set_signup(visit: Visit, field: int, *, shown: bool) -> None:
    """Put it at the end of the sign-up form, or take it off."""
    if not shown:
        _forget(visit, field, _SIGNUP)
    elif not _metas(visit, field, _SIGNUP):
        count = "SELECT count(*) FROM field_metas WHERE name = ?"
        _add(visit, field, _SIGNUP, visit.store.value(count, _SIGNUP) + 1)


def _set_types(visit: Visit, field: int, wanted: list[str]) -> None:
    """``BP_XProfile_Field::set_member_types``."""
    every = [*types(visit, "member"), _NULL]
    known = [each for each in wanted if each in every]
    _forget(visit, field, _TYPE)
    if not known:
        _add(visit, field, _TYPE, _NONE)
    elif sorted(known) != sorted(every):
        for each in known:
            _add(visit, field, _TYPE, each)


def _types(visit: Visit, field: int) -> list[str]:
    """``BP_XProfile_Field::get_member_types``: all of them where none is kept."""
    kept, every = _metas(visit, field, _TYPE), [*types(visit, "member"), _NULL]
    if _NONE in kept:
        return []
    return [each for each in kept if each in every] or every


def _told(visit: Visit, field: Row) -> dict[str, Any]:
    return {
        "id": field["id"],
        "required": bool(field["is_required"]),
        "blank": not field["description"].strip(),
        "signup": bool(_metas(visit, field["id"], _SIGNUP)),
        "member_types": _types(visit, field["id"]),
    }


_LEVELS, _FIELDS = "/wpbridge/v1/members/<id>/visibility", "/wpbridge/v1/fields/<id>"
ROUTES = {
    f"GET {_LEVELS}": get_levels,
    f"PUT {_LEVELS}": update_levels,
    f"GET {_FIELDS}": get_field,
    f"PUT {_FIELDS}": update_field,
}
