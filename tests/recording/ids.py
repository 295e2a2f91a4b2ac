"""Ids are a site's own: which of one site stand for which of another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.recording.steps import Json

MEMBERS = re.compile(r"(user|creator|inviter|initiator|friend|(last_)?sender)_ids?$")
COLLECTIONS = {
    "users": "members",
    "members": "members",
    **dict.fromkeys(["groups", "activity", "invites", "membership-requests"]),
    **dict.fromkeys(["friends", "messages", "sitewide-notices", "notifications"]),
    **dict.fromkeys(["fields", "pages", "posts", "queue"]),
    "marks": "",
    "calls": "",
}


@dataclass
class Ids:
    """What was saved, there and here."""

    known: dict[tuple[str, Json], set[Json]] = field(
        default_factory=lambda: {("members", 1): {1}}
    )

    def learn(self, request: str, recorded: Json, other: Json) -> None:
        """Both were saved from the answers to this request."""
        self.known.setdefault((collection(request), recorded), set()).add(other)

    def agree(self, request: str, key: str, recorded: int, other: int) -> bool:
        """Whether nothing speaks against two ids under ``key`` being of one thing."""
        if not (recorded and other):
            return recorded == other
        owner = _owner(request, key)
        known: set[Json] = set()
        for (each, mine), theirs in self.known.items():
            if mine == recorded and owner in (each, ""):
                known |= theirs
        return other in (known or {other})


def collection(request: str) -> str:
    """What a request is about: the last word of its path that names many things."""
    words = re.findall(r"(?<=/)[a-z-]+(?=/|$)", request.partition(" ")[2])
    word = next((each for each in reversed(words) if each in COLLECTIONS), "")
    return COLLECTIONS.get(word) or word


def _owner(request: str, key: str) -> str:
    """Whose ids stand under ``key``; nothing where it depends."""
    if MEMBERS.match(key):
        return "members"
    if key == "object_id":
        return "activity"
    if key == "group_id" and "xprofile" not in request:
        return "groups"
    return collection(request) if key.lower() == "id" else ""
