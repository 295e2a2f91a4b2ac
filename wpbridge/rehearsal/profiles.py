"""Profile fields and their values, for every route that shows them."""

import re
from collections.abc import Sequence
from typing import Any

from wpbridge.rehearsal.kses import COMMENT_TAGS
from wpbridge.rehearsal.store import Row, like, marks
from wpbridge.rehearsal.text import (
    clickable,
    escape,
    paragraphs,
    strip_slashes,
    texturize,
)
from wpbridge.rehearsal.visit import Visit

# BP_XProfile_Field_Type: several values at once, and values from a list.
MULTIPLE = frozenset(["checkbox", "multiselectbox"])
WITH_OPTIONS = frozenset(["checkbox", "multiselectbox", "radio", "selectbox"])
FULLNAME = 1
"""The id of the field that is the member's name."""

VALUE_TAGS = COMMENT_TAGS.more("a[href title rel]")
# xprofile_filter_kses, for fields with the visual editor
RICH_TAGS = COMMENT_TAGS.more("img[src alt width height] ul ol li span p")


def serialized(values: Sequence[str]) -> str:
    """A list as PHP's ``serialize`` writes it."""
    inner = "".join(
        f'i:{i};s:{len(each.encode())}:"{each}";' for i, each in enumerate(values)
    )
    return f"a:{len(values)}:{{{inner}}}"


def unserialized(value: str) -> list[str]:
    """``get_profile_field_unserialized_value``: a list in any case."""
    if value in ("", "0"):  # PHP's empty()
        return []
    if not re.match(r"a:\d+:\{", value):
        return [value]
    found, rest = [], value.encode()
    while part := re.search(rb's:(\d+):"', rest):
        end = part.end() + int(part[1])
        found.append(rest[part.end() : end].decode())
        rest = rest[end:]
    return found


def plain(value: str) -> str | list[str]:
    """A value as it was meant: text, or a list where several were chosen."""
    found = unserialized(value)
    return strip_slashes(value) if found in ([], [value]) else found


def rendered(value: str, field: Row | None) -> str:
    """``get_profile_field_rendered_value``."""
    if value in ("", "0") or field is None:  # PHP's empty()
        return ""
    text = ", ".join(unserialized(value))
    if field["type"] != "textarea":
        # bp_xprofile_escape_field_data, unless the editor is a visual one
        text = escape(strip_slashes(text))
    match field["type"]:
        case "url":
            told = re.sub(r"^https?://", "", text.rstrip("/"))
            text = f'<a href="{text}" rel="nofollow">{told}</a>'
        case "telephone":
            href = text.replace(" ", "%20")
            text = f'<a href="tel://{href}" rel="nofollow">{text}</a>'
        case "datebox":
            text = text[:10]
        case _:
            pass
    return strip_slashes(paragraphs(texturize(clickable(text))))


def hidden_fields(visit: Visit, user: int) -> list[int]:
    """
    ``bp_xprofile_get_hidden_fields_for_user``.

    It asks ``bp_loggedin_user_id()``, so that on 14 an administrator who came
    by application password is shown what a stranger is. What counts is what
    members chose, which only the companion writes, and the field's own level
    where it leaves no choice (allow_custom_visibility = disabled).
    """
    if not user:
        return []
    if not visit.bp_me:
        levels: tuple[str, ...] = ("friends", "loggedin", "adminsonly")
    elif visit.bp_me == user or visit.moderates:
        return []
    elif _are_friends(visit, user, visit.bp_me):
        levels = ("adminsonly",)
    else:
        levels = ("friends", "adminsonly")
    return visit.store.column(
        "SELECT f.id FROM profile_fields f LEFT JOIN value_visibility v "
        "ON v.field_id = f.id AND v.user_id = ? WHERE f.parent_id = 0 AND f.id != 1 "
        "AND CASE allow_custom_visibility WHEN 'disabled' THEN default_visibility "
        f"ELSE v.level END IN ({marks(levels)})",
        user,
        *levels,
    )


def _are_friends(visit: Visit, one: int, other: int) -> bool:
    return bool(
        visit.store.value(
            "SELECT 1 FROM friends WHERE is_confirmed = 1 AND "
            "((initiator_user_id = ? AND friend_user_id = ?) OR "
            "(initiator_user_id = ? AND friend_user_id = ?))",
            one,
            other,
            other,
            one,
        )
    )


def groups(visit: Visit, wanted: Sequence[int] = ()) -> list[Row]:
    """Profile groups, in their order."""
    where = f"WHERE id IN ({marks(wanted)})" if wanted else ""
    return visit.store.rows(
        f"SELECT * FROM profile_groups {where} ORDER BY group_order, id", *wanted
    )


def fields(visit: Visit, group: int, user: int = 0) -> list[Row]:
    """The fields of a group that the caller may see of a member."""
    hidden = hidden_fields(visit, user)
    return [
        row
        for row in visit.store.rows(
            "SELECT * FROM profile_fields WHERE group_id = ? AND parent_id = 0 "
            "ORDER BY field_order, id",
            group,
        )
        if row["id"] not in hidden
    ]


def values(visit: Visit, user: int) -> dict[int, Row]:
    """A member's values by field."""
    rows = visit.store.rows("SELECT * FROM profile_data WHERE user_id = ?", user)
    return {row["field_id"]: row for row in rows}


def told_value(field: Row, value: Row | None, *, bulk: bool = True) -> dict[str, Any]:
    """The three shapes of a value; slashes stay where many are read at once."""
    raw = value["value"] if value else ""
    if not bulk:
        raw = strip_slashes(raw)
    return {
        "raw": raw,
        "unserialized": unserialized(raw),
        "rendered": rendered(raw, field),
    }


def of_member(visit: Visit, user: int) -> Any:
    """
    ``xprofile_data``: groups in a list, their fields keyed by field_order.

    Fields of equal order overwrite each other, and PHP writes a list only
    where the orders are 0, 1, 2 in a row.
    """
    if "xprofile" not in visit.active:
        return ["No extended profile data available as the component is inactive."]
    known, found = values(visit, user), []
    for group in groups(visit):
        told: dict[str, Any] = {"name": group["name"], "id": group["id"]}
        by_order: dict[int, Any] = {}
        for field in fields(visit, group["id"], user):
            by_order[field["field_order"]] = {
                "name": field["name"],
                "id": field["id"],
                "value": told_value(field, known.get(field["id"])),
            }
        if by_order:
            in_a_row = [*by_order] == list(range(len(by_order)))
            told["fields"] = (
                list(by_order.values())
                if in_a_row
                else {str(order): each for order, each in by_order.items()}
            )
        found.append(told)
    return {"groups": found}


def members_by_value(visit: Visit, asked: dict[str, Any]) -> list[int]:
    """``BP_XProfile_Query``, for its plain comparisons."""
    clauses = asked["args"]
    if isinstance(clauses, dict):
        clauses = [*clauses.values()]
    sets = [_matching(visit, each) for each in clauses if isinstance(each, dict)]
    if not sets:
        return []
    if str(asked.get("relation", "AND")).upper() == "OR":
        return [*set[int]().union(*sets)]
    return [*set[int](sets[0]).intersection(*sets)]


def _matching(visit: Visit, clause: dict[str, Any]) -> set[int]:
    field, value = clause.get("field"), clause.get("value", "")
    column = "id" if str(field).isdigit() else "name"
    compare = str(clause.get("compare", "=")).upper()
    if compare == "LIKE":
        test, value = "d.value LIKE ? ESCAPE '\\'", like(str(value))
    else:
        test = f"d.value {compare if compare in ('=', '!=', '<', '>') else '='} ?"
    rows = visit.store.column(
        "SELECT d.user_id FROM profile_data d JOIN profile_fields f "
        f"ON f.id = d.field_id WHERE f.{column} = ? AND {test}",
        field,
        value,
    )
    return set(rows)
