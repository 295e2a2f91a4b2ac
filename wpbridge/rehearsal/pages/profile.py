"""What a member says of themselves, and who may read it."""

from dataclasses import dataclass, field

from markupsafe import Markup

from wpbridge.rehearsal.pages.faces import plain
from wpbridge.rehearsal.pages.look import Look
from wpbridge.rehearsal.pages.safe import safe
from wpbridge.rehearsal.profiles import (
    FULLNAME,
    MULTIPLE,
    WITH_OPTIONS,
    rendered,
    unserialized,
)
from wpbridge.rehearsal.store import Row

_SEEN_BY = {
    "public": "everyone",
    "loggedin": "all members",
    "friends": "their friends",
    "adminsonly": "themselves and administrators",
}


@dataclass
class Field:
    """One question of the profile, and a member's answer."""

    name: str
    about: str
    text: Markup
    values: list[str]
    """The answers, where several can be chosen."""
    choices: list[str]
    seen_by: str
    open: bool
    """Whether members may choose for themselves who sees it."""


@dataclass
class Section:
    """A group of fields."""

    name: str
    about: str
    fields: list[Field] = field(default_factory=list)


def sections(look: Look, user: int) -> list[Section]:
    """The whole profile of a member, in its order."""
    found: dict[int, Section] = {}
    choices = _choices(look)
    for row in look.store.rows(
        "SELECT p.name AS section, p.description AS section_about, f.*, d.value "
        "FROM profile_groups p JOIN profile_fields f ON f.group_id = p.id AND "
        "f.parent_id = 0 LEFT JOIN profile_data d ON d.field_id = f.id AND "
        "d.user_id = ? WHERE f.id != ? "
        "ORDER BY p.group_order, p.id, f.field_order, f.id",
        user,
        FULLNAME,
    ):
        section = Section(plain(row["section"]), plain(row["section_about"]))
        here = found.setdefault(row["group_id"], section)
        here.fields.append(_field(look, row, choices.get(row["id"], [])))
    return [*found.values()]


def _choices(look: Look) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in look.store.rows(
        "SELECT parent_id, name FROM profile_fields WHERE parent_id != 0 "
        "ORDER BY parent_id, option_order, id"
    ):
        found.setdefault(row["parent_id"], []).append(plain(row["name"]))
    return found


def _field(look: Look, row: Row, choices: list[str]) -> Field:
    value, kind = row["value"] or "", row["type"]
    several = kind in MULTIPLE
    return Field(
        name=plain(row["name"]),
        about=plain(row["description"]),
        text=safe("" if several else rendered(value, row), [look.url]),
        values=[plain(each) for each in unserialized(value)] if several else [],
        choices=choices if kind in WITH_OPTIONS else [],
        seen_by=_SEEN_BY.get(row["default_visibility"], row["default_visibility"]),
        open=row["allow_custom_visibility"] == "allowed",
    )
