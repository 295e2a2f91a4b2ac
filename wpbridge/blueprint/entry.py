"""
What a kind is handed to declare from: one entry of one of its sections.

By then a blueprint is whole: parents merged, inputs filled in, repetitions written
out, presets and rosters turned into entries, every value checked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from wpbridge.blueprint.grammar import Moment, Type, words
from wpbridge.blueprint.moments import exact
from wpbridge.blueprint.said import open_in
from wpbridge.blueprint.values import convert
from wpbridge.model import UNSET, Maybe, Spec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo
    from pathlib import Path

    from wpbridge.blueprint.inputs import Input
    from wpbridge.blueprint.node import Node
    from wpbridge.blueprint.roster import Roster
    from wpbridge.errors import Place

S = TypeVar("S", bound=Spec)


@dataclass(frozen=True)
class Newcomers:
    """What accounts that this apply creates begin with."""

    role: str = "subscriber"
    types: tuple[str, ...] = ()
    welcome: str = "nothing"
    directory: str = "after first login"


@dataclass(frozen=True)
class Limits:
    """How much may go at once: shares from 0 to 1, and counts."""

    removed_from_a_group: float = 0.25
    roster_shrinks: float = 0.30
    deleted: int = 5
    late_posts: int = 3
    mails: int = 0


@dataclass(frozen=True)
class Blueprint:
    """
    A blueprint that was read, filled in, written out and checked.

    ``root`` is the written-out tree; ``digests`` has the SHA-256 of each file read.
    ``now`` is the clock that decides which posts are due (UTC). ``starts`` is the
    first day at the calendar's time, ``ends`` the last minute of the last day.
    ``clocked`` says that somebody set the clock: ``now`` is not the real time.
    ``zone`` is the calendar's, in which its reader thinks of times.
    ``open_inputs`` have no answer yet: the tree still holds references to them.
    """

    file: Path
    root: Node
    now: datetime
    owner: str
    name: str = ""
    about: str = ""
    host: Maybe[str] = UNSET
    existing: str = "fill"
    newcomers: Newcomers = field(default_factory=Newcomers)
    limits: Limits = field(default_factory=Limits)
    prune: tuple[str, ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    rosters: tuple[Roster, ...] = ()
    open_inputs: tuple[Input, ...] = ()
    zone: tzinfo | None = None
    template: bool = False
    clocked: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One entry of a section, or the section's one value.

    ``above`` holds the keys that the section's stars stand for, ``parents`` the nodes
    under them: for ``groups/*/members`` and ``film: {members: {anna: admin}}``, the key
    is ``anna``, above is ``("film",)``, and the parent is what stands under ``film``.
    The key of a section's one value is empty; ``section`` is the section's path.
    """

    key: str
    node: Node
    above: tuple[str, ...]
    parents: tuple[Node, ...]
    blueprint: Blueprint
    section: str = ""

    @property
    def settled(self) -> bool:
        """Whether a preset wrote it: once out, it is never edited again."""
        return self.node.child("settled") is not None

    @property
    def place(self) -> Place:
        """Where the entry's key is written."""
        return self.node.key_place

    def get(self, name: str, type: Type) -> Maybe[Any]:  # noqa: A002 - grammar's word
        """One field's value in Python's terms, ``None`` if emptied, or ``UNSET``."""
        node = self.node.child(name)
        return UNSET if node is None else self._value(type, node)

    def build(self, spec: type[S], **known: Any) -> S:
        """Make a spec of the words that the entry states and what is known beside."""
        stated = {
            name: self._value(each.type, node)
            for name, each in words(spec).items()
            if (node := self.node.child(name)) is not None
        }
        return spec(**{**stated, **known})

    def _value(self, kind: Type, node: Node) -> Maybe[Any]:
        """A value; what still waits for an answer is not stated yet."""
        if self.blueprint.open_inputs and (
            open_in(node) or (isinstance(kind, Moment) and not exact(str(node.value)))
        ):
            return UNSET
        return convert(kind, node)
