"""The groups directory, one group, and who is in it."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from wpbridge.rehearsal.pages.faces import (
    Face,
    columns,
    face,
    labels,
    picture,
    types,
    upload,
)
from wpbridge.rehearsal.pages.look import Look, Missing, Paging
from wpbridge.rehearsal.pages.safe import shown
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import slugged

PAGE = 40
PEOPLE = 60
_IN = "m.is_confirmed = 1 AND m.is_banned = 0"
_RANK = (
    "CASE WHEN m.is_banned THEN 3 WHEN m.is_admin THEN 0 WHEN m.is_mod THEN 1 "
    "ELSE 2 END"
)
ROLES = ("Administrators", "Moderators", "Members", "Banned")


@dataclass(frozen=True)
class Group:
    """A place to gather."""

    id: int
    face: Face
    status: str
    """public, private or hidden."""
    about: Markup
    types: list[str]
    members: int
    posts: int
    cover: str
    parent: Face | None
    made: datetime | None

    @property
    def closed(self) -> bool:
        """Whether only its members see what is said in it."""
        return self.status != "public"


@dataclass(frozen=True)
class Circle:
    """The people of one role in a group."""

    name: str
    faces: list[Face]


_GROUP = (
    f"SELECT {columns('group', 'g')}, g.status, g.description, g.date_created, "
    f"{types('group', 'g')} AS types, {picture('group', 'g', 'cover')} AS cover, "
    f"(SELECT count(*) FROM group_members m WHERE m.group_id = g.id AND {_IN}) "
    "AS members, (SELECT count(*) FROM activity a WHERE a.component = 'groups' AND "
    "a.item_id = g.id AND a.type = 'activity_update' AND a.is_spam = 0) AS posts, "
    f"{columns('group', 'p', 'parent_')} "
    "FROM groups g LEFT JOIN groups p ON p.id = g.parent_id"
)


def directory(look: Look) -> tuple[Paging, list[Group]]:
    """A page of all groups, the largest first."""
    paging = look.paging(look.store.value("SELECT count(*) FROM groups"), PAGE)
    rows = look.store.rows(
        f"{_GROUP} ORDER BY members DESC, g.name COLLATE NOCASE, g.id LIMIT ? OFFSET ?",
        paging.size,
        paging.offset,
    )
    return paging, [_group(look, row) for row in rows]


def group(look: Look, slug: str) -> Group:
    """The one at an address; raises ``Missing``."""
    query = f"{_GROUP} WHERE g.slug IN (?, ?) ORDER BY g.id"
    row = look.store.row(query, slug, slugged(slug))
    if not row:
        raise Missing(slug)
    return _group(look, row)


def of_member(look: Look, user: int) -> list[tuple[Group, str]]:
    """A member's groups, and what they are there."""
    rows = look.store.rows(
        _GROUP.replace("SELECT ", f"SELECT {_RANK} AS rank, ", 1)
        + f" JOIN group_members m ON m.group_id = g.id WHERE m.user_id = ? AND {_IN} "
        "ORDER BY rank, members DESC, g.name COLLATE NOCASE, g.id",
        user,
    )
    return [
        (_group(look, row), ROLES[row["rank"]].removesuffix("s").lower())
        for row in rows
    ]


def people(look: Look, group: int) -> tuple[Paging, list[Circle]]:
    """A page of a group's people, by role."""
    where = "m.group_id = ? AND m.is_confirmed = 1"
    total = look.store.value(
        f"SELECT count(*) FROM group_members m WHERE {where}", group
    )
    paging = look.paging(total, PEOPLE)
    rows = look.store.rows(
        f"SELECT {columns('user', 'u')}, {_RANK} AS rank FROM group_members m "
        f"JOIN users u ON u.id = m.user_id WHERE {where} "
        "ORDER BY rank, u.display_name COLLATE NOCASE, u.id LIMIT ? OFFSET ?",
        group,
        paging.size,
        paging.offset,
    )
    return paging, _circles(rows)


def leading(look: Look, group: int, count: int) -> list[Circle]:
    """The first of a group's people, by role; nobody who is banned."""
    rows = look.store.rows(
        f"SELECT {columns('user', 'u')}, {_RANK} AS rank FROM group_members m "
        f"JOIN users u ON u.id = m.user_id WHERE m.group_id = ? AND {_IN} "
        "ORDER BY rank, u.display_name COLLATE NOCASE, u.id LIMIT ?",
        group,
        count,
    )
    return _circles(rows)


def waiting(look: Look, group: int) -> list[Circle]:
    """Who is invited into a group, and who asks to be let in."""
    rows = look.store.rows(
        f"SELECT {columns('user', 'u')}, i.type = 'request' AS rank FROM invitations i "
        "JOIN users u ON u.id = i.user_id WHERE i.group_id = ? AND i.accepted = 0 "
        "ORDER BY rank, u.display_name COLLATE NOCASE, u.id",
        group,
    )
    return _circles(rows, ("Invited", "Asking to join"))


def _circles(rows: list[Row], names: tuple[str, ...] = ROLES) -> list[Circle]:
    found: dict[str, list[Face]] = {}
    for row in rows:
        found.setdefault(names[row["rank"]], []).append(face("user", row))
    return [Circle(name, faces) for name, faces in found.items()]


def _group(look: Look, row: Row) -> Group:
    return Group(
        id=row["id"],
        face=face("group", row),
        status=row["status"],
        about=shown(row["description"], [look.url], slashes=True),
        types=labels(row["types"]),
        members=row["members"],
        posts=row["posts"],
        cover=upload(row["cover"]),
        parent=face("group", row, "parent_") if row["parent_id"] else None,
        made=look.local(row["date_created"]),
    )
