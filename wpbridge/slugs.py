"""
Slugs that WordPress gives only once: within a file, and on a site.

- No error tells that one is taken: what is made gets another, ``-2`` behind it
  (``wp_unique_post_slug``).
- A file of the media library shares its slug with nothing at all; a page with no file
  and no other page below the same parent; an article with no other article.
- BuddyPress keeps pages apart from its own directories
  (``bp_core_set_unique_directory_page_slug``).
- What is in the trash has ``__trashed`` behind its slug, and is in nobody's way.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from wpbridge.errors import NotSupported, Problem, Refused
from wpbridge.kinds import load
from wpbridge.model import UNSET, Address
from wpbridge.plan import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wpbridge.draft import Draft
    from wpbridge.model import Desired, Spec
    from wpbridge.plan import Change


class Shelf(NamedTuple):
    """Where a site lists what may hold a slug, and what one of those is called."""

    route: str
    noun: str
    menu: str
    """Where in WordPress's menu somebody gives it another; empty if nobody should."""
    status: str = "any"
    """Of which status, so that it lists those that are not published too."""
    tells: bool = True
    """Whether what is listed tells its slug."""


SHELVES: Mapping[str, Shelf] = {
    "media": Shelf("media", "file", "Media", status="inherit,private"),
    "pages": Shelf("pages", "page", "Pages"),
    "blog": Shelf("posts", "article", "Posts"),
    "navigation": Shelf("navigation", "navigation", "Appearance > Editor"),
    "directories": Shelf("buddypress", "BuddyPress directory", ""),
    "menu-items": Shelf("menu-items", "menu entry", "", tells=False),
}
MOVES = frozenset({"key", "slug", "parent", "status", "file"})
"""What of an update has the site look for a slug anew."""
AT_ONCE = 40
"""Slugs in one request, so that its address does not grow too long."""


def clashes(desired: Iterable[Desired]) -> Iterator[Problem]:
    """Find what cannot have the slug that a blueprint gives it, beside another's."""
    takers: dict[str, list[Desired]] = defaultdict(list)
    for each in desired:
        slug = _slug(each.spec)
        if not slug:
            continue
        for other in takers[slug]:
            if _collide(each.spec, other.spec):
                yield Problem(
                    each.place,
                    f"{each.spec.address} and {other.spec.address} cannot both have "
                    f"the slug `{slug}`, first at {other.place}; WordPress would make "
                    f"one of them `{slug}-2`, so give one another",
                )
                break
        takers[slug].append(each)


def _slug(spec: Spec) -> str:
    """The slug that something is to have, if it is of those that share them."""
    shared = spec.kind in SHELVES and load()[spec.kind].rivals
    return str(getattr(spec, "slug", "") or "") if shared else ""


def _collide(one: Spec, other: Spec) -> bool:
    """Tell whether a site would give the second of two another slug."""
    if one.address == other.address:
        return False
    kinds = {one.kind, other.kind}
    if kinds == {"pages", "directories"}:  # those stand below no parent
        return not (getattr(one, "parent", "") or getattr(other, "parent", ""))
    known = load()
    return other.kind in known[one.kind].rivals or one.kind in known[other.kind].rivals


def refuse_taken(draft: Draft, changes: Sequence[Change]) -> None:
    """Ask the site who holds the slugs that changes are to take, and say so."""
    by_shelf: dict[str, dict[str, list[Change]]] = {}
    for change in filter(_looks_anew, changes):
        for kind in load()[change.address.kind].rivals:
            if kind == change.address.kind and change.before is None:
                continue  # it would have been found, and not be made
            slugs = by_shelf.setdefault(kind, defaultdict(list))
            slugs[_slug(change.spec)].append(change)
    told: set[Address] = set()
    for kind, takers in by_shelf.items():
        for item in _holders(draft, kind, sorted(takers)):
            for change in takers.get(item["slug"], ()):
                if change.address not in told and _holds(draft, kind, item, change):
                    told.add(change.address)
                    draft.refuse(change.place, _message(kind, item, change))


def _looks_anew(change: Change) -> bool:
    """Tell whether a change has the site find a slug."""
    if change.action is Action.DELETE or not _slug(change.spec):
        return False
    return change.action is Action.CREATE or not MOVES.isdisjoint(change.sets)


def _holders(draft: Draft, kind: str, slugs: Sequence[str]) -> Iterator[Any]:
    """What of a kind has one of these slugs; nothing where that cannot be asked."""
    shelf = SHELVES[kind]
    fields = "id,slug,title,parent,post,mime_type"
    params = {"context": "edit", "status": shelf.status, "_fields": fields}
    if kind == "directories" and draft.site.can("directories"):
        return
    at_once = AT_ONCE if shelf.tells else 1
    for start in range(0, len(slugs), at_once):
        some = ",".join(slugs[start : start + at_once])
        try:
            found = list(draft.site.wp.walk(shelf.route, slug=some, **params))
        except (NotSupported, Refused):  # what it makes is looked at all the same
            return
        yield from ({"slug": some, **item} for item in found)


def _holds(draft: Draft, kind: str, item: Any, change: Change) -> bool:
    """Tell whether something is in the way of a change, and not what it changes."""
    own = change.address.kind
    if kind == own and item["id"] == draft.seen.ids.get(change.address):
        return False
    if own == "media":
        return True
    parent = _parent(draft, change)
    if kind == "directories":
        return not parent
    if own in ("pages", "directories"):
        return int(item.get("post") or item.get("parent") or 0) == parent
    return kind == own


def _parent(draft: Draft, change: Change) -> int:
    """The number of the page that a change's is below; -1 if that is to be made."""
    spec = change.before if change.before is not None else change.spec
    above = change.sets.get("parent", getattr(spec, "parent", UNSET))
    return draft.seen.ids.get(Address("pages", str(above)), -1) if above else 0


def _message(kind: str, item: Any, change: Change) -> str:
    shelf, slug = SHELVES[kind], item["slug"]
    title = item.get("title", {})
    name = title.get("raw", title.get("rendered", ""))
    image = str(item.get("mime_type", "")).startswith("image/")
    noun = "picture" if image else shelf.noun
    word = "slug" if change.address.kind == "directories" else "key"
    there = f"give that one another under {shelf.menu}, or " if shelf.menu else ""
    return (
        f"{change.address}: the {noun} “{name}” ({shelf.route} {item['id']}) holds the "
        f"slug `{slug}`; {there}write another {word} here"
    )
