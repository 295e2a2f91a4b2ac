"""Which page a path means, and what it shows."""

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule

from wpbridge.rehearsal.pages import (
    gatherings,
    letters,
    people,
    profile,
    streams,
    writings,
)
from wpbridge.rehearsal.pages.faces import plain
from wpbridge.rehearsal.pages.look import Look, Missing

Shown = tuple[str, dict[str, Any]]
"""The name of a template, and what it is told."""

_NEWEST, _GROUPS, _FACES, _LEADING = 6, 6, 12, 12


def front(look: Look) -> Shown:
    """The community at a glance."""
    told: dict[str, Any] = {
        "newest": people.newest(look, _FACES),
        "notice": letters.notice(look),
    }
    if "activity" in look.components:
        told["items"] = streams.newest(look, _NEWEST)
    if "groups" in look.components:
        told["groups"] = gatherings.directory(look)[1][:_GROUPS]
    return "front", told


def activity(look: Look) -> Shown:
    """The stream of the whole site."""
    look.demand("activity")
    paging, items = streams.stream(look, streams.EVERYONES)
    return "activity", {"paging": paging, "items": items}


def item(look: Look, identity: int) -> Shown:
    """One post and what was said to it."""
    look.demand("activity")
    return "item", {"item": streams.item(look, identity)}


def members(look: Look) -> Shown:
    """The members directory."""
    paging, found = people.directory(look)
    return "members", {
        "paging": paging,
        "members": found,
        "choices": people.choices(look),
        "chosen": look.args.get("type", ""),
        "searched": look.args.get("s", "").strip(),
    }


def member(look: Look, slug: str) -> Shown:
    """A profile."""
    found = people.member(look, slug)
    told: dict[str, Any] = {
        "member": found,
        "sections": [],
        "groups": [],
        "friends": [],
        "letters": [],
    }
    if "xprofile" in look.components:
        told["sections"] = profile.sections(look, found.id)
    if "groups" in look.components:
        told["groups"] = gatherings.of_member(look, found.id)
    if "friends" in look.components:
        told["friends"] = people.friends(look, found.id)
    if "messages" in look.components:
        told["letters"] = letters.letters(look, found.id)
    if "activity" in look.components:
        where = f"{streams.BY_MEMBER} AND {streams.POSTS}"
        told["paging"], told["items"] = streams.stream(look, where, found.id)
    return "member", told


def groups(look: Look) -> Shown:
    """The groups directory."""
    look.demand("groups")
    paging, found = gatherings.directory(look)
    return "groups", {"paging": paging, "groups": found}


def group(look: Look, slug: str) -> Shown:
    """A group and its stream."""
    look.demand("groups")
    found = gatherings.group(look, slug)
    told: dict[str, Any] = {
        "group": found,
        "circles": gatherings.leading(look, found.id, _LEADING),
    }
    if "activity" in look.components:
        told["paging"], told["items"] = streams.stream(look, streams.IN_GROUP, found.id)
    return "group", told


def group_members(look: Look, slug: str) -> Shown:
    """Who is in a group, by role."""
    look.demand("groups")
    found = gatherings.group(look, slug)
    paging, circles = gatherings.people(look, found.id)
    return "group-members", {
        "group": found,
        "paging": paging,
        "circles": circles,
        "waiting": gatherings.waiting(look, found.id),
    }


def page(look: Look, path: str) -> Shown:
    """A page of the site."""
    return "page", {"writing": writings.writing(look, path)}


_ROUTES: Mapping[str, Callable[..., Shown]] = {
    "/": front,
    "/activity/": activity,
    "/activity/p/<int(max=2147483647):identity>/": item,
    "/members/": members,
    "/members/<slug>/": member,
    "/groups/": groups,
    "/groups/<slug>/": group,
    "/groups/<slug>/members/": group_members,
    "/<path:path>/": page,
}
_MAP = Map(
    [Rule(path, endpoint=view) for path, view in _ROUTES.items()],
    strict_slashes=False,
    merge_slashes=False,
)


def view(look: Look) -> Shown:
    """What to show at the path of a look; raises ``Missing``."""
    try:
        endpoint, values = _MAP.bind("localhost").match(look.path)
    except NotFound as error:
        raise Missing(look.path) from error
    shown: Shown = endpoint(look, **values)
    return shown


def frame(look: Look) -> dict[str, Any]:
    """What stands around every page: the site's name, its parts, its clock."""
    options = {
        name: look.store.option(name, "")
        for name in ("blogname", "blogdescription", "WPLANG")
    }
    counts = look.store.row(
        "SELECT (SELECT count(*) FROM users WHERE spam = 0) AS members, "
        "(SELECT count(*) FROM groups) AS groups, "
        "count(*) FILTER (WHERE NOT hide_sitewide) AS posts, "
        "count(*) FILTER (WHERE hide_sitewide) AS inside "
        "FROM activity WHERE type = 'activity_update' AND is_spam = 0"
    )
    return {
        "title": plain(options["blogname"]),
        "tagline": plain(options["blogdescription"]),
        "language": (options["WPLANG"] or "en_US").replace("_", "-"),
        "components": look.components,
        "counts": dict(counts or {}),
        "leaves": writings.leaves(look),
        "now": look.now.astimezone(look.zone),
        "zone": look.zone,
    }
