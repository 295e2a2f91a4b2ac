"""What a call takes: the ability, by the names in :mod:`wpbridge.site.ability`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpbridge.model import Call

OWN: Mapping[str, str] = {
    "send messages as": "send messages",
    "end friendships": "answer friends",
}
WRITES: Mapping[tuple[str, str, str], str] = {
    ("wp", "POST", "users"): "create members",
    ("wp", "PUT", "users"): "edit members",
    ("wp", "DELETE", "users"): "delete members",
    ("wp", "POST", "pages"): "pages",
    ("wp", "POST", "posts"): "posts",
    ("wp", "POST", "media"): "media",
    ("wp", "PUT", "settings"): "settings",
    ("bp", "PUT", "components"): "components",
    ("bp", "POST", "components"): "components",
}
"""What a call takes by its door, method and route, where it does not say itself."""


def own(ability: str | None) -> str | None:
    """What it takes to do for oneself what an ability lets one do for a member."""
    return OWN.get(ability or "")


def takes(call: Call) -> str | None:
    """What a call takes, be it that it says so or that all of its route do."""
    if call.ability or call.as_member:
        return call.ability
    route = str(call.path[0])
    if call.door == "bp" and route not in {"activity", "components", "messages"}:
        return "moderate"
    return WRITES.get((call.door, call.method, route))
