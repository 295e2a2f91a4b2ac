"""The pages of the site, by their addresses."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from wpbridge.rehearsal.pages.faces import Face, columns, face, plain, upload
from wpbridge.rehearsal.pages.look import Look, Missing
from wpbridge.rehearsal.pages.safe import shown
from wpbridge.rehearsal.store import Row

_STATUS = {
    "publish": "",
    "draft": "Draft",
    "future": "Scheduled",
    "pending": "Pending",
    "private": "Private",
}
_SHOWN = f"status IN ({', '.join(repr(each) for each in _STATUS)})"
# WordPress's own first pages, as long as nobody wrote on them.
_OURS = "NOT (slug IN ('sample-page', 'privacy-policy') AND content = '')"


@dataclass(frozen=True)
class Leaf:
    """A page in a list of them."""

    title: str
    link: str
    depth: int
    status: str
    """Such as Draft; "" where everyone sees it."""


@dataclass(frozen=True)
class Writing:
    """A page with its text."""

    title: str
    text: Markup
    status: str
    author: Face
    changed: datetime | None
    image: str
    parent: Leaf | None


def leaves(look: Look) -> list[Leaf]:
    """All pages, each below its parent."""
    rows = look.store.rows(
        "SELECT id, slug, title, status, parent FROM posts "
        f"WHERE type = 'page' AND {_SHOWN} AND {_OURS} ORDER BY menu_order, id"
    )
    known = {row["id"] for row in rows}
    below: dict[int, list[Row]] = {}
    for row in rows:
        parent = row["parent"] if row["parent"] in known else 0
        below.setdefault(parent, []).append(row)
    found: list[Leaf] = []
    waiting = [(row, "/", 0) for row in reversed(below.pop(0, []))]
    while waiting:
        row, above, depth = waiting.pop()
        leaf = _leaf(row, above, depth)
        found.append(leaf)
        under = reversed(below.pop(row["id"], []))
        waiting += [(each, leaf.link, depth + 1) for each in under]
    return found


def _leaf(row: Row, above: str, depth: int) -> Leaf:
    status = _STATUS.get(row["status"], "")
    return Leaf(plain(row["title"]), f"{above}{row['slug']}/", depth, status)


def writing(look: Look, path: str) -> Writing:
    """The page or post at an address; raises ``Missing``."""
    parent, leaf, row = 0, None, None
    above: Leaf | None = None
    for slug in path.strip("/").split("/"):
        row = look.store.row(
            f"SELECT p.*, {columns('user', 'u', 'author_')}, (SELECT path FROM "
            "uploads WHERE owner = 'media/' || p.featured_media) AS image "
            "FROM posts p LEFT JOIN users u ON u.id = p.author WHERE p.slug = ? AND "
            f"p.parent = ? AND p.type IN ('page', 'post') AND p.{_SHOWN} "
            "ORDER BY p.type, p.id",
            slug,
            parent,
        )
        if not row:
            raise Missing(path)
        above, leaf = leaf, _leaf(row, leaf.link if leaf else "/", 0)
        parent = row["id"]
    if not row:
        raise Missing(path)
    return Writing(
        title=plain(row["title"]),
        text=shown(row["content"], [look.url]),
        status=_STATUS.get(row["status"], ""),
        author=face("user", row, "author_"),
        changed=look.local(row["modified_gmt"]),
        image=upload(row["image"]),
        parent=above,
    )
