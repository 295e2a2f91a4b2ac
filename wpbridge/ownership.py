"""
Whose a resource is: each has one owner, and another's is not changed by accident.

Who bears no mark is adopted. What bears another blueprint's mark is left alone, with
all that is within it, unless ``take-over`` is allowed for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wpbridge.model import Policy
from wpbridge.plan import Risk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from wpbridge.draft import Draft
    from wpbridge.model import Address, Desired, Spec
    from wpbridge.plan import Change

WORD = "take-over"


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
