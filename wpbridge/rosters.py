"""
What the reader of a plan is to know of rosters, though nothing is done about it.

A file that came in short, and people whom another blueprint's roster brought to our
groups, which may be this one under its old name.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wpbridge.kinds import count
from wpbridge.leavers import FEW, member, staying, strangers
from wpbridge.model import Address
from wpbridge.ownership import asking, owner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wpbridge.blueprint.roster import Roster
    from wpbridge.draft import Draft
    from wpbridge.kinds import Exact
    from wpbridge.model import Desired


def notes(
    draft: Draft, desired: Sequence[Desired], exact: Iterable[Exact]
) -> Iterator[str]:
    """All of it, in the order in which rosters stand."""
    asked = asking(draft.blueprint)
    if not asked:
        return
    whole = {each.within for each in exact if not each.brought}
    found = strangers(draft, desired)
    for roster in asked if draft.site.can("marks") else ():
        who = {
            member(each)
            for group in roster.groups
            if (within := Address("groups", group)) not in whole
            for each in found[within]
            if getattr(draft.seen.specs[each], "role", "") != "admin"
        }
        yield from _short(draft, desired, roster, len(who))
    yield from _theirs(draft, desired, found)


def _short(
    draft: Draft, desired: Sequence[Desired], roster: Roster, left: int
) -> Iterator[str]:
    """Say so where more may have left than a roster may lose at once."""
    share = draft.blueprint.limits.roster_shrinks
    before = len(staying(draft, desired, roster)) + left
    if left > share * before and before >= FEW:
        name = roster.file.name
        yield (
            f"{left} of {before} people in the groups of {name} are not in the file, "
            f"and it is to lose no more than {share:.0%} at once; look whether it "
            "came in short."
        )


def _theirs(
    draft: Draft,
    desired: Iterable[Desired],
    found: Mapping[Address | None, Sequence[Address]],
) -> Iterator[str]:
    """Say whom another blueprint's roster brought to a group that we say is ours."""
    ours = draft.blueprint.owner
    for each in desired:
        group = each.spec.address
        if group.kind != "groups" or owner(each.spec) != ours:
            continue
        brought: dict[str, int] = defaultdict(int)
        for address in found.get(group, ()):
            for theirs in draft.seen.rosters.get(address, ()):
                brought[theirs] += 1
        for theirs, number in sorted(brought.items()):
            there = count(number, "person", "people")
            stay = "stays" if number == 1 else "stay"
            yield (
                f"{there} in {draft.named(group)} came by a roster of `{theirs}`, and "
                f"{stay}: this blueprint is `{ours}`. If it was called otherwise, "
                f"write `owner: {theirs}`."
            )
