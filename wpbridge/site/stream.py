"""
Posts and comments that are an owner's: searched for, or whole from the companion.

Both are found by the mark in their text. The companion also keeps marks beside them,
which nobody writes into a post of theirs, and which are there when the text was edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wpbridge.model import Address
from wpbridge.site.collections import rows, whole
from wpbridge.site.people import logins_by_slug
from wpbridge.text import Shown, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wpbridge.model import Observed
    from wpbridge.site import SiteClient

FIELDS = "id,user_id,content,component,type,primary_item_id,secondary_item_id,hidden"
REPEATED = ("type", "component", "primary_item_id", "secondary_item_id", "hidden")
"""What an update that is silent on it would change."""


@dataclass(frozen=True, slots=True)
class Said:
    """
    Something said that bears an owner's mark, by the name in that mark.

    ``author`` and ``item`` are numbers: whose it is, and what it is in or on (a group,
    or the post that a comment is on). ``kept``: so says the site itself, and not only
    the text, which its author may write as they like.
    """

    id: int
    name: str
    author: int
    component: str
    item: int
    text: Shown
    wire: Mapping[str, Any]
    kept: bool = False


def posts(
    site: SiteClient, seen: Observed, owner: str, groups: Iterable[str]
) -> Iterator[Said]:
    """An owner's posts; of some groups at least, ``""`` being the site's stream."""
    if whole(site):
        yield from _whole(site, seen, owner, "posts")
        return
    for _, item in site.bp.gather(_asks(seen, owner, groups)):
        yield from _found(seen, item, owner, "posts")


def comments(site: SiteClient, seen: Observed, owner: str) -> Iterator[Said]:
    """An owner's comments, on whatever post."""
    if whole(site):
        yield from _whole(site, seen, owner, "comments")
        return
    items = site.bp.walk(
        "activity",
        context="edit",
        type=["activity_comment"],
        display_comments="stream",
        search=f"wpbridge {owner} comments/",
        _fields=FIELDS,
    )
    for item in items:
        yield from _found(seen, item, owner, "comments")


def _asks(
    seen: Observed, owner: str, groups: Iterable[str]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """One search a group, and one for the stream of the whole site."""
    params = {
        "context": "edit",
        "type": ["activity_update"],
        "search": f"wpbridge {owner} posts/",
        "_fields": FIELDS,
    }
    for group in sorted(groups):
        if not group:
            yield "", "activity", {**params, "component": "activity"}
        elif Address("groups", group) in seen.ids:
            number = seen.ids[Address("groups", group)]
            inside = {"component": "groups", "primary_id": number}
            yield group, "activity", {**params, **inside}


def _found(seen: Observed, item: Any, owner: str, kind: str) -> Iterator[Said]:
    text, mark = unmarked(item["content"]["raw"])
    if mark and mark.owner == owner and mark.address.kind == kind:
        wire = {key: item[key] for key in REPEATED if key in item}
        yield Said(
            item["id"],
            mark.address.key,
            item["user_id"],
            item["component"],
            item["primary_item_id"],
            Shown(text, text.sent, logins_by_slug(seen)),
            wire,
        )


TYPES = {"posts": "activity_update", "comments": "activity_comment"}


def _whole(site: SiteClient, seen: Observed, owner: str, kind: str) -> Iterator[Said]:
    """What the site keeps as the owner's, and then what only its text says to be."""
    claimed: set[str] = set()
    others: list[Said] = []
    logins = logins_by_slug(seen)
    for row in rows(site, seen, "posts", owner=owner):
        if row["type"] != TYPES[kind]:
            continue
        for said in _read(logins, row, owner, kind):
            if said.kept:
                claimed.add(said.name)
                yield said
            else:
                others.append(said)
    yield from (each for each in others if each.name not in claimed)


def _read(
    logins: Mapping[str, str], row: Mapping[str, Any], owner: str, kind: str
) -> Iterator[Said]:
    text, mark = unmarked(row["content"])
    ours = mark and mark.owner == owner and mark.address.kind == kind
    kept = [each[2] for each in row["marks"] if each[:2] == [owner, kind]]
    if not kept and not (mark and ours):
        return
    name = kept[0] if kept else mark.address.key if mark else ""
    same = mark and ours and mark.address.key == name
    wire = {
        "type": row["type"],
        "component": row["component"],
        "primary_item_id": row["item"],
        "secondary_item_id": row["parent"],
        "hidden": row["hidden"],
    }
    yield Said(
        row["id"],
        name,
        row["member"],
        row["component"],
        row["item"],
        Shown(text, text.sent if same else None, logins),
        wire,
        bool(kept),
    )
