"""
A blueprint's text once read: nodes that know where they stand.

All scalars are text; the field that a node fills decides what it means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.errors import Place

Value: TypeAlias = "str | list[Node] | dict[str, Node] | None"


class Empty(str):
    """The bare word ``empty``, which clears; in quotes it is a text like any other."""

    __slots__ = ()

    def __new__(cls) -> Self:
        """Make the word."""
        return super().__new__(cls, "empty")


@dataclass(slots=True)
class Node:
    """
    One value, with the place it begins at and the place of the key before it.

    ``value`` is text, a list, a map in written order, or ``None`` for a bare key; the
    place of a bare key is that of the remark behind it, if there is one.
    """

    value: Value
    place: Place
    key_place: Place

    def child(self, name: str) -> Node | None:
        """What stands under a key, if this is a map and it has one."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    def fields(self) -> dict[str, Node]:
        """What stands under each key; nothing if this is no map."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> list[Node]:
        """The values of a list; a bare value is a list of one."""
        if isinstance(self.value, list):
            return self.value
        return [] if self.value is None else [self]


def walk(
    node: Node, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[Node, ...], Node]]:
    """Each node at a path: the keys that its stars stand for, their nodes, itself."""
    if not path:
        yield (), (), node
        return
    first, rest = path[0], path[1:]
    if first != "*":
        if (child := node.child(first)) is not None:
            yield from walk(child, rest)
        return
    for key, child in node.fields().items():
        for above, parents, found in walk(child, rest):
            yield (key, *above), (child, *parents), found
