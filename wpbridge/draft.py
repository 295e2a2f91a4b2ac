"""A plan in the making: what goes into it, and what gathers on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wpbridge.errors import Place, Problem
from wpbridge.journal import History

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.kinds import Exact, Kind
    from wpbridge.model import Address, Desired, Observed, Spec
    from wpbridge.plan import LeftOut
    from wpbridge.site import Site


@dataclass
class Declared:
    """What a blueprint asks for, and what was found wrong with it so far."""

    blueprint: Blueprint
    desired: list[Desired] = field(default_factory=list)
    exact: list[Exact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Choices:
    """
    How whoever plans wants it.

    ``allow`` has words such as ``access:groups/film``; ``only`` patterns of addresses,
    whose needs come along; ``refresh`` addresses of pictures to upload again.
    ``history`` is what earlier runs from this machine did.
    """

    allow: AbstractSet[str] = frozenset()
    only: Sequence[str] = ()
    refresh: AbstractSet[str] = frozenset()
    history: History = field(default_factory=History)


@dataclass
class Draft:
    """A plan in the making."""

    blueprint: Blueprint
    known: Mapping[str, Kind[Any]]
    seen: Observed
    site: Site
    history: History
    problems: list[Problem]
    later: dict[Address, datetime] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    there: dict[Address, Spec] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    insiders: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    """Of each group that is not public, whom mentions in its posts are told."""

    def kind(self, address: Address) -> Kind[Any]:
        """The kind that an address is of."""
        return self.known[address.kind]

    def named(self, address: Address) -> str:
        """What people call it, if that is known."""
        spec = self.seen.specs.get(address)
        return (spec and self.kind(address).label(spec)) or address.key

    def refuse(self, place: Place | None, message: str) -> None:
        """Note that something is wrong, and where."""
        where = place or Place(str(self.blueprint.file))
        self.problems.append(Problem(where, message))


def begun(
    declared: Declared,
    known: Mapping[str, Kind[Any]],
    seen: Observed,
    site: Site,
    choices: Choices,
) -> Draft:
    """A plan of which nothing is made yet: what is there, and who is known."""
    problems = list(declared.problems)
    draft = Draft(declared.blueprint, known, seen, site, choices.history, problems)
    draft.there = dict(seen.specs)
    draft.people = {a.key for a in seen.specs if a.kind == "members"}
    members = (e.spec for e in declared.desired if e.spec.kind == "members")
    draft.people |= {each.key for each in members}
    return draft
