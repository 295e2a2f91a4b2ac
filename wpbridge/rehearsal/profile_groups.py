"""``~/xprofile/groups``, after BP_XProfile_Field_Groups_REST_Controller."""

from typing import Any

from wpbridge.rehearsal.kses import COMMENT_TAGS, kses
from wpbridge.rehearsal.profile_fields import field_data, visible_fields
from wpbridge.rehearsal.profiles import groups
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import saved_name, strip_slashes
from wpbridge.rehearsal.visit import Visit


def chosen_groups(visit: Visit) -> list[Row]:
    """The groups that ``profile_group_id`` and its like leave."""
    one = visit.number("profile_group_id")
    wanted = [one] if one else visit.get("include_groups") or []
    left_out = [] if wanted else visit.get("exclude_groups") or []
    found = [row for row in groups(visit, wanted) if row["id"] not in left_out]
    if visit.get("hide_empty_groups"):
        found = [row for row in found if visible_fields(visit, row["id"])]
    return found


def get_items(visit: Visit) -> Any:
    """Every group, whatever page is asked for, and no totals."""
    return [_prepared(visit, row) for row in chosen_groups(visit)]


def _group(visit: Visit) -> Row:
    found = groups(visit, [visit.number("id")])
    if not found:
        raise Refusal("bp_rest_invalid_id", "Invalid field group ID.", 404)
    return found[0]


def get_item(visit: Visit) -> Any:
    """One group."""
    return visit.single(_prepared(visit, _group(visit)))


def _may_manage(visit: Visit) -> None:
    if not visit.moderates:
        message = "Sorry, you are not allowed to view this XProfile field group."
        raise visit.denied(message)


def create_item(visit: Visit) -> Any:
    """A new group; names may repeat, and its order is 0."""
    _may_manage(visit)
    if not visit.get("name"):
        message = "Required param missing."
        raise Refusal("bp_rest_required_param_missing", message, 400)
    identity = visit.store.insert(
        "profile_groups",
        name=_saved(visit, visit.get("name")),
        description=_saved(visit, visit.get("description", "")),
    )
    visit.params.path["id"] = identity
    return visit.single(_prepared(visit, _group(visit)))


def _saved(visit: Visit, text: Any) -> str:
    return saved_name(str(text), visit.rules(COMMENT_TAGS))


def update_item(visit: Visit) -> Any:
    """Change a group. It can be given a description, and not be rid of it."""
    _may_manage(visit)
    found = _group(visit)
    sets: dict[str, Any] = {
        name: _saved(visit, visit.get(name))
        for name in ("name", "description")
        if visit.get(name)
    }
    if visit.params.get("group_order") is not None:
        sets["group_order"] = visit.number("group_order")
    visit.store.update("profile_groups", found["id"], **sets)
    return visit.single(_prepared(visit, _group(visit)))


def delete_item(visit: Visit) -> Any:
    """Delete a group with its fields and their values."""
    _may_manage(visit)
    found = _group(visit)
    if not found["can_delete"]:
        message = "Could not delete XProfile field group."
        raise Refusal("bp_rest_xprofile_field_group_cannot_delete", message, 500)
    previous = _prepared(visit, found)
    visit.store.run(
        "DELETE FROM profile_data WHERE field_id IN "
        "(SELECT id FROM profile_fields WHERE group_id = ?)",
        found["id"],
    )
    visit.store.run("DELETE FROM profile_fields WHERE group_id = ?", found["id"])
    visit.store.run("DELETE FROM profile_groups WHERE id = ?", found["id"])
    return {"deleted": True, "previous": previous}


def _prepared(visit: Visit, row: Row) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": row["id"],
        "name": row["name"],
        "description": {
            "raw": row["description"],
            "rendered": strip_slashes(
                kses(row["description"], visit.rules(COMMENT_TAGS))
            ),
        },
        "group_order": row["group_order"],
        "can_delete": bool(row["can_delete"]),
    }
    if visit.get("fetch_fields"):
        data["fields"] = [
            field_data(visit, each) for each in visible_fields(visit, row["id"])
        ]
    shaped = visit.shaped("bp_xprofile_group", data)
    base = visit.api("xprofile/groups/")
    shaped["_links"] = {
        "self": [{"href": f"{base}{row['id']}"}],
        "collection": [{"href": base}],
    }
    return shaped


ROUTES = {
    "GET ~/xprofile/groups": get_items,
    "POST ~/xprofile/groups": create_item,
    "GET ~/xprofile/groups/<id>": get_item,
    "EDIT ~/xprofile/groups/<id>": update_item,
    "DELETE ~/xprofile/groups/<id>": delete_item,
}
