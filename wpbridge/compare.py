"""
From what is desired and what is observed to a plan: every step here is pure.

The order: what is not due yet, what this site cannot take, the diff, what is to go,
the calls, what is missing, and last the guard.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wpbridge import (
    allowing,
    checks,
    kinds,
    leavers,
    parting,
    possible,
    remarks,
    rosters,
)
from wpbridge.draft import begun
from wpbridge.guard import withhold
from wpbridge.journal import digest
from wpbridge.model import Address, Policy
from wpbridge.ownership import (
    adopted,
    claims,
    conflicts,
    others,
    owner,
    risky,
    taken_over,
)
from wpbridge.plan import Action, Change, Later, LeftOut, Plan, diff
from wpbridge.site.clock import said
from wpbridge.waiting import not_to_be
from wpbridge.writing import insiders, with_calls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from wpbridge.draft import Choices, Declared, Draft
    from wpbridge.kinds import Exact, Kind
    from wpbridge.model import Desired, Observed, Spec
    from wpbridge.site import Site


def compare(declared: Declared, seen: Observed, site: Site, choices: Choices) -> Plan:
    """Make the plan; raises ``BlueprintError`` with all that is wrong."""
    blueprint, desired = declared.blueprint, declared.desired
    draft = begun(declared, kinds.load(), seen, site, choices)
    wanted = _wanted(draft, desired)
    theirs = conflicts(draft, wanted)
    wanted = list(taken_over(wanted, theirs, choices.allow))
    wanted = list(parting.returning(draft, wanted))
    changes = [
        *_renames(draft, wanted),
        *_completed(draft, wanted),
        *_news(draft, list(_refreshed(wanted, choices.refresh))),
        *_leaving(draft, desired, declared.exact),
    ]
    left = parting.partings(draft, desired, changes)
    changes += parting.changes(draft, left)
    changes = [each for made in changes if (each := with_calls(draft, made))]
    changes = _without_lost(draft, changes)
    changes = [risky(each, theirs) for each in _joined(changes)]
    changes = checks.checked(draft, desired, changes, choices)
    draft.left_out += leavers.unknown(draft, desired, declared.exact)
    kept, held = withhold(
        changes,
        draft.there,
        draft.known,
        limits=blueprint.limits,
        now=blueprint.now,
        allow=choices.allow,
        more=leavers.withheld(draft, desired, changes),
    )
    allowing.refuse(choices.allow, held)
    draft.notes += allowing.idle(choices.allow, held, _known(draft, desired))
    kept, held = parting.together(kept, held)
    draft.left_out += leavers.lenient(draft, kept)
    draft.notes += leavers.typed(draft, desired, kept)
    draft.notes += rosters.notes(draft, desired, declared.exact)
    _note(draft, desired)
    return Plan(
        changes=tuple(sorted(kept, key=_order(draft.known))),
        withheld=tuple(held),
        zone=blueprint.zone,
        left_out=tuple(draft.left_out),
        later=tuple(_later(draft)),
        notes=(*seen.notes, *draft.notes),
        names=_names(draft, desired),
        ids=seen.ids,
        only=tuple(choices.only),
        owner=blueprint.owner,
        claims=(
            *claims(draft, (e for e in wanted if e.spec.address not in theirs)),
            *parting.claims(draft, left, kept),
        ),
    )


def _known(draft: Draft, desired: Iterable[Desired]) -> Iterator[object]:
    """What there is to be allowed something: addresses, and rosters."""
    yield from draft.there
    yield from (each.spec.address for each in desired)
    yield from (each.file.name for each in draft.blueprint.rosters)


def _wanted(draft: Draft, desired: Sequence[Desired]) -> list[Desired]:
    """What of it all is due, and possible here."""
    due = list(possible.due(draft, desired))
    _imply(draft, due)
    wanted = possible.possible(draft, due)
    draft.insiders = insiders(draft, wanted)
    return wanted


def _later(draft: Draft) -> Iterator[Later]:
    queues = draft.site.can("queue") is None
    for address, at in sorted(draft.later.items(), key=_when):
        yield Later(address, at, by_itself=queues)


def _when(item: tuple[Address, datetime]) -> tuple[datetime, Address]:
    return item[1], item[0]


def _imply(draft: Draft, wanted: Iterable[Desired]) -> None:
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


def _news(draft: Draft, wanted: Sequence[Desired]) -> Iterator[Change]:
    """What is missing or differs, marked as ours where it can be."""
    owners = {each.spec.address: owner(each.spec) for each in wanted}
    for each in diff(wanted, draft.there, draft.seen.hidden):
        if each.unchecked and draft.history.wrote(each.address, digest(each.sets)):
            continue
        yield adopted(each, owners[each.address])


def _completed(draft: Draft, wanted: Iterable[Desired]) -> Iterator[Change]:
    """What a run was cut off from making whole, as far as nothing else would tell."""
    for each in wanted:
        address = each.spec.address
        before = draft.seen.specs.get(address)
        if before is not None and str(address) in draft.history.cut:
            _, *rest = draft.kind(address).create(each.spec)
            if calls := tuple(call for call in rest if call.repeatable):
                after, place = before, each.place
                yield Change(
                    Action.UPDATE, address, before, after, {}, place, calls=calls
                )


def _renames(draft: Draft, wanted: Iterable[Desired]) -> Iterator[Change]:
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
    draft: Draft, desired: Sequence[Desired], exact: Iterable[Exact]
) -> Iterator[Change]:
    """What is there, not declared, and asked to go."""
    declared = {each.spec.address for each in desired}
    declared |= draft.there.keys() - draft.seen.specs.keys()
    closed = {(each.kind, each.within): each for each in _weakest_first(exact)}
    owner, prune = draft.blueprint.owner, draft.blueprint.prune
    for spec in not_to_be(draft, desired):
        yield Change(Action.DELETE, spec.address, spec, None)
    for address, spec in sorted(draft.seen.specs.items(), key=_named):
        if address in declared or others(draft.seen, address, owner):
            continue
        within = closed.get((address.kind, spec.within)) if spec.within else None
        roster = leavers.leaves(draft, address) if within and within.brought else None
        if within and within.brought and not roster:
            within = None
        ours = address.kind in prune and getattr(spec, "owner", None) == owner
        if (within and not draft.kind(address).spares(spec)) or ours:
            place = roster.place if roster else within.place if within else None
            yield Change(Action.DELETE, address, spec, None, {}, place)


def _weakest_first(exact: Iterable[Exact]) -> list[Exact]:
    """Put those that spare what others put there before those that do not."""
    return sorted(exact, key=lambda each: not each.brought)


def _named(found: tuple[Address, Spec]) -> str:
    """Name it: sites list what was made within a second in any order."""
    return str(found[0])


def _without_lost(draft: Draft, changes: list[Change]) -> list[Change]:
    """Leave out what needs something that is left out."""
    lost = {each.address for each in draft.left_out}
    lost -= {each.address for each in changes} | draft.there.keys()
    kept = changes
    while lost:
        changes, kept, gone = kept, [], set[Address]()
        for each in changes:
            need = next((need for need in each.needs if need in lost), None)
            if need is None:
                kept.append(each)
                continue
            why = f"it needs {need}, which is left out"
            draft.left_out.append(LeftOut(each.address, why, each.place))
            gone.add(each.address)
        lost = gone - draft.there.keys()
    return kept


def _note(draft: Draft, desired: Sequence[Desired]) -> None:
    """Tell what the reader of a plan would want to know and no change says."""
    ahead = draft.site.facts.ahead
    if ahead and not draft.blueprint.clocked:
        draft.notes.append(f"The site's {said(ahead)}.")
    for each in desired:
        before = draft.seen.specs.get(each.spec.address)
        owner = getattr(each.spec, "owner", None)
        if before is not None and owner and getattr(before, "owner", owner) == "":
            draft.notes.append(
                f"{each.spec.address} is on the site already and is adopted."
            )
    for address in dict.fromkeys(draft.seen.doubles):
        draft.notes.append(f"{address} is on the site more than once.")
    draft.notes += (f"{each}." for each in remarks.empty_rosters(draft.blueprint))
    draft.notes += remarks.differing(draft, desired)


def _names(draft: Draft, desired: Iterable[Desired]) -> Mapping[Address, str]:
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
