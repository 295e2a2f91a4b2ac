"""
The nouns: what a blueprint asks for, what a site holds, and how one becomes the other.

Specs speak in names (logins, slugs) and in the blueprint's words. The site's numbers
live beside them in :class:`Observed`, and a :class:`Call` that needs one holds a
:class:`Ref`, which the site fills in as it sends.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import Enum
from functools import cached_property
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Literal,
    NamedTuple,
    TypeAlias,
    TypeVar,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, timedelta
    from pathlib import Path

    from wpbridge.errors import Place


class Unset(Enum):
    """The type of :data:`UNSET`."""

    UNSET = "unset"

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Final = Unset.UNSET
"""The blueprint is silent on a field: never compared, never sent. Not ``None``."""

T = TypeVar("T")
Maybe: TypeAlias = T | Unset


class Address(NamedTuple):
    """What finds a resource on any site, such as ``groups/film``."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


class Ref(NamedTuple):
    """The site's number of a resource, which may not exist yet."""

    address: Address


class Policy(Enum):
    """How a stated field is held against the site's."""

    MATCH = "match"
    FILL = "fill"  # equal if the site has anything
    ON_CREATE = "on create"  # never compared once it exists
    AT_LEAST = "at least"  # a set: what is missing is added


class Spec:
    """
    What is said of one resource; every kind has a frozen dataclass of this sort.

    Fields that a blueprint may state carry a ``word`` in their metadata (see
    :mod:`wpbridge.blueprint.grammar`); the others make up the key.
    """

    kind: ClassVar[str]
    essential: ClassVar[tuple[str, ...]] = ()
    """Fields without which it cannot be created; an update may be silent on them."""

    @property
    def key(self) -> str:
        """The name within its kind, such as ``film`` or ``film:anna``."""
        raise NotImplementedError

    @cached_property
    def address(self) -> Address:
        """Kind and key."""
        return Address(self.kind, self.key)

    @property
    def within(self) -> Address | None:
        """What holds it, if it is kept in another: a membership's group."""
        return None

    @property
    def needs(self) -> tuple[Address, ...]:
        """What must exist before this can be written."""
        return ()

    def called_as(self, other: Spec) -> Spec:
        """Give the same under another's key."""
        names = (each.name for each in fields(other) if not each.metadata)  # type: ignore[arg-type]  # every Spec is a dataclass
        key = {name: getattr(other, name) for name in names if name != "owner"}
        return replace(self, **key)  # type: ignore[type-var]  # the same

    def stated(self) -> Iterator[tuple[str, Any]]:
        """Each field that the blueprint speaks of, with its value."""
        for name in stateable(type(self)):
            value = getattr(self, name)
            if value is not UNSET:
                yield name, value


def stateable(spec: type[Spec]) -> tuple[str, ...]:
    """Names of a spec's fields that are compared and sent, in their order."""
    return tuple(policies(spec))


_POLICIES: dict[type[Spec], Mapping[str, Policy]] = {}


def policies(spec: type[Spec]) -> Mapping[str, Policy]:
    """How each field of a spec is held against the site's, unless said otherwise."""
    if spec not in _POLICIES:
        _POLICIES[spec] = {
            each.name: each.metadata["policy"]
            for each in fields(spec)  # type: ignore[arg-type]  # a dataclass
            if each.metadata
        }
    return _POLICIES[spec]


def derived(policy: Policy = Policy.MATCH, *, ability: str | None = None) -> Any:
    """Make a spec's field that is compared and sent, but not written by its name."""
    return field(default=UNSET, metadata={"policy": policy, "ability": ability})


@dataclass(frozen=True, slots=True)
class Desired:
    """
    One resource as a blueprint wants it.

    ``policies`` names only the fields whose policy differs from their word's own;
    ``settled`` says that once it exists it is never edited again. ``previously`` is
    its old address. ``due`` is when it may be made, and ``patience`` how late it may
    then still be made (``None``: however late).
    """

    spec: Spec
    place: Place
    policies: Mapping[str, Policy] = field(default_factory=dict)
    settled: bool = False
    previously: Address | None = None
    only_new: Address | None = None
    once: bool = False
    due: datetime | None = None
    patience: timedelta | None = None


class Found(NamedTuple):
    """
    One resource as the site has it.

    ``wire`` is what an update must repeat though it does not change; ``hidden`` names
    the fields that this login may write and not read.
    """

    spec: Spec
    id: int
    wire: Any = None
    hidden: frozenset[str] = frozenset()


class Unsent(NamedTuple):
    """What waited on the site and could not be sent when due: its text, and why."""

    text: str
    why: str


@dataclass
class Observed:
    """
    What was read of a site so far; kinds that are read later may look at it.

    ``renamed`` has, by its new address, what the site knows by another key. ``owners``
    has whose a resource is, where the site keeps that beside its text; ``gone`` is
    what was ours and has been deleted there, ``came`` how something came to be ours, if
    not by being named; ``rosters`` has other owners by whose rosters it came. ``kept``
    has whole collections that more than one kind reads, ``slugs`` what mentions each
    member, by login.
    """

    specs: dict[Address, Spec] = field(default_factory=dict)
    ids: dict[Address, int] = field(default_factory=dict)
    wire: dict[Address, Any] = field(default_factory=dict)
    hidden: dict[Address, frozenset[str]] = field(default_factory=dict)
    doubles: list[Found] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    renamed: dict[Address, Spec] = field(default_factory=dict)
    owners: dict[Address, set[str]] = field(default_factory=dict)
    gone: set[Address] = field(default_factory=set)
    unsent: dict[Address, Unsent] = field(default_factory=dict)
    came: dict[Address, str] = field(default_factory=dict)
    rosters: dict[Address, set[str]] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict, repr=False)
    kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def add(self, found: Found) -> None:
        """
        Take in one resource; of two with the same address the younger is a double.

        The younger has the higher number.
        """
        address = found.spec.address
        if address in self.specs:
            first = Found(
                self.specs[address],
                self.ids[address],
                self.wire.pop(address, None),
                self.hidden.pop(address, frozenset()),
            )
            found, double = sorted((first, found), key=lambda each: each.id)
            self.doubles.append(double)
        self.specs[address] = found.spec
        self.ids[address] = found.id
        if found.wire is not None:
            self.wire[address] = found.wire
        if found.hidden:
            self.hidden[address] = found.hidden

    def freeze(self) -> Observation:
        """Give it as a value, once all is read."""
        nobody: frozenset[str] = frozenset()
        return Observation(
            resources={
                address: ObservedResource(
                    spec,
                    self.wire.get(address),
                    self.hidden.get(address, nobody),
                    frozenset(self.owners.get(address, ())),
                    self.came.get(address, ""),
                    frozenset(self.rosters.get(address, ())),
                    self.renamed.get(address),
                )
                for address, spec in self.specs.items()
            },
            ids=dict(self.ids),
            gone=frozenset(self.gone),
            unsent=dict(self.unsent),
            doubles=tuple(self.doubles),
            notes=tuple(self.notes),
            slugs=dict(self.slugs),
        )


class ObservedResource(NamedTuple):
    """
    One resource on a site.

    ``wire`` is what an update must repeat though it does not change; ``hidden`` names
    the fields that this login may write and not read. ``owners`` has whose it is,
    where the site keeps that beside its text, ``provenance`` how it came to be ours,
    if not by being named, and ``rosters`` other owners by whose rosters it came.
    ``renamed`` is the spec that it has on the site, if it is to have another key.
    """

    spec: Spec
    wire: Any = None
    hidden: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    provenance: str = ""
    rosters: frozenset[str] = frozenset()
    renamed: Spec | None = None


@dataclass(frozen=True)
class Observation:
    """
    What a site holds, as far as a blueprint is concerned with it.

    ``ids`` has the site's numbers, those of the acting account too; ``gone`` is what
    was ours and has been deleted there; ``doubles`` are what has the address of
    something older; ``notes`` what the reader of a plan is to know.
    """

    resources: Mapping[Address, ObservedResource] = field(default_factory=dict)
    ids: Mapping[Address, int] = field(default_factory=dict, repr=False)
    gone: frozenset[Address] = frozenset()
    unsent: Mapping[Address, Unsent] = field(default_factory=dict)
    doubles: tuple[Found, ...] = ()
    notes: tuple[str, ...] = ()
    slugs: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What mentions each member, by login."""

    @cached_property
    def specs(self) -> Mapping[Address, Spec]:
        """Each resource as the site has it, under the key that it is to have."""
        return {address: item.spec for address, item in self.resources.items()}

    @cached_property
    def hidden(self) -> Mapping[Address, frozenset[str]]:
        """The fields that this login may write and not read, where there are any."""
        return {
            address: item.hidden
            for address, item in self.resources.items()
            if item.hidden
        }

    def wire(self, address: Address) -> Any:
        """What an update of a resource must repeat, if anything."""
        return self._find(address).wire

    def owners(self, address: Address) -> frozenset[str]:
        """Whose a resource is, where the site keeps that beside its text."""
        return self._find(address).owners

    def provenance(self, address: Address) -> str:
        """How a resource came to be ours; empty if by being named, or not at all."""
        return self._find(address).provenance

    def _find(self, address: Address) -> ObservedResource:
        return self.resources.get(address, _NOTHING)


class Claim(NamedTuple):
    """
    That a resource is an owner's; ``there`` tells whether it still exists.

    ``came`` says how it came to be the owner's, if not by being named.
    """

    owner: str
    address: Address
    there: bool
    came: str = ""


class Claimed(NamedTuple):
    """
    What is to be claimed: its address, and what finds it.

    ``pair`` has two addresses where the site knows it by those and not by a number;
    ``came`` is to be kept with it.
    """

    address: Address
    pair: tuple[Address, ...] = ()
    came: str = ""


_NOTHING: Final = ObservedResource(Spec())

Part: TypeAlias = "str | int | Ref"

ME: Final = Address("members", "")
"""Stands for the acting account, whoever that is on the site."""


class Fresh(Enum):
    """The type of :data:`FRESH` and :data:`NOW`."""

    FRESH = "fresh"
    NOW = "now"


FRESH: Final = Fresh.FRESH
"""A random password, made as the call is sent, and forgotten."""

NOW: Final = Fresh.NOW
"""The moment at which the call is sent."""


@dataclass(frozen=True, slots=True)
class Call:
    """
    One request that writes, as a value; the door sends it.

    ``path`` is joined with slashes, ``values`` may hold a :class:`Ref` at any depth.
    ``repeatable``: may be sent again when its answer is lost. ``already``: the error
    code which, after a second look, means that it was so before. ``ability``: what the
    site must allow (see ``Site.can``); an ``optional`` call is dropped where it does
    not. ``gives``: whose id the answer's ``id`` is. ``quiet``: nobody is told of it;
    ``date``: when what it makes was made; ``welcome``: what whoever it makes an account
    for is mailed. All three where the site can do so.
    """

    door: str  # "bp", "wp" …
    method: str
    path: tuple[Part, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    upload: Path | None = None
    form: bool = False
    as_member: str | None = None
    repeatable: bool = False
    already: str | None = None
    ability: str | None = None
    optional: bool = False
    gives: Address | None = None
    quiet: bool = False
    date: datetime | None = None
    welcome: str | None = None

    def aimed_at(self, address: Address, number: int) -> Call:
        """Give the same call for what has another number than the address."""
        path = tuple(number if part == Ref(address) else part for part in self.path)
        return replace(self, path=path)
