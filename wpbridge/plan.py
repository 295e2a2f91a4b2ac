"""
What would have to change, as values; nothing here knows a site or a screen.

:func:`diff` holds what is desired against what is observed. It knows four ways of
holding a field (:class:`~wpbridge.model.Policy`), and no kind.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from wpbridge.model import UNSET, Address, Call, Policy, Spec, policies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from wpbridge.errors import Place
    from wpbridge.model import Claimed, Desired


class Action(Enum):
    """What happens to a resource; the value is its mark in lists."""

    CREATE = "+"
    UPDATE = "~"
    DELETE = "-"


@dataclass(frozen=True, slots=True)
class Risk:
    """
    A dangerous change: ``word`` goes before its address in ``--allow``.

    ``address`` is what the word is about, if that is not the change's own.
    """

    word: str
    why: str
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """
    One resource, before and after.

    ``sets`` has the fields that differ, with the value each is to get. ``unchecked``:
    it is written because this login cannot read what is there. ``mails`` counts what
    the site will send for it, by the word for the reason. ``told``: what is said of
    another change tells of it too.
    """

    action: Action
    address: Address
    before: Spec | None
    after: Spec | None
    sets: Mapping[str, Any] = field(default_factory=dict)
    place: Place | None = None
    unchecked: bool = False
    calls: tuple[Call, ...] = ()
    needs: tuple[Address, ...] = ()
    touches: tuple[Address, ...] = ()
    mails: Mapping[str, int] = field(default_factory=dict)
    risk: Risk | None = None
    rank: int = 0
    told: bool = False

    @property
    def spec(self) -> Spec:
        """The side that exists: after it, or before a deletion."""
        side = self.after or self.before
        assert side is not None  # noqa: S101 - one side always exists
        return side


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something asked for that this site cannot take, and why."""

    address: Address
    why: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """A post that is not due yet; ``by_itself``: the site sends it when it is."""

    address: Address
    at: datetime
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class Withheld:
    """
    A change that the guard holds back; ``allow`` is the word that lets it go.

    ``alone``: that word is said only beside what it does, not in a line of them all.
    ``waits``: it is held back as it needs what is.
    """

    change: Change
    why: str
    allow: str | None
    alone: bool = False
    waits: bool = False


def waiting(change: Change, needed: Iterable[Address]) -> Withheld:
    """A change that waits for what is withheld, of what is ``needed``."""
    why = f"{change.address} needs {min(needed)}, which is withheld"
    return Withheld(change, why, None, waits=True)


@dataclass(frozen=True)
class Plan:
    """
    An ordered list of changes, and what is not among them.

    ``notes`` are sentences for the reader: what is adopted, kept, or looks odd.
    ``names`` has what people call a resource, where the plan knows it. ``only`` has the
    patterns that it was narrowed to, if it was. ``claims`` are to be known on the site
    as the ``owner``'s, once they are there. Times are told in ``zone``.
    """

    changes: tuple[Change, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    later: tuple[Later, ...] = ()
    notes: tuple[str, ...] = ()
    names: Mapping[Address, str] = field(default_factory=dict)
    ids: dict[Address, int] = field(default_factory=dict, repr=False)
    only: tuple[str, ...] = ()
    owner: str = ""
    claims: tuple[Claimed, ...] = ()
    zone: tzinfo | None = None

    @property
    def converged(self) -> bool:
        """Nothing differs as far as can be known."""
        return all(each.unchecked for each in self.changes) and not self.withheld

    @property
    def counts(self) -> Mapping[Action, int]:
        """How many are created, updated, deleted."""
        return Counter(each.action for each in self.changes)

    @property
    def mails(self) -> Mapping[str, int]:
        """How many mails the site would send, by the word for the reason."""
        total: Counter[str] = Counter()
        for each in self.changes:
            total.update(each.mails)
        return total


def diff(
    desired: Sequence[Desired],
    observed: Mapping[Address, Spec],
    hidden: Mapping[Address, frozenset[str]] | None = None,
) -> Iterator[Change]:
    """Each resource that is missing or differs, in the order in which it is desired."""
    for wanted in desired:
        before = observed.get(wanted.spec.address)
        if before is None:
            yield Change(
                Action.CREATE,
                wanted.spec.address,
                None,
                wanted.spec,
                dict(wanted.spec.stated()),
                wanted.place,
            )
        elif not wanted.settled:
            unreadable = (hidden or {}).get(wanted.spec.address, frozenset())
            yield from _update(wanted, before, unreadable)


def _update(
    wanted: Desired, before: Spec, unreadable: frozenset[str]
) -> Iterator[Change]:
    own = policies(type(wanted.spec))
    sets: dict[str, Any] = {}
    for name, value in wanted.spec.stated():
        policy = wanted.policies.get(name, own[name])
        target = _target(policy, value, getattr(before, name))
        if target is not UNSET or name in unreadable:
            sets[name] = value if name in unreadable else target
    if sets:
        yield Change(
            Action.UPDATE,
            before.address,
            before,
            replace(before, **sets),  # type: ignore[type-var]  # specs are dataclasses
            sets,
            wanted.place,
            unchecked=sets.keys() <= unreadable,
        )


def _target(policy: Policy, value: Any, before: Any) -> Any:
    """What a field is to become, or ``UNSET`` if it may stay."""
    match policy:
        case Policy.MATCH:
            return UNSET if value == before else value
        case Policy.FILL:
            known = before is not UNSET  # else it has one that we may not see
            return value if known and not before and before != value else UNSET
        case Policy.ON_CREATE:
            return UNSET
        case Policy.AT_LEAST:
            has = tuple(before or ())
            lacks = tuple(each for each in value if each not in has)
            return (*has, *lacks) if lacks else UNSET
