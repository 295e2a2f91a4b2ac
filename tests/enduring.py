"""
A blueprint applied under faults, then without; and what is wrong with it afterwards.

At three clocks, one after the other: before the blueprint begins, in its middle, and
when all is over. Each time, what the site holds is compared to what an unbroken run
leaves there, and a second plan has to be empty.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

import wpbridge
from tests.faults import Counted, Faulty, schedule
from wpbridge.blueprint import library
from wpbridge.errors import WpbridgeError
from wpbridge.facade import Site
from wpbridge.site.open import open_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from requests.adapters import BaseAdapter

    from tests.faults import Fault
    from wpbridge.blueprint.entry import Blueprint

    Rows: TypeAlias = "dict[str, list[tuple[Any, ...]]]"

FILE = library.folder() / "social-learning-centre.yaml"
CLOCKS = ("2027-01-04 12:00", "2027-01-13 12:00", "2027-03-31 12:00")
DELETES = "delete:"


@dataclass(frozen=True)
class Place:
    """A site, how to get there, what it holds, and the mails that it sent."""

    url: str
    user: str
    password: str
    way: Callable[[], BaseAdapter]
    rows: Callable[[], Rows]
    mails: Callable[[], int]
    many: bool
    """Whether each call travels alone, as there is no companion."""


@dataclass(frozen=True)
class Unbroken:
    """What a run at a clock leaves, what it was allowed, and its requests."""

    rows: Rows
    allow: frozenset[str]
    counted: Counted


@dataclass
class Told:
    """What came of a seed: how its first runs ended, what met it, what is wrong."""

    ends: Counter[int] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    doubles: int = 0
    """How many re-runs had to be allowed to delete a double."""
    wrong: list[str] = field(default_factory=list)


def blueprints() -> list[Blueprint]:
    """Give the blueprint at each of its clocks."""
    return [wpbridge.load(FILE, as_of=clock) for clock in CLOCKS]


def unbroken(place: Place) -> list[Unbroken]:
    """Apply at each clock without a fault."""
    made = []
    for wanted in blueprints():
        way = Faulty(place.way())
        with _opened(place, way) as site:
            allow = frozenset(_all_allowed(site, wanted))
            outcomes = site.plan(wanted, allow=allow).apply()
        assert outcomes.failed == ()
        made.append(Unbroken(place.rows(), allow, way.counted))
    return made


def endure(place: Place, seed: int, wholes: Iterable[Unbroken]) -> Told:
    """Apply at each clock under a seed's faults, then without; what came of it."""
    told, chance = Told(), Random(seed)  # noqa: S311 - no secret
    for wanted, whole in zip(blueprints(), wholes, strict=True):
        counted = whole.counted
        faults = schedule(chance, counted.requests, counted.writes, many=place.many)
        way = Faulty(place.way(), faults, seed)
        told.ends[_apply(place, way, wanted, whole.allow)] += 1
        told.met += way.counted.met
        wrong = _made_good(place, wanted, whole, told)
        told.wrong += [f"seed {seed}, {wanted.now:%d %b}: {each}" for each in wrong]
        if wrong:
            told.wrong += [f"seed {seed} had {_words(faults)}"]
            break  # what follows would only follow from it
    return told


def _apply(place: Place, way: Faulty, wanted: Blueprint, allow: Iterable[str]) -> int:
    """Plan and apply; ends as the command line does: 0, 1, or the error's number."""
    try:
        with _opened(place, way) as site:
            plan = site.plan(wanted, allow=[*allow])
            return int(bool(plan.apply().failed))
    except WpbridgeError as error:
        return error.exit_code


def _made_good(
    place: Place, wanted: Blueprint, whole: Unbroken, told: Told
) -> list[str]:
    """Apply without a fault, and look: what is not as after an unbroken run."""
    wrong = []
    with _opened(place, Faulty(place.way())) as site:
        allow = set(whole.allow)
        plan = site.plan(wanted, allow=allow)
        doubles = {
            e.allow for e in plan.withheld if (e.allow or "").startswith(DELETES)
        }
        if doubles:
            told.doubles += 1
            allow |= {each for each in doubles if each}
            plan = site.plan(wanted, allow=allow)
        if plan.withheld:
            return [f"withheld: {each.why}" for each in plan.withheld]
        wrong += [f"re-run: {each}" for each in plan.apply().failed]
        again = site.plan(wanted, allow=whole.allow)
        wrong += [f"second plan: {each}" for each in (*again.changes, *again.withheld)]
    wrong += differences(place.rows(), whole.rows)
    if place.mails():
        wrong.append(f"{place.mails()} mails went out")
    return wrong


def differences(found: Rows, expected: Rows) -> list[str]:
    """Tell which rows are there too often, and which are missing."""
    told = []
    for name in sorted(found.keys() | expected.keys()):
        there, wanted = Counter(found.get(name, ())), Counter(expected.get(name, ()))
        told += [f"too much in {name}: {row}" for row in (there - wanted).elements()]
        told += [f"lost from {name}: {row}" for row in (wanted - there).elements()]
    return told


def _opened(place: Place, way: BaseAdapter) -> Site:
    def door() -> Any:
        return open_site(
            place.url,
            place.user,
            place.password,
            transport=way,
            sleep=lambda _: None,
        )

    return Site(door)


def _all_allowed(site: Site, wanted: Blueprint) -> set[str]:
    """Allow what is withheld, and what comes to light then."""
    allow: set[str] = set()
    while True:
        held = {each.allow for each in site.plan(wanted, allow=allow).withheld}
        more = {each for each in held if each} - allow
        if not more:
            return allow
        allow |= more


def _words(faults: Iterable[Fault]) -> str:
    return "; ".join(
        f"{each.sort} at {'write' if each.writes else 'request'} {each.number}"
        + (f" and {each.length - 1} more" if each.length > 1 else "")
        for each in faults
    )
