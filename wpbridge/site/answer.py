"""
What came back from a site: an answer, or trouble in one line; nothing here sends.

BuddyPress answers ``500`` with a JSON body where it refuses, which is its last word. A
``500`` without one is PHP breaking down, maybe after the work was done.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from wpbridge.errors import LoginRefused, NoAnswer, NotFound, NotSupported, Refused
from wpbridge.site.causes import CAUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpbridge.errors import SiteError
    from wpbridge.site.wire import Request

GATEWAY = frozenset({502, 503, 504})
BLOCKED = frozenset({403, 405, 501})
WORDS = 300
"""So much is shown of what a site says."""


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What a site answered; ``url`` is where it came from in the end.

    ``unmailed``: it could not mail the welcome that it was asked for.
    """

    status: int
    headers: Mapping[str, str]
    body: Any
    url: str = ""
    unmailed: bool = False

    def number(self, header: str) -> int | None:
        """A header's number, such as that of ``X-WP-TotalPages``."""
        text = self.headers.get(header, "")
        return int(text) if text.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Trouble:
    """
    Why there is no answer to work with.

    ``sent``: it may have been carried out all the same. ``passing``: it may go better
    later, after ``wait`` seconds where the site said so. ``before``: an earlier try
    of the same request was lost.
    """

    error: SiteError
    sent: bool = False
    passing: bool = False
    wait: float | None = None
    before: bool = False


def judge(
    request: Request, status: int, headers: Mapping[str, str], data: bytes
) -> Answer | Trouble:
    """Tell an answer from trouble."""
    readable, body = _json(data)
    if status in GATEWAY:
        return _gateway(request, status, headers)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        error = Refused(f"{request}: the site asks to be asked less often", status=429)
        return Trouble(error, passing=True, wait=_wait(headers))
    if status < HTTPStatus.BAD_REQUEST:
        if readable or (status == HTTPStatus.NO_CONTENT and not data):
            return Answer(status, headers, body, request.url)
        return Trouble(NoAnswer(_unreadable(request, data), sent=True), sent=True)
    if isinstance(body, dict) and "code" in body:
        return _refusal(request, status, body)
    return _bare(request, status, data)


def is_blocked(result: Answer | Trouble) -> bool:
    """Tell whether something before WordPress stopped a request."""
    if isinstance(result, Answer) or not isinstance(result.error, Refused):
        return False
    return not result.error.code and result.error.status in BLOCKED


def date(header: str) -> datetime | None:
    """A moment as headers write it."""
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def plain(markup: object) -> str:
    """A site's words without markup, on one line."""
    text = unescape(re.sub(r"<[^>]*>", " ", str(markup)))
    text = " ".join(text.split())
    return text if len(text) <= WORDS else text[: WORDS - 1] + "…"


def _json(data: bytes) -> tuple[bool, Any]:
    try:
        return True, json.loads(data)
    except (ValueError, RecursionError):
        return False, None


def _gateway(request: Request, status: int, headers: Mapping[str, str]) -> Trouble:
    wait = _wait(headers)
    # WordPress under maintenance says when to come back, and did nothing yet.
    sent = not (status == HTTPStatus.SERVICE_UNAVAILABLE and wait is not None)
    error = NoAnswer(
        f"{request}: the site is overloaded, or down for maintenance (HTTP {status}); "
        "try again later",
        sent=sent,
    )
    return Trouble(error, sent=sent, passing=True, wait=wait)


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that ``Retry-After`` asks for, be it a number or a date of its clock."""
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    when = date(text)
    now = date(headers.get("Date", "")) or datetime.now(UTC)
    return max(0.0, (when - now).total_seconds()) if when else None


def _refusal(request: Request, status: int, body: Mapping[str, Any]) -> Trouble:
    code, words = str(body["code"]), plain(body.get("message", ""))
    said = f"{request}: {words}{_details(body)} ({code}, HTTP {status})"
    if status == HTTPStatus.INTERNAL_SERVER_ERROR and code in CAUSES:
        said = f"{said}; {CAUSES[code]}"
    if code == "internal_server_error":  # wp_die() of PHP's last breath
        return _broke(request, words)
    if code == "rest_no_route":
        return Trouble(
            NotSupported(
                f"{request}: this site has no such route; is the component on?"
            )
        )
    if status == HTTPStatus.UNAUTHORIZED:
        return Trouble(LoginRefused(said))
    error = NotFound if status == HTTPStatus.NOT_FOUND else Refused
    return Trouble(error(said, status=status, code=code))


def _details(body: Mapping[str, Any]) -> str:
    """What ``rest_invalid_param`` says of each argument."""
    data = body.get("data")
    params = data.get("params") if isinstance(data, dict) else None
    if not isinstance(params, dict):
        return ""
    return " " + plain("; ".join(f"{name}: {why}" for name, why in params.items()))


def _broke(request: Request, words: str = "") -> Trouble:
    said = f" ({words})" if words else ""
    message = f"{request}: PHP broke down there{said}; its error log says where"
    return Trouble(NoAnswer(message, sent=True), sent=True)


def _bare(request: Request, status: int, data: bytes) -> Trouble:
    """An error that WordPress did not write."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status not in BLOCKED:
        return _broke(request)
    why = {
        401: "the web server itself asks for a password, before WordPress is asked",
        403: "something before WordPress refuses (a firewall, a security plugin)",
        404: "there is no REST API at this address; check the site's address",
        405: "the web server does not let this method through",
        501: "the web server does not know this method",
        413: "the file is larger than the web server takes",
    }.get(status, f"refused in words that are none of WordPress's: {_start(data)}")
    message = f"{request}: {why} (HTTP {status})"
    if status == HTTPStatus.UNAUTHORIZED:
        return Trouble(LoginRefused(message))
    error = NotFound if status == HTTPStatus.NOT_FOUND else Refused
    return Trouble(error(message, status=status))


def _unreadable(request: Request, data: bytes) -> str:
    head = data[:4096].lstrip().lower()
    if not head:
        return f"{request}: the answer is empty; look into PHP's error log there"
    if b"wp-login" in data or b"loginform" in data:
        return f"{request}: a login page came back; does a plugin close the REST API?"
    if data.rstrip().endswith((b"}", b"]")) and head.startswith((b"<", b"\n", b"php")):
        return (
            f"{request}: PHP's own messages stand before the answer ({_start(data)}); "
            "turn display_errors off there"
        )
    if head.startswith(b"<"):
        return f"{request}: a web page came back instead of data: {_start(data)}"
    return f"{request}: the answer is cut off, or is no JSON: {_start(data)}"


def _start(data: bytes) -> str:
    words = plain(data[:2000].decode("utf-8", "replace"))
    return repr(words[:80])
