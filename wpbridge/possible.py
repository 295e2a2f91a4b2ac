"""What of a blueprint is due, and supported by this site: the rest is left out."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING

from wpbridge.blueprint.grammar import Key, Many
from wpbridge.checks import did_you_mean
from wpbridge.inputs import Findings, Selected, Staged, merge_findings
from wpbridge.model import UNSET, Address, Policy, policies
from wpbridge.ownership import is_own_making
from wpbridge.plan import LeftOut
from wpbridge.waiting import defer

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from wpbridge.errors import Place, Problem
    from wpbridge.inputs import Inputs
    from wpbridge.model import Desired, Spec


def select(inputs: Inputs) -> Staged[Selected]:
    """
    Choose what is due now, and what this site can have of that.

    Args:
        inputs: What the blueprint asks for, and what the site holds.

    Returns:
        The chosen, with what the site has or makes along with them, and when the rest
        is due; as findings, what is left out and why, notes, and problems.
    """
    due = select_due(inputs)
    desired, scheduled = due.value
    present = {**inputs.observed.specs, **_implied(inputs, desired)}
    supported = select_supported(inputs, desired, present)
    value = Selected(supported.value, present, scheduled)
    return Staged(value, due.findings + supported.findings)


def _implied(inputs: Inputs, desired: Iterable[Desired]) -> Mapping[Address, Spec]:
    """Give what the site makes by itself along with what is made, by address."""
    there = inputs.observed.specs
    found: dict[Address, Spec] = {}
    for wanted in desired:
        if wanted.spec.address not in there:
            for spec in inputs.kind(wanted.spec.address).implies(wanted.spec):
                if spec.address not in there:
                    found.setdefault(spec.address, spec)
    return found


def select_due(
    inputs: Inputs,
) -> Staged[tuple[tuple[Desired, ...], Mapping[Address, datetime]]]:
    """Set aside what is not due yet, and what came too late to be made."""
    now, observed = inputs.blueprint.now, inputs.observed
    scheduled: dict[Address, datetime] = {}
    missed: set[Address] = set()
    gone: list[Address] = []
    due: list[Desired] = []
    notes: list[str] = []
    left_out: list[LeftOut] = []
    for wanted in inputs.desired:
        address = wanted.spec.address
        waits = next((need for need in wanted.spec.needs if need in scheduled), None)
        if wanted.only_new and not is_own_making(inputs, wanted.only_new):
            continue
        if address in observed.specs:
            due.append(wanted)
        elif waits or (wanted.due and wanted.due > now):
            when = scheduled[waits] if waits else wanted.due
            assert when is not None  # noqa: S101 - one of the two holds
            scheduled[address] = when
            due += defer(inputs, wanted, when)
        elif why := _find_obstacle(inputs, wanted):
            left_out.append(LeftOut(address, why, wanted.place))
        elif address in observed.gone and _stays_away(inputs, wanted.spec):
            gone.append(address)
            missed.add(address)
        elif _is_too_late(wanted, now) or not missed.isdisjoint(wanted.spec.needs):
            missed.add(address)
        elif wanted.once and str(address) in inputs.history.made:
            notes.append(f"{address} was sent before, and is not sent again.")
        else:
            due.append(wanted)
    notes += _note_gone(inputs, gone)
    late = sum(address.kind == "posts" for address in missed.difference(gone))
    if late:
        posts = "post comes" if late == 1 else "posts come"
        notes.append(f"{late} {posts} too late, and will not be made.")
    findings = Findings(left_out=tuple(left_out), notes=tuple(notes))
    return Staged((tuple(due), scheduled), findings)


def find_unseen(inputs: Inputs) -> frozenset[Address]:
    """Find what an earlier run from this machine made whole, and no read shows."""
    made = inputs.history.made - inputs.history.cut
    addresses = (wanted.spec.address for wanted in inputs.desired)
    return frozenset(
        address
        for address in addresses
        if str(address) in made and address not in inputs.observed.specs
    )


def _find_obstacle(inputs: Inputs, wanted: Desired) -> str | None:
    """Find why what is due is not to be sent again, if it was sent before in vain."""
    if wanted.spec.address in inputs.lookups.unseen:
        return _unseen(inputs)
    unsent = inputs.observed.unsent.get(wanted.spec.address)
    if unsent is None or unsent.text != getattr(wanted.spec, "text", None):
        return None
    return (
        f"it could not be sent when due ({unsent.why}); give it another text, or "
        "another key, to have it sent"
    )


def _unseen(inputs: Inputs) -> str:
    return (
        "an earlier apply made it, and the site does not show it, as a cache answers "
        f"for WordPress ({inputs.lookups.store}); it is not made again. Have the cache "
        "leave out /wp-json/, see `wpbridge doctor`"
    )


def _stays_away(inputs: Inputs, spec: Spec) -> bool:
    """Tell whether what somebody deleted is not to come back: its place is there."""
    if spec.within is None:
        return spec.kind == "posts" or inputs.kind(spec.address).claimed == "by pair"
    return spec.within in inputs.observed.specs


def _note_gone(inputs: Inputs, gone: Iterable[Address]) -> Iterator[str]:
    for address in gone:
        if inputs.kind(address).claimed == "by pair":
            yield (
                f"{address} was ended on the site, and stays so; whoever wants it "
                "again makes it there."
            )
        else:
            yield (
                f"{address} was deleted on the site, and stays so; give it another "
                "key to post it again."
            )


def _is_too_late(wanted: Desired, now: datetime) -> bool:
    if wanted.due is None or wanted.patience is None:
        return False
    return now - wanted.due > wanted.patience


def select_supported(
    inputs: Inputs, desired: Sequence[Desired], present: Mapping[Address, Spec]
) -> Staged[tuple[Desired, ...]]:
    """Take out what this site cannot have, and say so."""
    problems = [*_find_switched_off(inputs, desired), *_find_foreign(inputs, desired)]
    types = _usable_types(inputs, desired)
    kept: list[Desired] = []
    found: list[Findings] = []
    without = 0
    for wanted in desired:
        before = present.get(wanted.spec.address)
        spec, unknown = _keep_known_types(inputs, wanted, types)
        problems += unknown
        if not any(spec.stated()) and any(wanted.spec.stated()):
            without += 1
            continue
        spec, left_out = _keep_supported_fields(inputs, spec, present, wanted.place)
        kind = inputs.kind(spec.address)
        fitting, why = kind.fit(spec, before, inputs.why_not, inputs.login)
        if why:
            left_out = (*left_out, LeftOut(spec.address, why, wanted.place))
        found.append(Findings(left_out=left_out))
        if fitting is not None:
            same = fitting is wanted.spec
            kept.append(wanted if same else replace(wanted, spec=fitting))
    found.append(Findings(problems=tuple(problems), notes=_note_typeless(without)))
    return Staged(tuple(kept), merge_findings(found))


def _note_typeless(number: int) -> tuple[str, ...]:
    if not number:
        return ()
    people = "person goes" if number == 1 else "people go"
    return (f"{number} {people} without a type that is left out.",)


def _find_switched_off(inputs: Inputs, desired: Iterable[Desired]) -> Iterator[Problem]:
    """Find what lives in a component that is off and stays off."""
    components = inputs.capabilities.facts.components
    if not components:  # this login may not ask
        return
    on = {key for key, active in components.items() if active}
    on |= {
        wanted.spec.key
        for wanted in desired
        if wanted.spec.kind == "components"
        and getattr(wanted.spec, "state", None) == "active"
    }
    for wanted in desired:
        for component in inputs.kind(wanted.spec.address).lives_in(wanted.spec):
            if component not in on:
                on.add(component)
                message = (
                    f"{wanted.spec.address} needs BuddyPress's {component}, which is "
                    "off on this site; write "
                    f"`components: {{{component}: active}}`"
                )
                yield inputs.problem(wanted.place, message)


def find_new_logins(inputs: Inputs, desired: Iterable[Desired]) -> dict[str, Desired]:
    """Find the accounts that a network of sites may have elsewhere, by login."""
    if not inputs.capabilities.facts.multisite or not inputs.can("create members"):
        return {}
    return {
        wanted.spec.key: wanted
        for wanted in desired
        if wanted.spec.kind == "members"
        and wanted.spec.address not in inputs.observed.specs
    }


def _find_foreign(inputs: Inputs, desired: Iterable[Desired]) -> Iterator[Problem]:
    """Find logins that a network of sites does not take, or has elsewhere."""
    news = find_new_logins(inputs, desired)
    for login, wanted in news.items():
        if not re.fullmatch("[a-z0-9]{4,}", login):
            message = (
                f"{wanted.spec.address}: on a network of sites a login is four or more "
                "of a to z and 0 to 9"
            )
            yield inputs.problem(wanted.place, message)
    for login, wanted in news.items():
        if login in inputs.lookups.elsewhere:
            message = (
                f"{wanted.spec.address} has an account on the network, and none on "
                "this site; a super admin adds it under Users > Add New"
            )
            yield inputs.problem(wanted.place, message)


def _usable_types(inputs: Inputs, desired: Iterable[Desired]) -> Mapping[Address, bool]:
    """Each type that is declared or there, and whether it can be used."""
    there = {a: True for a in inputs.observed.specs if inputs.kind(a).optional}
    declared = {
        wanted.spec.address: inputs.can(f"register {wanted.spec.kind}")
        for wanted in desired
        if inputs.kind(wanted.spec.address).optional
    }
    return {**declared, **there}


def _keep_known_types(
    inputs: Inputs, wanted: Desired, types: Mapping[Address, bool]
) -> tuple[Spec, tuple[Problem, ...]]:
    """Leave out the types that the site lacks; find those that nobody declares."""
    spec = wanted.spec
    problems: list[Problem] = []
    # mypy takes a class's own __hash__ for that of its instances
    for name, kind in _pointers(type(spec)):  # type: ignore[arg-type]
        values = getattr(spec, name) or ()
        if not values or not inputs.kind(Address(kind, "")).optional:
            continue
        for value in values:
            if Address(kind, value) not in types:
                known = [address.key for address in types if address.kind == kind]
                message = f"there is no `{value}` in {kind.replace('-', '_')}"
                message += did_you_mean(value, known)
                problems.append(inputs.problem(wanted.place, message))
        usable = tuple(v for v in values if types.get(Address(kind, v)))
        if usable != values:
            spec = replace(spec, **{name: usable or UNSET})  # type: ignore[type-var]
    return spec, tuple(problems)


def _keep_supported_fields(
    inputs: Inputs, spec: Spec, present: Mapping[Address, Spec], place: Place
) -> tuple[Spec, tuple[LeftOut, ...]]:
    """Leave out the fields that this site cannot have."""
    own = policies(type(spec))
    left_out: list[LeftOut] = []
    # mypy takes a class's own __hash__ for that of its instances
    for name, ability in _abilities(type(spec)):  # type: ignore[arg-type]
        at_first = own[name] is Policy.ON_CREATE
        late = at_first and spec.address in present
        why = inputs.why_not(ability) if getattr(spec, name) and not late else None
        if why:
            left_out.append(LeftOut(spec.address, f"`{name}`: {why}", place))
            spec = replace(spec, **{name: UNSET})  # type: ignore[type-var]
    return spec, tuple(left_out)


@cache
def _abilities(spec: Hashable) -> tuple[tuple[str, str], ...]:
    """Fields of a spec that take an ability, with that ability."""
    return tuple(
        (each.name, each.metadata["ability"])
        for each in fields(spec)  # type: ignore[arg-type]  # every Spec is a dataclass
        if each.metadata and each.metadata["ability"]
    )


@cache
def _pointers(spec: Hashable) -> tuple[tuple[str, str], ...]:
    """Fields whose values are keys of another kind, with that kind."""
    types = {
        each.name: each.metadata["word"].type
        for each in fields(spec)  # type: ignore[arg-type]  # every Spec is a dataclass
        if "word" in each.metadata
    }
    return tuple(
        (name, kind.of.of)
        for name, kind in types.items()
        if isinstance(kind, Many) and isinstance(kind.of, Key) and kind.of.of
    )
