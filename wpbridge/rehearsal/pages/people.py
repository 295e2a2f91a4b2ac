"""The members directory, and one member."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wpbridge.rehearsal.pages.faces import (
    Face,
    columns,
    face,
    label,
    labels,
    plain,
    types,
)
from wpbridge.rehearsal.pages.look import Look, Missing, Paging
from wpbridge.rehearsal.store import Row, like
from wpbridge.rehearsal.text import slugged

PAGE = 48
_ROLES = {
    "administrator": "Site administrator",
    "editor": "Editor",
    "author": "Author",
    "contributor": "Contributor",
}


@dataclass(frozen=True)
class Member:
    """Someone, as the directory and the head of a profile show them."""

    id: int
    face: Face
    types: list[str]
    role: str
    """What they may do beyond reading, or that they may nothing; "" for most."""
    groups: int
    joined: datetime | None
    line: str
    """What they say of themselves in the first profile field of one line."""


@dataclass(frozen=True)
class Choice:
    """Something to narrow the directory by."""

    slug: str
    name: str
    count: int


_MEMBER = (
    f"SELECT {columns('user', 'u')}, {types('member', 'u')} AS types, u.roles, "
    "u.registered, (SELECT count(*) FROM group_members m WHERE m.user_id = u.id AND "
    "m.is_confirmed = 1 AND m.is_banned = 0) AS groups, (SELECT value FROM "
    "profile_data d WHERE d.user_id = u.id AND d.field_id = (SELECT f.id FROM "
    "profile_fields f JOIN profile_groups p ON p.id = f.group_id WHERE "
    "f.parent_id = 0 AND f.id != 1 AND f.type = 'textbox' "
    "ORDER BY p.group_order, p.id, f.field_order, f.id LIMIT 1)) AS line "
    "FROM users u WHERE u.spam = 0"
)


def directory(look: Look) -> tuple[Paging, list[Member]]:
    """A page of the members who were asked for, by name."""
    where, values = _wanted(look)
    count = f"SELECT count(*) FROM users u WHERE u.spam = 0{where}"
    paging = look.paging(look.store.value(count, *values), PAGE)
    rows = look.store.rows(
        f"{_MEMBER}{where} ORDER BY u.display_name COLLATE NOCASE, u.id "
        "LIMIT ? OFFSET ?",
        *values,
        paging.size,
        paging.offset,
    )
    return paging, [_member(look, row) for row in rows]


def _wanted(look: Look) -> tuple[str, list[Any]]:
    where, values = "", list[Any]()
    if kind := look.args.get("type"):
        where += (
            " AND u.id IN (SELECT item_id FROM typings WHERE kind = 'member' "
            "AND slug = ?)"
        )
        values.append(kind)
    if text := look.args.get("s", "").strip():
        where += (
            " AND (u.display_name LIKE ? ESCAPE '\\' OR u.nicename LIKE ? ESCAPE '\\')"
        )
        values += [like(text)] * 2
    return where, values


def newest(look: Look, count: int) -> list[Member]:
    """Those who came last."""
    rows = look.store.rows(f"{_MEMBER} ORDER BY u.id DESC LIMIT ?", count)
    return [_member(look, row) for row in rows]


def choices(look: Look) -> list[Choice]:
    """The member types there are, and how many have each."""
    rows = look.store.rows(
        "SELECT t.slug, count(u.id) AS count FROM types t "
        "LEFT JOIN typings y ON y.kind = t.kind AND y.slug = t.slug "
        "LEFT JOIN users u ON u.id = y.item_id AND u.spam = 0 "
        "WHERE t.kind = 'member' GROUP BY t.slug ORDER BY min(t.rowid)"
    )
    return [Choice(row["slug"], label(row["slug"]), row["count"]) for row in rows]


def friends(look: Look, user: int) -> list[Face]:
    """Whom a member is friends with, by name."""
    rows = look.store.rows(
        f"SELECT {columns('user', 'u')} FROM friends f JOIN users u ON u.id = "
        "f.initiator_user_id + f.friend_user_id - ?1 WHERE f.is_confirmed = 1 AND "
        "?1 IN (f.initiator_user_id, f.friend_user_id) "
        "ORDER BY u.display_name COLLATE NOCASE, u.id",
        user,
    )
    return [face("user", row) for row in rows]


def member(look: Look, slug: str) -> Member:
    """The one at an address; raises ``Missing``."""
    row = look.store.row(f"{_MEMBER} AND u.nicename IN (?, ?)", slug, slugged(slug))
    if not row:
        raise Missing(slug)
    return _member(look, row)


def _member(look: Look, row: Row) -> Member:
    has = json.loads(row["roles"])
    roles = [_ROLES[each] for each in has if each in _ROLES]
    return Member(
        id=row["id"],
        face=face("user", row),
        types=labels(row["types"]),
        role=roles[0] if roles else "" if has else "No role on the site",
        groups=row["groups"],
        joined=look.local(row["registered"]),
        line=plain(row["line"] or ""),
    )
