"""
BuddyPress's REST API; the only place that knows version 1 from version 2.

- Version 1 (BuddyPress 12 and 14) wraps nearly every single object in a list of one.
- Version 2 (15) answers writes in the ``view`` context unless it is asked otherwise.
- Totals are left out when there are none, and are those of the page on some routes.
- On 12, ``context=edit`` breaks PHP on the list of members.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wpbridge.errors import NotFound
from wpbridge.site.rest import Manner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpbridge.errors import Refused
    from wpbridge.model import Call
    from wpbridge.site.answer import Answer

_COLLECTIONS = re.compile(
    r"/(activity|blogs|components|friends|members|messages|notifications|signup"
    r"|sitewide-notices|groups(/me|/invites|/membership-requests|/\d+/members)?"
    r"|xprofile/(groups|fields))"
)
"""Routes whose GET answers with a list by right."""

_MISCOUNTED = re.compile(r"/(friends|groups/(invites|membership-requests))")
"""Routes whose totals are those of the page."""

_NONE = re.compile(r"bp_rest_attachments_\w+_cover_no_image")
"""Codes of an HTTP 500 that says there is none."""


class BuddyPress(Manner):
    """``buddypress/v1`` or ``buddypress/v2``."""

    def __init__(self, api: int) -> None:
        self.api = api

    @property
    def route(self) -> str:
        """``/buddypress/v2``."""
        return f"/buddypress/v{self.api}"

    def asks(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        """Leave out what breaks BuddyPress 12; ask for what ``view`` leaves out."""
        if path == "/components":
            return {"context": "edit", **params}
        if self.api == 1 and params.get("context") == "edit":
            if path == "/members":
                return {**params, "context": "view"}
            if path.startswith("/members/"):
                return {**params, "populate_extras": None}
        return params

    def adds(self, call: Call) -> Mapping[str, Any]:
        """``context=edit``, in which version 1 answers anyway."""
        stated = "context" in call.values or "context" in call.query
        return {} if self.api == 1 or stated else {"context": "edit"}

    def takes(self, method: str, path: str, body: Any) -> Any:
        """A single object out of its list."""
        single = method != "GET" or not _COLLECTIONS.fullmatch(path)
        if single and isinstance(body, list) and len(body) == 1:
            return body[0]
        return body

    def counts(self, path: str, answer: Answer) -> int | None:
        """How many pages there are, where it can be believed."""
        return None if _MISCOUNTED.fullmatch(path) else super().counts(path, answer)

    def absent(self, error: Refused) -> bool:
        """Covers that are not there are an HTTP 500."""
        return isinstance(error, NotFound) or bool(_NONE.fullmatch(error.code))
