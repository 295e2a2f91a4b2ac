"""
Reading about members, a hundred a request, or thousands with the companion plugin.

What comes out is the same either way.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from wpbridge.model import UNSET, Address
from wpbridge.site.collections import at_hand, rows, whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from wpbridge.model import Maybe, Observed
    from wpbridge.site import SiteClient

HUNDRED = 100
MANY = 300
"""From so many people on, all are read at once, if they have not been already."""

ORDER = {"orderby": "id", "order": "asc"}
FIELDS = "id,username,email,name,roles,slug"
MEMBERS = "id,user_login,is_admin,is_mod,is_banned"
SEVERAL = 10
"""From so many groups on, the memberships of all are read at once; likewise friends."""


class Account(NamedTuple):
    """A person's account; what this login may not read of it is not set."""

    id: int
    login: str
    email: Maybe[str]
    name: str
    roles: Maybe[Sequence[str]]
    slug: str = ""
    """What BuddyPress mentions the person by, and the name in their pages' address."""


class Seat(NamedTuple):
    """A person's place in a group; ``member`` is the person's number."""

    group: str
    login: str
    member: int
    role: str


class Bond(NamedTuple):
    """A friendship, or that somebody asked for one; both by their numbers."""

    id: int
    asking: int
    asked: int
    confirmed: bool


def accounts(site: SiteClient, seen: Observed) -> Iterator[Account]:
    """Every account on the site."""
    if whole(site):
        for row in rows(site, seen, "members"):
            yield Account(
                row["id"],
                row["login"],
                row["email"],
                row["name"],
                row["roles"],
                row.get("slug", ""),
            )
        return
    opened = set()
    for item in site.wp.walk("users", context="edit", **ORDER, _fields=FIELDS):
        opened.add(item["id"])
        yield Account(
            item["id"],
            item["username"],
            item["email"],
            item["name"],
            item["roles"],
            item.get("slug", ""),
        )
    if site.can("edit members"):
        yield from _from_outside(site, opened)


def _from_outside(site: SiteClient, opened: Collection[int]) -> Iterator[Account]:
    """Give the accounts that this login may not open, which WordPress passes over."""
    items = site.wp.walk("users", **ORDER, _fields="id,name,slug")
    others = {item["id"]: item for item in items if item["id"] not in opened}
    for number, item in _members(site, others, "user_login"):
        name, slug = others[number]["name"], others[number].get("slug", "")
        yield Account(number, item["user_login"], UNSET, name, UNSET, slug)


def logins_by_slug(seen: Observed) -> Mapping[str, str]:
    """The logins that differ from what mentions them, by the latter."""
    return {
        slug: login
        for login, slug in seen.slugs.items()
        if slug and slug != login.lower()
    }


def types(
    site: SiteClient, seen: Observed, logins: Iterable[str]
) -> Iterator[tuple[str, int, Sequence[str]]]:
    """The types of each login that has an account, with its number."""
    known = _known(seen.ids, logins)
    if _all_members(site, seen, known):
        for row in rows(site, seen, "members"):
            if row["id"] in known:
                yield known[row["id"]], row["id"], row["types"]
        return
    for login, item in about(site, seen.ids, logins, "member_types"):
        yield login, item["id"], item["member_types"] or ()


def answers(
    site: SiteClient, seen: Observed, logins: Iterable[str]
) -> Iterator[tuple[str, int, Any]]:
    """What members say in profile fields: login, the field's number, the value."""
    known = _known(seen.ids, logins)
    if _all_members(site, seen, known):
        for row in rows(site, seen, "members"):
            if row["id"] in known and row["profile"]:
                for field, value in row["profile"].items():
                    yield known[row["id"]], int(field), value
        return
    for login, item in about(site, seen.ids, logins, "xprofile"):
        for field in _fields(item["xprofile"]):
            yield login, field["id"], _answer(field["value"])


def _answer(value: Mapping[str, Any]) -> Any:
    """
    What is said in a field.

    A lone ``0`` is unpacked to nothing (``get_profile_field_unserialized_value``).
    """
    return value["raw"] if value["raw"] == "0" else value["unserialized"]


def _all_members(site: SiteClient, seen: Observed, some: Mapping[int, str]) -> bool:
    """Tell whether to take them from the list of all."""
    return whole(site) and (at_hand(seen, "members") or len(some) > MANY)


def seats(
    site: SiteClient, seen: Observed, groups: Mapping[int, str]
) -> Iterator[Seat]:
    """Everyone in some groups, by the groups' numbers."""
    if not whole(site):
        yield from _listed(site, groups)
        return
    logins = numbered(seen, "members")
    narrow = [{"group": each} for each in groups] if len(groups) < SEVERAL else [{}]
    for which in narrow:
        for row in rows(site, seen, "memberships", **which):
            there = row["confirmed"] or row["role"] == "banned"
            if there and row["group"] in groups and row["member"] in logins:
                group, member = groups[row["group"]], row["member"]
                yield Seat(group, logins[member], member, row["role"])


def bonds(site: SiteClient, seen: Observed, members: Sequence[int]) -> Iterator[Bond]:
    """Friendships of some members, by their numbers; or all, if that is less work."""
    if len(members) > SEVERAL and whole(site):
        for row in rows(site, seen, "friendships"):
            yield Bond(row["id"], row["initiator"], row["friend"], row["accepted"])
        return
    asks: Iterator[tuple[None, str, dict[str, Any]]] = (
        (None, "friends", {"user_id": each}) for each in members
    )
    for _, item in site.bp.gather(asks):
        yield Bond(
            item["id"], item["initiator_id"], item["friend_id"], item["is_confirmed"]
        )


def _listed(site: SiteClient, groups: Mapping[int, str]) -> Iterator[Seat]:
    every = {"exclude_admins": False, "exclude_banned": False, "_fields": MEMBERS}
    asks: Iterator[tuple[str, str, dict[str, Any]]] = (
        (slug, f"groups/{number}/members", every) for number, slug in groups.items()
    )
    for group, item in site.bp.gather(asks):
        yield Seat(group, item["user_login"], item["id"], _role(item))


def _role(item: Any) -> str:
    if item["is_banned"]:
        return "banned"
    return "admin" if item["is_admin"] else "mod" if item["is_mod"] else "member"


def numbered(seen: Observed, kind: str) -> dict[int, str]:
    """The keys of a kind by their numbers."""
    return {seen.ids[each]: each.key for each in seen.ids if each.kind == kind}


def _known(ids: Mapping[Address, int], logins: Iterable[str]) -> dict[int, str]:
    """Those who have an account, by their numbers."""
    return {
        ids[Address("members", login)]: login
        for login in logins
        if Address("members", login) in ids
    }


def about(
    site: SiteClient, ids: Mapping[Address, int], logins: Iterable[str], fields: str
) -> Iterator[tuple[str, Any]]:
    """
    What ``/members`` says of each login that has an account.

    ``user_ids`` reaches those whom the default list hides because they were never
    active. ``fields`` are exact names joined by commas, without spaces: BuddyPress
    skips the costly ones only then.
    """
    known = _known(ids, logins)
    for number, item in _members(site, known, fields):
        yield known[number], item


def _members(
    site: SiteClient, numbers: Collection[int], fields: str
) -> Iterator[tuple[int, Any]]:
    asks = (
        (
            None,
            "members",
            {"user_ids": list(chunk), "per_page": HUNDRED, "_fields": f"id,{fields}"},
        )
        for chunk in _chunks(numbers)
    )
    for _, item in site.bp.gather(asks):
        if item["id"] in numbers:
            yield item["id"], item


def groups_of_fields(site: SiteClient, seen: Observed) -> Sequence[Any]:
    """Groups of profile fields, with those; asked for once a look."""
    route = "xprofile/groups"
    if route not in seen.kept:
        seen.kept[route] = site.bp.get(
            route, context="edit", fetch_fields=True, fetch_visibility_level=True
        )
    found: Sequence[Any] = seen.kept[route]
    return found


def _fields(xprofile: Any) -> Iterator[Any]:
    for group in (xprofile or {}).get("groups") or ():
        fields = group.get("fields") or ()
        yield from fields.values() if isinstance(fields, dict) else fields


def _chunks(ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    rest = iter(ids)
    while chunk := tuple(islice(rest, HUNDRED)):
        yield chunk
