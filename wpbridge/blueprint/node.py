"""
A blueprint's text once read: nodes that know where they stand.

All scalars are text; the field that a node fills decides what it means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from wpbridge.errors import Place

Value: TypeAlias = "str | list[Node] | dict[str, Node] | None"


@dataclass(slots=True)
class Node:
    """
    One value, with the place it begins at and the place of the key before it.

    ``value`` is text, a list, a map in written order, or ``None`` for a bare key.
    """

    value: Value
    place: Place
    key_place: Place

    def child(self, name: str) -> Node | None:
        """What stands under a key, if this is a map and it has one."""
        return self.value.get(name) if isinstance(self.value, dict) else None
