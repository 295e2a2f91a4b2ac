"""
Groups of profile fields, found by name: BuddyPress gives them no slug.

- Names need not be unique on a site; the first of a name counts.
- A description cannot be emptied.
- All groups and fields come in one request, never paged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Entries, Key, Prose, Section, Text, word
from wpbridge.kinds import Kind, listed, refuse_twin, titles
from wpbridge.model import Desired, Found, Maybe, Ref, Spec
from wpbridge.plan import Action
from wpbridge.site.door import bp
from wpbridge.site.people import groups_of_fields
from wpbridge.text import Shown, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient


@dataclass(frozen=True)
class ProfileGroup(Spec):
    """Profile fields that are shown together."""

    kind: ClassVar = "profile-groups"
    essential: ClassVar = ("name",)

    slug: str
    name: Maybe[str] = word(Text(zero=False), "What people read above the fields.")
    about: Maybe[str] = word(Prose(), "What the fields are for. Cannot be cleared.")

    @property
    def key(self) -> str:
        """The key it has in the blueprint, which the site does not know."""
        return self.slug


class ProfileGroups(Kind[ProfileGroup]):
    """``/xprofile/groups``."""

    name = "profile-groups"
    after = ("components",)
    component = "xprofile"
    spec = ProfileGroup
    sections = (
        Section(
            "profile",
            Entries(Key(), ProfileGroup),
            "What members can say of themselves, in groups of fields.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One group of fields an entry."""
        refuse_twin(entry, titles(entry.blueprint.root.child("profile"), "name"))
        yield Desired(entry.build(ProfileGroup, slug=entry.key), entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[ProfileGroup]
    ) -> Iterator[Found]:
        """The groups that bear the names in question, or did before."""
        keys = {words(str(each.name)): each.slug for each in wanted.specs}
        for each in wanted.specs:
            if each.address in wanted.previously:
                keys.setdefault(words(wanted.previously[each.address]), each.slug)
        for item in groups_of_fields(site, seen):
            slug = keys.get(words(item["name"]))
            if slug is not None:
                about = Shown(item["description"]["raw"])
                yield Found(ProfileGroup(slug, Shown(item["name"]), about), item["id"])

    def create(self, spec: ProfileGroup) -> Iterator[Call]:
        """Make it."""
        yield bp.post("xprofile", "groups", **_wire(dict(spec.stated())))

    def update(self, before: ProfileGroup, sets: Sets, wire: Any) -> Iterator[Call]:
        """Set what differs."""
        yield bp.put("xprofile", "groups", Ref(before.address), **_wire(sets))

    def label(self, spec: ProfileGroup) -> str | None:
        """Its name."""
        return spec.name or None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: New on every profile: At work."""
        new = [names(c.address) for c in changes if c.action is Action.CREATE]
        if new:
            yield f"New on every profile: {listed(new)}."
        changed = [names(c.address) for c in changes if c.action is Action.UPDATE]
        if changed:
            yield f"Described anew on profiles: {listed(changed)}."


def _wire(sets: Sets) -> dict[str, Any]:
    values = {"name": sets.get("name"), "description": sets.get("about")}
    return {key: value for key, value in values.items() if value is not None}


KIND = ProfileGroups()
