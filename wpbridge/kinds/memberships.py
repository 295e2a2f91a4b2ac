"""
Memberships of groups, by group and login, with their roles.

- A list of members hides admins and the banned unless told otherwise.
- Adding someone who is there already makes an admin a plain member, so nobody is ever
  added twice (``BP_REST_Group_Membership_Endpoint::create_item``).
- ``role`` in that request is ignored under an application password: join, then promote.
- Promoting to a role that one has is a 500, banning the banned too.
- From 14 on nobody may change their own membership, and a last admin cannot leave.
- Adding is silent: no mail, no activity. Promotions mail from 14 on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Choice, Login, Section, Table, Type, word
from wpbridge.kinds import Exact, Kind, count, listed
from wpbridge.model import Address, Desired, Found, Maybe, Ref, Spec
from wpbridge.plan import Action
from wpbridge.site.door import bp
from wpbridge.site.people import seats

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Can, Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import Facts, SiteClient

ROLES = ("member", "mod", "admin", "banned")
ROLE: Type = Choice(ROLES)
HIGHER = ("mod", "admin")


@dataclass(frozen=True)
class Membership(Spec):
    """That a member is in a group, and as what."""

    kind: ClassVar = "memberships"

    group: str
    member: str
    role: Maybe[str] = word(ROLE, "What the member may do in the group.")

    @property
    def key(self) -> str:
        """Such as ``film:anna``."""
        return f"{self.group}:{self.member}"

    @property
    def within(self) -> Address:
        """The group."""
        return Address("groups", self.group)

    @property
    def needs(self) -> tuple[Address, ...]:
        """The group and the member."""
        return (self.within, Address("members", self.member))


class Memberships(Kind[Membership]):
    """``/groups/<group>/members``."""

    name = "memberships"
    after = ("members", "groups")
    component = "groups"
    claimed = "by pair"
    ordered = False
    spec = Membership
    sections = (
        Section(
            "groups/*/members",
            Table(Login(), ROLE, bare="member"),
            "Who is in the group, and as what: `anna: admin`, or a list of members.",
        ),
        Section(
            "groups/*/membership",
            Choice(("additive", "exact")),
            "`exact` removes all who are not declared, never the last admin.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired | Exact]:
        """One membership a line; ``exact`` has all others go."""
        group = entry.above[0]
        if entry.key:
            yield Desired(
                Membership(group, entry.key, str(entry.node.value)), entry.place
            )
        elif entry.node.value == "exact":
            yield Exact(self.name, Address("groups", group), entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Membership]
    ) -> Iterator[Found]:
        """Everyone in the groups that the blueprint is concerned with."""
        groups = dict.fromkeys(key.partition(":")[0] for key in wanted.keys)
        groups.update(dict.fromkeys(each.key for each in wanted.whole))
        numbers = {
            seen.ids[Address("groups", group)]: group
            for group in groups
            if Address("groups", group) in seen.ids
        }
        for each in seats(site, seen, numbers):
            member = Membership(each.group, each.login, each.role)
            yield Found(member, each.member)

    def create(self, spec: Membership) -> Iterator[Call]:
        """Join, then promote or ban."""
        group, member = Ref(spec.within), Ref(Address("members", spec.member))
        join = bp.post("groups", group, "members", user_id=member)
        yield replace(join, already="bp_rest_group_member_failed_to_join")
        if spec.role in (*HIGHER, "banned"):
            yield _set(spec, str(spec.role))

    def update(self, before: Membership, sets: Sets, wire: Any) -> Iterator[Call]:
        """Walk from role to role: an admin is demoted before a ban, for one."""
        was, role = str(before.role), str(sets["role"])
        if was == "banned":
            yield _set(before, "unban")
            if role in HIGHER:
                yield _set(before, role)
        elif was in HIGHER and role == "banned":
            yield _set(before, "member")
            yield _set(before, "banned")
        else:
            yield _set(before, role)

    def delete(self, before: Membership, wire: Any) -> Iterator[Call]:
        """Take the member out of the group."""
        member = Ref(Address("members", before.member))
        yield bp.delete("groups", Ref(before.within), "members", member)

    def fit(
        self, spec: Membership, before: Membership | None, can: Can, me: str
    ) -> tuple[Membership | None, str | None]:
        """Let people join where this login cannot give them their role."""
        has = before.role if before else "member"
        own = can("change own membership") if spec.member == me else None
        why = can("promote") or own
        if why is None or spec.role == has:
            return spec, None
        outside = before is None and spec.role != "banned"
        lesser = Membership(spec.group, spec.member, "member") if outside else None
        return lesser, f"the role {spec.role} cannot be given: {why}"

    def spares(self, before: Membership) -> bool:
        """The banned stay banned."""
        return before.role == "banned"

    def excused(self, address: Address, me: str) -> bool:
        """The acting account moderates the site, and posts in any group."""
        return address.key.partition(":")[2] == me

    def missing(self, address: Address) -> str:
        """Say who is not in which group, and what to write."""
        group, _, member = address.key.partition(":")
        return (
            f"{member} is not a member of groups/{group}; add `{member}: member` "
            "under its `members`"
        )

    def touches(self, spec: Membership) -> tuple[Address, ...]:
        """The group and the member: on 12, two at once make two rows."""
        return spec.needs

    def mails(
        self, change: Change, people: Container[str], me: str
    ) -> Mapping[str, int]:
        """One mail to whoever is promoted."""
        promoted = sum(
            call.ability == "promote" and call.values.get("action") == "promote"
            for call in change.calls
        )
        return {"promotions": promoted} if promoted else {}

    def mails_there(
        self, mails: Mapping[str, int], change: Change, facts: Facts
    ) -> Mapping[str, int]:
        """BuddyPress 12 promotes in silence."""
        return {} if facts.buddypress.startswith("12.") else mails

    def forbids(
        self, changes: Sequence[Change], observed: Mapping[Address, Spec]
    ) -> Iterator[tuple[Change, str]]:
        """A group keeps an admin, whatever anyone allows."""
        lost: dict[Address, list[Change]] = defaultdict(list)
        for each in changes:
            was = getattr(each.before, "role", None)
            if was == "admin" and each.sets.get("role") != "admin":
                lost[each.spec.needs[0]].append(each)
        for group, stepping_down in lost.items():
            admins = {
                spec.address
                for spec in observed.values()
                if isinstance(spec, Membership)
                and spec.role == "admin"
                and spec.within == group
            }
            new = [c for c in changes if c.sets.get("role") == "admin"]
            new = [c for c in new if c.spec.needs[0] == group]
            if not new and admins <= {each.address for each in stepping_down}:
                last = stepping_down[0]
                member = last.address.key.partition(":")[2]
                yield (
                    last,
                    (
                        f"{group} would lose {member}, its last admin; "
                        "name another admin first"
                    ),
                )

    def rank(self, change: Change) -> int:
        """New admins come before old ones step down."""
        if change.action is Action.DELETE:
            return 2
        before = getattr(change.before, "role", "member")
        return int(before in HIGHER and change.sets.get("role") not in HIGHER)

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 12 people join Film club: anna, bert and 10 more."""
        groups: dict[Address, list[Change]] = defaultdict(list)
        for each in changes:
            groups[Address("groups", each.address.key.partition(":")[0])].append(each)
        for group, inside in groups.items():
            yield from _group_sentences(names(group), inside)


def _group_sentences(group: str, changes: Sequence[Change]) -> Iterator[str]:
    by_action = {
        action: [c.address.key.partition(":")[2] for c in changes if c.action is action]
        for action in Action
    }
    if joining := by_action[Action.CREATE]:
        people = count(len(joining), "person joins", "people join")
        yield f"{people} {group}: {listed(joining)}."
    for each in changes:
        member = each.address.key.partition(":")[2]
        role = each.sets.get("role")
        if each.action is Action.UPDATE or role in (*HIGHER, "banned"):
            yield f"{member} becomes {_ARTICLE.get(str(role), role)} in {group}."
    told = {c.address.key.partition(":")[2] for c in changes if c.told}
    if leaving := [each for each in by_action[Action.DELETE] if each not in told]:
        people = count(len(leaving), "person leaves", "people leave")
        stay = "stays a member" if len(leaving) == 1 else "stay members"
        yield f"{people} {group} but {stay} of the site: {listed(leaving)}."


_ARTICLE = {"member": "a plain member", "mod": "a moderator", "admin": "an admin"}


def _set(spec: Membership, role: str) -> Call:
    """Change a role; ``unban`` makes a plain member of the banned."""
    actions = {"member": "demote", "banned": "ban", "unban": "unban"}
    action = actions.get(role, "promote")
    values: dict[str, str] = {"action": action}
    if action in ("promote", "demote"):
        values["role"] = role
    member = Ref(Address("members", spec.member))
    call = bp.put("groups", Ref(spec.within), "members", member, **values)
    return replace(
        call,
        repeatable=False,
        ability="promote",
        already=f"bp_rest_group_member_failed_to_{action}",
    )


KIND = Memberships()
