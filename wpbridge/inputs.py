"""What planning looks at, frozen, and what its stages find out on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from wpbridge import kinds
from wpbridge.errors import Place, Problem
from wpbridge.journal import History
from wpbridge.text import find_free, nicename

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.kinds import Exact, Kind
    from wpbridge.model import Address, Desired, Observation, Spec
    from wpbridge.plan import LeftOut
    from wpbridge.site.ability import Capabilities

T = TypeVar("T")


@dataclass(frozen=True)
class Declared:
    """
    What a blueprint asks for.

    ``desired`` are its resources, ``exact`` what is to hold nothing else.
    """

    blueprint: Blueprint
    desired: tuple[Desired, ...] = ()
    exact: tuple[Exact, ...] = ()


@dataclass(frozen=True)
class PlanOptions:
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


@dataclass(frozen=True)
class Holder:
    """
    Something on the site that has a slug, in the site's numbers.

    ``parent`` is what it is below or attached to; ``image``: it is a picture.
    """

    kind: str
    slug: str
    id: int
    title: str
    parent: int
    image: bool


@dataclass(frozen=True)
class Lookups:
    """
    Answers to questions that go beyond what a blueprint is concerned with.

    ``elsewhere``: logins that a network of sites has, and this site has not.
    ``groups``: the slugs of all groups that somebody is in, by login, for those who
    left a roster. ``holders``: what has a slug that something new is to have.
    """

    elsewhere: frozenset[str] = frozenset()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unseen: frozenset[Address] = frozenset()
    store: str = ""
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """
    Everything that planning looks at; two plans of the same inputs are equal.

    ``problems`` were found while the blueprint was declared and the site observed.
    """

    blueprint: Blueprint
    desired: tuple[Desired, ...]
    exact: tuple[Exact, ...]
    observed: Observation
    capabilities: Capabilities
    options: PlanOptions = field(default_factory=PlanOptions)
    lookups: Lookups = field(default_factory=Lookups)
    problems: tuple[Problem, ...] = ()

    @property
    def history(self) -> History:
        """What earlier runs from this machine did."""
        return self.options.history

    @property
    def login(self) -> str:
        """The acting account's."""
        return self.capabilities.me.login

    @cached_property
    def people(self) -> frozenset[str]:
        """Logins of everybody who is on the site, or declared."""
        addresses = (
            *self.observed.specs,
            *(each.spec.address for each in self.desired),
        )
        return frozenset(each.key for each in addresses if each.kind == "members")

    @cached_property
    def mention_names(self) -> Mapping[str, str]:
        """
        What mentions those whom their logins do not, by login.

        WordPress makes it out of the login of a new account (``wp_insert_user``), with
        a number behind it where somebody has it already. Which of two new ones gets the
        number is known afterwards, so neither is guessed at.
        """
        slugs = self.observed.slugs
        names = {login: slug for login, slug in slugs.items() if slug}
        taken = set(names.values())
        new = {login: nicename(login) for login in self.people - slugs.keys()}
        often = Counter(new.values())
        for login, name in new.items():
            if name and often[name] == 1:
                names[login] = find_free(name, taken)
        return {login: name for login, name in names.items() if name != login.lower()}

    def kind(self, address: Address) -> Kind[Any]:
        """Give the kind that an address is of."""
        return kinds.load()[address.kind]

    def label(self, address: Address) -> str:
        """What people call it, if that is known; else its key."""
        spec = self.observed.specs.get(address)
        return (spec and self.kind(address).label(spec)) or address.key

    def why_not(self, ability: str) -> str | None:
        """Why the site cannot do this over this login, or ``None`` if it can."""
        return self.capabilities.why_not(ability)

    def can(self, ability: str) -> bool:
        """Whether the site can do this over this login."""
        return self.why_not(ability) is None

    def problem(self, place: Place | None, message: str) -> Problem:
        """Say that something is wrong, and where; else of the whole blueprint."""
        return Problem(place or Place(str(self.blueprint.file)), message)


@dataclass(frozen=True)
class Findings:
    """What a stage found out beside its value; the findings of stages add up."""

    problems: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        return Findings(
            (*self.problems, *other.problems),
            (*self.left_out, *other.left_out),
            (*self.notes, *other.notes),
        )


@dataclass(frozen=True)
class Staged(Generic[T]):
    """The value of a stage, and what it found out."""

    value: T
    findings: Findings = Findings()


def merge_findings(several: Iterable[Findings]) -> Findings:
    """Add findings up, in their order."""
    return sum(several, Findings())


@dataclass(frozen=True)
class Selected:
    """
    What of a blueprint is due, and supported by this site.

    ``present`` is what the site has, and what it makes along with what is due;
    ``scheduled`` is when the rest is due.
    """

    desired: tuple[Desired, ...]
    present: Mapping[Address, Spec]
    scheduled: Mapping[Address, datetime]


@dataclass(frozen=True)
class Owned:
    """The same, as far as it is ours; ``conflicts`` says of the rest whose it is."""

    selected: Selected
    desired: tuple[Desired, ...]
    conflicts: Mapping[Address, str]
