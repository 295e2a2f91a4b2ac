"""A call as it travels among others, through the companion plugin."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from wpbridge.errors import NoAnswer, NotFound, NotSupported, Refused
from wpbridge.model import FRESH, ME, Address
from wpbridge.site.answer import Answer, Trouble, judge
from wpbridge.site.wire import SKEW, Request, fill, join, moment, pairs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from wpbridge.model import Call
    from wpbridge.site import Companion
    from wpbridge.site.rest import Manner
    from wpbridge.site.wire import Ids

NOT_HERE = "wpbridge_refused_route"
UNFINISHED = "wpbridge_unfinished"
THREW = "wpbridge_threw"
UNWELCOME = (
    "whoever it is for was to be mailed how to log in, and the site takes no such call "
    "among those of the companion plugin, which alone can do that: so it is not made"
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the companion reads of a call; it is sent again to the letter."""

    entry: Mapping[str, Any] = field(repr=False)

    @property
    def size(self) -> int:
        """How long it is, in bytes."""
        return len(json.dumps(self.entry))

    def told(self, answer: Mapping[str, Any]) -> Answer | Trouble | None:
        """What came of it; ``None`` if the site did not get to it."""
        if answer.get("state") == "not_run":
            return None
        route = str(self.entry["path"]).partition("?")[0]
        request = Request(self.entry["method"], "", route)
        body, status = answer.get("body"), int(answer.get("status") or 0)
        if isinstance(body, dict) and body.get("code") in (UNFINISHED, THREW):
            lost = NoAnswer(f"{request}: {body.get('message')}", sent=True)
            return Trouble(lost, sent=True, passing=body["code"] == UNFINISHED)
        result = judge(request, status, {}, json.dumps(body).encode())
        as_member = self.entry.get("as")
        if isinstance(result, Answer) and as_member != answer.get("acted_as"):
            what = f"{request}: the site did not act as the member {as_member}"
            return Trouble(Refused(what, status=status))
        if isinstance(result, Answer) and answer.get("welcomed") is False:
            return replace(result, unmailed=True)
        return result


def pack(
    call: Call,
    manner: Manner,
    ids: Ids,
    companion: Companion,
    *,
    key: str,
    now: datetime,
) -> Parcel:
    """
    Write a call down; raises ``NotFound`` if it speaks of what is not there yet.

    ``now`` is what the site's clock says: it takes no date of its future.
    """
    values = dict(call.values)
    entry: dict[str, Any] = {"method": call.method, "key": key}
    if values.get("password") is FRESH and "password-none" in companion.abilities:
        del values["password"]
        entry["password"] = "none"  # noqa: S105 - the companion's word
    query = fill({**call.query, **manner.adds(call)}, ids)
    path = manner.route + join(call.path, ids)
    entry["path"] = f"{path}?{urlencode(list(pairs(query)))}" if query else path
    if values or call.method == "POST":
        entry["body"] = fill(values, ids, now)
    if call.as_member and (member := _member(call.as_member, ids)) != ids[ME]:
        entry["as"] = member
    if call.quiet and companion.on("quiet"):
        entry["quiet"] = True
    if call.welcome:
        if "welcome" not in companion.abilities:
            raise NotSupported(UNWELCOME)
        entry["welcome"] = call.welcome
    past = call.date is not None and call.date < now - SKEW
    if call.date and past and companion.on("dates"):
        entry["date"] = moment(call.date)
    return Parcel(entry)


def _member(login: str, ids: Ids) -> int:
    address = Address("members", login)
    if address not in ids:
        raise NotFound(f"{address} is not on the site (yet)")
    return ids[address]
