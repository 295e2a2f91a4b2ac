"""A call as it travels among others, through the companion plugin."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlencode

from wpbridge.errors import NoAnswer, NotFound, NotSupported, Refused
from wpbridge.model import FRESH, ME, Address
from wpbridge.site.answer import Answer, Trouble, judge
from wpbridge.site.wire import SKEW, Request, fill, join, moment, pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from wpbridge.model import Call
    from wpbridge.site import Companion
    from wpbridge.site.rest import Manner
    from wpbridge.site.wire import Ids

Results: TypeAlias = "list[Answer | Trouble | None]"

ROUTE = "/wpbridge/v1/calls"
UNREAD = "wpbridge_refused_"
"""So begin the codes of calls that the site did not go on to look up or to run."""

NOT_HERE = f"{UNREAD}route"
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


def told(
    parcels: Sequence[Parcel], result: Answer | Trouble, *, again: bool = False
) -> Results:
    """
    What came of each call in a request.

    ``again``: they were sent before, and their ends are not known. What the site ran
    now, or looked up, it had not run then; of all else nobody knows.
    """
    if isinstance(result, Trouble):
        return [replace(result, before=result.before or again)] * len(parcels)
    answers = result.body.get("answers") if isinstance(result.body, dict) else None
    if not isinstance(answers, list) or len(answers) != len(parcels):
        gone = NoAnswer(f"POST {ROUTE}: there should be an answer a call", sent=True)
        return [Trouble(gone, sent=True)] * len(parcels)
    each_told = [
        _doubted(parcel.told(answer)) if again else parcel.told(answer)
        for parcel, answer in zip(parcels, answers, strict=True)
    ]
    if all(each is None for each in each_told):
        never = NoAnswer(f"POST {ROUTE}: the site begins with none of them")
        return [Trouble(never, before=again)] * len(parcels)
    return each_told


def lost(result: Answer | Trouble | None) -> bool:
    """Tell whether asking again, which does no harm, may tell more."""
    return isinstance(result, Trouble) and result.sent


def not_here(result: Answer | Trouble) -> bool:
    """Tell whether the site takes no such call among others."""
    return _code(result) == NOT_HERE


def _doubted(result: Answer | Trouble | None) -> Answer | Trouble | None:
    """The same, and whether an earlier try may have been carried out."""
    if isinstance(result, Trouble) and _code(result).startswith(UNREAD):
        return replace(result, before=True)
    return result


def _code(result: Answer | Trouble | None) -> str:
    error = result.error if isinstance(result, Trouble) else None
    return error.code if isinstance(error, Refused) else ""


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
