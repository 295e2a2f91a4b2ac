"""
Whose a resource is: each has one owner, and another's is not changed by accident.

Who bears no mark is adopted. What bears another blueprint's mark is left alone, with
all that is within it, unless ``take-over`` is allowed for it. A mark is in the text of
a resource, or kept apart from it by the site; then a resource such as a membership may
be several blueprints', and is not taken away while another's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wpbridge.inputs import Owned, Staged
from wpbridge.model import Claimed, Policy
from wpbridge.plan import Risk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.blueprint.roster import Roster
    from wpbridge.inputs import Inputs, Selected
    from wpbridge.kinds import Kind
    from wpbridge.model import Address, Desired, Spec
    from wpbridge.plan import Change

WORD = "take-over"

SUSPENDED = "suspended:"
"""How that begins which a site keeps of those whose role was taken away."""


def rosters_with_leavers(blueprint: Blueprint) -> list[Roster]:
    """The rosters that say that something becomes of who leaves them."""
    return [each for each in blueprint.rosters if each.leavers != "keep"]


def belongs_to_others(inputs: Inputs, address: Address) -> bool:
    """Tell whether a resource is somebody's, and not ours."""
    owners = inputs.observed.owners(address)
    return bool(owners) and inputs.blueprint.owner not in owners


def list_claims(inputs: Inputs, desired: Iterable[Desired]) -> Iterator[Claimed]:
    """
    Name what is declared and not ours yet, as far as a site can keep whose it is.

    An account that a row names is known as ours, and as brought only if we made it.
    """
    ours = inputs.blueprint.owner
    if not inputs.can("marks"):
        return
    asks = bool(rosters_with_leavers(inputs.blueprint))
    marks = {roster.file.as_posix(): roster.mark for roster in inputs.blueprint.rosters}
    for wanted in desired:
        address, kind = wanted.spec.address, inputs.kind(wanted.spec.address)
        came = marks.get(wanted.place.file, "")
        new = ours not in inputs.observed.owners(address)
        kept = inputs.observed.provenance(address)
        if kind.claimed == "from rosters":
            new = new and asks and bool(came)
            own = kept or (asks and is_own_making(inputs, address))
            came = came if own else ""
        if kind.claimed and (new or came != kept):
            yield Claimed(address, _pair(kind, wanted.spec), came)


def is_own_making(inputs: Inputs, address: Address) -> bool:
    """Tell whether something is of this apply's making, or of an earlier run's."""
    missing = address not in inputs.observed.specs
    return missing or str(address) in inputs.history.made


def _pair(kind: Kind[Any], spec: Spec) -> tuple[Address, ...]:
    return spec.needs[:2] if kind.claimed == "by pair" else ()


def owner(spec: Spec | None) -> str:
    """Who owns it: empty for nobody, and for kinds that have no owners."""
    return str(getattr(spec, "owner", "") or "")


def own(inputs: Inputs, selected: Selected) -> Staged[Owned]:
    """
    Hold what is wanted against whose it is.

    Args:
        inputs: What the blueprint asks for, and what the site holds.
        selected: What of it is due and supported.

    Returns:
        The wanted, marked anew where it may be taken over, and with a role again for
        those who were suspended; and what belongs to others.
    """
    conflicts = find_conflicts(inputs, selected.desired)
    taken = take_over(selected.desired, conflicts, inputs.options.allow)
    return Staged(Owned(selected, tuple(reinstate(inputs, taken)), conflicts))


def reinstate(inputs: Inputs, desired: Iterable[Desired]) -> Iterator[Desired]:
    """Have who was suspended and is named again get a role."""
    for wanted in desired:
        address = wanted.spec.address
        members = address.kind == "members"
        if members and inputs.observed.provenance(address).startswith(SUSPENDED):
            yield replace(wanted, policies={**wanted.policies, "role": Policy.FILL})
        else:
            yield wanted


def find_conflicts(inputs: Inputs, desired: Iterable[Desired]) -> Mapping[Address, str]:
    """Each resource that another blueprint owns, and what to say of it."""
    return {
        wanted.spec.address: (
            f"{wanted.spec.address} belongs to `{theirs}`, not to "
            f"`{owner(wanted.spec)}`" + _advice(wanted.spec.address, theirs)
        )
        for wanted in desired
        if (theirs := owner(inputs.observed.specs.get(wanted.spec.address)))
        and owner(wanted.spec) not in ("", theirs)
    }


def _advice(address: Address, theirs: str) -> str:
    if address.kind != "groups":
        return ""
    return f"; write `belongs_to: {theirs}` to add people and posts to it"


def take_over(
    desired: Iterable[Desired],
    theirs: Mapping[Address, str],
    allow: AbstractSet[str],
) -> Iterator[Desired]:
    """Have the owner differ where it may be taken over, so that it is marked anew."""
    for wanted in desired:
        address = wanted.spec.address
        if address in theirs and f"{WORD}:{address}" in allow:
            yield replace(wanted, policies={**wanted.policies, "owner": Policy.MATCH})
        else:
            yield wanted


def adopt(change: Change, ours: str) -> Change:
    """Have what nobody owned bear our mark from now on."""
    if not ours or change.before is None or owner(change.before):
        return change
    before = replace(change.before, owner=ours)  # type: ignore[type-var]
    return replace(change, before=before)


def add_conflict(change: Change, theirs: Mapping[Address, str]) -> Change:
    """Hold back what changes another blueprint's resource, or what is within it."""
    for address in (change.address, change.spec.within):
        if address is not None and address in theirs:
            return replace(change, risk=Risk(WORD, theirs[address], address))
    return change
