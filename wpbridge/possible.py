"""What of a blueprint this site can have now: the rest is later, or left out."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING

from wpbridge.blueprint.grammar import Key, Many
from wpbridge.checks import did_you_mean
from wpbridge.model import UNSET, Address, Policy, policies
from wpbridge.ownership import made
from wpbridge.plan import LeftOut
from wpbridge.waiting import later

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from wpbridge.draft import Draft
    from wpbridge.errors import Place
    from wpbridge.model import Desired, Spec


def due(draft: Draft, desired: Iterable[Desired]) -> Iterator[Desired]:
    """Set aside what is not due yet, and what came too late to be made."""
    now = draft.blueprint.now
    missed: set[Address] = set()
    gone: list[Address] = []
    for each in desired:
        address = each.spec.address
        waits = next((n for n in each.spec.needs if n in draft.later), None)
        if each.only_new and not made(draft, each.only_new):
            continue
        if address in draft.seen.specs:
            yield each
        elif waits:
            yield from later(draft, each, draft.later[waits])
        elif each.due and each.due > now:
            yield from later(draft, each, each.due)
        elif address in draft.seen.gone and _stays_away(draft, each.spec):
            gone.append(address)
            missed.add(address)
        elif _too_late(each, now) or not missed.isdisjoint(each.spec.needs):
            missed.add(address)
        elif each.once and str(address) in draft.history.made:
            draft.notes.append(f"{address} was sent before, and is not sent again.")
        else:
            yield each
    _tell_gone(draft, gone)
    late = sum(each.kind == "posts" for each in missed.difference(gone))
    if late:
        posts = "post comes" if late == 1 else "posts come"
        draft.notes.append(f"{late} {posts} too late, and will not be made.")


def _stays_away(draft: Draft, spec: Spec) -> bool:
    """Tell whether what somebody deleted is not to come back: its place is there."""
    if spec.within is None:
        return spec.kind == "posts" or draft.kind(spec.address).claimed == "by pair"
    return spec.within in draft.seen.specs


def _tell_gone(draft: Draft, gone: Iterable[Address]) -> None:
    for each in gone:
        if draft.kind(each).claimed == "by pair":
            draft.notes.append(
                f"{each} was ended on the site, and stays so; whoever wants it again "
                "makes it there."
            )
        else:
            draft.notes.append(
                f"{each} was deleted on the site, and stays so; give it another key to "
                "post it again."
            )


def _too_late(each: Desired, now: datetime) -> bool:
    if each.due is None or each.patience is None:
        return False
    return now - each.due > each.patience


def possible(draft: Draft, wanted: Sequence[Desired]) -> list[Desired]:
    """Take out what this site cannot have, and say so."""
    _switched_off(draft, wanted)
    _on_a_network(draft, wanted)
    types = _types(draft, wanted)
    kept: list[Desired] = []
    without = 0
    for each in wanted:
        before = draft.there.get(each.spec.address)
        spec = _with_known_types(draft, each, types)
        if not any(spec.stated()) and any(each.spec.stated()):
            without += 1
            continue
        spec = _with_abilities(draft, spec, each.place)
        kind, me = draft.kind(spec.address), draft.site.me.login
        fitting, why = kind.fit(spec, before, draft.site.can, me)
        if why:
            draft.left_out.append(LeftOut(spec.address, why, each.place))
        if fitting is not None:
            same = fitting is each.spec
            kept.append(each if same else replace(each, spec=fitting))
    if without:
        people = "person goes" if without == 1 else "people go"
        draft.notes.append(f"{without} {people} without a type that is left out.")
    return kept


def _switched_off(draft: Draft, wanted: Iterable[Desired]) -> None:
    """Refuse what lives in a component that is off and stays off."""
    on = {key for key, active in draft.site.facts.components.items() if active}
    on |= {
        each.spec.key
        for each in wanted
        if each.spec.kind == "components"
        and getattr(each.spec, "state", None) == "active"
    }
    if not draft.site.facts.components:  # this login may not ask
        return
    for each in wanted:
        for component in draft.kind(each.spec.address).lives_in(each.spec):
            if component not in on:
                on.add(component)
                message = (
                    f"{each.spec.address} needs BuddyPress's {component}, which is off "
                    f"on this site; write `components: {{{component}: active}}`"
                )
                draft.refuse(each.place, message)


def _on_a_network(draft: Draft, wanted: Iterable[Desired]) -> None:
    """Refuse logins that a network of sites does not take, or has elsewhere."""
    if not draft.site.facts.multisite or draft.site.can("create members"):
        return
    news = {
        each.spec.key: each
        for each in wanted
        if each.spec.kind == "members" and each.spec.address not in draft.seen.specs
    }
    for login, each in news.items():
        if not re.fullmatch("[a-z0-9]{4,}", login):
            message = (
                f"{each.spec.address}: on a network of sites a login is four or more "
                "of a to z and 0 to 9"
            )
            draft.refuse(each.place, message)
    params = {"type": "alphabetical", "_fields": "id,user_login"}
    asks = ((each, "members", {**params, "search": key}) for key, each in news.items())
    for each, item in draft.site.bp.gather(asks):
        if item["user_login"] == each.spec.key:
            message = (
                f"{each.spec.address} has an account on the network, and none on this "
                "site; a super admin adds it under Users > Add New"
            )
            draft.refuse(each.place, message)


def _types(draft: Draft, wanted: Iterable[Desired]) -> Mapping[Address, bool]:
    """Each type that is declared or there, and whether it can be used."""
    there = {a: True for a in draft.seen.specs if draft.kind(a).optional}
    declared = {
        each.spec.address: draft.site.can(f"register {each.spec.kind}") is None
        for each in wanted
        if draft.kind(each.spec.address).optional
    }
    return {**declared, **there}


def _with_known_types(
    draft: Draft, each: Desired, types: Mapping[Address, bool]
) -> Spec:
    """Leave out the types that the site lacks; refuse those that nobody declares."""
    spec = each.spec
    # mypy takes a class's own __hash__ for that of its instances
    for name, kind in _pointers(type(spec)):  # type: ignore[arg-type]
        values = getattr(spec, name) or ()
        if not values or not draft.known[kind].optional:
            continue
        for value in values:
            if Address(kind, value) not in types:
                known = [a.key for a in types if a.kind == kind]
                message = f"there is no `{value}` in {kind.replace('-', '_')}"
                message += did_you_mean(value, known)
                draft.refuse(each.place, message)
        usable = tuple(v for v in values if types.get(Address(kind, v)))
        if usable != values:
            spec = replace(spec, **{name: usable or UNSET})  # type: ignore[type-var]
    return spec


def _with_abilities(draft: Draft, spec: Spec, place: Place) -> Spec:
    """Leave out the fields that this site cannot have."""
    own = policies(type(spec))
    # mypy takes a class's own __hash__ for that of its instances
    for name, ability in _abilities(type(spec)):  # type: ignore[arg-type]
        at_first = own[name] is Policy.ON_CREATE
        late = at_first and spec.address in draft.there
        why = draft.site.can(ability) if getattr(spec, name) and not late else None
        if why:
            draft.left_out.append(LeftOut(spec.address, f"`{name}`: {why}", place))
            spec = replace(spec, **{name: UNSET})  # type: ignore[type-var]
    return spec


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
