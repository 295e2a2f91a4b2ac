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
from typing import TYPE_CHECKING, NamedTuple

from wpbridge.errors import NotSupported, Problem, Refused
from wpbridge.inputs import Holder
from wpbridge.kinds import load
from wpbridge.model import UNSET, Address
from wpbridge.plan import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wpbridge.inputs import Inputs
    from wpbridge.model import Desired, Spec
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient


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
MOVED = frozenset({"slug", "parent", "status"})
MOVES = MOVED | {"key", "file"}
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


def look_up_holders(site: SiteClient, inputs: Inputs) -> Iterator[Holder]:
    """Ask the site who holds the slugs that it is to find anew."""
    by_shelf: dict[str, set[str]] = defaultdict(set)
    for wanted in inputs.desired:
        before = inputs.observed.specs.get(wanted.spec.address)
        slug = _slug(wanted.spec)
        if slug and (before is None or _moves(inputs, wanted, before)):
            for kind in load()[wanted.spec.kind].rivals:
                if before is not None or kind != wanted.spec.kind:
                    by_shelf[kind].add(slug)
    for kind, slugs in by_shelf.items():
        if kind != "directories" or inputs.can("directories"):
            yield from _holders(site, kind, sorted(slugs))


def _moves(inputs: Inputs, wanted: Desired, before: Spec) -> bool:
    """Tell whether the site would look at the slug of what it has anew."""
    address = wanted.spec.address
    renamed = inputs.observed.resources[address].renamed is not None
    if renamed or str(address) in inputs.options.refresh:
        return True
    stated = dict(wanted.spec.stated())
    return any(stated[name] != getattr(before, name) for name in MOVED & stated.keys())


def _holders(site: SiteClient, kind: str, slugs: Sequence[str]) -> Iterator[Holder]:
    """What of a kind has one of these slugs; nothing where that cannot be asked."""
    shelf = SHELVES[kind]
    fields = "id,slug,title,parent,post,mime_type"
    params = {"context": "edit", "status": shelf.status, "_fields": fields}
    at_once = AT_ONCE if shelf.tells else 1
    for start in range(0, len(slugs), at_once):
        some = ",".join(slugs[start : start + at_once])
        try:
            found = list(site.wp.walk(shelf.route, slug=some, **params))
        except (NotSupported, Refused):  # what it makes is looked at all the same
            return
        for item in found:
            title = item.get("title", {})
            yield Holder(
                kind,
                item.get("slug", some),
                item["id"],
                title.get("raw", title.get("rendered", "")),
                int(item.get("post") or item.get("parent") or 0),
                str(item.get("mime_type", "")).startswith("image/"),
            )


def find_taken(inputs: Inputs, changes: Iterable[Change]) -> Iterator[Problem]:
    """Find what is to take a slug that something else on the site holds."""
    holders: dict[str, list[Holder]] = defaultdict(list)
    for holder in inputs.lookups.holders:
        holders[holder.slug].append(holder)
    for change in filter(_looks_anew, changes):
        for holder in holders[_slug(change.spec)]:
            if _is_in_the_way(inputs, holder, change):
                yield inputs.problem(change.place, _message(holder, change))
                break


def _looks_anew(change: Change) -> bool:
    """Tell whether a change has the site find a slug."""
    if change.action is Action.DELETE or not _slug(change.spec):
        return False
    return change.action is Action.CREATE or not MOVES.isdisjoint(change.sets)


def _is_in_the_way(inputs: Inputs, holder: Holder, change: Change) -> bool:
    """Tell whether something is in the way of a change, and not what it changes."""
    own = change.address.kind
    same = holder.id == inputs.observed.ids.get(change.address)
    if holder.kind not in load()[own].rivals or (holder.kind == own and same):
        return False
    if own == "media":
        return True
    parent = _parent(inputs, change)
    if holder.kind == "directories":
        return not parent
    if own in ("pages", "directories"):
        return holder.parent == parent
    return holder.kind == own


def _parent(inputs: Inputs, change: Change) -> int:
    """The number of the page that a change's is below; -1 if that is to be made."""
    spec = change.before if change.before is not None else change.spec
    above = change.sets.get("parent", getattr(spec, "parent", UNSET))
    return inputs.observed.ids.get(Address("pages", str(above)), -1) if above else 0


def _message(holder: Holder, change: Change) -> str:
    shelf = SHELVES[holder.kind]
    noun = "picture" if holder.image else shelf.noun
    word = "slug" if change.address.kind == "directories" else "key"
    there = f"give that one another under {shelf.menu}, or " if shelf.menu else ""
    return (
        f"{change.address}: the {noun} “{holder.title}” ({shelf.route} {holder.id}) "
        f"holds the slug `{holder.slug}`; {there}write another {word} here"
    )
