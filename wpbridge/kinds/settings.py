"""
The site's own settings: title, tagline, time zone, front page, registration.

- ``/wp/v2/settings`` ignores unknown keys with 200, so only known ones are sent.
- A page becomes the front page by two settings: ``show_on_front``, ``page_on_front``.
- Whether people may register is in no REST API: it goes over XML-RPC, or through the
  companion plugin, which also lets BuddyPress take requests for accounts.
- BuddyPress's own options are in no REST API: the companion plugin has a few of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import (
    Choice,
    Key,
    Record,
    Section,
    Text,
    Type,
    Word,
    YesNo,
    word,
)
from wpbridge.blueprint.values import convert
from wpbridge.kinds import Kind
from wpbridge.model import Address, Desired, Found, Maybe, Ref, Spec
from wpbridge.site.door import companion, wp
from wpbridge.text import Shown

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Can, Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

ABILITIES = {
    "timezone": "set time zone",
    "front_page": "set front page",
    "registration": "registration",
}
REGISTRATION = Choice(("open", "closed", "requests"))
WIRE = {"title": "title", "tagline": "description", "timezone": "timezone"}


@dataclass(frozen=True)
class Option:
    """
    An option of BuddyPress's: what the companion calls it, and its choices.

    Ours and theirs; an option without choices is on or off.
    """

    theirs: str
    help: str
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def type(self) -> Type:
        """What a blueprint may say of it."""
        return Choice(tuple(self.choices)) if self.choices else YesNo()

    def word(self, value: Any) -> str:
        """What stands in a plan."""
        return str(value) if self.choices else "yes" if value else "no"

    def sent(self, word: str) -> tuple[str, str | bool]:
        """Put it in the companion's words."""
        return self.theirs, self.choices[word] if self.choices else word == "yes"

    def told(self, value: Any) -> str:
        """Put what the companion says in our words."""
        words = {theirs: ours for ours, theirs in self.choices.items()}
        return words.get(value, str(value)) if words else self.word(value)


OURS: Mapping[str, Option] = {
    "seen_by": Option(
        "community",
        "Who sees the community's pages.",
        {"everyone": "anyone", "members": "members"},
    ),
    "group_creation": Option(
        "group_creation",
        "Who may make groups.",
        {"everyone": "members", "admins": "admins"},
    ),
    "group_mods_delete_posts": Option(
        "group_activity_deletions",
        "Whether a group's admins and mods delete what others posted in it.",
    ),
    "members_delete_accounts": Option(
        "account_deletion", "Whether members may delete their own accounts."
    ),
    "avatar_uploads": Option(
        "avatar_uploads", "Whether members upload pictures of themselves."
    ),
    "cover_uploads": Option(
        "cover_uploads", "Whether members upload a cover for their profile."
    ),
    "group_avatar_uploads": Option(
        "group_avatar_uploads", "Whether a group's admins upload a picture of it."
    ),
    "group_cover_uploads": Option(
        "group_cover_uploads", "Whether a group's admins upload a cover for it."
    ),
    "comments_on_blog_posts": Option(
        "post_comments",
        "Whether what the blog publishes can be commented on in the stream.",
    ),
    "name_sync": Option(
        "profile_sync", "Whether the name in the profile is the account's, too."
    ),
    "toolbar_for_visitors": Option(
        "toolbar_for_visitors",
        "Whether WordPress's toolbar is shown to whoever is not logged in.",
    ),
    "live_streams": Option(
        "refresh", "Whether streams say by themselves that there is something new."
    ),
}
"""All of them take the companion plugin."""


@dataclass(frozen=True)
class Setting(Spec):
    """One setting of the site."""

    kind: ClassVar = "settings"

    name: str
    value: Maybe[str] = word(Text(), "What the setting is to be.")
    through: str = ""  # the door, where there are two

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
                        "Whether people make accounts for themselves, or (companion "
                        "plugin) ask for one.",
                    ),
                    *(Word(name, each.type, each.help) for name, each in OURS.items()),
                )
            ),
            "The site's own settings. Its address and login are never in a blueprint. "
            "From `seen_by` on they are BuddyPress's, and take the companion plugin.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One setting a line."""
        for name in (*WIRE, "front_page", "registration", *OURS):
            node = entry.node.child(name)
            if node is not None:
                said = convert(OURS[name].type, node) if name in OURS else node.value
                text = said if name not in OURS else OURS[name].word(said)
                yield Desired(Setting(name, Shown(str(text))), node.key_place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Setting]
    ) -> Iterator[Found]:
        """All of them in one request, but registration, which is read if wanted."""
        yield from _options(site, wanted.keys)
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
        if before.name in OURS:
            option, value = OURS[before.name].sent(str(sets["value"]))
            yield companion.put("options", **{option: value})
        elif before.through:
            yield companion.put("options", registration=str(sets["value"]))
        elif before.name == "registration":
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
        if before is not None and before.value == spec.value:
            return spec, None
        ability = (
            "options of BuddyPress" if spec.name in OURS else ABILITIES.get(spec.name)
        )
        if spec.name == "registration":
            if can("registration by request") is None:
                return replace(spec, through="companion"), None
            ability = "registration by request" if spec.value == "requests" else ability
        why = can(ability) if ability else None
        return (None, why) if why else (spec, None)

    def touches(self, spec: Setting) -> tuple[Address, ...]:
        """One request at a time: each rewrites options."""
        return (Address("settings", ""),)

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: The site's title becomes “Learning together”."""
        for each in changes:
            if each.spec.key == "registration":
                how = {"requests": "by request"}.get(each.sets["value"])
                yield f"Registration is {how or each.sets['value']} from now on."
                continue
            what = each.spec.key.replace("_", " ")
            yield f"The site's {what} becomes “{each.sets['value']}”."


def _options(site: SiteClient, wanted: Container[str]) -> Iterator[Found]:
    """BuddyPress's options and registration, if any of them is asked for."""
    through = site.can("registration by request") is None
    if "registration" in wanted and not through and site.can("registration") is None:
        word = "open" if site.wp.get("registration")["open"] else "closed"
        yield Found(Setting("registration", word), 0)
    if not any(each in wanted for each in OURS) and "registration" not in wanted:
        return
    told = (
        site.companion.get("options")
        if site.can("options of BuddyPress") is None
        else {}
    )
    for name, option in OURS.items():
        if option.theirs in told:
            yield Found(Setting(name, option.told(told[option.theirs])), 0)
    if "registration" in told and through:
        yield Found(Setting("registration", told["registration"], "companion"), 0)


KIND = Settings()
