"""
BuddyPress's directory pages: what they are called, and at which address they are.

- They are posts of the type ``buddypress``, of which only the slug tells which is
  which: one that was renamed is known by its new slug alone.
- On a network of sites they are on one site alone, the one that BuddyPress lives on.
- Another slug is another address for all that is under it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Choice, Entries, Key, Section, Text, word
from wpbridge.errors import BlueprintError, Problem
from wpbridge.kinds import Kind, given_slug
from wpbridge.model import Address, Desired, Found, Maybe, Ref, Spec
from wpbridge.plan import Action, Risk
from wpbridge.site.door import wp
from wpbridge.text import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Can, Names, Sets, Step, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

NAMES = ("activity", "blogs", "groups", "members", "register", "activate")


@dataclass(frozen=True)
class Directory(Spec):
    """The page of one component."""

    kind: ClassVar = "directories"

    component: str
    title: Maybe[str] = word(Text(), "What people read above it.")
    slug: Maybe[str] = word(
        Key(slug=True, never=("(page)?[0-9]+", "the part of a long page")),
        "The last part of its address.",
    )

    @property
    def key(self) -> str:
        """Such as ``members``."""
        return self.component

    @property
    def needs(self) -> tuple[Address, ...]:
        """Its component, where that can be off."""
        if self.component in ("activity", "blogs", "groups"):
            return (Address("components", self.component),)
        return ()


class Directories(Kind[Directory]):
    """``/wp/v2/buddypress``."""

    name = "directories"
    after = ("components",)
    rivals = ("media", "pages", "directories")
    spec = Directory
    sections = (
        Section(
            "directories",
            Entries(Choice(NAMES), Directory),
            "BuddyPress's own pages: `members: {title: People}`.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One directory an entry."""
        if entry.key not in NAMES:
            message = f"`{entry.key}` is no directory; it is one of {', '.join(NAMES)}"
            raise BlueprintError([Problem(entry.place, message)])
        made = entry.build(Directory, component=entry.key)
        if made.slug in NAMES and made.slug != entry.key:
            message = f"`{made.slug}` is another directory's name; choose another slug"
            raise BlueprintError([Problem(entry.place, message)])
        yield Desired(made, entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Directory]
    ) -> Iterator[Found]:
        """Every directory, under its component's name or the slug that is wanted."""
        if site.can("directories"):
            return
        names = {each.slug: each.component for each in wanted.specs if each.slug}
        for item in site.wp.walk(
            "buddypress", context="edit", status="any", _fields="id,slug,title"
        ):
            slug = item["slug"]
            component = slug if slug in NAMES else names.get(slug)
            if component:
                title = Shown(item["title"]["raw"])
                yield Found(Directory(component, title, slug), item["id"])

    def create(self, spec: Directory) -> Iterator[Call]:
        """BuddyPress makes them along with their components."""
        yield from ()

    def update(self, before: Directory, sets: Sets, wire: Any) -> Iterator[Call]:
        """Set what differs."""
        yield wp.put("buddypress", Ref(before.address), **sets)

    def verify(self, spec: Directory, answers: Sequence[Any]) -> str | None:
        """A slug that is taken comes back with a number."""
        return given_slug(spec, answers) if spec.slug else None

    def retraction(self, change: Change, steps: Sequence[Step]) -> Iterator[Call]:
        """It goes back to where it was."""
        slug = getattr(change.before, "slug", change.address.key)
        yield wp.put("buddypress", Ref(change.address), slug=slug)

    def fit(
        self, spec: Directory, before: Directory | None, can: Can, me: str
    ) -> tuple[Directory | None, str | None]:
        """There is one only where its component is on."""
        if elsewhere := can("directories"):
            return None, elsewhere
        if before is None:
            return None, "there is no such directory yet; apply again once it is on"
        return spec, None

    def risk(self, change: Change) -> Risk | None:
        """All addresses under it change, and old links lead nowhere."""
        if change.action is Action.UPDATE and "slug" in change.sets:
            was, slug = getattr(change.before, "slug", ""), change.sets["slug"]
            return Risk(
                "address", f"all addresses under /{was}/ would move to /{slug}/"
            )
        return None

    def label(self, spec: Directory) -> str | None:
        """Its title."""
        return spec.title or None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: The members directory is called “People”."""
        for each in changes:
            if "title" in each.sets:
                title = each.sets["title"]
                yield f"The {each.spec.key} directory is called “{title}”."
            if "slug" in each.sets:
                yield f"The {each.spec.key} directory moves to /{each.sets['slug']}/."


KIND = Directories()
