"""Names with a picture or initials, for members and groups."""

import re
from dataclasses import dataclass
from html import unescape

from wpbridge.rehearsal.store import Row

_HUES = 8
_DIGITS = 2


@dataclass(frozen=True)
class Face:
    """A member or a group, as it is named everywhere."""

    name: str
    slug: str
    link: str
    initials: str
    hue: int
    """Which of the style sheet's colours its initials have."""
    picture: str
    """Where an uploaded one is; "" if there is none."""


NOBODY = Face("Someone who left", "", "", "·", 0, "")


def columns(kind: str, table: str, prefix: str = "") -> str:
    """The columns that ``face`` reads, of ``user`` or ``group``."""
    name, slug = {"user": ("display_name", "nicename"), "group": ("name", "slug")}[kind]
    return (
        f"{table}.id AS {prefix}id, {table}.{name} AS {prefix}name, "
        f"{table}.{slug} AS {prefix}slug, "
        f"{picture(kind, table)} AS {prefix}picture"
    )


def picture(kind: str, table: str, sort: str = "avatar") -> str:
    """A column with the path of an upload, the large one where there are two."""
    return (
        f"(SELECT path FROM uploads WHERE owner = '{kind}/' || {table}.id || "
        f"'/{sort}' ORDER BY path LIKE '%-bpfull.%' DESC, path LIMIT 1)"
    )


def face(kind: str, row: Row, prefix: str = "") -> Face:
    """The face in a row's columns; nobody's where the account is gone."""
    identity, slug = row[f"{prefix}id"], row[f"{prefix}slug"]
    if identity is None:
        return NOBODY
    name = plain(row[f"{prefix}name"]) or slug
    return Face(
        name,
        slug,
        f"/{kind}s/{slug}/".replace("/users/", "/members/"),
        initials(name, kind),
        identity % _HUES,
        upload(row[f"{prefix}picture"]),
    )


def upload(path: str | None) -> str:
    """Address of an upload, such as ``/wp-content/uploads/avatars/7/a.png``."""
    return f"/wp-content/uploads/{path}" if path else ""


def plain(text: str) -> str:
    """A name as it is read: WordPress keeps some with entities in them."""
    return unescape(text).strip()


def initials(name: str, kind: str = "user") -> str:
    """``AR`` of Ana Ruiz, ``S12`` of Small group 12, spring."""
    if kind == "group":
        name = _before_comma(name)
    words = re.findall(r"[^\W_]+", name)
    chosen = [words[0], words[-1]] if len(words) > 1 else words
    first = [each if each.isdigit() else each[0] for each in chosen]
    return "".join(each[:_DIGITS] for each in first).upper() or "·"


def _before_comma(name: str) -> str:
    """What tells a group from its like: behind it often stands what all have."""
    return name.partition(",")[0] if re.match(r"[^,]*\w", name) else name


def label(slug: str) -> str:
    """A type's slug in words, as the site keeps no other name of it."""
    return slug.replace("-", " ").replace("_", " ").strip().capitalize()


def labels(slugs: str | None) -> list[str]:
    """The same for slugs in one column, with spaces between them."""
    return [label(each) for each in (slugs or "").split()]


def types(kind: str, table: str) -> str:
    """A column with the slugs of something's types, with spaces between them."""
    return (
        "(SELECT group_concat(slug, ' ') FROM (SELECT slug FROM typings WHERE "
        f"kind = '{kind}' AND item_id = {table}.id ORDER BY slug))"
    )
