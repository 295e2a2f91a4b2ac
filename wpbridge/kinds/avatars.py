"""
Avatars of members and groups: pictures that are uploaded.

- The site crops and renames what it is sent, so a picture cannot be compared: it is
  uploaded where there is none, and after that only when asked.
- Without an upload the address ends in ``mystery-man`` or ``mystery-group``, or leads
  to a gravatar; an upload lies under ``/avatars/`` or ``/group-avatars/``.
- The form needs ``action=bp_avatar_upload``, else it is an "invalid form submission".
- Where a site has switched uploads off, groups lose ``avatar_urls`` altogether.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import File, Section, word
from wpbridge.blueprint.values import convert
from wpbridge.kinds import Kind, count
from wpbridge.model import Address, Desired, Found, Maybe, Policy, Ref, Spec
from wpbridge.site.door import bp
from wpbridge.site.people import about

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

IMAGE = File(image=(150, 150))
SHOWN = Path("uploaded")


@dataclass(frozen=True)
class Picture(Spec):
    """What avatars and covers have in common."""

    of: Address

    @property
    def key(self) -> str:
        """Such as ``members:anna``."""
        return f"{self.of.kind}:{self.of.key}"

    @property
    def needs(self) -> tuple[Address, ...]:
        """Whom or what it shows."""
        return (self.of,)


@dataclass(frozen=True)
class Avatar(Picture):
    """The picture of a member or a group."""

    kind: ClassVar = "avatars"

    file: Maybe[Path] = word(
        IMAGE, "A jpg, png or gif of 150 pixels or more.", policy=Policy.FILL
    )


class Pictures(Kind[Any]):
    """What avatars and covers have in common."""

    numbered = False
    part: ClassVar[str]  # the last part of the route
    action: ClassVar[str]

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One picture."""
        of = Address(entry.section.partition("/")[0], entry.above[0])
        file = convert(IMAGE, entry.node)
        yield Desired(self.spec(of=of, file=file), entry.place)

    def create(self, spec: Any) -> Iterator[Call]:
        """Upload it."""
        yield bp.upload(
            spec.of.kind, Ref(spec.of), self.part, file=spec.file, action=self.action
        )

    def update(self, before: Any, sets: Sets, wire: Any) -> Iterator[Call]:
        """Upload another."""
        yield from self.create(self.spec(of=before.of, file=sets["file"]))

    def touches(self, spec: Any) -> tuple[Address, ...]:
        """Whom or what it shows."""
        return (spec.of,)

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 3 avatars are uploaded."""
        one, many = f"{self.name[:-1]} is", f"{self.name} are"
        yield f"{count(len(changes), one, many)} uploaded."


class Avatars(Pictures):
    """``/members/<id>/avatar`` and ``/groups/<id>/avatar``."""

    name = "avatars"
    after = ("members", "groups")
    spec = Avatar
    part = "avatar"
    action = "bp_avatar_upload"
    sections = (
        Section("members/*/avatar", IMAGE, "The person's picture."),
        Section("groups/*/avatar", IMAGE, "The group's picture."),
    )

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Avatar]
    ) -> Iterator[Found]:
        """Those who have one of their own."""
        logins = [each.of.key for each in wanted.specs if each.of.kind == "members"]
        for login, item in about(site, seen.ids, logins, "avatar_urls"):
            yield from _found(Address("members", login), item)
        groups = {
            seen.ids[each.of]: each.of
            for each in wanted.specs
            if each.of.kind == "groups" and each.of in seen.ids
        }
        for item in _groups(site, groups):
            if item["id"] in groups:
                yield from _found(groups[item["id"]], item)


def _groups(site: SiteClient, ids: Iterable[int]) -> Iterator[Any]:
    include = list(ids)
    if include:
        yield from site.bp.walk(
            "groups", include=include, show_hidden=True, _fields="id,avatar_urls"
        )


def _found(of: Address, item: Any) -> Iterator[Found]:
    address = (item.get("avatar_urls") or {}).get("full", "")
    if "/avatars/" in address or "/group-avatars/" in address:
        yield Found(Avatar(of, SHOWN), 0)


KIND = Avatars()
