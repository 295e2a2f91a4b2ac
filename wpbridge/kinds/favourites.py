"""
Favourites: posts that members keep.

- The route toggles, for whoever asks; nothing tells what others keep. So without the
  companion plugin only the acting account's own favourites can be had; with it, those
  of others are written to be sure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Login, Many, Section, Type
from wpbridge.kinds import Kind, count
from wpbridge.model import Address, Desired, Found, Maybe, Ref, Spec, derived
from wpbridge.site.door import bp, companion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Can, Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

PEOPLE: Type = Many(Login())
HIDDEN = frozenset({"kept"})


@dataclass(frozen=True)
class Favourite(Spec):
    """That a member keeps a post."""

    kind: ClassVar = "favourites"

    post: Address
    member: str
    kept: Maybe[bool] = derived()
    own: bool = False  # the acting account's

    @property
    def key(self) -> str:
        """Such as ``film:welcome:anna``."""
        return f"{self.post.key}:{self.member}"

    @property
    def needs(self) -> tuple[Address, ...]:
        """The post and the member."""
        return (self.post, Address("members", self.member))


class Favourites(Kind[Favourite]):
    """``/activity/<id>/favorite``."""

    name = "favourites"
    after = ("members", "posts")
    component = "activity"
    spec = Favourite
    sections = tuple(
        Section(path, PEOPLE, "Who keeps the post among their favourites.")
        for path in ("posts/*/favourites", "groups/*/posts/*/favourites")
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One favourite a name."""
        post = Address("posts", ":".join(entry.above))
        for each in entry.node.items():
            yield Desired(Favourite(post, str(each.value), True), each.place)  # noqa: FBT003

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Favourite]
    ) -> Iterator[Found]:
        """Which posts the acting account keeps; what others keep cannot be seen."""
        asks: Iterator[tuple[Favourite, str, dict[str, Any]]] = (
            (spec, f"activity/{seen.ids[spec.post]}", {})
            for spec in wanted.specs
            if spec.member == site.me.login and spec.post in seen.ids
        )
        for spec, item in site.bp.each(asks):
            if item and item["favorited"]:
                yield Found(spec, 0)
        if site.can("favourites of others") is None:
            for spec in wanted.specs:
                if spec.member != site.me.login and spec.post in seen.ids:
                    yield Found(replace(spec, kept=False), 0, hidden=HIDDEN)

    def create(self, spec: Favourite) -> Iterator[Call]:
        """Keep it: the route toggles, and it was not kept."""
        if spec.own:
            yield bp.post("activity", Ref(spec.post), "favorite")
        else:
            yield from self.update(spec, {}, None)

    def update(self, before: Favourite, sets: Sets, wire: Any) -> Iterator[Call]:
        """Keep another's; the same again does no harm."""
        post, member = (Ref(each) for each in before.needs)
        call = companion.put("favourites", member=member, activity=post)
        yield replace(call, ability="favourites of others")

    def fit(
        self, spec: Favourite, before: Favourite | None, can: Can, me: str
    ) -> tuple[Favourite | None, str | None]:
        """Others' favourites are out of reach without the companion plugin."""
        if spec.member == me:
            return replace(spec, own=True), None
        why = can("favourites of others")
        return (None, why) if why else (spec, None)

    def touches(self, spec: Favourite) -> tuple[Address, ...]:
        """The member, in whose data the list lies."""
        return spec.needs[1:]

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 2 posts are kept as favourites."""
        posts = count(len(changes), "post is kept", "posts are kept")
        yield f"{posts} among favourites."


KIND = Favourites()
