"""
Members, by login.

- They are made by ``/wp/v2/users``: BuddyPress's own route drops the address.
- No mail goes out for a new account on a single site; on a network WordPress tells each
  that their password has changed. A changed address mails the old one, a changed
  password too; so the first is only sent when asked, the second never.
- A display name is not the profile's name, field 1, which BuddyPress shows: both are
  written, the second only when filling, as it overwrites first and last name.
- A login that is taken answers 500, ``existing_user_login``.
- Deleting one takes what they posted in the community along, whoever gets the rest.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Email, Entries, Login, Section, Text, word
from wpbridge.kinds import Kind, count, listed
from wpbridge.kinds.typings import Typing
from wpbridge.model import (
    FRESH,
    NOW,
    UNSET,
    Address,
    Desired,
    Found,
    Maybe,
    Policy,
    Ref,
    Spec,
    derived,
)
from wpbridge.plan import Action, Risk
from wpbridge.site.door import bp, companion, wp
from wpbridge.site.people import accounts
from wpbridge.text import Shown, Stopgap

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import Facts, SiteClient

WELCOMES = "welcomes"
CHANGED = "changed addresses"
NAME_FIELD = 1  # BuddyPress's profile field for the name, on every site
POLICIES: Mapping[str, Policy] = {
    "keep": Policy.ON_CREATE,
    "fill": Policy.FILL,
    "overwrite": Policy.MATCH,
}


@dataclass(frozen=True)
class Member(Spec):
    """A person."""

    kind: ClassVar = "members"
    essential: ClassVar = ("email",)

    login: str
    email: Maybe[str] = word(Email(), "Where mail reaches the person.")
    name: Maybe[str] = word(Text(zero=False), "The name that people read.")
    role: Maybe[str] = word(
        Text(), "The role on the site, such as `subscriber` or `editor`."
    )
    welcome: Maybe[str] = derived(Policy.ON_CREATE, ability="welcome")
    directory: Maybe[str] = derived(Policy.ON_CREATE, ability="last activity")

    @property
    def key(self) -> str:
        """The login."""
        return self.login


class Members(Kind[Member]):
    """``/wp/v2/users``."""

    name = "members"
    after = ("components",)
    claimed = "from rosters"
    asked_mails = frozenset({WELCOMES})
    loud = frozenset({WELCOMES, CHANGED})
    spec = Member
    sections = (
        Section("members", Entries(Login(), Member), "People, by their logins."),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One member an entry."""
        policy = POLICIES[entry.blueprint.existing]
        new = entry.blueprint.newcomers
        member = entry.build(
            Member,
            login=entry.key,
            welcome=new.welcome if new.welcome != "nothing" else UNSET,
            directory=new.directory if new.directory == "at once" else UNSET,
        )
        if member.email:
            member = replace(member, email=str(member.email).lower())
        policies = dict.fromkeys(("email", "name", "role"), policy)
        if not member.role:
            member = replace(member, role=new.role)
            policies["role"] = Policy.ON_CREATE
        yield Desired(member, entry.place, policies)
        if new.types and entry.node.child("types") is None:
            typing = Typing(entry.key, tuple(sorted(new.types)))
            yield Desired(
                typing,
                entry.place,
                {"types": Policy.FILL},
                only_new=member.address,
            )

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Member]
    ) -> Iterator[Found]:
        """
        Every account; a name that is only the login is as good as none.

        On a network of sites only a super admin sees addresses and roles. Roles beyond
        the first are wire facts: who has any is no plain member.
        """
        for each in accounts(site, seen):
            seen.slugs[each.login] = each.slug
            name = Stopgap if each.name == each.login else Shown
            email = each.email.lower() if each.email else each.email
            role = next(iter(each.roles), "") if each.roles is not UNSET else UNSET
            member = Member(each.login, email, name(each.name), role)
            more = tuple(each.roles)[1:] if each.roles is not UNSET else ()
            yield Found(member, each.id, more or None)

    def create(self, spec: Member) -> Iterator[Call]:
        """Make the account with a random password, then its profile name."""
        name = spec.name or spec.login
        call = wp.post(
            "users",
            username=spec.login,
            email=spec.email,
            name=name,
            roles=[spec.role],
            password=FRESH,
        )
        yield replace(
            call,
            gives=spec.address,
            welcome=spec.welcome or None,
            already="existing_user_login",  # as where it was delivered twice
        )
        yield _profile_name(spec, name)
        if spec.directory:
            seen = companion.put("members", Ref(spec.address), last_activity=NOW)
            yield replace(seen, ability="last activity")

    def update(self, before: Member, sets: Sets, wire: Any) -> Iterator[Call]:
        """
        Set what differs; the profile's name along with the display name.

        Only the companion takes a role away, and only a plain member's.
        """
        if sets.get("role") == "":
            call = companion.put("members", Ref(before.address), suspended=True)
            yield replace(call, ability="suspend")
            return
        values = {key: value for key, value in sets.items() if key != "role"}
        if "role" in sets:
            values["roles"] = [sets["role"]]
        yield wp.put("users", Ref(before.address), **values)
        if "name" in sets and not before.name:
            yield _profile_name(before, sets["name"])

    def delete(self, before: Member, wire: Any) -> Iterator[Call]:
        """Delete the account for good; ``wire`` has who gets its pages and articles."""
        who = Ref(before.address)
        call = wp.delete("users", who, force=True, reassign=Ref(wire))
        yield replace(call, already="rest_user_invalid_id")

    def missing(self, address: Address) -> str:
        """Say that nobody of that name is known."""
        return f"the member {address.key} is neither declared nor on the site"

    def mails(
        self, change: Change, people: Container[str], me: str
    ) -> Mapping[str, int]:
        """A changed address is told to the old one; a welcome goes to the new."""
        if change.action is Action.UPDATE:
            return {CHANGED: 1} if "email" in change.sets else {}
        return {WELCOMES: 1} if change.sets.get("welcome") else {}

    def mails_there(
        self, mails: Mapping[str, int], change: Change, facts: Facts
    ) -> Mapping[str, int]:
        """On a network a new account is made with one password, and then gets ours."""
        new = facts.multisite and change.action is Action.CREATE
        return {**mails, "new accounts": 1} if new else mails

    def risk(self, change: Change) -> Risk | None:
        """An administrator may do anything; what is deleted does not come back."""
        if change.action is Action.DELETE:
            who = change.spec.key
            why = f"{who}'s account would be deleted, and all that {who} posted here"
            return Risk("delete", why)
        if change.sets.get("role") == "administrator":
            return Risk("administrator", f"{change.spec.key} would be an administrator")
        return None

    def label(self, spec: Member) -> str | None:
        """The person's name."""
        return spec.name or None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 2 accounts are made: anna and bert."""
        new = [c.spec.key for c in changes if c.action is Action.CREATE]
        if new:
            are = "account is" if len(new) == 1 else "accounts are"
            yield f"{len(new)} {are} made: {listed(new)}."
        welcomed = [c.spec.key for c in changes if WELCOMES in c.mails]
        if welcomed:
            people = count(len(welcomed), "person is", "people are")
            yield f"{people} mailed how to log in: {listed(welcomed)}."
        yield from _parting(changes, names)
        back = [c.spec.key for c in changes if _returns(c)]
        if back:
            people = count(len(back), "person has", "people have")
            yield f"{people} a role on the site again: {listed(back)}."
        filled = [
            c.spec.key
            for c in changes
            if c.action is Action.UPDATE
            and not _returns(c)
            and c.sets.get("role") != ""
        ]
        if filled:
            people = count(len(filled), "account changes", "accounts change")
            yield f"{people}: {listed(filled)}."


def _returns(change: Change) -> bool:
    """Tell whether somebody who had no role gets one, and nothing else."""
    had = getattr(change.before, "role", None)
    return had == "" and change.sets.keys() == {"role"}


def _parting(changes: Sequence[Change], names: Names) -> Iterator[str]:
    """Such as: 2 people left people.csv (ana and bob): they leave Film club and ...."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for each in changes:
        if each.action is Action.DELETE or each.sets.get("role") == "":
            slugs = [need.key.partition(":")[0] for need in each.needs]
            groups = [names(Address("groups", slug)) for slug in slugs]
            roster = PurePath(each.place.file).name if each.place else "the roster"
            alike[roster, each.action.value, *groups].append(each.spec.key)
    for (roster, action, *groups), logins in alike.items():
        people = count(len(logins), "person", "people")
        leave = f"leave {listed(groups)} and " if groups else ""
        accounts = "account" if len(logins) == 1 else "accounts"
        lose = (
            f"lose their {accounts}, and with that all they posted in the community"
            if action == Action.DELETE.value
            else "lose their role on the site, and can still log in"
        )
        yield f"{people} left {roster} ({listed(logins)}): they {leave}{lose}."


def _profile_name(spec: Member, name: str) -> Call:
    call = bp.put("xprofile", NAME_FIELD, "data", Ref(spec.address), value=name)
    return replace(call, ability="profile names", optional=True)


KIND = Members()
