"""
What the reader of a plan is to know of rosters, though nothing is done about it.

A file that came in short, and people whom another blueprint's roster brought to our
groups, which may be this one under its old name.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wpbridge.kinds import count
from wpbridge.leavers import FEW, listed_members, member, unnamed_memberships
from wpbridge.model import Address
from wpbridge.ownership import owner, rosters_with_leavers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wpbridge.blueprint.roster import Roster
    from wpbridge.inputs import Inputs


def note_rosters(inputs: Inputs) -> Iterator[str]:
    """All of it, in the order in which rosters stand."""
    rosters = rosters_with_leavers(inputs.blueprint)
    if not rosters:
        return
    whole = {each.within for each in inputs.exact if not each.brought}
    found = unnamed_memberships(inputs)
    for roster in () if inputs.can("marks") else rosters:
        who = {
            member(address)
            for group in roster.groups
            if (within := Address("groups", group)) not in whole
            for address in found[within]
            if getattr(inputs.observed.specs[address], "role", "") != "admin"
        }
        yield from _note_short(inputs, roster, len(who))
    yield from _note_foreign(inputs, found)


def _note_short(inputs: Inputs, roster: Roster, left: int) -> Iterator[str]:
    """Say so where more may have left than a roster may lose at once."""
    share = inputs.blueprint.limits.roster_shrinks
    before = len(listed_members(inputs, roster)) + left
    if left > share * before and before >= FEW:
        name = roster.file.name
        yield (
            f"{left} of {before} people in the groups of {name} are not in the file, "
            f"and it is to lose no more than {share:.0%} at once; look whether it "
            "came in short."
        )


def _note_foreign(
    inputs: Inputs, found: Mapping[Address | None, Sequence[Address]]
) -> Iterator[str]:
    """Say whom another blueprint's roster brought to a group that we say is ours."""
    ours = inputs.blueprint.owner
    for wanted in inputs.desired:
        group = wanted.spec.address
        if group.kind != "groups" or owner(wanted.spec) != ours:
            continue
        brought: dict[str, int] = defaultdict(int)
        for address in found.get(group, ()):
            for theirs in inputs.observed.resources[address].rosters:
                brought[theirs] += 1
        for theirs, number in sorted(brought.items()):
            there = count(number, "person", "people")
            stay = "stays" if number == 1 else "stay"
            yield (
                f"{there} in {inputs.label(group)} came by a roster of `{theirs}`, and "
                f"{stay}: this blueprint is `{ours}`. If it was called otherwise, "
                f"write `owner: {theirs}`."
            )
