"""``~/xprofile/<field>/data/<user>``, after BP_XProfile_Data_REST_Controller."""

import re
from typing import Any

from wpbridge.rehearsal.kses import kses
from wpbridge.rehearsal.profile_fields import options
from wpbridge.rehearsal.profiles import (
    FULLNAME,
    MULTIPLE,
    RICH_TAGS,
    VALUE_TAGS,
    WITH_OPTIONS,
    hidden_fields,
    serialized,
    told_value,
)
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import add_slashes, balance, strip_slashes
from wpbridge.rehearsal.visit import Visit

# BP_XProfile_Field_Type::set_format of each type
_FORMATS = {
    "number": "[0-9]+|-[0-9]+",
    "datebox": r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2} 00:00:00",
    "url": r"https?://[^\s]+\.[^\s]+",
}


def _field(visit: Visit) -> Row:
    found = visit.store.row(
        "SELECT * FROM profile_fields WHERE id = ?", visit.number("field_id")
    )
    if not found:
        raise Refusal("bp_rest_invalid_id", "Invalid field ID.", 404)
    return found


def get_item(visit: Visit) -> Any:
    """One value, empty where there is none."""
    field, user = _field(visit), visit.number("user_id")
    if not visit.user(user):
        raise Refusal("bp_rest_member_invalid_id", "Invalid member ID.", 404)
    if field["id"] in hidden_fields(visit, user):
        message = "Sorry, the profile field value is not viewable for this user."
        raise Refusal("bp_rest_hidden_profile_field", message, 403)
    return visit.single(_prepared(visit, field, user))


def _may_write(visit: Visit) -> None:
    if visit.anonymous:
        message = "Sorry, you need to be logged in to save XProfile data."
        raise visit.denied(message)
    if not visit.user(visit.number("user_id")):
        raise Refusal("bp_rest_invalid_id", "Invalid member ID.", 404)
    if not visit.moderates and visit.bp_me != visit.number("user_id"):
        raise visit.denied("Sorry, you cannot save XProfile field data.")


def update_item(visit: Visit) -> Any:
    """Set a value, or delete it with an empty string."""
    _may_write(visit)
    field, user = _field(visit), visit.number("user_id")
    given = str(visit.get("value", ""))
    many = field["type"] in MULTIPLE
    parts = list(re.split(",+", given)) if many and given else [given]
    if not given and not many:
        _delete(visit, field, user)
        return visit.single(_prepared(visit, field, user))
    parts = [_pre_validated(field, each) for each in parts] if given else []
    if not all(_is_valid(visit, field, each) for each in parts):
        message = "Cannot save XProfile data."
        raise Refusal("rest_user_cannot_save_xprofile_data", message, 500)
    cleaned = [_cleaned(visit, field, each) for each in parts]
    _save(visit, field, user, serialized(cleaned) if many else cleaned[0])
    return visit.single(_prepared(visit, field, user))


def _pre_validated(field: Row, text: str) -> str:
    # BP_XProfile_Field_Type_URL::pre_validate_filter
    if field["type"] == "url" and not re.match(r"[a-z]+://", text, re.IGNORECASE):
        return f"http://{text}"
    return text


def _is_valid(visit: Visit, field: Row, text: str) -> bool:
    if field["type"] in WITH_OPTIONS:
        return text in {row["name"] for row in options(visit, field)}
    wanted = _FORMATS.get(field["type"])
    return not wanted or bool(re.search(f"^{wanted}$", text))


def _cleaned(visit: Visit, field: Row, text: str) -> str:
    """``xprofile_sanitize_data_value_before_save``."""
    tags = RICH_TAGS if field["type"] == "textarea" else VALUE_TAGS
    filtered = balance(kses(strip_slashes(text), visit.rules(tags)))
    filtered = re.sub(r"<a (?![^>]*rel=)([^>]*)>", r'<a \1 rel="nofollow">', filtered)
    # wp_rel_nofollow slashes what it returns; values read one by one are rid
    # of that, values read in bulk are not.
    return add_slashes(filtered.strip())


def _save(visit: Visit, field: Row, user: int, value: str) -> None:
    found = visit.store.value(
        "SELECT id FROM profile_data WHERE field_id = ? AND user_id = ?",
        field["id"],
        user,
    )
    sets = {"value": value, "last_updated": visit.stamp}
    if found:
        visit.store.update("profile_data", found, **sets)
    else:
        visit.store.insert("profile_data", field_id=field["id"], user_id=user, **sets)
    if field["id"] == FULLNAME:
        # xprofile_sync_wp_profile
        value = strip_slashes(value)
        first, _, last = value.partition(" ")
        visit.store.update(
            "users",
            user,
            display_name=value,
            nickname=value,
            first_name=first,
            last_name=last.strip(),
        )


def _delete(visit: Visit, field: Row, user: int) -> int:
    return visit.store.run(
        "DELETE FROM profile_data WHERE field_id = ? AND user_id = ?", field["id"], user
    )


def delete_item(visit: Visit) -> Any:
    """Delete a value; deleting none is an error."""
    _may_write(visit)
    field, user = _field(visit), visit.number("user_id")
    previous = _prepared(visit, field, user)
    if not _delete(visit, field, user):
        message = "Could not delete XProfile data."
        raise Refusal("bp_rest_xprofile_data_cannot_delete", message, 500)
    return {"deleted": True, "previous": previous}


def _prepared(visit: Visit, field: Row, user: int) -> dict[str, Any]:
    row = visit.store.row(
        "SELECT * FROM profile_data WHERE field_id = ? AND user_id = ?",
        field["id"],
        user,
    )
    updated = row["last_updated"] if row else ""
    value = told_value(field, row, bulk=False)
    if not row:
        # get_date_from_gmt( null ) is now, mysql_to_rfc3339( null ) is false.
        value["raw"] = None
    data = {
        "id": row["id"] if row else 0,
        "field_id": field["id"],
        "user_id": user,
        "last_updated": visit.local(updated or visit.stamp),
        "last_updated_gmt": updated.replace(" ", "T") or False,
        "value": value,
    }
    shaped = visit.shaped("bp_xprofile_data", data)
    shaped["_links"] = {
        "self": [{"href": visit.api(f"xprofile/{field['id']}")}],
        "user": [{"embeddable": True, "href": visit.api(f"members/{user}")}],
    }
    return shaped


_BASE = "~/xprofile/<field_id>/data/<user_id>"
ROUTES = {
    f"GET {_BASE}": get_item,
    f"EDIT {_BASE}": update_item,
    f"DELETE {_BASE}": delete_item,
}
