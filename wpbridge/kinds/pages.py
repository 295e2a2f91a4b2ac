"""
Pages of the site, by slug.

- A slug that is taken becomes ``-2`` without an error; a page in the trash keeps its
  slug with ``__trashed`` behind it.
- BuddyPress's own directories are no pages, so a page named ``groups`` would be made
  and never seen: such slugs are refused.
- Administrators' text is kept as it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import (
    Choice,
    Entries,
    Key,
    Login,
    Prose,
    Section,
    Text,
    word,
)
from wpbridge.kinds import Kind, count, doubled, given_slug, just_made, listed
from wpbridge.model import (
    Address,
    Desired,
    Found,
    Maybe,
    Policy,
    Ref,
    Spec,
    derived,
)
from wpbridge.plan import Action, Risk
from wpbridge.site.door import wp
from wpbridge.text import Shown, marked, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Step, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

DIRECTORIES = (
    "activate",
    "activity",
    "blogs",
    "friends",
    "groups",
    "members",
    "messages",
    "notifications",
    "register",
    "settings",
)
FIELDS = "id,slug,title,content,parent,status,author"


@dataclass(frozen=True)
class Writing(Spec):
    """What a blueprint says of a page, or of an article of the blog."""

    essential: ClassVar = ("title",)

    slug: str
    owner: Maybe[str] = derived(Policy.ON_CREATE)
    title: Maybe[str] = word(Text(), "What people read above it.")
    text: Maybe[str] = word(Prose(), "What it says.")
    status: Maybe[str] = word(
        Choice(("publish", "draft", "private", "pending")),
        "Whether people can see it.",
        default="publish",
    )
    author: Maybe[str] = word(
        Login(),
        "Who wrote it; the applying account if left out.",
        policy=Policy.ON_CREATE,
    )

    @property
    def key(self) -> str:
        """Its slug."""
        return self.slug

    @property
    def needs(self) -> tuple[Address, ...]:
        """Its author."""
        return (Address("members", self.author),) if self.author else ()


@dataclass(frozen=True)
class Page(Writing):
    """A page of the site."""

    kind: ClassVar = "pages"

    parent: Maybe[str] = word(Key(of="pages"), "The page that this one belongs under.")

    @property
    def needs(self) -> tuple[Address, ...]:
        """Its author and its parent."""
        parent = (Address("pages", self.parent),) if self.parent else ()
        return (*super().needs, *parent)


class Writings(Kind[Any]):
    """What pages and the blog's articles have in common."""

    noun: ClassVar[str]
    route: ClassVar[str]
    fields: ClassVar[str] = FIELDS

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One text an entry."""
        owner = entry.blueprint.owner
        spec = entry.build(self.spec, slug=entry.key, owner=owner)
        yield Desired(spec, entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Any]
    ) -> Iterator[Found]:
        """The texts of the slugs in question, and the parents they name."""
        params = {"context": "edit", "status": "any", "_fields": self.fields}
        slugs = wanted.keys | _once(wanted)
        if not wanted.whole and not slugs:
            return
        if not wanted.whole:
            params["slug"] = ",".join(sorted(slugs))
        items = list(site.wp.walk(self.route, **params))
        if wanted.specs and not site.facts.companion:
            items += self._twins(site, wanted.owner, items)
        numbers = {item["id"]: item["slug"] for item in items}
        logins = {
            seen.ids[each]: each.key for each in seen.ids if each.kind == "members"
        }
        for item in items:
            yield Found(self.seen(item, numbers, logins), item["id"])

    def _twins(
        self, site: SiteClient, owner: str, items: Sequence[Any]
    ) -> Iterator[Any]:
        """
        Find what bears our mark under another slug than the mark says.

        A request that was delivered twice made it; the companion keeps that from
        happening.
        """
        known, taken = {e["id"] for e in items}, {e["slug"] for e in items}
        params = {"context": "edit", "status": "any", "_fields": self.fields}
        search = f"wpbridge {owner} {self.name}/"  # of `<` on, all is cut off
        for item in site.wp.walk(self.route, search=search, **params):
            mark = unmarked(item["content"]["raw"])[1]
            slug = doubled(item["slug"], mark, owner, taken)
            if slug and item["id"] not in known:
                yield {**item, "slug": slug}

    def seen(
        self, item: Any, slugs: Mapping[int, str], logins: Mapping[int, str]
    ) -> Any:
        """An item in our words."""
        raise NotImplementedError

    def wire(self, spec: Any, sets: Sets) -> dict[str, Any]:
        """Put our words into the API's; the text carries the mark."""
        values = {key: value for key, value in sets.items() if key != "owner"}
        if "text" in values:
            text, owner = str(values.pop("text")), str(spec.owner)
            values["content"] = marked(text, owner, spec.address)
        if "author" in values:
            values["author"] = Ref(Address("members", values["author"]))
        return values

    def create(self, spec: Any) -> Iterator[Call]:
        """Make it, marked as ours."""
        sets = {"status": "publish", "text": "", **dict(spec.stated())}
        yield wp.post(self.route, slug=spec.slug, **self.wire(spec, sets))

    def update(self, before: Any, sets: Sets, wire: Any) -> Iterator[Call]:
        """Set what differs."""
        if "owner" in sets:  # taken over: the mark is in the text
            before = replace(before, owner=sets["owner"])
            sets = {"text": before.text, **sets}
        yield wp.put(self.route, Ref(before.address), **self.wire(before, sets))

    def rename(self, before: Any, key: str, wire: Any) -> Iterator[Call]:
        """Give it another slug."""
        yield wp.put(self.route, Ref(before.address), slug=key)

    def verify(self, spec: Any, answers: Sequence[Any]) -> str | None:
        """A slug that is taken comes back with a number."""
        return given_slug(spec, answers)

    def retraction(self, change: Change, steps: Sequence[Step]) -> Iterator[Call]:
        """What was made goes for good; what was moved goes back to where it was."""
        for number in just_made(steps):
            yield wp.delete(self.route, number, force=True)
        before = change.before
        if before is not None:
            names = {"status", "parent"} & change.sets.keys()
            values = self.wire(before, {name: getattr(before, name) for name in names})
            yield wp.put(self.route, Ref(change.address), slug=before.key, **values)

    def delete(self, before: Any, wire: Any) -> Iterator[Call]:
        """Put it into the trash, from where an admin can take it back."""
        yield wp.delete(self.route, Ref(before.address))

    def risk(self, change: Change) -> Risk | None:
        """What goes is gone for its readers."""
        if change.action is Action.DELETE:
            return Risk("delete", f"{change.address} would go into the trash")
        return None

    def label(self, spec: Any) -> str | None:
        """Its title."""
        return spec.title or None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 2 pages are made: How we learn here and House rules."""
        one, many = f"{self.noun} is", f"{self.noun}s are"
        for action, what in (
            (Action.CREATE, "made"),
            (Action.UPDATE, "changed"),
            (Action.DELETE, "put into the trash"),
        ):
            titles = [names(c.address) for c in changes if c.action is action]
            if titles:
                yield f"{count(len(titles), one, many)} {what}: {listed(titles)}."


class Pages(Writings):
    """``/wp/v2/pages``."""

    name = "pages"
    noun = "page"
    route = "pages"
    after = ("components", "members")
    claimed = "by number"
    rivals = ("media", "directories", "pages")
    spec = Page
    sections = (
        Section(
            "pages",
            Entries(
                Key(
                    refused=DIRECTORIES,
                    slug=True,
                    never=("(page)?[0-9]+", "the part of a long page"),
                ),
                Page,
            ),
            "Pages, by slug.",
        ),
    )

    def seen(
        self, item: Any, slugs: Mapping[int, str], logins: Mapping[int, str]
    ) -> Page:
        """A page in our words."""
        text, mark = unmarked(item["content"]["raw"])
        return Page(
            slug=item["slug"],
            owner=mark.owner if mark else "",
            title=Shown(item["title"]["raw"]),
            text=text,
            parent=slugs.get(item["parent"], ""),
            status=item["status"],
            author=logins.get(item["author"], ""),
        )

    def wire(self, spec: Page, sets: Sets) -> dict[str, Any]:
        """Put our words into the API's, the parent's number in its place."""
        values = super().wire(spec, sets)
        if "parent" in values:
            parent = Address("pages", values["parent"])
            values["parent"] = Ref(parent) if parent.key else 0
        return values


def _once(wanted: Wanted[Page]) -> set[str]:
    """Slugs that pages in question had before."""
    return {
        wanted.previously[each.address]
        for each in wanted.specs
        if each.address in wanted.previously
    }


KIND = Pages()
