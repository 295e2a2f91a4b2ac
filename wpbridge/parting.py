"""
What becomes of the accounts of those who left a roster, where it says so.

Only of an account that was made for a row of the roster, and whose place on the site
was the roster's alone: whoever had one before, is in other groups, has a role above
``subscriber``, or is named by another blueprint's roster too, leaves the groups and
keeps the account. Who was suspended is marked so, and gets the role back when named
again.

The site looks at roles as well, when it suspends; it cannot know the rest.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wpbridge.blueprint.roster import BROUGHT
from wpbridge.inputs import Findings, Staged
from wpbridge.kinds import listed
from wpbridge.leavers import HARDER, member, removing_roster, source_of
from wpbridge.model import UNSET, Address, Claimed
from wpbridge.ownership import SUSPENDED, rosters_with_leavers
from wpbridge.plan import Action, Change, LeftOut, Withheld, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wpbridge.blueprint.roster import Roster
    from wpbridge.errors import Problem
    from wpbridge.inputs import Inputs

LOWEST = frozenset({"subscriber", "bbp_participant", "bbp_spectator"})
"""WordPress's lowest role, and those that bbPress gives along with it."""

DELETE = "delete"


@dataclass(frozen=True)
class AccountOffboarding:
    """
    Somebody who left a roster that says more than ``leave``.

    ``removals`` are the memberships that end, ``keeps`` is why the account stays as it
    is, and ``for_now`` that it may yet go, once the site can do so.
    """

    member: Any
    roster: Roster
    removals: tuple[Change, ...]
    keeps: str = ""
    for_now: bool = False

    @property
    def suspended(self) -> bool:
        """Whether there is nothing to do: no role is left to take away."""
        return self.roster.leavers != DELETE and self.member.role == ""


def plan_accounts(
    inputs: Inputs, changes: Sequence[Change]
) -> Staged[tuple[AccountOffboarding, ...]]:
    """
    Find those who left, each with the changes by which they leave their groups.

    Args:
        inputs: What the blueprint asks for, and what the site holds.
        changes: What has to change, of which some end memberships.

    Returns:
        Those who left; as findings, heirs who are nobody, and accounts that stay.
    """
    named = _named_members(inputs)
    removals: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.action is Action.DELETE and change.address.kind == "memberships":
            removals[member(change.address)].append(change)
    found = [
        AccountOffboarding(
            inputs.observed.specs[address], roster, tuple(removals[address.key])
        )
        for address, roster in find_brought_accounts(inputs)
        if address.key not in named
    ]
    known = named | {leaver.member.key for leaver in found}
    others = {k: v for k, v in removals.items() if k not in known}
    found += _find_by_membership(inputs, others)
    judged = tuple(_judge(inputs, leaver) for leaver in found)
    problems = tuple(_find_missing_heirs(inputs))
    return Staged(judged, Findings(problems, left_out=tuple(_tell_kept(judged))))


def _named_members(inputs: Inputs) -> set[str]:
    """Whom a line or a row names: as a member, an author, a friend."""
    return {
        address.key
        for wanted in inputs.desired
        for address in (wanted.spec.address, *wanted.spec.needs)
        if address.kind == "members"
    }


def find_brought_accounts(inputs: Inputs) -> Iterator[tuple[Address, Roster]]:
    """
    Find accounts that a roster brought which says what becomes of them.

    By this file, and not by one that may have had another name: a roster that was taken
    out of the blueprint hands nobody over to those that stay.
    """
    rosters = (each for each in inputs.blueprint.rosters if each.leavers in HARDER)
    files = {roster.mark: roster for roster in rosters}
    for address, resource in inputs.observed.resources.items():
        roster = files.get(resource.provenance.replace(SUSPENDED, BROUGHT))
        if address.kind == "members" and roster:
            yield address, roster


def accounts_to_look_up(inputs: Inputs) -> list[Address]:
    """Name the accounts of which planning is to know all groups."""
    if not inputs.capabilities.facts.components.get("groups", True):
        return []
    named = _named_members(inputs)
    return [
        address
        for address, roster in find_brought_accounts(inputs)
        if address.key not in named
        and not AccountOffboarding(inputs.observed.specs[address], roster, ()).suspended
    ]


def _find_by_membership(
    inputs: Inputs, removals: Mapping[str, Sequence[Change]]
) -> Iterator[AccountOffboarding]:
    """Those whom a roster brought to a group, and not to their accounts."""
    for login, changes in removals.items():
        spec = inputs.observed.specs.get(Address("members", login))
        rosters = (removing_roster(inputs, change.address) for change in changes)
        for roster in filter(None, rosters):
            if roster.leavers in HARDER and spec is not None:
                why = f"it is not known to have been made for {roster.file.name}"
                yield AccountOffboarding(spec, roster, tuple(changes), why)
                break


def _find_missing_heirs(inputs: Inputs) -> Iterator[Problem]:
    """Find each ``reassign_to`` that is nobody."""
    for roster in rosters_with_leavers(inputs.blueprint):
        heir = roster.reassign_to
        if roster.leavers == DELETE and heir and heir not in inputs.people:
            address = Address("members", heir)
            message = f"`reassign_to`: {inputs.kind(address).missing(address)}"
            yield inputs.problem(roster.place, message)


def _judge(inputs: Inputs, leaver: AccountOffboarding) -> AccountOffboarding:
    """Say why the account stays, if it does."""
    deletes = leaver.roster.leavers == DELETE
    keeps = (
        leaver.keeps
        or _why_kept(inputs, leaver)
        or _in_groups(_groups_elsewhere(inputs, leaver))
    )
    if keeps or leaver.suspended:
        return replace(leaver, keeps=keeps)
    why = inputs.why_not("delete members" if deletes else "suspend")
    return replace(leaver, keeps=why or "", for_now=bool(why))


def _why_kept(inputs: Inputs, leaver: AccountOffboarding) -> str:
    address, role = leaver.member.address, leaver.member.role
    if leaver.member.key == inputs.login:
        return "you are logged in with it"
    if leaver.member.key == leaver.roster.reassign_to:
        return "`reassign_to` names it"
    if len(inputs.observed.owners(address)) > 1:
        return "another blueprint's roster names this person too"
    if role is UNSET:
        return "its role on the site cannot be read over this login"
    more = inputs.observed.wire(address) or ()
    roles = [name for name in (role, *more) if name]
    if not LOWEST.issuperset(roles):
        return f"its role on the site is {listed(roles)}, and not only subscriber"
    return ""


def _in_groups(groups: Sequence[str]) -> str:
    return f"it is in other groups too ({listed(groups)})" if groups else ""


def _groups_elsewhere(inputs: Inputs, leaver: AccountOffboarding) -> list[str]:
    """The groups that somebody is in and does not leave, by whatever way they came."""
    if leaver.suspended:
        return []
    left = {change.address.key.partition(":")[0] for change in leaver.removals}
    groups = inputs.lookups.groups.get(leaver.member.key, ())
    return [slug for slug in groups if slug not in left]


def _tell_kept(leavers: Iterable[AccountOffboarding]) -> Iterator[LeftOut]:
    """Say of accounts that stay why they do."""
    for leaver in leavers:
        if leaver.keeps:
            roster = leaver.roster
            why = f"`leavers: {roster.leavers}`: the account stays as it is: "
            address = leaver.member.address
            yield LeftOut(address, why + leaver.keeps, roster.place)


def account_changes(
    inputs: Inputs, leavers: Iterable[AccountOffboarding]
) -> Iterator[Change]:
    """Give the changes of accounts that do not stay."""
    for leaver in leavers:
        address, place = leaver.member.address, source_of(leaver.roster)
        needs = tuple(change.address for change in leaver.removals)
        if leaver.keeps or leaver.suspended:
            continue
        if leaver.roster.leavers == DELETE:
            heir = Address("members", str(leaver.roster.reassign_to))
            calls = tuple(inputs.kind(address).delete(leaver.member, heir))
            yield Change(
                Action.DELETE, address, leaver.member, None, {}, place,
                calls=calls, needs=needs,
            )  # fmt: skip
        else:
            after = replace(leaver.member, role="")
            sets = {"role": ""}
            yield Change(
                Action.UPDATE, address, leaver.member, after, sets, place, needs=needs
            )


def hold_together(
    kept: Sequence[Change], held: Sequence[Withheld]
) -> tuple[list[Change], list[Withheld]]:
    """Have an account stay while a membership is held back; tell of both at once."""
    back = {each.change.address for each in held}
    told: set[Address] = set()
    stay: dict[Address, Withheld] = {}
    for change in kept:
        if _offboards(change) and (lacks := back.intersection(change.needs)):
            stay[change.address] = waiting(change, lacks)
        elif _offboards(change):
            told.update(change.needs)
    changes = [
        replace(change, told=change.action is Action.DELETE and change.address in told)
        for change in kept
        if change.address not in stay
    ]
    return changes, [*held, *stay.values()]


def _offboards(change: Change) -> bool:
    return change.address.kind == "members" and bool(change.needs)


def list_account_claims(
    inputs: Inputs, leavers: Iterable[AccountOffboarding], kept: Iterable[Change]
) -> Iterator[Claimed]:
    """What is to be known of those who left: suspended, or the roster's no more."""
    sure = {(change.action, change.address) for change in kept}
    for leaver in leavers:
        address = leaver.member.address
        came = inputs.observed.provenance(address)
        removed = ((Action.DELETE, change.address) for change in leaver.removals)
        if not came or leaver.for_now or not sure.issuperset(removed):
            continue
        if leaver.keeps:
            yield Claimed(address)
        elif leaver.suspended or (Action.UPDATE, address) in sure:
            now = came.replace(BROUGHT, SUSPENDED)
            if now != came:
                yield Claimed(address, (), now)
