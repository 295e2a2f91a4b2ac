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

from wpbridge.blueprint.roster import BROUGHT
from wpbridge.model import Claimed, Policy
from wpbridge.plan import Risk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.blueprint.roster import Roster
    from wpbridge.draft import Declared, Draft
    from wpbridge.kinds import Kind
    from wpbridge.model import Address, Desired, Observed, Spec
    from wpbridge.plan import Change
    from wpbridge.site import Site

WORD = "take-over"


def recall(
    site: Site, declared: Declared, seen: Observed, known: Mapping[str, Kind[Any]]
) -> None:
    """Take in whose the observed resources are, where the site keeps it."""
    owner = declared.blueprint.owner
    kept = [name for name, kind in known.items() if kind.claimed]
    everyones = {each.kind for each in declared.exact} | {"groups"}
    if asking(declared.blueprint):
        everyones |= {each for each in kept if known[each].claimed == "from rosters"}
    ours = [name for name in kept if name not in everyones]
    for claim in site.claims(owner, ours, everyones.intersection(kept)):
        address = claim.address
        if address in seen.specs:
            seen.owners.setdefault(address, set()).add(claim.owner)
            if claim.owner == owner and claim.came:
                seen.came[address] = claim.came
            elif claim.came.startswith(BROUGHT):
                seen.rosters.setdefault(address, set()).add(claim.owner)
        elif claim.owner == owner and not (claim.there and known[address.kind].shows):
            seen.gone.add(address)
    for address, owners in seen.owners.items():
        spec = seen.specs[address]
        if getattr(spec, "owner", None) == "":  # no mark in its text
            theirs = owner if owner in owners else min(owners)
            seen.specs[address] = replace(spec, owner=theirs)  # type: ignore[type-var]  # every Spec is a dataclass


def asking(blueprint: Blueprint) -> list[Roster]:
    """The rosters that say that something becomes of who leaves them."""
    return [each for each in blueprint.rosters if each.leavers != "keep"]


def others(seen: Observed, address: Address, ours: str) -> bool:
    """Tell whether a resource is somebody's, and not ours."""
    owners = seen.owners.get(address, set())
    return bool(owners) and ours not in owners


def claims(draft: Draft, wanted: Iterable[Desired]) -> Iterator[Claimed]:
    """
    What is declared and not ours yet, as far as a site can keep whose it is.

    An account that a row names is known as ours, and as brought only if we made it.
    """
    ours = draft.blueprint.owner
    if draft.site.can("marks"):
        return
    asks = bool(asking(draft.blueprint))
    marks = {each.file.as_posix(): each.mark for each in draft.blueprint.rosters}
    for each in wanted:
        address, kind = each.spec.address, draft.kind(each.spec.address)
        came = marks.get(each.place.file, "")
        new = ours not in draft.seen.owners.get(address, ())
        kept = draft.seen.came.get(address, "")
        if kind.claimed == "from rosters":
            new = new and asks and bool(came)
            came = came if kept or (asks and made(draft, address)) else ""
        if kind.claimed and (new or came != kept):
            yield Claimed(address, _pair(kind, each.spec), came)


def made(draft: Draft, address: Address) -> bool:
    """Tell whether something is of this apply's making, or of an earlier run's."""
    return address not in draft.seen.specs or str(address) in draft.history.made


def _pair(kind: Kind[Any], spec: Spec) -> tuple[Address, ...]:
    return spec.needs[:2] if kind.claimed == "by pair" else ()


def owner(spec: Spec | None) -> str:
    """Who owns it: empty for nobody, and for kinds that have no owners."""
    return str(getattr(spec, "owner", "") or "")


def conflicts(draft: Draft, wanted: Iterable[Desired]) -> Mapping[Address, str]:
    """Each resource that another blueprint owns, and what to say of it."""
    return {
        each.spec.address: (
            f"{each.spec.address} belongs to `{theirs}`, not to `{owner(each.spec)}`"
            + _advice(each.spec.address, theirs)
        )
        for each in wanted
        if (theirs := owner(draft.seen.specs.get(each.spec.address)))
        and owner(each.spec) not in ("", theirs)
    }


def _advice(address: Address, theirs: str) -> str:
    if address.kind != "groups":
        return ""
    return f"; write `belongs_to: {theirs}` to add people and posts to it"


def taken_over(
    wanted: Iterable[Desired],
    theirs: Mapping[Address, str],
    allow: AbstractSet[str],
) -> Iterator[Desired]:
    """Have the owner differ where it may be taken over, so that it is marked anew."""
    for each in wanted:
        address = each.spec.address
        if address in theirs and f"{WORD}:{address}" in allow:
            yield replace(each, policies={**each.policies, "owner": Policy.MATCH})
        else:
            yield each


def adopted(change: Change, ours: str) -> Change:
    """Have what nobody owned bear our mark from now on."""
    if not ours or change.before is None or owner(change.before):
        return change
    before = replace(change.before, owner=ours)  # type: ignore[type-var]
    return replace(change, before=before)


def risky(change: Change, theirs: Mapping[Address, str]) -> Change:
    """Hold back what changes another blueprint's resource, or what is within it."""
    for address in (change.address, change.spec.within):
        if address is not None and address in theirs:
            return replace(change, risk=Risk(WORD, theirs[address], address))
    return change
