"""
Navigation of themes that are made of blocks, by slug.

- A navigation is a post whose content is blocks; a link is a block without text, so
  what it says and where it leads stand in its attributes alone.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Entries, Key, Section, Table, Text, word
from wpbridge.kinds import Kind, given_slug, just_made, listed
from wpbridge.model import Desired, Found, Maybe, Ref, Spec
from wpbridge.site.door import wp
from wpbridge.text import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Step, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

LINK = re.compile(r"<!-- wp:navigation-link (\{.*?\}) /-->", re.DOTALL)
FIELDS = "id,slug,title,content"


@dataclass(frozen=True)
class Navigation(Spec):
    """A menu made of blocks."""

    kind: ClassVar = "navigation"
    essential: ClassVar = ("title",)

    slug: str
    title: Maybe[str] = word(Text(), "What it is called in the editor.")
    links: Maybe[tuple[tuple[str, str], ...]] = word(
        Table(Text(), Text()), "What it has, in this order: `Members: /members/`."
    )

    @property
    def key(self) -> str:
        """Its slug."""
        return self.slug


class Navigations(Kind[Navigation]):
    """``/wp/v2/navigation``."""

    name = "navigation"
    after = ("components",)
    spec = Navigation
    sections = (
        Section(
            "navigation",
            Entries(Key(slug=True), Navigation),
            "Menus of themes that are made of blocks, by slug.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One navigation an entry."""
        links = entry.node.child("links")
        known: dict[str, Any] = {}
        if links:
            known["links"] = tuple(
                (title, str(each.value)) for title, each in links.fields().items()
            )
        spec = entry.build(Navigation, slug=entry.key, **known)
        yield Desired(spec, entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Navigation]
    ) -> Iterator[Found]:
        """Every navigation of the slugs in question."""
        if not wanted.keys:
            return
        slugs = ",".join(sorted(wanted.keys))
        params = {"context": "edit", "status": "any", "slug": slugs, "_fields": FIELDS}
        for item in site.wp.walk("navigation", **params):
            links = tuple(
                (block.get("label", ""), block.get("url", ""))
                for block in map(json.loads, LINK.findall(item["content"]["raw"]))
            )
            title = Shown(item["title"]["raw"])
            yield Found(Navigation(item["slug"], title, links), item["id"])

    def create(self, spec: Navigation) -> Iterator[Call]:
        """Make it."""
        values = _wire(dict(spec.stated()))
        yield wp.post("navigation", slug=spec.slug, status="publish", **values)

    def update(self, before: Navigation, sets: Sets, wire: Any) -> Iterator[Call]:
        """Set what differs."""
        yield wp.put("navigation", Ref(before.address), **_wire(sets))

    def verify(self, spec: Navigation, answers: Sequence[Any]) -> str | None:
        """A slug that is taken comes back with a number."""
        return given_slug(spec, answers)

    def retraction(self, change: Change, steps: Sequence[Step]) -> Iterator[Call]:
        """What was made goes for good; an update is silent on the slug."""
        for number in just_made(steps):
            yield wp.delete("navigation", number, force=True)

    def label(self, spec: Navigation) -> str | None:
        """Its title."""
        return spec.title or None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: The navigation is set: Main."""
        yield f"The navigation is set: {listed([names(c.address) for c in changes])}."


def _wire(sets: Sets) -> Mapping[str, Any]:
    values = dict(sets)
    if "links" in values:
        blocks = (
            {"label": label, "url": url, "kind": "custom", "isTopLevelLink": True}
            for label, url in values.pop("links")
        )
        values["content"] = "\n".join(
            f"<!-- wp:navigation-link {json.dumps(each)} /-->" for each in blocks
        )
    return values


KIND = Navigations()
