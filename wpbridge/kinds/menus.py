"""
Menus of the site: classic ones, which themes show in their places.

- WordPress makes a menu's slug of its name, at each change and whatever is sent
  (``wp_update_nav_menu_object``). So a menu is found by the name that is wanted, or by
  its slug; one that has neither is another menu.
- A menu is a term, its entries are posts of their own: both have a kind here.
- Themes made of blocks show no classic menus: see ``navigation``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Entries, Key, Section, Text, word
from wpbridge.kinds import Kind, listed
from wpbridge.model import Desired, Found, Maybe, Ref, Spec
from wpbridge.site.door import wp
from wpbridge.text import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient


@dataclass(frozen=True)
class Menu(Spec):
    """A classic menu."""

    kind: ClassVar = "menus"
    essential: ClassVar = ("name",)

    slug: str
    name: Maybe[str] = word(Text(), "What it is called in the site's own pages.")

    @property
    def key(self) -> str:
        """Its slug."""
        return self.slug


class Menus(Kind[Menu]):
    """``/wp/v2/menus``."""

    name = "menus"
    after = ("components",)
    spec = Menu
    sections = (Section("menus", Entries(Key(), Menu), "Classic menus, by slug."),)

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One menu an entry."""
        yield Desired(entry.build(Menu, slug=entry.key), entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Menu]
    ) -> Iterator[Found]:
        """Every menu, under its key where it has the name that is wanted."""
        if not wanted.keys:
            return
        keys = {Shown(each.name): each.slug for each in wanted.specs if each.name}
        for item in site.wp.walk("menus", context="edit", _fields="id,slug,name"):
            name = Shown(item["name"])
            yield Found(Menu(keys.get(name, item["slug"]), name), item["id"])

    def create(self, spec: Menu) -> Iterator[Call]:
        """Make it."""
        yield wp.post("menus", name=spec.name)

    def update(self, before: Menu, sets: Sets, wire: Any) -> Iterator[Call]:
        """Give it another name."""
        yield wp.put("menus", Ref(before.address), **sets)

    def label(self, spec: Menu) -> str | None:
        """Its name."""
        return spec.name or None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: Menus are made or named anew: Main."""
        menus = listed([names(each.address) for each in changes])
        yield f"Menus are made or named anew: {menus}."


KIND = Menus()
