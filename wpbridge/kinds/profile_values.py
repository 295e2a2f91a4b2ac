"""
What a member says in a profile field.

- The API takes text alone: several choices are joined by commas, a date is
  ``YYYY-MM-DD HH:MM:SS``, and a choice that is not offered is a 500.
- ``/members?_fields=id,xprofile`` has the values of a hundred members, by
  ``field_order`` within their group: an object, or a list if the orders run from 0.
- Values that are not public are kept back on 12 and 14 from an application password,
  which may write them all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from wpbridge.blueprint.grammar import Either, Key, Many, Section, Table, Text, word
from wpbridge.blueprint.node import Empty
from wpbridge.errors import BlueprintError, Problem
from wpbridge.kinds import Kind, count
from wpbridge.kinds.members import POLICIES
from wpbridge.kinds.profile_fields import TYPES, ProfileField
from wpbridge.model import Address, Desired, Found, Maybe, Policy, Ref, Spec
from wpbridge.site.door import bp
from wpbridge.site.people import answers
from wpbridge.text import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.blueprint.node import Node
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

HIDDEN = frozenset({"value"})


@dataclass(frozen=True)
class ProfileValue(Spec):
    """One member's answer in one field."""

    kind: ClassVar = "profile-values"

    member: str
    field: str
    value: Maybe[str] = word(Text(), "What the member says; several by commas.")

    @property
    def key(self) -> str:
        """Such as ``anna:camera``."""
        return f"{self.member}:{self.field}"

    @property
    def needs(self) -> tuple[Address, ...]:
        """The member and the field."""
        return (
            Address("members", self.member),
            Address("profile-fields", self.field),
        )


class ProfileValues(Kind[ProfileValue]):
    """``/xprofile/<field>/data/<member>``."""

    name = "profile-values"
    after = ("members", "profile-fields")
    ordered = False
    component = "xprofile"
    spec = ProfileValue
    sections = (
        Section(
            "members/*/profile",
            Table(Key(of="profile-fields"), Either((Text(), Many(Text())))),
            "What the person says in profile fields, by the fields' keys.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One value a line, in the form that BuddyPress keeps."""
        said = [str(each.value) for each in entry.node.items()]
        empty = isinstance(entry.node.value, Empty)
        text = Shown("" if empty else ",".join(_checked(entry, each) for each in said))
        value = ProfileValue(entry.above[0], entry.key, text)
        policy: Policy = POLICIES[entry.blueprint.existing]
        yield Desired(value, entry.place, {"value": policy})

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[ProfileValue]
    ) -> Iterator[Found]:
        """The values of the members in question, a hundred members a request."""
        fields = {
            seen.ids[each]: each.key
            for each in seen.ids
            if each.kind == "profile-fields"
        }
        shown = {key for key in fields.values() if _readable(site, seen, key)}
        logins = dict.fromkeys(key.partition(":")[0] for key in wanted.keys)
        for login, number, value in answers(site, seen, logins):
            key = fields.get(number)
            said = _said(value) if key in shown else ""
            if key and said:
                yield Found(ProfileValue(login, key, Shown(said)), number)
        for spec in wanted.specs:
            if spec.field in fields.values() and spec.field not in shown:
                blank = replace(spec, value="")
                yield Found(blank, 0, hidden=HIDDEN)

    def create(self, spec: ProfileValue) -> Iterator[Call]:
        """Say it."""
        yield from self.update(spec, {"value": spec.value}, None)

    def update(self, before: ProfileValue, sets: Sets, wire: Any) -> Iterator[Call]:
        """Say it anew; the same again does no harm."""
        member, field = (Ref(each) for each in before.needs)
        yield bp.put("xprofile", field, "data", member, value=sets["value"])

    def touches(self, spec: ProfileValue) -> tuple[Address, ...]:
        """The member."""
        return spec.needs[:1]

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 12 profile answers are filled in."""
        known = [each for each in changes if not each.unchecked]
        if known:
            answers = count(len(known), "profile answer is", "profile answers are")
            yield f"{answers} set."


def _checked(entry: Entry, said: str) -> str:
    """One answer as the field's type wants it; raises if it cannot be."""
    field = _field(entry)
    declared = field.child("type")
    theirs = str(declared.value) if declared else "line"
    choices = field.child("choices")
    offered = [str(each.value) for each in choices.items()] if choices else []
    if offered and said not in offered:
        _refuse(entry, f"`{said}` is not offered; it is one of {', '.join(offered)}")
    if TYPES.get(theirs, theirs) == "datebox":
        try:
            day = date.fromisoformat(said)
        except ValueError:
            _refuse(entry, f"`{said}` is not a date; write it as 2027-03-15")
        return f"{day} 00:00:00"
    if TYPES.get(theirs, theirs) == "number" and not said.lstrip("-").isdecimal():
        _refuse(entry, f"`{said}` is not a number")
    if TYPES.get(theirs, theirs) == "url" and "://" not in said:
        return f"http://{said}"  # BuddyPress would put it there itself
    return said


def _field(entry: Entry) -> Node:
    """The field as the blueprint declares it: no site knows its key."""
    profile = entry.blueprint.root.child("profile")
    for group in (profile.fields() if profile else {}).values():
        fields = group.child("fields")
        if fields and (field := fields.child(entry.key)):
            return field
    return _refuse(entry, f"`{entry.key}` is no field under `profile`; declare it")


def _refuse(entry: Entry, message: str) -> NoReturn:
    raise BlueprintError([Problem(entry.node.place, message)])


def _readable(site: SiteClient, seen: Observed, field: str) -> bool:
    spec = seen.specs.get(Address("profile-fields", field))
    public = isinstance(spec, ProfileField) and spec.visible_to == "everyone"
    return public or site.can("read hidden values") is None


def _said(value: Any) -> str:
    """A value as it is sent: choices joined by commas, a date with its time."""
    parts = value if isinstance(value, list) else [value]
    return ",".join(str(each) for each in parts if each not in (None, ""))


KIND = ProfileValues()
