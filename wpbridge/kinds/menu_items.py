"""
Entries of classic menus, found by their titles, in the order in which they are written.

- ``menu_order`` counts through a menu; two entries of one order stand as they came.
- A link's address is completed by nobody: ``/members/`` is kept as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Section, Table, Text, word
from wpbridge.kinds import Kind, count
from wpbridge.model import Address, Desired, Found, Maybe, Ref, Spec, derived
from wpbridge.site.door import wp
from wpbridge.text import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

FIELDS = "id,title,url,menu_order,menus"


@dataclass(frozen=True)
class MenuItem(Spec):
    """One entry of a menu."""

    kind: ClassVar = "menu-items"

    menu: str
    title: str
    url: Maybe[str] = word(Text(), "Where it leads: `/members/`.")
    order: Maybe[int] = derived()

    @property
    def key(self) -> str:
        """Such as ``main:Members``."""
        return f"{self.menu}:{self.title}"

    @property
    def within(self) -> Address:
        """The menu."""
        return Address("menus", self.menu)

    @property
    def needs(self) -> tuple[Address, ...]:
        """The menu."""
        return (self.within,)


class MenuItems(Kind[MenuItem]):
    """``/wp/v2/menu-items``."""

    name = "menu-items"
    after = ("menus",)
    spec = MenuItem
    sections = (
        Section(
            "menus/*/links",
            Table(Text(), Text()),
            "What the menu has, in this order: `Members: /members/`.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One link a line."""
        links = entry.parents[0].child("links")
        titles = list(links.fields()) if links else []
        item = MenuItem(
            entry.above[0],
            entry.key,
            str(entry.node.value),
            1 + titles.index(entry.key),
        )
        yield Desired(item, entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[MenuItem]
    ) -> Iterator[Found]:
        """All entries of the menus in question."""
        asks = (
            (
                menu,
                "menu-items",
                {
                    "menus": seen.ids[Address("menus", menu)],
                    "context": "edit",
                    "_fields": FIELDS,
                },
            )
            for menu in {each.menu for each in wanted.specs}
            if Address("menus", menu) in seen.ids
        )
        titles = {Shown(each.title): each.title for each in wanted.specs}
        for menu, item in site.wp.gather(asks):
            shown = Shown(item["title"]["raw"])
            title = titles.get(shown, str(shown))
            spec = MenuItem(menu, title, Shown(item["url"]), item["menu_order"])
            yield Found(spec, item["id"])

    def create(self, spec: MenuItem) -> Iterator[Call]:
        """Put it into its menu."""
        yield wp.post(
            "menu-items",
            title=spec.title,
            type="custom",
            url=spec.url,
            menus=Ref(spec.within),
            menu_order=spec.order,
            status="publish",
        )

    def update(self, before: MenuItem, sets: Sets, wire: Any) -> Iterator[Call]:
        """Set what differs."""
        values = {"menu_order" if k == "order" else k: v for k, v in sets.items()}
        yield wp.put("menu-items", Ref(before.address), **values)

    def touches(self, spec: MenuItem) -> tuple[Address, ...]:
        """The menu: entries keep their order."""
        return spec.needs

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 3 links of menus are set."""
        yield f"{count(len(changes), 'link of a menu is', 'links of menus are')} set."


KIND = MenuItems()
