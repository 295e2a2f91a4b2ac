"""
Groups, by slug.

- There is no filter by slug: all groups are listed, a hundred a request.
- The slug is taken at creation only. One that is taken or reserved gets a random
  suffix, never an error (``groups_check_slug``).
- An update that is silent on ``creator_id`` makes the acting account the creator on 15
  (``BP_Groups_REST_Controller::prepare_item_for_database``), so every update tells it.
- A POST to an existing group gives it a new slug; only PUT updates.
- Falsy values are ignored: a description, a parent or types cannot be emptied.
- Who may invite and who may post is read and written through the companion plugin.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import (
    Choice,
    Entries,
    Key,
    Many,
    Prose,
    Section,
    Text,
    Type,
    word,
)
from wpbridge.kinds import Kind, count, doubled, given_slug, just_made, listed
from wpbridge.kinds.memberships import Membership
from wpbridge.model import (
    ME,
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
from wpbridge.site.communities import communities
from wpbridge.site.door import bp
from wpbridge.site.rules import rulings
from wpbridge.text import Mark, Shown, marked, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Step, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

FORBIDDEN = (
    "my-groups",
    "create",
    "invites",
    "send-invites",
    "forum",
    "delete",
    "add",
    "admin",
    "request-membership",
    "members",
    "settings",
    "avatar",
)
WHO: Type = Choice(("members", "mods", "admins"))
OPEN = ("hidden", "private", "public")  # from closed to open


@dataclass(frozen=True)
class Group(Spec):
    """A place to gather, with a stream of its own."""

    kind: ClassVar = "groups"
    essential: ClassVar = ("name", "about")

    slug: str
    owner: Maybe[str] = derived(Policy.ON_CREATE)
    name: Maybe[str] = word(Text(zero=False), "What people read as the group's name.")
    about: Maybe[str] = word(Prose(), "What the group is for. Cannot be cleared.")
    access: Maybe[str] = word(
        Choice(("public", "private", "hidden")),
        "Who sees what is inside; new groups are private.",
        default="private",
    )
    types: Maybe[tuple[str, ...]] = word(
        Many(Key(of="group-types")), "Group types, such as `community`."
    )
    parent: Maybe[str] = word(
        Key(of="groups"), "The group that this one belongs under."
    )
    who_invites: Maybe[str] = word(
        WHO, "Who may invite others into the group.", ability="invite policy"
    )
    who_posts: Maybe[str] = word(
        WHO, "Who may post in the group.", ability="posting rule"
    )
    creator: Maybe[str] = derived(Policy.ON_CREATE)

    @property
    def key(self) -> str:
        """Its slug."""
        return self.slug

    @property
    def needs(self) -> tuple[Address, ...]:
        """Its creator and its parent."""
        creator = [Address("members", self.creator)] if self.creator else []
        parent = [Address("groups", self.parent)] if self.parent else []
        return (*creator, *parent)


class Groups(Kind[Group]):
    """``/groups``."""

    name = "groups"
    after = ("components", "members", "group-types")
    component = "groups"
    claimed = "by number"
    spec = Group
    sections = (
        Section(
            "groups",
            Entries(Key(refused=FORBIDDEN, refused_prefix="wp"), Group),
            "Groups, each with its members and posts.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One group an entry; its first admin is its creator."""
        roles = entry.node.child("members")
        table = roles.value if roles and isinstance(roles.value, dict) else {}
        admins = (login for login, role in table.items() if role.value == "admin")
        group = entry.build(
            Group,
            slug=entry.key,
            owner=entry.blueprint.owner,
            creator=next(admins, UNSET),
        )
        if group.types:
            group = replace(group, types=tuple(sorted(set(group.types))))
        owned = entry.node.child("belongs_to") is None
        if owned:
            yield Desired(group, entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Group]
    ) -> Iterator[Found]:
        """Every group, hidden ones too."""
        found = list(communities(site, seen, wanted.keys))
        slugs = {each.id: each.slug for each in found}
        taken = set(slugs.values())
        for each in found:
            about, mark = unmarked(each.about)
            group = Group(
                slug=doubled(each.slug, mark, wanted.owner, taken) or each.slug,
                owner=mark.owner if mark else "",
                name=Shown(each.name),
                about=about,
                access=each.access,
                types=tuple(sorted(each.types)),
                parent=slugs.get(each.parent, ""),
                who_invites=each.who_invites,
                who_posts=each.who_posts,
            )
            yield Found(group, each.id, (each.creator, mark))

    def create(self, spec: Group) -> Iterator[Call]:
        """Make it, marked as ours, with its creator as its first admin."""
        sets = dict(spec.stated())
        creator = Address("members", sets.pop("creator")) if spec.creator else ME
        sets.setdefault("access", "private")
        ruling = rulings(spec.address, sets)
        mark = Mark(str(sets.pop("owner")), spec.address, "")
        yield bp.post(
            "groups", slug=spec.slug, creator_id=Ref(creator), **_wire(sets, mark)
        )
        yield from ruling

    def update(self, before: Group, sets: Sets, wire: Any) -> Iterator[Call]:
        """PUT what differs, and the creator whether it does or not."""
        creator_id, mark = wire
        sets = dict(sets)
        ruling = rulings(before.address, sets)
        if "owner" in sets:  # taken over: the mark is in the description
            mark = Mark(sets["owner"], before.address, "")
            sets = {"about": before.about, **sets}
        values = _wire({k: v for k, v in sets.items() if k != "owner"}, mark)
        if values:
            yield bp.put("groups", Ref(before.address), creator_id=creator_id, **values)
        yield from ruling

    def rename(self, before: Group, key: str, wire: Any) -> Iterator[Call]:
        """Give it another slug, which the API neither checks nor cleans."""
        yield bp.put("groups", Ref(before.address), creator_id=wire[0], slug=key)

    def implies(self, spec: Group) -> Iterator[Spec]:
        """Its creator is its admin from the start."""
        if spec.creator:
            yield Membership(spec.slug, spec.creator, "admin")

    def verify(self, spec: Group, answers: Sequence[Any]) -> str | None:
        """A slug that is taken or reserved comes back with a suffix."""
        return given_slug(spec, answers[:1])

    def retraction(self, change: Change, steps: Sequence[Step]) -> Iterator[Call]:
        """What was made goes; an update tells the slug as it was sent."""
        for number in just_made(steps[:1]):
            yield bp.delete("groups", number)

    def delete(self, before: Group, wire: Any) -> Iterator[Call]:
        """Delete it, and all that is in it."""
        yield bp.delete("groups", Ref(before.address))

    def touches(self, spec: Group) -> tuple[Address, ...]:
        """Itself."""
        return (spec.address,)

    def risk(self, change: Change) -> Risk | None:
        """Opening a group shows its posts to more people; deleting it loses them."""
        if change.action is Action.DELETE:
            return Risk("delete", f"{change.address} and all in it would be deleted")
        before, after = change.before, change.sets.get("access")
        if isinstance(before, Group) and after in OPEN and before.access in OPEN:
            was = str(before.access)
            if OPEN.index(after) > OPEN.index(was):
                return Risk(
                    "access", f"{change.address} would go from {was} to {after}"
                )
        return None

    def label(self, spec: Group) -> str | None:
        """Its name."""
        return spec.name or None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 3 groups are opened: News, The lounge and Learning Circle."""
        for action, verb in ((Action.CREATE, "made"), (Action.DELETE, "deleted")):
            chosen = [names(c.address) for c in changes if c.action is action]
            if chosen:
                verbs = f"{'is' if len(chosen) == 1 else 'are'} {verb}"
                yield f"{count(len(chosen), 'group')} {verbs}: {listed(chosen)}."
        yield from _admins(changes, names)
        for each in changes:
            if each.action is Action.UPDATE:
                yield from _changed(each, names(each.address))


def _changed(change: Change, name: str) -> Iterator[str]:
    """Who sees what is inside is said by itself: it is no field like the others."""
    said = dict(change.sets)
    before = change.before
    if isinstance(before, Group) and "access" in said:
        yield f"{name} goes from {before.access} to {said.pop('access')}."
    words = {"about": "description"}
    fields = [words.get(each, each.replace("_", " ")) for each in said]
    if fields:
        yield f"{name} changes its {listed(fields)}."


def _admins(changes: Sequence[Change], names: Names) -> Iterator[str]:
    """Who has a new group from the start: no membership of theirs is in the plan."""
    groups: dict[str, list[str]] = {}
    for each in changes:
        if each.action is Action.CREATE:
            creator = str(each.sets.get("creator") or "")
            groups.setdefault(creator, []).append(names(each.address))
    for creator, made in groups.items():
        if creator:
            yield f"{creator} becomes an admin in {listed(made)}."
        else:
            yield f"No admin is named for {listed(made)}, so this login is one."


def _wire(sets: Sets, mark: Mark | None) -> dict[str, Any]:
    """Put our words into the API's; the description keeps its mark."""
    values = dict(sets)
    if "access" in values:
        values["status"] = values.pop("access")
    if "parent" in values:
        values["parent_id"] = Ref(Address("groups", values.pop("parent")))
    if "types" in values:
        values["types"] = ",".join(values["types"])
    if "about" in values:
        about = values.pop("about")
        values["description"] = (
            marked(about, mark.owner, mark.address) if mark else str(about)
        )
    return values


KIND = Groups()
