"""
``~/xprofile/fields``, after BP_XProfile_Fields_REST_Controller.

Options are fields of the type ``option`` below their field. Saving a field
deletes them, save for those that a form posts along
(``BP_XProfile_Field::save`` reads ``$_POST``).
"""

from typing import Any

from wpbridge.rehearsal.kses import COMMENT_TAGS, kses
from wpbridge.rehearsal.profiles import (
    FULLNAME,
    WITH_OPTIONS,
    fields,
    hidden_fields,
    told_value,
    unserialized,
    values,
)
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import (
    add_slashes,
    saved_name,
    strip_slashes,
    strip_text,
)
from wpbridge.rehearsal.visit import Visit

_VISIBILITY = {
    "default_visibility": "public",
    "allow_custom_visibility": "allowed",
    "do_autolink": "off",
}


def visible_fields(visit: Visit, group: int) -> list[Row]:
    """The fields of a group that the request's arguments leave."""
    user = visit.number("user_id") or visit.bp_me
    left_out = {str(each) for each in visit.get("exclude_fields") or ()}
    found = [
        row
        for row in fields(visit, group, visit.number("user_id"))
        if str(row["id"]) not in left_out
    ]
    if visit.get("hide_empty_fields") and visit.get("fetch_field_data"):
        known = values(visit, user)
        found = [row for row in found if row["id"] in known]
    if visit.get("signup_fields_only"):
        query = "SELECT field_id FROM field_metas WHERE name = 'signup_position'"
        signup = visit.store.column(query)
        found = [row for row in found if row["id"] in signup]
    return found


def get_items(visit: Visit) -> Any:
    """Every field, whatever page is asked for, and no totals."""
    from wpbridge.rehearsal.profile_groups import chosen_groups  # noqa: PLC0415

    return [
        _prepared(visit, field)
        for group in chosen_groups(visit)
        for field in visible_fields(visit, group["id"])
    ]


def _field(visit: Visit, message: str = "Invalid field ID.") -> Row:
    found = visit.store.row(
        "SELECT * FROM profile_fields WHERE id = ?", visit.number("id")
    )
    if not found:
        raise Refusal("bp_rest_invalid_id", message, 404)
    return found


def get_item(visit: Visit) -> Any:
    """One field."""
    return visit.single(_prepared(visit, _field(visit)))


def create_item(visit: Visit) -> Any:
    """A new field, or an option of one."""
    if not visit.moderates:
        message = "Sorry, you are not allowed to create a XProfile field."
        raise visit.denied(message)
    group = visit.number("group_id")
    if not group:
        message = "Cannot create new XProfile field."
        raise Refusal("bp_rest_user_cannot_create_xprofile_field", message, 500)
    identity = visit.store.insert(
        "profile_fields",
        group_id=group,
        parent_id=visit.number("parent_id"),
        type=visit.get("type"),
        name=_saved(visit, visit.get("name")),
        description=_saved(visit, visit.get("description", "")),
        # is_required is declared and not read; required is read.
        is_required=_flag(visit, "required"),
        can_delete=_flag(visit, "can_delete"),
        order_by=visit.get("order_by"),
        is_default_option=_flag(visit, "is_default_option"),
        option_order=visit.number("option_order"),
        field_order=visit.number("field_order"),
    )
    _post_options(visit, identity, group, visit.get("type"))
    _set_visibility(visit, identity)
    visit.params.path["id"] = identity
    return visit.single(_prepared(visit, _field(visit)))


def _saved(visit: Visit, text: Any) -> str:
    # wp_filter_kses puts slashes before quotes; a field read alone is rid of
    # them (BP_XProfile_Field::fill_data), options read with it are not.
    return add_slashes(saved_name(str(text), visit.rules(COMMENT_TAGS)))


def _flag(visit: Visit, name: str) -> int:
    return int(str(visit.get(name) or "").lower() not in ("", "0", "false"))


def _set_visibility(visit: Visit, identity: int) -> None:
    # set_additional_field_properties hands the literal verb to
    # get_endpoint_args_for_item_schema: only a bare POST is "CREATABLE", and
    # what it leaves out falls to its default.
    if visit.method == "POST":
        sets = {
            name: visit.get(name) or default for name, default in _VISIBILITY.items()
        }
        visit.store.update("profile_fields", identity, **sets)


def _post_options(visit: Visit, field: int, group: int, kind: str) -> None:
    """``selectbox_option[1]=Red`` and its like, from a form alone."""
    options = visit.params.form.get(f"{kind}_option")
    if kind not in WITH_OPTIONS or not options or visit.method != "POST":
        return
    chosen = visit.params.form.get(f"isDefault_{kind}_option", "")
    pairs = options.items() if isinstance(options, dict) else enumerate(options)
    for order, (key, text) in enumerate(pairs, 1):
        if isinstance(chosen, dict):
            is_default = str(key) in chosen
        elif isinstance(chosen, list):
            is_default = int(key) < len(chosen)
        else:
            is_default = str(key) == str(chosen)
        if text != "":
            visit.store.insert(
                "profile_fields",
                group_id=group,
                parent_id=field,
                type="option",
                # WordPress slashes $_POST, and nobody takes that back.
                name=add_slashes(strip_text(str(text))),
                option_order=order,
                is_default_option=int(is_default),
            )


def _may_change(visit: Visit) -> Row:
    message = "Sorry, you are not allowed to delete this field."
    if visit.anonymous:
        raise visit.denied(message)
    found = _field(visit)
    if not visit.moderates:
        raise visit.denied(message)
    return found


def update_item(visit: Visit) -> Any:
    """Change a field; what is falsy stays, and its options go."""
    found = _may_change(visit)
    visit.store.update("profile_fields", found["id"], **_changes(visit, found))
    visit.store.run("DELETE FROM profile_fields WHERE parent_id = ?", found["id"])
    row = _field(visit)
    _post_options(visit, row["id"], row["group_id"], row["type"])
    _set_visibility(visit, row["id"])
    return visit.single(_prepared(visit, _field(visit)))


def _changes(visit: Visit, found: Row) -> dict[str, Any]:
    numbers = ("group_id", "parent_id", "field_order", "option_order")
    sets: dict[str, Any] = {
        **{name: visit.number(name) for name in numbers if visit.number(name)},
        **{name: visit.get(name) for name in ("type", "order_by") if visit.get(name)},
        "can_delete": 0 if found["id"] == FULLNAME else _flag(visit, "can_delete"),
    }
    if visit.version.older_fields:
        sets["parent_id"] = visit.number("parent_id")
    for name in ("name", "description"):
        if visit.get(name):
            sets[name] = _saved(visit, visit.get(name))
    for name, given in (("is_required", "required"), ("is_default_option",) * 2):
        if visit.get(given):
            sets[name] = _flag(visit, given)
    return sets


def delete_item(visit: Visit) -> Any:
    """Delete a field with its options, and its values where asked."""
    found = _may_change(visit)
    previous = _prepared(visit, found)
    if not found["can_delete"]:
        message = "Could not delete XProfile field."
        raise Refusal("bp_rest_xprofile_field_cannot_delete", message, 500)
    visit.store.run(
        "DELETE FROM profile_fields WHERE id = ? OR parent_id = ?",
        found["id"],
        found["id"],
    )
    if visit.get("delete_data"):
        visit.store.run("DELETE FROM profile_data WHERE field_id = ?", found["id"])
    return {"deleted": True, "previous": previous}


def options(visit: Visit, row: Row) -> list[Row]:
    """``get_children``: by name, where the field has an order."""
    order = {"asc": "name COLLATE words", "desc": "name COLLATE words DESC"}
    return visit.store.rows(
        "SELECT * FROM profile_fields WHERE parent_id = ? AND group_id = ? "
        f"ORDER BY {order.get(row['order_by'], 'option_order')}, id",
        row["id"],
        row["group_id"],
    )


def field_data(visit: Visit, row: Row, *, is_option: bool = False) -> dict[str, Any]:
    """``assemble_response_data``."""
    data: dict[str, Any] = {
        "id": row["id"],
        "group_id": row["group_id"],
        "parent_id": row["parent_id"],
        "type": row["type"],
        "name": row["name"] if is_option else strip_slashes(row["name"]),
        "description": {
            "raw": strip_slashes(row["description"]),
            "rendered": strip_slashes(
                kses(row["description"], visit.rules(COMMENT_TAGS))
            ),
        },
        "is_required": bool(row["is_required"]),
        "can_delete": bool(row["can_delete"]),
        "field_order": row["field_order"],
        "option_order": row["option_order"],
        "order_by": row["order_by"].upper(),
        "is_default_option": bool(row["is_default_option"]),
    }
    if visit.get("fetch_visibility_level"):
        # Only lists load it (BP_XProfile_Group::fetch_visibility_level).
        if "id" not in visit.params.path and not is_option:
            data["visibility_level"] = row["default_visibility"]
        elif visit.version.older_fields:
            data["visibility_level"] = None
    if not row["parent_id"] and visit.get("fetch_field_data"):
        data |= _member_value(visit, row)
    if not is_option:
        data["options"] = [
            field_data(visit, each, is_option=True) for each in options(visit, row)
        ]
    return visit.shaped("bp_xprofile_field", data)


def _member_value(visit: Visit, row: Row) -> dict[str, Any]:
    user = visit.number("user_id")
    if not user:
        return {}
    if row["id"] in hidden_fields(visit, user):
        raw = "Value suppressed."
        told: dict[str, Any] = {"raw": raw, "unserialized": unserialized(raw)}
        return {"data": {"value": {**told, "rendered": f"<p>{raw}</p>\n"}}}
    value = values(visit, user).get(row["id"])
    shown: dict[str, Any] = {"id": value["id"]} if value else {}
    if not value and visit.version.wraps:
        shown = {"id": 0}
    return {"data": {**shown, "value": told_value(row, value)}}


def _prepared(visit: Visit, row: Row) -> dict[str, Any]:
    shaped = field_data(visit, row)
    base = visit.api("xprofile/fields/")
    group = visit.api(f"xprofile/groups/{row['group_id']}")
    shaped["_links"] = {
        "self": [{"href": f"{base}{row['id']}"}],
        "collection": [{"href": base}],
        "group": [{"embeddable": True, "href": group}],
    }
    return shaped


ROUTES = {
    "GET ~/xprofile/fields": get_items,
    "POST ~/xprofile/fields": create_item,
    "GET ~/xprofile/fields/<id>": get_item,
    "EDIT ~/xprofile/fields/<id>": update_item,
    "DELETE ~/xprofile/fields/<id>": delete_item,
}
