"""
Who left a roster: members of its groups whom no row and no line names any more.

They leave those groups. Who came by the blueprint is known where the companion plugin
keeps whose a membership is; elsewhere they go from ``exact`` groups alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpbridge.kinds import Exact, listed
from wpbridge.model import Address
from wpbridge.plan import Action, LeftOut, Withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.blueprint.people import Roster
    from wpbridge.draft import Draft
    from wpbridge.model import Desired
    from wpbridge.plan import Change

FEW = 4
"""People on a roster from which on a share is counted."""

HARDER = ("suspend", "delete")
"""What is asked of leavers' accounts, which are left to a person for now."""


def closed(blueprint: Blueprint) -> Iterator[Exact]:
    """Each group that whoever leaves a roster is to leave."""
    kept = {
        group
        for roster in blueprint.rosters
        if roster.leavers == "keep"
        for group in roster.groups
    }
    for roster in _asking(blueprint):
        for group in roster.groups:
            if group not in kept:  # who came by another roster cannot be told apart
                within = Address("groups", group)
                yield Exact("memberships", within, roster.place, ours=True)


def unknown(
    draft: Draft, desired: Iterable[Desired], exact: Iterable[Exact]
) -> Iterator[LeftOut]:
    """Say whom of a group nobody names, where the site cannot tell how they came."""
    why = draft.site.can("marks")
    whole = {each.within for each in exact if not each.ours}
    declared = {each.spec.address for each in desired} | {
        address
        for address, spec in draft.seen.specs.items()
        if draft.kind(address).spares(spec)
    }
    for roster in _asking(draft.blueprint) if why else ():
        for group in roster.groups:
            address = Address("groups", group)
            strangers = [
                each.key.partition(":")[2]
                for each, spec in draft.seen.specs.items()
                if spec.within == address and each not in declared
            ]
            if strangers and address not in whole:
                said = (
                    f"`leavers` of {roster.file.name}: nobody leaves, as it is not "
                    f"known whether {listed(sorted(strangers))} came by the roster "
                    f"({why}); `membership: exact` does without"
                )
                yield LeftOut(address, said, roster.place)


def lenient(draft: Draft, changes: Sequence[Change]) -> Iterator[LeftOut]:
    """Say that leavers only leave, where more is asked."""
    for roster in _asking(draft.blueprint):
        if roster.leavers in HARDER and (gone := _gone(roster, changes)):
            said = (
                f"`leavers: {roster.leavers}`: they leave the groups of "
                f"{roster.file.name} and keep their accounts; see to those by hand"
            )
            for login in sorted({_login(each) for each in gone}):
                yield LeftOut(Address("members", login), said, roster.place)


def withheld(blueprint: Blueprint, changes: Sequence[Change]) -> Iterator[Withheld]:
    """Hold back those who go because a roster has shrunk by too much."""
    share = blueprint.limits.roster_shrinks
    for roster in _asking(blueprint):
        gone = _gone(roster, changes)
        left = len({_login(each) for each in gone})
        before = len(roster.people) + left
        if before >= FEW and left > share * before:
            name = roster.file.name
            why = (
                f"{left} of {before} people are not in {name} any more, and the "
                f"limit is {share:.0%}; look at the roster"
            )
            yield from (Withheld(each, why, f"roster:{name}") for each in gone)


def _gone(roster: Roster, changes: Iterable[Change]) -> list[Change]:
    """The memberships of a roster's groups that are to go."""
    groups = {Address("groups", each) for each in roster.groups}
    return [
        each
        for each in changes
        if each.action is Action.DELETE
        and each.address.kind == "memberships"
        and each.spec.within in groups
    ]


def _login(change: Change) -> str:
    return change.address.key.partition(":")[2]


def _asking(blueprint: Blueprint) -> Iterator[Roster]:
    return (each for each in blueprint.rosters if each.leavers != "keep")
