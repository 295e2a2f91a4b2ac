"""One call, checked to the letter as the companion does."""

import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from wpbridge.rehearsal.companion.access import heed_quiet, on, wrong
from wpbridge.rehearsal.companion.acting import acting
from wpbridge.rehearsal.companion.allowed import find
from wpbridge.rehearsal.companion.moments import moment
from wpbridge.rehearsal.scope import Scope
from wpbridge.rehearsal.visit import Caller, Visit
from wpbridge.rehearsal.wire import php_pairs

_WORDS = {"method", "path", "body", "as", "quiet", "date", "key", "password", "welcome"}
_NONE = "none"
_MAKES_USERS = re.compile(r"/(wp/v2/users|buddypress/v[12]/members)")


@dataclass
class Call:
    """What one entry asks for."""

    method: str
    path: str
    query: dict[str, Any]
    body: dict[str, Any]
    scope: Scope
    key: str = ""
    acts_as: Caller | None = None

    @property
    def asked(self) -> dict[str, Any]:
        """As a request within a request is put."""
        names = ("method", "path", "query", "body")
        return {name: getattr(self, name) for name in names}


def read(visit: Visit, entry: Any) -> Call:
    """Read one entry; what is unknown or malformed is refused."""
    if not isinstance(entry, dict) or entry.keys() - _WORDS:
        raise wrong(
            "call",
            "A call is an object of method, path, body, as, quiet, date, key, password "
            "and welcome.",
        )
    method, path = entry.get("method"), entry.get("path")
    if not isinstance(method, str) or not isinstance(path, str):
        raise wrong("path", "A call has a method and a path.")
    route, _, query = path.partition("?")
    says = find(method, route)
    if not says:
        raise wrong("route", "That route does not travel in calls.", 403)
    if entry.get("as") is not None and not says[0]:
        message = "That route is not called in a member's name."
        raise wrong("as", message, 403)
    pairs = php_pairs(parse_qsl(query, keep_blank_values=True))
    body, key = _body(method, entry), _key(method, entry)
    call = Call(method, route, pairs, body, _scope(visit, says[1]), key)
    _surround(visit, call, entry)
    return call


def _scope(visit: Visit, makes: str) -> Scope:
    """Begin it; a moderator's call is not held against Settings > Discussion."""
    return Scope(makes=makes, moderated=visit.moderates)


def _body(method: str, entry: dict[str, Any]) -> dict[str, Any]:
    if "body" not in entry:
        return {}
    body = entry["body"]
    if method == "GET" or not (isinstance(body, dict) or body == []):
        raise wrong("body", "A body is an object, and a GET has none.")
    return dict(body)


def _key(method: str, entry: dict[str, Any]) -> str:
    if "key" not in entry:
        return ""
    key = entry["key"]
    fits = isinstance(key, str) and re.fullmatch(r"[\x21-\x7e]{8,128}", key)
    if method == "GET" or not fits:
        message = "A key is 8 to 128 printable characters, and a GET has none."
        raise wrong("key", message)
    return str(key)


def _surround(visit: Visit, call: Call, entry: dict[str, Any]) -> None:
    """As whom, how quietly, at which date it runs, and how a new user begins."""
    if "as" in entry:
        call.acts_as = acting(visit, entry["as"])
    if "quiet" in entry:
        call.scope.quiet = _quiet(visit, call, entry["quiet"])
    if "date" in entry:
        call.scope.date = _date(visit, call, entry["date"])
    if "password" in entry:
        creates = call.method == "POST" and _MAKES_USERS.fullmatch(call.path)
        if entry["password"] != _NONE or not creates or "password" in call.body:
            message = 'Password is "none", where a member is made without one.'
            raise wrong("password", message)
        call.body["password"] = secrets.token_hex(32)
    if "welcome" in entry:
        user = call.method == "POST" and call.path == "/wp/v2/users"
        if entry["welcome"] not in ("mail", "reset link") or not user:
            message = 'Welcome is "mail" or "reset link", where a user is made.'
            raise wrong("welcome", message)
        call.scope.welcome = entry["welcome"]


def _quiet(visit: Visit, call: Call, wanted: Any) -> bool:
    if not isinstance(wanted, bool):
        raise wrong("quiet", "Quiet is true or false.")
    heed_quiet(visit, wanted=wanted)
    if wanted and re.search(r"/notifications(/|$)", call.path):
        raise wrong("quiet", "A notification cannot be made quietly.")
    return wanted


def _date(visit: Visit, call: Call, wanted: Any) -> str:
    if not on(visit, "dates"):
        raise wrong("date", "Dates are not switched on here.", 403)
    if not call.scope.makes:
        raise wrong("date", "That call makes nothing that has a date.")
    found = moment(wanted, visit.now)
    if not found:
        raise wrong("date", "A date is a past moment such as 2026-03-22T09:00:00Z.")
    return found
