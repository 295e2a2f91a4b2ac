"""Streams: what was posted where, and what was said to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup

from wpbridge.rehearsal.pages.faces import Face, columns, face, plain
from wpbridge.rehearsal.pages.look import Look, Missing, Paging
from wpbridge.rehearsal.pages.safe import shown
from wpbridge.rehearsal.store import Row, marks
from wpbridge.rehearsal.text import strip_tags

PAGE = 20
_NESTED = 4
_SENTENCES = {
    "created_group": "made this group",
    "joined_group": "joined",
    "group_details_updated": "changed what this group says of itself",
    "new_member": "became a member",
    "new_avatar": "has a new picture",
    "updated_profile": "changed their profile",
    "friendship_created": "made friends with",
    "friendship_accepted": "made friends with",
}
EVERYONES = "a.hide_sitewide = 0"
IN_GROUP = "a.component = 'groups' AND a.item_id = ?"
BY_MEMBER = "a.user_id = ?"
ONE = "a.id = ?"
POSTS = "a.type = 'activity_update'"


@dataclass(frozen=True)
class Comment:
    """What was said to a post or to another comment."""

    id: int
    author: Face
    when: datetime | None
    text: Markup
    answers: "list[Comment]" = field(default_factory=list)


@dataclass(frozen=True)
class Item:
    """A post, or something that happened."""

    id: int
    author: Face
    when: datetime | None
    text: Markup
    sentence: str
    """What happened; "" for a post."""
    other: Face | None
    """With whom it happened."""
    group: Face | None
    status: str
    """public, private or hidden: of the group."""
    comments: list[Comment]

    @property
    def answers(self) -> int:
        """How many comments there are, all told."""
        return _count(self.comments)


_ITEM = (
    "SELECT a.id AS item, a.type, a.action, a.content, a.date_recorded, "
    f"{columns('user', 'u', 'author_')}, {columns('user', 'o', 'other_')}, "
    f"{columns('group', 'g', 'group_')}, g.status FROM activity a "
    "LEFT JOIN users u ON u.id = a.user_id "
    "LEFT JOIN users o ON o.id = a.secondary_item_id AND a.component = 'friends' "
    "LEFT JOIN groups g ON g.id = a.item_id AND a.component = 'groups' "
)
_STREAM = "a.type NOT IN ('activity_comment', 'last_activity') AND a.is_spam = 0"


def stream(look: Look, where: str, *values: Any) -> tuple[Paging, list[Item]]:
    """A page of the items that a condition holds for, the newest first."""
    count = f"SELECT count(*) FROM activity a WHERE {_STREAM} AND {where}"
    paging = look.paging(look.store.value(count, *values), PAGE)
    return paging, _items(look, where, values, paging.size, paging.offset)


def newest(look: Look, count: int) -> list[Item]:
    """The last posts that everyone sees."""
    return _items(look, f"{EVERYONES} AND {POSTS}", (), count, 0)


def item(look: Look, identity: int) -> Item:
    """One item, or that which a comment belongs to; raises ``Missing``."""
    root = look.store.value(
        "SELECT iif(type = 'activity_comment', item_id, id) FROM activity WHERE id = ?",
        identity,
    )
    found = _items(look, ONE, (root or 0,), 1, 0)
    if not found:
        raise Missing(str(identity))
    return found[0]


def _items(
    look: Look, where: str, values: Sequence[Any], size: int, offset: int
) -> list[Item]:
    rows = look.store.rows(
        f"{_ITEM} WHERE {_STREAM} AND {where} "
        "ORDER BY a.date_recorded DESC, a.id DESC LIMIT ? OFFSET ?",
        *values,
        size,
        offset,
    )
    said = _comments(look, [row["item"] for row in rows])
    return [_item(look, row, said.get(row["item"], [])) for row in rows]


def _item(look: Look, row: Row, comments: list[Comment]) -> Item:
    kind = row["type"]
    # An unknown sort of item has the site's own sentence.
    sentence = _SENTENCES.get(kind) or plain(strip_tags(row["action"]))
    return Item(
        id=row["item"],
        author=face("user", row, "author_"),
        when=look.local(row["date_recorded"]),
        text=said(look, row["content"]),
        sentence="" if kind == "activity_update" else sentence,
        other=face("user", row, "other_") if row["other_id"] else None,
        group=face("group", row, "group_") if row["group_id"] else None,
        status=row["status"] or "public",
        comments=comments,
    )


def said(look: Look, text: str) -> Markup:
    """Text of the stream as its readers see it."""
    return shown(text, [look.url], slashes=True)


def _comments(look: Look, items: Sequence[int]) -> dict[int, list[Comment]]:
    """Comments by the item they belong to, nested below one another."""
    rows = look.store.rows(
        "SELECT a.id AS comment, a.item_id, a.secondary_item_id AS above, a.content, "
        f"a.date_recorded, {columns('user', 'u', 'author_')} FROM activity a "
        "LEFT JOIN users u ON u.id = a.user_id WHERE a.type = 'activity_comment' "
        f"AND a.is_spam = 0 AND a.item_id IN ({marks(items)}) "
        "ORDER BY a.date_recorded, a.id",
        *items,
    )
    found: dict[int, list[Comment]] = {each: [] for each in items}
    # Where answers to a comment go, and how deep that is.
    places = {each: (found[each], 0) for each in items}
    for row in rows:
        comment = Comment(
            row["comment"],
            face("user", row, "author_"),
            look.local(row["date_recorded"]),
            said(look, row["content"]),
        )
        root = (found[row["item_id"]], 0)
        siblings, depth = places.get(row["above"], root)
        siblings.append(comment)
        deeper = (comment.answers, depth + 1)
        places[comment.id] = deeper if depth < _NESTED else (siblings, depth)
    return found


def _count(comments: list[Comment]) -> int:
    return sum(1 + _count(each.answers) for each in comments)
