"""
Whose a resource is: what may be said of another blueprint's group, and clashes.

A resource has one owner. Another blueprint may add people and posts to a group if it
says ``belongs_to``; all else is for the owner to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wpbridge.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpbridge.blueprint.node import Node
    from wpbridge.blueprint.problems import Problems
    from wpbridge.errors import Place
    from wpbridge.model import Address

_ADDED = frozenset(
    {
        "auto_join",
        "belongs_to",
        "host",
        "invites",
        "live_chats",
        "members",
        "posts",
        "prompts",
        "roster",
        "rota",
    }
)
"""What a blueprint may say of a group that belongs to another."""


class Stated(NamedTuple):
    """That a blueprint states a resource as its own."""

    address: Address
    owner: str
    place: Place


def borrowed(root: Node, problems: Problems) -> None:
    """Note what is said of another's group beyond its people and posts."""
    groups = root.child("groups")
    for key, group in groups.fields().items() if groups else ():
        owner = group.child("belongs_to")
        if owner is None:
            continue
        for name, node in group.fields().items():
            if name not in _ADDED:
                problems.add(
                    node.key_place,
                    f"groups/{key} belongs to `{owner.value}`, which says its "
                    f"`{name}`; here stand only its people and posts",
                )


def clashes(stated: Iterable[Stated]) -> Iterator[Problem]:
    """Find resources that several blueprints take for their own."""
    first: dict[Address, Stated] = {}
    for each in stated:
        other = first.setdefault(each.address, each)
        if other.place.file == each.place.file:
            continue
        if other.owner == each.owner:
            message = (
                f"{each.address} is stated at {other.place} too, by a blueprint of "
                f"the same owner `{each.owner}`; keep one of the two"
            )
        else:
            message = (
                f"{each.address} is `{other.owner}`'s at {other.place}, and "
                f"`{each.owner}`'s here; write `belongs_to: {other.owner}` to add "
                "people and posts, or say it in one of the two"
            )
        yield Problem(each.place, message)
