"""
Pictures and files of the media library, by slug.

- WordPress stores each upload anew and compares nothing, so a file is uploaded where
  its slug is not taken, and again only when asked. The one before it stays, under
  another slug, as pages may show it.
- No slug of anything is free for a file (``wp_unique_post_slug``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Entries, File, Key, Section, Text, word
from wpbridge.kinds import Kind, given_slug, just_made, listed
from wpbridge.model import Desired, Found, Maybe, Policy, Ref, Spec
from wpbridge.plan import Action
from wpbridge.site.door import wp
from wpbridge.text import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Step, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

FIELDS = "id,slug,title,alt_text"
UPLOADED = Path("uploaded")


@dataclass(frozen=True)
class Medium(Spec):
    """Something in the media library."""

    kind: ClassVar = "media"
    essential: ClassVar = ("file",)

    slug: str
    file: Maybe[Path] = word(File(), "The file to upload.", policy=Policy.FILL)
    title: Maybe[str] = word(Text(zero=False), "What it is called in the library.")
    alt: Maybe[str] = word(
        Text(), "What those hear who cannot see it.", ability="describe media"
    )

    @property
    def key(self) -> str:
        """Its slug."""
        return self.slug


class Media(Kind[Medium]):
    """``/wp/v2/media``."""

    name = "media"
    after = ("components",)
    rivals = ("pages", "blog", "navigation", "directories", "menu-items")
    spec = Medium
    sections = (
        Section(
            "media", Entries(Key(slug=True), Medium), "Files of the media library."
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One file an entry."""
        yield Desired(entry.build(Medium, slug=entry.key), entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Medium]
    ) -> Iterator[Found]:
        """The files of the slugs in question."""
        if not wanted.keys:
            return
        slugs = ",".join(sorted(wanted.keys))
        for item in site.wp.walk("media", context="edit", slug=slugs, _fields=FIELDS):
            title = Shown(item["title"]["raw"])
            alt = Shown(item["alt_text"])
            medium = Medium(item["slug"], UPLOADED, title, alt)
            yield Found(medium, item["id"], wire=item["id"])

    def create(self, spec: Medium) -> Iterator[Call]:
        """Upload it."""
        values = _wire({"slug": spec.slug, **dict(spec.stated())})
        if isinstance(spec.file, Path):
            call = wp.upload("media", file=spec.file, **values)
            yield replace(call, repeatable=False)  # each upload is another file

    def update(self, before: Medium, sets: Sets, wire: Any) -> Iterator[Call]:
        """Set what is said of it; another file is another upload."""
        if "file" in sets:
            slug = before.slug
            for call in self.create(replace(before, **sets, slug=f"{slug}-new")):
                yield replace(call, gives=before.address)
            yield wp.put("media", wire, slug=f"{slug}-earlier")
            yield wp.put("media", Ref(before.address), slug=slug)
        elif values := _wire(sets):
            yield wp.put("media", Ref(before.address), **values)

    def verify(self, spec: Medium, answers: Sequence[Any]) -> str | None:
        """A slug that is taken comes back with a number."""
        return given_slug(spec, answers)

    def retraction(self, change: Change, steps: Sequence[Step]) -> Iterator[Call]:
        """The upload goes for good, and the file before it is called as it was."""
        made = list(just_made(steps))
        for number in made:
            yield wp.delete("media", number, force=True)
        for call, item in steps:
            if made and call.method == "PUT" and item["id"] not in made:
                yield wp.put("media", item["id"], slug=change.address.key)

    def label(self, spec: Medium) -> str | None:
        """Its title."""
        return spec.title or None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 2 files are uploaded: Logo and House rules."""
        for action, what in ((Action.CREATE, "uploaded"), (Action.UPDATE, "changed")):
            titles = [names(each.address) for each in changes if each.action is action]
            if titles:
                files = "file is" if len(titles) == 1 else "files are"
                yield f"{len(titles)} {files} {what}: {listed(titles)}."


def _wire(sets: Sets) -> dict[str, Any]:
    names = {"alt": "alt_text"}
    return {names.get(key, key): each for key, each in sets.items() if key != "file"}


KIND = Media()
