"""What can be told of a site by what it answers; nothing here asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wpbridge.site import Companion

if TYPE_CHECKING:
    from collections.abc import Mapping

WIRE = 1
"""How the companion is spoken to; one that speaks otherwise is of no use to us."""


def companion_of(status: Any) -> Companion:
    """What the companion says of itself; nothing where it does not tell this login."""
    if not isinstance(status, dict):
        return Companion()
    version, page = str(status.get("version", "")), str(status.get("page", ""))
    if status.get("wire") != WIRE:
        return Companion(version, page=page)
    return Companion(
        version=version,
        abilities=frozenset(str(each) for each in status.get("abilities") or ()),
        switches={k: bool(v) for k, v in (status.get("switches") or {}).items()},
        most={k: int(v) for k, v in (status.get("limits") or {}).items()},
        page=page,
    )


OTHER = {
    "type": "alphabetical",
    "per_page": 1,
    "_fields": "id,friendship_status_slug,_links",  # the links are made of the slug
}
"""Somebody else, with the links that say what we could do about a friendship."""

_FRIENDSHIP = re.compile(r"bp-action-(accept|cancel|delete)-friendship")


def sees_us(members: Any, me: int) -> bool:
    """Tell whether BuddyPress takes us for who we are, by a link it offers."""
    other: dict[str, Any] = next(iter(members or ()), {})
    links = other.get("_links", {})
    offers = links.get("bp-action-add-friendship", ())
    return any(each.get("initiator_id") == me for each in offers) or any(
        _FRIENDSHIP.match(each) for each in links
    )


def version(plugins: Any) -> str:
    """BuddyPress's version, by the list of plugins; empty where none may be seen."""
    for each in plugins:
        if each["plugin"].endswith("/bp-loader") and each["status"] != "inactive":
            return str(each["version"])
    return ""


def is_network(plugins: Any) -> bool:
    """Tell whether this is a network of sites, by a plugin that runs for all of it."""
    return any(each["status"] == "network-active" for each in plugins)


def timezone(body: Mapping[str, Any]) -> str:
    """``Europe/Madrid``, or an offset such as ``+05:30``."""
    name = body.get("timezone_string")
    if name:
        return str(name)
    minutes = round(float(body.get("gmt_offset") or 0) * 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
