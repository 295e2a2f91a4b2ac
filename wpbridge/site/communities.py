"""
Groups as a site has them: listed a hundred a request, or whole from the companion.

What comes out is the same either way, save that who may invite and post is only told
by the companion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wpbridge.model import UNSET
from wpbridge.site.collections import rows, whole
from wpbridge.site.rules import rules

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from wpbridge.model import Maybe, Observed
    from wpbridge.site import SiteClient

FIELDS = "id,slug,name,status,parent_id,creator_id,types,description"


@dataclass(frozen=True, slots=True)
class Community:
    """A group; ``parent`` and ``creator`` are numbers."""

    id: int
    slug: str
    name: str
    about: str
    access: str
    parent: int
    creator: int
    types: Sequence[str]
    who_invites: Maybe[str] = UNSET
    who_posts: Maybe[str] = UNSET


def communities(
    site: SiteClient, seen: Observed, ruled: Container[str]
) -> Iterator[Community]:
    """Every group, hidden ones too; the rules at least of those that are ``ruled``."""
    if whole(site):
        yield from (_of_row(row) for row in rows(site, seen, "groups"))
        return
    items = list(
        site.bp.walk(
            "groups",
            context="edit",
            show_hidden=True,
            type="alphabetical",
            _fields=FIELDS,
        )
    )
    said = rules(site, [item["id"] for item in items if item["slug"] in ruled])
    for item in items:
        yield _of_item(item, said.get(item["id"], {}))


def _of_row(row: Mapping[str, Any]) -> Community:
    return Community(
        row["id"],
        row["slug"],
        row["name"],
        row["description"],
        row["status"],
        row["parent"],
        row["creator"],
        row["types"],
        row["invites"],
        row["posts"],
    )


def _of_item(item: Mapping[str, Any], said: Mapping[str, Any]) -> Community:
    return Community(
        item["id"],
        item["slug"],
        item["name"],
        item["description"]["raw"],
        item["status"],
        item["parent_id"],
        item["creator_id"],
        item["types"],
        said.get("invites", UNSET),
        said.get("posts", UNSET),
    )
