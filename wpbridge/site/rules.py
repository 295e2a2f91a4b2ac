"""Who may invite into groups and post in them, where the companion tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wpbridge.model import Address, Call, Ref
from wpbridge.site.door import companion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wpbridge.site import SiteClient


RULES = {
    "who_invites": ("invites", "invite policy"),
    "who_posts": ("posts", "posting rule"),
}
"""A rule's name, what the companion calls it, and what it takes to set it."""


def rulings(group: Address, sets: dict[str, Any]) -> list[Call]:
    """Take the rules out of what is set in a group; the call that sets them."""
    values, ability = {}, ""
    for name, (theirs, takes) in RULES.items():
        if name in sets:
            values[theirs], ability = sets.pop(name), takes
    call = companion.put("groups", Ref(group), **values)
    return [replace(call, ability=ability)] if values else []


def rules(site: SiteClient, groups: Iterable[int]) -> Mapping[int, Any]:
    """The rules of groups, by their numbers; none where nobody can tell."""
    if site.can("posting rule"):
        return {}
    asks: Iterator[tuple[int, str, dict[str, Any]]] = (
        (each, f"groups/{each}", {}) for each in groups
    )
    return {each: item for each, item in site.companion.each(asks) if item}
