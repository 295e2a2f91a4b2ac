"""
Member types, by slug: roles people have in the community, such as ``facilitator``.

- No route of BuddyPress's lists or makes them; the companion plugin's does.
- A type that code registers can be changed by nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Entries, Key, Section, Text, YesNo, word
from wpbridge.kinds import Kind, listed
from wpbridge.model import Desired, Found, Maybe, Spec
from wpbridge.plan import Action
from wpbridge.site.door import companion
from wpbridge.site.registered import registered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient


@dataclass(frozen=True)
class Sort(Spec):
    """What a blueprint says of a type, of members or of groups."""

    slug: str
    name: Maybe[str] = word(Text(), "What several of them are called.")
    singular: Maybe[str] = word(Text(), "What one of them is called.")
    directory: Maybe[bool] = word(YesNo(), "Whether they get a list of their own.")

    @property
    def key(self) -> str:
        """Its slug."""
        return self.slug


@dataclass(frozen=True)
class MemberType(Sort):
    """A sort of member."""

    kind: ClassVar = "member-types"


class Types(Kind[Any]):
    """What member types and group types have in common."""

    optional = True
    numbered = False

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One type an entry."""
        yield Desired(entry.build(self.spec, slug=entry.key), entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Any]
    ) -> Iterator[Found]:
        """Every registered type; what cannot be seen of it is taken as it is said."""
        said = {each.slug: each for each in wanted.specs}
        for item in registered(site, self.name):
            slug = item["slug"]
            if "name" in item and not item["code"]:
                words = {key: item[key] for key in ("name", "singular", "directory")}
                yield Found(self.spec(slug=slug, **words), 0)
            else:
                yield Found(said.get(slug, self.spec(slug=slug)), 0)

    def create(self, spec: Any) -> Iterator[Call]:
        """Register it, which takes the companion plugin."""
        values = dict(spec.stated())
        call = companion.post(self.name, slug=spec.slug, **values)
        yield replace(
            call, ability=f"register {self.name}", already="wpbridge_type_exists"
        )

    def update(self, before: Any, sets: Sets, wire: Any) -> Iterator[Call]:
        """Say what differs."""
        call = companion.put(self.name, before.slug, **sets)
        yield replace(call, ability=f"register {self.name}")

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: New member types: facilitator and participant."""
        what = self.name.replace("-", " ")
        for action, verb in ((Action.CREATE, "New"), (Action.UPDATE, "Changed")):
            slugs = [each.spec.key for each in changes if each.action is action]
            if slugs:
                yield f"{verb} {what}: {listed(slugs)}."


class MemberTypes(Types):
    """The choices of ``member_type`` in ``/members``."""

    name = "member-types"
    after = ("components",)
    spec = MemberType
    sections = (
        Section(
            "member_types",
            Entries(Key(), MemberType),
            "Sorts of members. Making one takes the companion plugin.",
        ),
    )


KIND = MemberTypes()
