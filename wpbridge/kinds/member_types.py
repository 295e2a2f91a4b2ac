"""
Member types, by slug: roles people have in the community, such as ``facilitator``.

- No route lists or makes them. Their slugs are the choices of the ``member_type``
  argument, which only ``OPTIONS`` tells; an object when there are some, else a list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Entries, Key, Section, Text, YesNo, word
from wpbridge.kinds import Kind, listed
from wpbridge.model import Desired, Found, Maybe, Policy, Spec
from wpbridge.site.door import Writes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import Site

companion = Writes("companion")


@dataclass(frozen=True)
class Sort(Spec):
    """What a blueprint says of a type, of members or of groups."""

    slug: str
    name: Maybe[str] = word(
        Text(), "What several of them are called.", policy=Policy.ON_CREATE
    )
    singular: Maybe[str] = word(
        Text(), "What one of them is called.", policy=Policy.ON_CREATE
    )
    directory: Maybe[bool] = word(
        YesNo(), "Whether they get a list of their own.", policy=Policy.ON_CREATE
    )

    @property
    def key(self) -> str:
        """Its slug."""
        return self.slug


@dataclass(frozen=True)
class MemberType(Sort):
    """A sort of member."""

    kind: ClassVar = "member-types"


class Types(Kind[Any]):
    """What member types and group types have in common: only their slugs are seen."""

    optional = True
    numbered = False
    route: ClassVar[tuple[str, str]]

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One type an entry."""
        yield Desired(entry.build(self.spec, slug=entry.key), entry.place)

    def read(self, site: Site, seen: Observed, wanted: Wanted[Any]) -> Iterator[Found]:
        """Every registered slug; nothing else of it can be read."""
        path, argument = self.route
        for endpoint in site.bp.options(path).get("endpoints", ()):
            slugs = endpoint.get("args", {}).get(argument, {}).get("enum")
            if "POST" in endpoint["methods"] and slugs:
                for slug in slugs:
                    yield Found(self.spec(slug=slug), 0)

    def create(self, spec: Any) -> Iterator[Call]:
        """Register it, which takes the companion plugin."""
        values = dict(spec.stated())
        call = companion.post(self.name, slug=spec.slug, **values)
        yield replace(call, ability="register types")

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: New member types: facilitator and participant."""
        slugs = [each.spec.key for each in changes]
        yield f"New {self.name.replace('-', ' ')}: {listed(slugs)}."


class MemberTypes(Types):
    """The choices of ``member_type`` in ``/members``."""

    name = "member-types"
    after = ("components",)
    spec = MemberType
    route = ("members", "member_type")
    sections = (
        Section(
            "member_types",
            Entries(Key(), MemberType),
            "Sorts of members. Making one takes the companion plugin.",
        ),
    )


KIND = MemberTypes()
