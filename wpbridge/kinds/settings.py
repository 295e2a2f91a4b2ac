"""
The site's own settings: title, tagline, time zone, front page, registration.

- ``/wp/v2/settings`` ignores unknown keys with 200, so only known ones are sent.
- A page becomes the front page by two settings: ``show_on_front``, ``page_on_front``.
- Whether people may register is in no REST API: it goes over XML-RPC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Choice, Key, Record, Section, Text, Word, word
from wpbridge.kinds import Kind
from wpbridge.model import Address, Desired, Found, Maybe, Ref, Spec
from wpbridge.site.door import wp
from wpbridge.text import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Can, Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import Site

ABILITIES = {
    "timezone": "set time zone",
    "front_page": "set front page",
    "registration": "registration",
}
REGISTRATION = Choice(("open", "closed"))
WIRE = {"title": "title", "tagline": "description", "timezone": "timezone"}


@dataclass(frozen=True)
class Setting(Spec):
    """One setting of the site."""

    kind: ClassVar = "settings"

    name: str
    value: Maybe[str] = word(Text(), "What the setting is to be.")

    @property
    def key(self) -> str:
        """Such as ``title``."""
        return self.name

    @property
    def needs(self) -> tuple[Address, ...]:
        """The page that is to be in front."""
        if self.name == "front_page":
            return (Address("pages", str(self.value)),)
        return ()


class Settings(Kind[Setting]):
    """``/wp/v2/settings``."""

    name = "settings"
    after = ("pages",)
    spec = Setting
    numbered = False
    sections = (
        Section(
            "site",
            Record(
                more=(
                    Word("title", Text(), "The site's title."),
                    Word("tagline", Text(), "What it is about, in a few words."),
                    Word("timezone", Text(), "Such as `Europe/London`."),
                    Word("front_page", Key(of="pages"), "The page shown first."),
                    Word(
                        "registration",
                        REGISTRATION,
                        "Whether people may make accounts for themselves.",
                    ),
                )
            ),
            "The site's own settings. Its address and login are never in a blueprint.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One setting a line."""
        for name in (*WIRE, "front_page", "registration"):
            node = entry.node.child(name)
            if node is not None:
                yield Desired(Setting(name, Shown(str(node.value))), node.key_place)

    def read(
        self, site: Site, seen: Observed, wanted: Wanted[Setting]
    ) -> Iterator[Found]:
        """All of them in one request, but registration, which is read if wanted."""
        if "registration" in wanted.keys and site.can("registration") is None:
            word = "open" if site.wp.get("registration")["open"] else "closed"
            yield Found(Setting("registration", word), 0)
        item = site.wp.get("settings")
        for name, wire in WIRE.items():
            yield Found(Setting(name, item.get(wire) or ""), 0)
        slugs = {seen.ids[each]: each.key for each in seen.ids if each.kind == "pages"}
        shown = item["page_on_front"] if item["show_on_front"] == "page" else 0
        yield Found(Setting("front_page", slugs.get(shown, "")), 0)

    def create(self, spec: Setting) -> Iterator[Call]:
        """Set it: every setting is there from the start."""
        yield from self.update(spec, {"value": spec.value}, None)

    def update(self, before: Setting, sets: Sets, wire: Any) -> Iterator[Call]:
        """Set it."""
        if before.name == "registration":
            yield wp.put("registration", open=sets["value"] == "open")
        elif before.name == "front_page":
            page = Ref(Address("pages", str(sets["value"])))
            yield wp.put("settings", show_on_front="page", page_on_front=page)
        else:
            yield wp.put("settings", **{WIRE[before.name]: sets["value"]})

    def fit(
        self, spec: Setting, before: Setting | None, can: Can, me: str
    ) -> tuple[Setting | None, str | None]:
        """Some settings are out of reach of some doors."""
        same = before is not None and before.value == spec.value
        ability = None if same else ABILITIES.get(spec.name)
        why = can(ability) if ability else None
        return (None, why) if why else (spec, None)

    def touches(self, spec: Setting) -> tuple[Address, ...]:
        """One request at a time: each rewrites options."""
        return (Address("settings", ""),)

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: The site's title becomes “Learning together”."""
        for each in changes:
            if each.spec.key == "registration":
                yield f"Registration is {each.sets['value']} from now on."
                continue
            what = each.spec.key.replace("_", " ")
            yield f"The site's {what} becomes “{each.sets['value']}”."


KIND = Settings()
