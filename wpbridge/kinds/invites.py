"""
Invites into groups, by group and invitee.

- An invite always mails, whatever ``send_invite`` says.
- The inviter must be in the group and allowed to invite.
- Up to 14 an application password lists invites only by who was invited or inviting.
- Accepted, declined and withdrawn invites are gone alike: who is in the group has
  accepted, and whoever was asked once by us is not asked again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Login, Section, Table
from wpbridge.kinds import SPOKEN, Kind, count, listed
from wpbridge.model import Address, Desired, Found, Maybe, Policy, Ref, Spec, derived
from wpbridge.site.door import bp

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient


@dataclass(frozen=True)
class Invite(Spec):
    """That a member is asked into a group."""

    kind: ClassVar = "invites"

    group: str
    member: str
    by: Maybe[str] = derived(Policy.ON_CREATE)

    @property
    def key(self) -> str:
        """Such as ``film:cemal``."""
        return f"{self.group}:{self.member}"

    @property
    def within(self) -> Address:
        """The group."""
        return Address("groups", self.group)

    @property
    def needs(self) -> tuple[Address, ...]:
        """The group, who is asked, who asks, and that the latter is in the group."""
        return (
            self.within,
            Address("members", self.member),
            Address("members", str(self.by)),
            Address("memberships", f"{self.group}:{self.by}"),
        )


class Invites(Kind[Invite]):
    """``/groups/invites``."""

    name = "invites"
    after = ("members", "groups", "memberships")
    follows = SPOKEN
    component = "groups"
    mails_asked = True
    spec = Invite
    sections = (
        Section(
            "groups/*/invites",
            Table(Login(), Login()),
            "Who is asked to join, and by whom: `cemal: anna`. Always mails.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One invite a line, sent once."""
        invite = Invite(entry.above[0], entry.key, str(entry.node.value))
        yield Desired(invite, entry.place, once=True)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Invite]
    ) -> Iterator[Found]:
        """Those that are out, and those whom no invite need reach any more."""
        groups = {
            seen.ids[each]: each.key for each in seen.ids if each.kind == "groups"
        }
        members = {
            seen.ids[each]: each.key for each in seen.ids if each.kind == "members"
        }
        asks = (
            (None, "groups/invites", {"user_id": number, "invite_sent": "all"})
            for number, login in members.items()
            if any(each.member == login for each in wanted.specs)
        )
        out: dict[str, Found] = {}
        for _, item in site.bp.gather(asks):
            group = groups.get(item["group_id"], "")
            spec = Invite(
                group, members[item["user_id"]], members.get(item["inviter_id"], "")
            )
            out[spec.key] = Found(spec, item["id"])
        for spec in wanted.specs:
            if Address("memberships", spec.key) in seen.specs:
                out.setdefault(spec.key, Found(spec, 0))
        yield from out.values()

    def create(self, spec: Invite) -> Iterator[Call]:
        """Ask."""
        group, member, by, _ = (Ref(each) for each in spec.needs)
        call = bp.post(
            "groups", "invites", group_id=group, user_id=member, inviter_id=by
        )
        yield replace(call, ability="invite")

    def update(self, before: Invite, sets: Sets, wire: Any) -> Iterator[Call]:
        """Nothing of an invite changes."""
        yield from ()

    def touches(self, spec: Invite) -> tuple[Address, ...]:
        """The group and who is asked."""
        return spec.needs[:2]

    def mails(
        self, change: Change, people: Container[str], me: str
    ) -> Mapping[str, int]:
        """One to who is asked."""
        return {"invites": 1}

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 2 people are asked to join a group: cemal and dora."""
        asked = [str(getattr(each.spec, "member", "")) for each in changes]
        people = count(len(asked), "person is", "people are")
        yield f"{people} asked to join a group: {listed(asked)}."


KIND = Invites()
