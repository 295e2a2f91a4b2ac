"""
Which member types a member has, one spec a member.

- ``PUT /members/<id>`` with ``member_type`` replaces the whole set, and drops names
  that nobody registered; an empty value changes nothing, so only the
  companion plugin clears them.
- A type's term is made as it is first used; of two at once, one ends without its type.
- So blueprints only add: what others gave stays, but under ``existing: overwrite``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Key, Many, Section, Type, word
from wpbridge.blueprint.values import convert
from wpbridge.kinds import Kind, count
from wpbridge.model import Address, Desired, Found, Maybe, Policy, Ref, Spec
from wpbridge.site import people
from wpbridge.site.door import bp, companion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

TYPES: Type = Many(Key(of="member-types"))


@dataclass(frozen=True)
class Typing(Spec):
    """The types of one member."""

    kind: ClassVar = "typings"

    member: str
    types: Maybe[tuple[str, ...]] = word(
        TYPES, "What the member is in the community.", policy=Policy.AT_LEAST
    )

    @property
    def key(self) -> str:
        """The login."""
        return self.member

    @property
    def needs(self) -> tuple[Address, ...]:
        """The member."""
        return (Address("members", self.member),)


class Typings(Kind[Typing]):
    """``member_type`` of ``/members/<id>``."""

    name = "typings"
    after = ("members", "member-types")
    ordered = False
    spec = Typing
    sections = (
        Section(
            "members/*/types",
            TYPES,
            "Member types, such as `facilitator`; replaces those of `newcomers`.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """What the member is said to be."""
        types = tuple(sorted(set(convert(TYPES, entry.node))))
        overwrite = entry.blueprint.existing == "overwrite"
        policy = {"types": Policy.MATCH} if overwrite else {}
        yield Desired(Typing(entry.above[0], types), entry.place, policy)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Typing]
    ) -> Iterator[Found]:
        """The types of the members in question, a hundred a request."""
        for login, number, types in people.types(site, seen, wanted.keys):
            yield Found(Typing(login, tuple(sorted(types))), number)

    def create(self, spec: Typing) -> Iterator[Call]:
        """Give the first ones."""
        yield from self.update(spec, {"types": spec.types}, None)

    def update(self, before: Typing, sets: Sets, wire: Any) -> Iterator[Call]:
        """Set them all: the API replaces; taking the last away is another's work."""
        if sets["types"]:
            types = ",".join(sets["types"])
            yield bp.put("members", Ref(before.needs[0]), member_type=types)
        else:
            call = companion.put("members", Ref(before.needs[0]), types=[])
            yield replace(call, ability="clear types")

    def touches(self, spec: Typing) -> tuple[Address, ...]:
        """The member, and the types: used for the first time by two, one is lost."""
        types = (Address("member-types", each) for each in spec.types or ())
        return (*spec.needs, *types)

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 12 people become participant."""
        groups: dict[str, int] = defaultdict(int)
        for each in changes:
            for slug in each.sets["types"]:
                groups[slug] += slug not in getattr(each.before, "types", ())
        for slug, number in groups.items():
            people = count(number, "person becomes", "people become")
            yield f"{people} {names(Address('member-types', slug))}."


KIND = Typings()
