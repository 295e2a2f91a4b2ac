"""
Making a site what a case says it is before, over the same API as anyone.

Values such as ``members/ana`` stand for the number of what was made by that name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wpbridge.model import ME, Address, Call, Ref
from wpbridge.site import Job
from wpbridge.site.door import bp, wp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wpbridge.site import SiteClient

NUMBERED = re.compile(
    r"(members|groups|posts|comments|pages|friendships|profile-(?:groups|fields))/\S+"
)


def stage(
    site: SiteClient,
    held: Mapping[str, Any],
    known: Mapping[Address, int] | None = None,
) -> dict[Address, int]:
    """
    Make what a case says is on the site, one request after the other.

    ``known`` are the numbers of what is there already; all of them come back.
    """
    me = {ME: site.me.id, Address("members", site.me.login): site.me.id}
    ids = {**(known or {}), **me}
    calls = tuple(_calls(held))
    for done in site.carry([Job(ME, calls, ())], ids, workers=1):
        if done.error:
            raise done.error
    return ids


def switch_on(site: SiteClient, components: tuple[str, ...]) -> None:
    """Have these components on, beside what is on already."""
    off = [each for each in components if not site.facts.components.get(each)]
    calls = (bp.put("components", name=each, action="activate") for each in off)
    for done in site.carry([Job(ME, tuple(calls), ())], {}, workers=1):
        if done.error:
            raise done.error


def _calls(held: Mapping[str, Any]) -> Iterator[Call]:
    for each in held.get("members", ()):
        yield _member(each if isinstance(each, dict) else {"username": each})
    for each in held.get("groups", ()):
        yield _group(each if isinstance(each, dict) else {"slug": each})
    for group, roles in held.get("memberships", {}).items():
        for login, role in roles.items():
            yield from _membership(group, login, role)
    for each in held.get("posts", ()):
        yield _post(**each)
    for each in held.get("pages", ()):
        call = wp.post("pages", **{"status": "publish", **_numbered(each)})
        yield replace(call, gives=Address("pages", each["slug"]))
    for method, door, path, values, *gives in held.get("requests", ()):
        parts = tuple(_numbered(each) for each in path.split())
        call = Call(door, method, parts, _numbered(values), form=door == "form")
        yield replace(
            call,
            door="bp" if call.form else door,
            gives=_numbered(gives[0]).address if gives else None,
        )


def _member(values: Mapping[str, Any]) -> Call:
    login = values["username"]
    given = {
        "email": f"{login}@example.org",
        "password": "a long one",
        "roles": ["subscriber"],  # on a network of sites an account has none by itself
        **values,
    }
    return replace(wp.post("users", **given), gives=Address("members", login))


def _group(values: Mapping[str, Any]) -> Call:
    slug = values["slug"]
    given = {
        "name": slug.title(),
        "description": "A group.",
        "status": "private",
        "creator_id": Ref(ME),
        **_numbered(values),
    }
    return replace(bp.post("groups", **given), gives=Address("groups", slug))


def _membership(group: str, login: str, role: str) -> Iterator[Call]:
    place, member = Ref(Address("groups", group)), Ref(Address("members", login))
    yield bp.post("groups", place, "members", user_id=member)
    if role != "member":
        action = {"action": "ban"} if role == "banned" else {"role": role}
        yield bp.put("groups", place, "members", member, **action)


def _post(
    content: str,
    by: str | None = None,
    group: str | None = None,
    key: str | None = None,
    answers: str | None = None,
) -> Call:
    where: dict[str, Any] = {"type": "activity_update"}
    if group:
        where |= {"component": "groups", "primary_item_id": f"groups/{group}"}
    if answers:
        where = {"type": "activity_comment", "primary_item_id": f"posts/{answers}"}
    call = bp.post("activity", content=content, **_numbered(where))
    gives = Address("posts", key) if key else None
    return replace(call, as_member=by, gives=gives)


def _numbered(value: Any) -> Any:
    """Put references in the place of names."""
    if isinstance(value, dict):
        return {name: _numbered(each) for name, each in value.items()}
    if isinstance(value, str) and NUMBERED.fullmatch(value):
        return Ref(Address(*value.split("/", 1)))
    return value
