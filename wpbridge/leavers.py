"""
Who left a roster: members of its groups whom no row and no line names any more.

They leave those groups. Whom a row brought is known where the companion plugin keeps it
with whose a membership is; elsewhere they go from ``exact`` groups alone. What becomes
of their accounts is :mod:`wpbridge.parting`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from wpbridge.blueprint.roster import BROUGHT, LADDER
from wpbridge.errors import Place
from wpbridge.kinds import Exact, count, listed
from wpbridge.model import Address
from wpbridge.ownership import rosters_with_leavers
from wpbridge.plan import Action, LeftOut, Withheld

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.blueprint.roster import Roster
    from wpbridge.inputs import Inputs
    from wpbridge.plan import Change

FEW = 4
"""People on a roster from which on a share is counted."""

HARDER = ("suspend", "delete")
"""What becomes of leavers' accounts, beyond leaving groups."""


def exact_scopes(blueprint: Blueprint) -> Iterator[Exact]:
    """Each group from which whoever leaves a roster is to go, be it that none is in."""
    groups = blueprint.root.child("groups")
    for roster in rosters_with_leavers(blueprint)[:1]:
        for group in groups.fields() if groups else ():
            within = Address("groups", group)
            yield Exact("memberships", within, roster.place, brought=True)


def removing_roster(inputs: Inputs, address: Address) -> Roster | None:
    """By which roster something goes that no row and no line names any more."""
    if inputs.observed.owners(address) != {inputs.blueprint.owner}:
        return None
    return roster_of(inputs.blueprint, inputs.observed.provenance(address))


def roster_of(blueprint: Blueprint, mark: str) -> Roster | None:
    """
    The roster that has those go who bear a mark, if it has.

    Whom a file brought that is called otherwise by now, any of them may have brought.
    """
    if not mark.startswith(BROUGHT):
        return None
    same = [each for each in blueprint.rosters if each.mark == mark]
    found = min(same or blueprint.rosters, key=_hardness, default=None)
    return found if found and found.leavers != LADDER[0] else None


def _hardness(roster: Roster) -> int:
    return LADDER.index(roster.leavers)


def find_untraceable(inputs: Inputs) -> Iterator[LeftOut]:
    """Say whom of a group nobody names, where the site cannot tell how they came."""
    why = inputs.why_not("marks")
    if not why or not rosters_with_leavers(inputs.blueprint):
        return
    whole = {each.within for each in inputs.exact if not each.brought}
    found = unnamed_memberships(inputs)
    for roster in rosters_with_leavers(inputs.blueprint):
        for group in roster.groups:
            address = Address("groups", group)
            who = sorted(map(member, found[address]))
            if who and address not in whole:
                said = _stay(who, roster, inputs.label(address), why)
                yield LeftOut(address, said, roster.place)


def unnamed_memberships(
    inputs: Inputs,
) -> defaultdict[Address | None, list[Address]]:
    """Who is in each group and named by no row and no line."""
    named = {wanted.spec.address for wanted in inputs.desired}
    found: defaultdict[Address | None, list[Address]] = defaultdict(list)
    for address, spec in inputs.observed.specs.items():
        unnamed = address.kind == "memberships" and address not in named
        if unnamed and not inputs.kind(address).spares(spec):
            found[spec.within].append(address)
    return found


def _stay(who: Sequence[str], roster: Roster, group: str, why: str) -> str:
    """Say that people stay, why, and what to do."""
    are, stay = ("is", "stays") if len(who) == 1 else ("are", "stay")
    file = roster.file.name
    return (
        f"{listed(who)} {are} in {group} and not in {file}. wpbridge cannot tell who "
        f"came by {file} ({why}), so {listed(who)} {stay} there. Take out by hand "
        "whoever is to go; or write `membership: exact` under the group, then all go "
        "whom the blueprint does not name; or install the companion plugin, which "
        "keeps in mind who comes from now on"
    )


def kept_accounts(inputs: Inputs, changes: Sequence[Change]) -> Iterator[LeftOut]:
    """Say that leavers only leave, where more is asked and nobody knows who came."""
    rosters = rosters_with_leavers(inputs.blueprint)
    for roster in () if inputs.can("marks") else rosters:
        if roster.leavers in HARDER and (gone := removals_of(inputs, roster, changes)):
            said = (
                f"`leavers: {roster.leavers}`: they leave the groups of "
                f"{roster.file.name} and keep their accounts; see to those by hand"
            )
            for login in sorted({member(each.address) for each in gone}):
                yield LeftOut(Address("members", login), said, roster.place)


def kept_member_types(inputs: Inputs, changes: Sequence[Change]) -> Iterator[str]:
    """Say that who leaves keeps the member type that a roster gave, if it could."""
    if not any(each.kind == "member-types" for each in inputs.observed.specs):
        return
    members = (each.spec for each in inputs.desired if each.spec.kind == "members")
    staying = {each.key for each in members}
    staying |= {e.address.key for e in changes if e.action is Action.DELETE}
    for roster in rosters_with_leavers(inputs.blueprint):
        gone = removals_of(inputs, roster, changes) if roster.types else ()
        if who := sorted({member(each.address) for each in gone} - staying):
            keep = "keeps" if len(who) == 1 else "keep"
            yield (
                f"{listed(who)} {keep} the member type that {roster.file.name} gave; "
                "take it away in wp-admin, under Users, if it is to go."
            )


def withhold_shrinking(inputs: Inputs, changes: Sequence[Change]) -> Iterator[Withheld]:
    """
    Hold back those who go because a roster has shrunk by too much, or is empty.

    Who is new on it does not make up for who is gone: it may be another file.
    """
    share = inputs.blueprint.limits.roster_shrinks
    for roster in rosters_with_leavers(inputs.blueprint):
        gone = removals_of(inputs, roster, changes)
        left = len({member(each.address) for each in gone})
        before = len(listed_members(inputs, roster)) + left
        name, empty = roster.file.name, not roster.people
        if left > share * before and (before >= FEW or empty):
            why = (
                f"{name} has nobody in it, and {count(left, 'person', 'people')} came "
                "by it; look at the roster"
                if empty
                else f"{left} of {before} people are not in {name} any more, and the "
                f"limit is {share:.0%}; look at the roster"
            )
            word = f"roster:{name}"
            yield from (Withheld(each, why, word, alone=empty) for each in gone)


def listed_members(inputs: Inputs, roster: Roster) -> set[str]:
    """Whom a row of it names, by login or address, that were there before."""
    members: list[Any] = [e.spec for e in inputs.desired if e.spec.kind == "members"]
    people = {each.lower() for each in roster.people}
    return {
        each.login
        for each in members
        if each.address in inputs.observed.specs
        and not people.isdisjoint({each.login.lower(), str(each.email).lower()})
    }


def removals_of(
    inputs: Inputs, roster: Roster, changes: Iterable[Change]
) -> list[Change]:
    """What goes as somebody left a roster: memberships, and places on the site."""
    groups = {Address("groups", each) for each in roster.groups}
    return [each for each in changes if _is_by(inputs, roster, each, groups)]


def _is_by(
    inputs: Inputs, roster: Roster, change: Change, groups: Container[Address | None]
) -> bool:
    if change.address.kind == "members":
        leaving = change.action is Action.UPDATE or bool(change.needs)
        return leaving and change.place == source_of(roster)
    if change.address.kind != "memberships" or change.action is not Action.DELETE:
        return False
    if inputs.observed.provenance(change.address):
        return removing_roster(inputs, change.address) is roster
    return not inputs.can("marks") and change.spec.within in groups


def source_of(roster: Roster) -> Place:
    """Where it is not written any more that somebody is in."""
    return Place(roster.file.as_posix())


def member(address: Address) -> str:
    """The login of a member, or of whoever a membership is."""
    return address.key.rpartition(":")[2]
