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
from wpbridge.kinds import listed
from wpbridge.leavers import HARDER, at, leaves, member
from wpbridge.model import UNSET, Address, Claimed, Policy
from wpbridge.ownership import asking
from wpbridge.plan import Action, Change, LeftOut, Withheld, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wpbridge.blueprint.roster import Roster
    from wpbridge.draft import Draft
    from wpbridge.model import Desired

SUSPENDED = "suspended:"
"""How that begins which a site keeps of those whose role was taken away."""

LOWEST = frozenset({"subscriber", "bbp_participant", "bbp_spectator"})
"""WordPress's lowest role, and those that bbPress gives along with it."""

DELETE = "delete"


@dataclass(frozen=True)
class Parting:
    """
    Somebody who left a roster that says more than ``leave``.

    ``going`` are the memberships that end, ``keeps`` is why the account stays as it is,
    and ``for_now`` that it may yet go, once the site can do so.
    """

    member: Any
    roster: Roster
    going: tuple[Change, ...]
    keeps: str = ""
    for_now: bool = False

    @property
    def suspended(self) -> bool:
        """Whether there is nothing to do: no role is left to take away."""
        return self.roster.leavers != DELETE and self.member.role == ""


def partings(
    draft: Draft, desired: Iterable[Desired], changes: Iterable[Change]
) -> list[Parting]:
    """Those who left, each with the changes by which they leave their groups."""
    _heirs(draft)
    named = set(_named(desired))
    going: dict[str, list[Change]] = defaultdict(list)
    for each in changes:
        if each.action is Action.DELETE and each.address.kind == "memberships":
            going[member(each.address)].append(each)
    found = [
        Parting(draft.seen.specs[address], roster, tuple(going[address.key]))
        for address, roster in _accounts(draft)
        if address.key not in named
    ]
    known = named | {each.member.key for each in found}
    found += _by_membership(draft, {k: v for k, v in going.items() if k not in known})
    return list(_judged(draft, found))


def _named(desired: Iterable[Desired]) -> Iterator[str]:
    """Whom a line or a row names: as a member, an author, a friend."""
    for each in desired:
        for address in (each.spec.address, *each.spec.needs):
            if address.kind == "members":
                yield address.key


def _accounts(draft: Draft) -> Iterator[tuple[Address, Roster]]:
    """
    Accounts that a roster brought which says what becomes of them.

    By this file, and not by one that may have had another name: a roster that was taken
    out of the blueprint hands nobody over to those that stay.
    """
    files = {
        each.mark: each for each in draft.blueprint.rosters if each.leavers in HARDER
    }
    for address, came in draft.seen.came.items():
        roster = files.get(came.replace(SUSPENDED, BROUGHT))
        if address.kind == "members" and roster:
            yield address, roster


def _by_membership(
    draft: Draft, going: Mapping[str, Sequence[Change]]
) -> Iterator[Parting]:
    """Those whom a roster brought to a group, and not to their accounts."""
    for login, changes in going.items():
        spec = draft.seen.specs.get(Address("members", login))
        for roster in filter(None, (leaves(draft, e.address) for e in changes)):
            if roster.leavers in HARDER and spec is not None:
                why = f"it is not known to have been made for {roster.file.name}"
                yield Parting(spec, roster, tuple(changes), why)
                break


def _heirs(draft: Draft) -> None:
    """Refuse a ``reassign_to`` that is nobody."""
    for roster in asking(draft.blueprint):
        heir = roster.reassign_to
        if roster.leavers == DELETE and heir and heir not in draft.people:
            address = Address("members", heir)
            message = f"`reassign_to`: {draft.kind(address).missing(address)}"
            draft.refuse(roster.place, message)


def _judged(draft: Draft, found: Sequence[Parting]) -> Iterator[Parting]:
    """Say of each why the account stays, if it does."""
    elsewhere = _elsewhere(draft, [each for each in found if not each.suspended])
    for each in found:
        login = each.member.key
        can_not = draft.site.can(
            "delete members" if each.roster.leavers == DELETE else "suspend"
        )
        keeps = each.keeps or _keeps(draft, each) or _in(elsewhere.get(login, ()))
        if keeps or each.suspended:
            yield replace(each, keeps=keeps)
        else:
            yield replace(each, keeps=can_not or "", for_now=bool(can_not))


def _keeps(draft: Draft, parting: Parting) -> str:
    address, role = parting.member.address, parting.member.role
    if parting.member.key == draft.site.me.login:
        return "you are logged in with it"
    if parting.member.key == parting.roster.reassign_to:
        return "`reassign_to` names it"
    if len(draft.seen.owners.get(address, ())) > 1:
        return "another blueprint's roster names this person too"
    if role is UNSET:
        return "its role on the site cannot be read over this login"
    roles = [each for each in (role, *draft.seen.wire.get(address, ())) if each]
    if not LOWEST.issuperset(roles):
        return f"its role on the site is {listed(roles)}, and not only subscriber"
    return ""


def _in(groups: Sequence[str]) -> str:
    return f"it is in other groups too ({listed(groups)})" if groups else ""


def _elsewhere(draft: Draft, found: Iterable[Parting]) -> Mapping[str, list[str]]:
    """The groups that each is in and does not leave, by whatever way they came."""
    ids = draft.seen.ids
    whole = {"show_hidden": True, "_fields": "slug"}
    asks = (
        (each, "groups", {"user_id": ids[each.member.address], **whole})
        for each in found
        if not each.keeps and draft.site.facts.components.get("groups", True)
    )
    groups: dict[str, list[str]] = defaultdict(list)
    for parting, item in draft.site.bp.gather(asks):
        left = {each.address.key.partition(":")[0] for each in parting.going}
        if item["slug"] not in left:
            groups[parting.member.key].append(item["slug"])
    return groups


def changes(draft: Draft, found: Iterable[Parting]) -> Iterator[Change]:
    """What becomes of accounts; notes those that are to stay."""
    for each in found:
        address, place = each.member.address, at(each.roster)
        needs = tuple(gone.address for gone in each.going)
        if each.keeps:
            said = f"`leavers: {each.roster.leavers}`: the account stays as it is: "
            draft.left_out.append(
                LeftOut(address, said + each.keeps, each.roster.place)
            )
        elif each.roster.leavers == DELETE:
            heir = Address("members", str(each.roster.reassign_to))
            calls = tuple(draft.kind(address).delete(each.member, heir))
            yield Change(
                Action.DELETE, address, each.member, None, {}, place,
                calls=calls, needs=needs,
            )  # fmt: skip
        elif not each.suspended:
            after = replace(each.member, role="")
            sets = {"role": ""}
            yield Change(
                Action.UPDATE, address, each.member, after, sets, place, needs=needs
            )


def together(
    kept: Sequence[Change], held: Sequence[Withheld]
) -> tuple[list[Change], list[Withheld]]:
    """Have an account stay while a membership is held back; tell of both at once."""
    back = {each.change.address for each in held}
    told: set[Address] = set()
    stay: dict[Address, Withheld] = {}
    for each in kept:
        if _parts(each) and (lacks := back.intersection(each.needs)):
            stay[each.address] = waiting(each, lacks)
        elif _parts(each):
            told.update(each.needs)
    changes = [
        replace(each, told=each.action is Action.DELETE and each.address in told)
        for each in kept
        if each.address not in stay
    ]
    return changes, [*held, *stay.values()]


def _parts(change: Change) -> bool:
    return change.address.kind == "members" and bool(change.needs)


def returning(draft: Draft, wanted: Iterable[Desired]) -> Iterator[Desired]:
    """Have who was suspended and is named again get a role."""
    for each in wanted:
        address = each.spec.address
        was = draft.seen.came.get(address, "") if address.kind == "members" else ""
        if was.startswith(SUSPENDED):
            yield replace(each, policies={**each.policies, "role": Policy.FILL})
        else:
            yield each


def claims(
    draft: Draft, found: Iterable[Parting], kept: Iterable[Change]
) -> Iterator[Claimed]:
    """What is to be known of those who left: suspended, or the roster's no more."""
    sure = {(each.action, each.address) for each in kept}
    for each in found:
        address = each.member.address
        came = draft.seen.came.get(address, "")
        gone = all((Action.DELETE, one.address) in sure for one in each.going)
        if not came or not gone or each.for_now:
            continue
        if each.keeps:
            yield Claimed(address)
        elif each.suspended or (Action.UPDATE, address) in sure:
            now = came.replace(BROUGHT, SUSPENDED)
            if now != came:
                yield Claimed(address, (), now)
