"""
From what is desired and what is observed to a plan: every step here is pure.

The order: what is not due yet, what this site cannot take, the diff, what is to go,
the calls, what is missing, and last the guard.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Any

from wpbridge import kinds
from wpbridge.blueprint.grammar import Key, Many
from wpbridge.errors import BlueprintError, Place, Problem
from wpbridge.guard import withhold
from wpbridge.journal import History, digest
from wpbridge.model import UNSET, Address, Desired, Observed, Policy, Spec
from wpbridge.plan import Action, Change, Later, LeftOut, Plan, Risk, diff

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Hashable,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.kinds import Exact, Kind
    from wpbridge.model import Call
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
class _Draft:
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

    def kind(self, address: Address) -> Kind[Any]:
        return self.known[address.kind]


def compare(declared: Declared, seen: Observed, site: Site, choices: Choices) -> Plan:
    """Make the plan; raises ``BlueprintError`` with all that is wrong."""
    blueprint, desired = declared.blueprint, declared.desired
    draft = _Draft(
        blueprint, kinds.load(), seen, site, choices.history, list(declared.problems)
    )
    draft.there = dict(seen.specs)
    draft.people = {a.key for a in seen.specs if a.kind == "members"}
    draft.people |= {e.spec.key for e in desired if e.spec.kind == "members"}
    due = list(_due(draft, desired))
    _imply(draft, due)
    wanted = _possible(draft, due)
    changes = [
        *_renames(draft, wanted),
        *_news(draft, _refreshed(wanted, choices.refresh)),
        *_leaving(draft, desired, declared.exact),
    ]
    changes = [each for made in changes if (each := _with_calls(draft, made))]
    changes = list(_joined(changes))
    changes = _chosen(changes, choices.only)
    _missing(draft, changes)
    _incomplete(draft, changes)
    if draft.problems:
        raise BlueprintError(draft.problems)
    kept, held = withhold(
        changes,
        draft.there,
        draft.known,
        limits=blueprint.limits,
        now=blueprint.now,
        allow=choices.allow,
    )
    _note(draft, desired)
    return Plan(
        changes=tuple(sorted(kept, key=_order(draft.known))),
        withheld=tuple(held),
        left_out=tuple(draft.left_out),
        later=tuple(Later(*each) for each in sorted(draft.later.items(), key=_when)),
        notes=(*seen.notes, *draft.notes),
        names=_names(draft, desired),
        ids=seen.ids,
    )


def _when(item: tuple[Address, datetime]) -> tuple[datetime, Address]:
    return item[1], item[0]


def _due(draft: _Draft, desired: Iterable[Desired]) -> Iterator[Desired]:
    """Set aside what is not due yet, and what came too late to be made."""
    now = draft.blueprint.now
    missed = 0
    for each in desired:
        address = each.spec.address
        waits = next((n for n in each.spec.needs if n in draft.later), None)
        if address in draft.seen.specs:
            yield each
        elif waits:
            draft.later[address] = draft.later[waits]
        elif each.due and each.due > now:
            draft.later[address] = each.due
        elif each.due and each.patience is not None and now - each.due > each.patience:
            missed += 1
        elif each.only_new is None or _ours(draft, each.only_new):
            yield each
    if missed:
        draft.notes.append(f"{missed} posts came too late and are left out.")


def _ours(draft: _Draft, address: Address) -> bool:
    """An account of this apply's, or of an earlier run of ours."""
    return address not in draft.seen.specs or str(address) in draft.history.made


def _possible(draft: _Draft, wanted: Sequence[Desired]) -> list[Desired]:
    """Take out what this site cannot have, and say so."""
    _switched_off(draft, wanted)
    types = _types(draft, wanted)
    possible: list[Desired] = []
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
            possible.append(replace(each, spec=fitting))
    if without:
        people = "person goes" if without == 1 else "people go"
        draft.notes.append(f"{without} {people} without a type that is left out.")
    return possible


def _switched_off(draft: _Draft, wanted: Iterable[Desired]) -> None:
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
        component = draft.kind(each.spec.address).component
        if component and component not in on:
            on.add(component)
            message = (
                f"{each.spec.address} needs BuddyPress's {component}, which is off on "
                f"this site; write `components: {{{component}: active}}`"
            )
            draft.problems.append(Problem(each.place, message))


def _types(draft: _Draft, wanted: Iterable[Desired]) -> Mapping[Address, bool]:
    """Each type that is declared or there, and whether it can be used."""
    there = {a: True for a in draft.seen.specs if draft.kind(a).optional}
    makeable = draft.site.can("register types") is None
    declared = {
        each.spec.address: makeable
        for each in wanted
        if draft.kind(each.spec.address).optional
    }
    return {**declared, **there}


def _with_known_types(
    draft: _Draft, each: Desired, types: Mapping[Address, bool]
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
                message += _did_you_mean(value, known)
                draft.problems.append(Problem(each.place, message))
        usable = tuple(v for v in values if types.get(Address(kind, v)))
        if usable != values:
            spec = replace(spec, **{name: usable or UNSET})  # type: ignore[type-var]
    return spec


def _with_abilities(draft: _Draft, spec: Spec, place: Place) -> Spec:
    """Leave out the fields that this site cannot have."""
    # mypy takes a class's own __hash__ for that of its instances
    for name, ability in _abilities(type(spec)):  # type: ignore[arg-type]
        why = draft.site.can(ability) if getattr(spec, name) else None
        if why:
            draft.left_out.append(LeftOut(spec.address, f"`{name}`: {why}", place))
            spec = replace(spec, **{name: UNSET})  # type: ignore[type-var]
    return spec


@cache
def _abilities(spec: Hashable) -> tuple[tuple[str, str], ...]:
    """Fields of a spec that take an ability, with that ability."""
    return tuple(
        (each.name, each.metadata["word"].ability)
        for each in fields(spec)  # type: ignore[arg-type]  # every Spec is a dataclass
        if "word" in each.metadata and each.metadata["word"].ability
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


def _imply(draft: _Draft, wanted: Iterable[Desired]) -> None:
    """Count as there what the site makes along with something else."""
    for each in wanted:
        if each.spec.address not in draft.seen.specs:
            for implied in draft.kind(each.spec.address).implies(each.spec):
                draft.there.setdefault(implied.address, implied)


def _refreshed(
    wanted: Sequence[Desired], refresh: AbstractSet[str]
) -> Iterator[Desired]:
    """Let what is asked for anew differ from whatever is there."""
    for each in wanted:
        if str(each.spec.address) in refresh:
            matched = dict.fromkeys(dict(each.spec.stated()), Policy.MATCH)
            yield replace(each, policies=matched)
        else:
            yield each


def _news(draft: _Draft, wanted: Iterable[Desired]) -> Iterator[Change]:
    """What is missing or differs, marked as ours where it can be."""
    by_address = {each.spec.address: each for each in wanted}
    for each in diff(list(by_address.values()), draft.there, draft.seen.hidden):
        if each.unchecked and draft.history.wrote(each.address, digest(each.sets)):
            continue
        owner = getattr(each.after, "owner", None)
        declared = getattr(by_address[each.address].spec, "owner", None)
        if each.before and declared and not owner:  # adopted: it bears our mark now
            adopted = replace(each.before, owner=declared)  # type: ignore[type-var]
            yield replace(each, before=adopted)
        elif each.before and owner != declared:
            why = f"{each.address} belongs to `{owner}`, not to `{declared}`"
            taken = replace(each.before, owner=declared)  # type: ignore[type-var]
            yield replace(each, before=taken, risk=Risk("take-over", why))
        else:
            yield each


def _renames(draft: _Draft, wanted: Iterable[Desired]) -> Iterator[Change]:
    """What bears another key on the site than it is to have."""
    places = {each.spec.address: each.place for each in wanted}
    for new, before in draft.seen.renamed.items():
        after = draft.seen.specs[new]
        calls = tuple(draft.kind(new).rename(after, new.key, draft.seen.wire.get(new)))
        if calls:
            sets = {"key": new.key}
            yield Change(
                Action.UPDATE, new, before, after, sets, places.get(new), calls=calls
            )
            draft.notes.append(f"{before.address} becomes {new}.")


def _joined(changes: Iterable[Change]) -> Iterator[Change]:
    """Make one change of a new key and the new values that go with it."""
    by_address: dict[tuple[Action, Address], Change] = {}
    for each in changes:
        first = by_address.setdefault((each.action, each.address), each)
        if first is not each:
            by_address[each.action, each.address] = replace(
                each,
                before=first.before,
                sets={**first.sets, **each.sets},
                calls=(*first.calls, *each.calls),
            )
    yield from by_address.values()


def _leaving(
    draft: _Draft, desired: Sequence[Desired], exact: Iterable[Exact]
) -> Iterator[Change]:
    """What is there, not declared, and asked to go."""
    declared = {each.spec.address for each in desired}
    declared |= draft.there.keys() - draft.seen.specs.keys()
    closed = {(each.kind, each.within): each.place for each in exact}
    owner, prune = draft.blueprint.owner, draft.blueprint.prune
    for address, spec in draft.seen.specs.items():
        if address in declared:
            continue
        place = closed.get((address.kind, spec.within)) if spec.within else None
        ours = address.kind in prune and getattr(spec, "owner", None) == owner
        if (place and not draft.kind(address).spares(spec)) or ours:
            yield Change(Action.DELETE, address, spec, None, {}, place)


def _with_calls(draft: _Draft, change: Change) -> Change | None:
    """Say how a change is written, and what comes of it; ``None`` if it cannot be."""
    kind = draft.kind(change.address)
    wire = draft.seen.wire.get(change.address)
    calls: list[Call] = []
    for each in change.calls or _calls(kind, change, wire):
        if each.as_member == draft.site.me.login:
            calls.append(replace(each, as_member=None, ability=None))
            continue
        why = draft.site.can(each.ability) if each.ability else None
        if why is None:
            calls.append(each)
        elif not each.optional:
            draft.left_out.append(LeftOut(change.address, why, change.place))
            return None
    if change.action is Action.CREATE:
        calls[0] = replace(calls[0], gives=change.address)
    made = replace(
        change,
        calls=tuple(calls),
        needs=change.after.needs if change.after else (),
        touches=kind.touches(change.spec),
        rank=kind.rank(change),
    )
    return replace(
        made, mails=kind.mails(made, draft.people), risk=made.risk or kind.risk(made)
    )


def _calls(kind: Kind[Any], change: Change, wire: Any) -> Iterable[Call]:
    match change.action:
        case Action.CREATE:
            return kind.create(change.after)
        case Action.UPDATE:
            return kind.update(change.before, change.sets, wire)
        case Action.DELETE:
            return kind.delete(change.before, wire)


def _chosen(changes: list[Change], only: Sequence[str]) -> list[Change]:
    """Keep what the patterns name, and what that needs."""
    if not only:
        return changes
    chosen = {
        each.address
        for each in changes
        if any(fnmatchcase(str(each.address), pattern) for pattern in only)
    }
    made = {each.address: each for each in changes}
    waiting = list(chosen)
    while waiting:
        for need in made[waiting.pop()].needs:
            if need in made and need not in chosen:
                chosen.add(need)
                waiting.append(need)
    return [each for each in changes if each.address in chosen]


def _missing(draft: _Draft, changes: Sequence[Change]) -> None:
    """Refuse what needs something that is neither declared nor on the site."""
    made = draft.there.keys() | {
        e.address for e in changes if e.action is Action.CREATE
    }
    for each in changes:
        for need in each.needs:
            kind = draft.kind(need)
            if need in made or kind.excused(need, draft.site.me.login):
                continue
            known = [address.key for address in made if address.kind == need.kind]
            message = f"{each.address}: {kind.missing(need)}"
            message += _did_you_mean(need.key, known)
            place = each.place or Place(str(draft.blueprint.file))
            draft.problems.append(Problem(place, message))
            break


def _incomplete(draft: _Draft, changes: Sequence[Change]) -> None:
    """Refuse what is new and lacks a field that it cannot be made without."""
    for each in changes:
        lacks = set(each.spec.essential) - set(each.sets)
        if each.action is Action.CREATE and lacks:
            names = " and ".join(f"`{name}`" for name in sorted(lacks))
            message = f"{each.address} is not on the site yet, and needs {names}"
            place = each.place or Place(str(draft.blueprint.file))
            draft.problems.append(Problem(place, message))


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f"; did you mean `{close[0]}`?" if close else ""


def _note(draft: _Draft, desired: Iterable[Desired]) -> None:
    """Tell what the reader of a plan would want to know and no change says."""
    for each in desired:
        before = draft.seen.specs.get(each.spec.address)
        owner = getattr(each.spec, "owner", None)
        if before is not None and owner and getattr(before, "owner", owner) == "":
            draft.notes.append(
                f"{each.spec.address} is on the site already and is adopted."
            )
    for address in dict.fromkeys(draft.seen.doubles):
        draft.notes.append(f"{address} is on the site more than once.")


def _names(draft: _Draft, desired: Iterable[Desired]) -> Mapping[Address, str]:
    specs = {**draft.seen.specs, **{each.spec.address: each.spec for each in desired}}
    return {
        address: str(label)
        for address, spec in specs.items()
        if (label := draft.kind(address).label(spec))
    }


def _order(known: Mapping[str, Kind[Any]]) -> Callable[[Change], tuple[int, ...]]:
    """Creations and updates kind by kind, then deletions from the last kind on."""
    index = {name: number for number, name in enumerate(known)}

    def order(change: Change) -> tuple[int, ...]:
        number = index[change.address.kind]
        if change.action is Action.DELETE:
            return (1, -number, change.rank)
        return (0, number, change.rank)

    return order
