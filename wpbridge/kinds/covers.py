"""
Cover images of members and groups.

- There is no list of them: one request each, and where there is none the answer is a
  500, ``bp_rest_attachments_*_cover_no_image``.
- One that is smaller than the theme advises is refused, but kept all the same, and the
  one before is gone: so its size is checked before it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import File, Section, word
from wpbridge.kinds.avatars import SHOWN, Picture, Pictures
from wpbridge.model import Address, Found, Maybe, Policy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wpbridge.kinds import Wanted
    from wpbridge.model import Observed
    from wpbridge.site import SiteClient

IMAGE = File(image=(1300, 225))  # what BuddyPress's own themes advise


@dataclass(frozen=True)
class Cover(Picture):
    """The wide picture above a profile or a group."""

    kind: ClassVar = "covers"

    file: Maybe[Path] = word(
        IMAGE, "A jpg, png or gif, at least 1300 by 225.", policy=Policy.FILL
    )


class Covers(Pictures):
    """``/members/<id>/cover`` and ``/groups/<id>/cover``."""

    name = "covers"
    after = ("members", "groups")
    spec = Cover
    part = "cover"
    action = "bp_cover_image_upload"
    sections = (
        Section("members/*/cover", IMAGE, "The picture above the person's profile."),
        Section("groups/*/cover", IMAGE, "The picture above the group."),
    )

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Cover]
    ) -> Iterator[Found]:
        """Those of the blueprint's members and groups that have one."""
        asks: Iterator[tuple[Address, str, dict[str, Any]]] = (
            (each.of, f"{each.of.kind}/{seen.ids[each.of]}/cover", {})
            for each in wanted.specs
            if each.of in seen.ids
        )
        for of, item in site.bp.each(asks):
            if item and item.get("image"):
                yield Found(Cover(of, SHOWN), 0)


KIND = Covers()
