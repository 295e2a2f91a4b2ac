"""
From what is desired and what is observed to a plan: every stage here is pure.

    Inputs > select > own > diff > offboard > calls > validate > guard > Plan

Every stage takes the frozen inputs and the value of the stage before it, and gives a
value of its own with what it found out; the findings of all add up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from wpbridge import kinds
from wpbridge.allowing import find_unused_words, validate_words
from wpbridge.checks import validate
from wpbridge.discussion import note_refusals
from wpbridge.guard import withhold
from wpbridge.inputs import Findings, Staged
from wpbridge.journal import digest
from wpbridge.leavers import (
    find_untraceable,
    kept_accounts,
    kept_member_types,
    removing_roster,
    withhold_shrinking,
)
from wpbridge.model import Address, Policy
from wpbridge.ownership import (
    add_conflict,
    adopt,
    belongs_to_others,
    list_claims,
    own,
    owner,
)
from wpbridge.parting import (
    account_changes,
    hold_together,
    list_account_claims,
    plan_accounts,
)
from wpbridge.plan import Action, Change, Later, LeftOut, Plan, Risk, diff
from wpbridge.possible import select
from wpbridge.remarks import note_empty_rosters, note_unapplied_differences
from wpbridge.rosters import note_rosters
from wpbridge.site.clock import said
from wpbridge.waiting import find_undeclared
from wpbridge.writing import attach_calls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from wpbridge.inputs import Inputs, Owned, Selected
    from wpbridge.kinds import Exact, Kind
    from wpbridge.model import Desired, Found
    from wpbridge.parting import AccountOffboarding
    from wpbridge.plan import Withheld


class Offboarded(NamedTuple):
    """Changes, those of the accounts of leavers among them, and who left."""

    changes: tuple[Change, ...]
    leavers: tuple[AccountOffboarding, ...]


class Guarded(NamedTuple):
    """What may go ahead, and what is held back."""

    changes: tuple[Change, ...]
    withheld: tuple[Withheld, ...]


def make_plan(inputs: Inputs) -> Plan:
    """
    Run the stages in order.

    Args:
        inputs: What the blueprint asks for, what the site holds and can do, and how
            whoever plans wants it.

    Returns:
        The plan, which holds nothing of the site but ids.

    Raises:
        BlueprintError: with the problems of every stage.
        UsageError: where an option names what is not there.
    """
    selected = select(inputs)
    owned = own(inputs, selected.value)
    changed = find_changes(inputs, owned.value)
    parted = offboard(inputs, changed.value)
    findings = selected.findings + changed.findings + parted.findings
    written = write(inputs, owned.value, parted.value.changes, findings)
    findings += written.findings
    asked = validate(inputs, selected.value, written.value, findings)
    findings += Findings(left_out=tuple(find_untraceable(inputs)))
    guarded = guard(inputs, selected.value, asked)
    findings += guarded.findings + note_remaining(inputs, guarded.value.changes)
    return assemble(inputs, owned.value, parted.value.leavers, guarded.value, findings)


def find_changes(inputs: Inputs, owned: Owned) -> Staged[tuple[Change, ...]]:
    """Hold what is wanted against what is there, and what is not wanted any more."""
    desired = owned.desired
    renames = tuple(_renames(inputs, desired))
    changes = (
        *renames,
        *_completions(inputs, desired),
        *_updates(inputs, owned),
        *_removals(inputs, owned.selected),
        *_deduplications(inputs),
    )
    notes = (f"{c.before.address} becomes {c.address}." for c in renames if c.before)
    return Staged(changes, Findings(notes=tuple(notes)))


def offboard(inputs: Inputs, changes: tuple[Change, ...]) -> Staged[Offboarded]:
    """Add what becomes of the accounts of those who left a roster."""
    leavers = plan_accounts(inputs, changes)
    both = (*changes, *account_changes(inputs, leavers.value))
    return Staged(Offboarded(both, leavers.value), leavers.findings)


def write(
    inputs: Inputs, owned: Owned, changes: Iterable[Change], before: Findings
) -> Staged[tuple[Change, ...]]:
    """Attach calls, drop what needs something left out, and mark what is others'."""
    written = attach_calls(inputs, owned.selected, changes)
    left_out = (*before.left_out, *written.findings.left_out)
    kept = drop_dependents(owned.selected, written.value, left_out)
    joined = (add_conflict(change, owned.conflicts) for change in _join(kept.value))
    return Staged(tuple(joined), written.findings + kept.findings)


def guard(
    inputs: Inputs, selected: Selected, changes: Sequence[Change]
) -> Staged[Guarded]:
    """Hold back what nobody has allowed, and what cannot be made without it."""
    allow, blueprint = inputs.options.allow, inputs.blueprint
    kept, held = withhold(
        changes,
        selected.present,
        kinds.load(),
        limits=blueprint.limits,
        now=blueprint.now,
        allow=allow,
        more=withhold_shrinking(inputs, changes),
    )
    validate_words(allow, held)
    unused = find_unused_words(allow, held, _names_to_allow(inputs, selected))
    kept, held = hold_together(kept, held)
    return Staged(Guarded(tuple(kept), tuple(held)), Findings(notes=tuple(unused)))


def _names_to_allow(inputs: Inputs, selected: Selected) -> Iterator[object]:
    """What there is to be allowed something: addresses, and rosters."""
    yield from selected.present
    yield from (wanted.spec.address for wanted in inputs.desired)
    yield from (roster.file.name for roster in inputs.blueprint.rosters)


def note_remaining(inputs: Inputs, kept: Sequence[Change]) -> Findings:
    """Tell what the reader of a plan would want to know and no change says."""
    notes = (
        *kept_member_types(inputs, kept),
        *note_rosters(inputs),
        *_note_clock(inputs),
        *_note_adopted(inputs),
        *_note_doubles(inputs),
        *(f"{note}." for note in note_empty_rosters(inputs.blueprint)),
        *note_unapplied_differences(inputs),
        *note_refusals(inputs, kept),
    )
    return Findings(left_out=tuple(kept_accounts(inputs, kept)), notes=notes)


def assemble(
    inputs: Inputs,
    owned: Owned,
    leavers: Sequence[AccountOffboarding],
    guarded: Guarded,
    findings: Findings,
) -> Plan:
    """Put the values of all stages together."""
    ours = (w for w in owned.desired if w.spec.address not in owned.conflicts)
    return Plan(
        changes=tuple(sorted(guarded.changes, key=_order(kinds.load()))),
        withheld=guarded.withheld,
        zone=inputs.blueprint.zone,
        left_out=findings.left_out,
        later=tuple(_later(inputs, owned.selected.scheduled)),
        notes=(*inputs.observed.notes, *findings.notes),
        names=_labels(inputs),
        ids=dict(inputs.observed.ids),
        only=tuple(inputs.options.only),
        owner=inputs.blueprint.owner,
        claims=(
            *list_claims(inputs, ours),
            *list_account_claims(inputs, leavers, guarded.changes),
        ),
    )


def _later(inputs: Inputs, scheduled: Mapping[Address, datetime]) -> Iterator[Later]:
    queues = inputs.can("queue")
    for address, at in sorted(scheduled.items(), key=lambda item: (item[1], item[0])):
        yield Later(address, at, by_itself=queues)


def _refresh(
    desired: Sequence[Desired], refresh: AbstractSet[str]
) -> Iterator[Desired]:
    """Let what is asked for anew differ from whatever is there."""
    for wanted in desired:
        if str(wanted.spec.address) in refresh:
            matched = dict.fromkeys(dict(wanted.spec.stated()), Policy.MATCH)
            yield replace(wanted, policies=matched)
        else:
            yield wanted


def _updates(inputs: Inputs, owned: Owned) -> Iterator[Change]:
    """What is missing or differs, marked as ours where it can be."""
    desired = list(_refresh(owned.desired, inputs.options.refresh))
    owners = {wanted.spec.address: owner(wanted.spec) for wanted in desired}
    present, hidden = owned.selected.present, inputs.observed.hidden
    for change in diff(desired, present, hidden):
        sent = change.unchecked and digest(change.sets)
        if sent and inputs.history.wrote(change.address, sent):
            continue
        yield adopt(change, owners[change.address])


def _completions(inputs: Inputs, desired: Iterable[Desired]) -> Iterator[Change]:
    """What a run was cut off from making whole, as far as nothing else would tell."""
    for wanted in desired:
        address = wanted.spec.address
        before = inputs.observed.specs.get(address)
        if before is not None and str(address) in inputs.history.cut:
            _, *rest = inputs.kind(address).create(wanted.spec)
            if calls := tuple(call for call in rest if call.repeatable):
                after, place = before, wanted.place
                yield Change(
                    Action.UPDATE, address, before, after, {}, place, calls=calls
                )


def _renames(inputs: Inputs, desired: Iterable[Desired]) -> Iterator[Change]:
    """What bears another key on the site than it is to have."""
    places = {wanted.spec.address: wanted.place for wanted in desired}
    for new, resource in inputs.observed.resources.items():
        before, after = resource.renamed, resource.spec
        if before is None:
            continue
        calls = tuple(inputs.kind(new).rename(after, new.key, resource.wire))
        if calls:
            sets = {"key": new.key}
            yield Change(
                Action.UPDATE, new, before, after, sets, places.get(new), calls=calls
            )


def _join(changes: Iterable[Change]) -> Iterator[Change]:
    """Make one change of a new key and the new values that go with it."""
    by_address: dict[tuple[Action, Address], Change] = {}
    for change in changes:
        first = by_address.setdefault((change.action, change.address), change)
        if first is not change:
            by_address[change.action, change.address] = replace(
                change,
                before=first.before,
                sets={**first.sets, **change.sets},
                calls=(*first.calls, *change.calls),
            )
    yield from by_address.values()


def _removals(inputs: Inputs, selected: Selected) -> Iterator[Change]:
    """What is there, not declared, and asked to go."""
    observed = inputs.observed.specs
    declared = {wanted.spec.address for wanted in inputs.desired}
    declared |= selected.present.keys() - observed.keys()
    scopes = {(e.kind, e.within): e for e in _weakest_first(inputs.exact)}
    ours, prune = inputs.blueprint.owner, inputs.blueprint.prune
    for spec in find_undeclared(inputs):
        yield Change(Action.DELETE, spec.address, spec, None)
    # sites list what was made within a second in any order
    for address, spec in sorted(observed.items(), key=lambda item: str(item[0])):
        if address in declared or belongs_to_others(inputs, address):
            continue
        within = scopes.get((address.kind, spec.within)) if spec.within else None
        by_roster = within is not None and within.brought
        roster = removing_roster(inputs, address) if by_roster else None
        if by_roster and not roster:
            within = None
        pruned = address.kind in prune and getattr(spec, "owner", None) == ours
        if (within and not inputs.kind(address).spares(spec)) or pruned:
            place = roster.place if roster else within.place if within else None
            yield Change(Action.DELETE, address, spec, None, {}, place)


def _weakest_first(exact: Iterable[Exact]) -> list[Exact]:
    """Put those that spare what others put there before those that do not."""
    return sorted(exact, key=lambda scope: not scope.brought)


def drop_dependents(
    selected: Selected, changes: Sequence[Change], left_out: Iterable[LeftOut]
) -> Staged[tuple[Change, ...]]:
    """Leave out what needs something that is left out."""
    present = selected.present.keys()
    lost = {omission.address for omission in left_out}
    lost -= {change.address for change in changes} | present
    kept = list(changes)
    dropped: list[LeftOut] = []
    while lost:
        changes, kept, gone = kept, [], set[Address]()
        for change in changes:
            need = next((need for need in change.needs if need in lost), None)
            if need is None:
                kept.append(change)
                continue
            why = f"it needs {need}, which is left out"
            dropped.append(LeftOut(change.address, why, change.place))
            gone.add(change.address)
        lost = gone - present
    return Staged(tuple(kept), Findings(left_out=tuple(dropped)))


def _is_ours(inputs: Inputs, double: Found) -> bool:
    """Tell whether a double bears our mark, as does what it doubles."""
    ours = inputs.blueprint.owner
    first = inputs.observed.specs[double.spec.address]
    kind = inputs.kind(double.spec.address)
    deletes = type(kind).delete is not kinds.Kind.delete
    return deletes and owner(double.spec) == owner(first) == ours


def _deduplications(inputs: Inputs) -> Iterator[Change]:
    """
    Delete what a request that was delivered twice has made twice: the younger one.

    Its address bears its number, as the older one has the plain one. Nothing of the
    kind goes unless somebody allows it, by that address.
    """
    places = {wanted.spec.address: wanted.place for wanted in inputs.desired}
    for double in inputs.observed.doubles:
        first = double.spec.address
        if not _is_ours(inputs, double):
            continue
        address = Address(first.kind, f"{first.key}#{double.id}")
        calls = tuple(
            call.aimed_at(first, double.id)
            for call in inputs.kind(first).delete(double.spec, double.wire)
        )
        why = f"{first} is on the site twice, and the younger one would be deleted"
        yield Change(
            Action.DELETE, address, double.spec, None, {}, places.get(first),
            calls=calls, risk=Risk("delete", why),
        )  # fmt: skip


def _note_doubles(inputs: Inputs) -> Iterator[str]:
    doubles = (d for d in inputs.observed.doubles if not _is_ours(inputs, d))
    for address in dict.fromkeys(double.spec.address for double in doubles):
        yield f"{address} is on the site more than once."


def _note_clock(inputs: Inputs) -> Iterator[str]:
    ahead = inputs.capabilities.facts.ahead
    if ahead and not inputs.blueprint.clocked:
        yield f"The site's {said(ahead)}."


def _note_adopted(inputs: Inputs) -> Iterator[str]:
    for wanted in inputs.desired:
        before = inputs.observed.specs.get(wanted.spec.address)
        ours = getattr(wanted.spec, "owner", None)
        if before is not None and ours and getattr(before, "owner", ours) == "":
            yield f"{wanted.spec.address} is on the site already and is adopted."


def _labels(inputs: Inputs) -> Mapping[Address, str]:
    declared = {wanted.spec.address: wanted.spec for wanted in inputs.desired}
    return {
        address: str(label)
        for address, spec in {**inputs.observed.specs, **declared}.items()
        if (label := inputs.kind(address).label(spec))
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
