"""
Sending and receiving; the only module that opens connections.

Exceptions of ``requests`` hold the request with its headers, and ``urllib3``'s frames
the headers themselves, so none of them gets out of here, not even as a cause.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from tenacity import Retrying
from urllib3.exceptions import HTTPError

from wpbridge.errors import NoAnswer, SiteError, UsageError
from wpbridge.site.answer import Answer, Trouble, is_blocked, judge
from wpbridge.site.failure import explain
from wpbridge.site.redirect import REDIRECTS, is_loopback, redirected
from wpbridge.site.session import Session, is_stale
from wpbridge.site.stores import find_store
from wpbridge.site.trying import MEBIBYTE, Limits, may_go_better, pause
from wpbridge.site.wire import READS, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any
    from urllib.parse import SplitResult

    from requests.adapters import BaseAdapter
    from tenacity import RetryCallState

    from wpbridge.site.secret import Login

Log: TypeAlias = "Callable[[str, str, int, float], None]"
"""Is told the method, the address, the status (0: none) and milliseconds."""

PIECE = 1 << 18
HOPS = 5
KEPT = 64
"""So many connections at most are kept open; they are made as they are needed."""


class Raw(NamedTuple):
    """What came over the wire, and from where in the end."""

    url: str
    status: int
    headers: Mapping[str, str]
    data: bytes
    cookies: tuple[str, ...] = ()


FRESH = {"Cache-Control": "no-cache, no-store", "Pragma": "no-cache"}
UNSTORED = "wpbridge"
"""The parameter by which no two reads are alike."""


class Http:
    """
    A pooled session with one site.

    ``transport`` stands in for the network where it is given. ``tunnels``: PUT and
    DELETE always go as a POST. ``sleep`` waits between tries; left out, :attr:`hurry`
    cuts the waiting short. :attr:`troubles` counts what a site that has
    too much to do answers, or does not; its clock is :attr:`ahead` of ours by that.
    """

    def __init__(
        self,
        login: Login | Session | None,
        *,
        insecure: bool = False,
        tunnels: bool = False,
        transport: BaseAdapter | None = None,
        limits: Limits | None = None,
        log: Log | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self.login = login
        self.hurry = Event()
        self.troubles = 0
        self.ahead = timedelta()
        self.limits = limits or Limits()
        self._insecure = insecure or transport is not None
        self._log = log
        self._sleep: Any = sleep or self.hurry.wait
        self._answered = False
        self.store = ""
        self._tunnels = tunnels
        self._settings: dict[str, Mapping[str, Any]] = {}
        self._session = requests.Session()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = transport or HTTPAdapter(pool_maxsize=KEPT)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        self._headers = {
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": f"wpbridge/{_version()}",
        }

    @property
    def now(self) -> datetime:
        """What the site's clock says."""
        return datetime.now(UTC) + self.ahead

    def send(self, request: Request) -> Answer:
        """Send it, again where that may help; raises what went wrong."""
        result = self.exchange(request)
        if isinstance(result, Trouble):
            raise result.error
        return result

    def exchange(self, request: Request) -> Answer | Trouble:
        """Send it, again where that may help."""
        tries: list[Answer | Trouble] = []

        def once() -> Answer | Trouble:
            tries.append(self._once(request))
            self.troubles += isinstance(tries[-1], Trouble) and tries[-1].passing
            return tries[-1]

        retrying = Retrying(
            retry=partial(may_go_better, request),
            stop=self._enough,
            wait=partial(pause, self.limits),
            sleep=self._sleep,
            retry_error_callback=lambda _: tries[-1],
        )
        retrying(once)
        *earlier, last = tries
        if isinstance(last, Trouble):
            lost = any(each.sent for each in earlier if isinstance(each, Trouble))
            return replace(last, before=lost)
        return last

    def page(self, url: str) -> tuple[str, Mapping[str, str], str]:
        """A web page, without logging in: where it is in the end, headers, markup."""
        request = Request("GET", url, urlsplit(url).path or "/", login=None)
        result = self.raw(request)
        if isinstance(result, Trouble):
            raise result.error
        return result.url, result.headers, result.data.decode("utf-8", "replace")

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def _enough(self, state: RetryCallState) -> bool:
        # Who mistypes an address should not wait for it.
        tries = self.limits.tries if self._answered else 1
        return state.attempt_number >= tries or self.hurry.is_set()

    def _once(self, request: Request) -> Answer | Trouble:
        """Send it; where a web server lets no PUT through, as a POST."""
        plain = request.method in READS or request.method == "POST"
        if self._tunnels and not plain:
            return self._judged(request.tunnelled())
        result = self._judged(request)
        if plain or not is_blocked(result):
            return result
        other = self._judged(request.tunnelled())
        self._tunnels = not is_blocked(other)
        return other if self._tunnels else result

    def _judged(self, request: Request) -> Answer | Trouble:
        """Send it; once more where the session had to be renewed for it."""
        session = self.login if request.login == "own" else None
        nonce = session.nonce if isinstance(session, Session) else ""
        result = self._heard(request)
        if not isinstance(session, Session) or not is_stale(result):
            return result
        try:
            session.renew(self, nonce)
        except SiteError as error:
            return Trouble(error)
        return self._heard(request)

    def _heard(self, request: Request) -> Answer | Trouble:
        result = self.raw(request)
        if isinstance(result, Trouble):
            return result
        asked = replace(request, url=result.url)
        return judge(asked, result.status, result.headers, result.data)

    def raw(self, request: Request) -> Raw | Trouble:
        """Send it once, or a few times where a GET is redirected."""
        for _ in range(HOPS):
            raw = self.hop(request)
            if isinstance(raw, Trouble):
                return raw
            if raw.status not in REDIRECTS or "Location" not in raw.headers:
                return raw
            step = redirected(request, raw.headers["Location"])
            if isinstance(step, Trouble):
                return step
            request = step
        return Trouble(NoAnswer(f"{request}: the site redirects in circles"))

    def hop(self, request: Request) -> Raw | Trouble:
        """Send it once, and follow nothing."""
        start, status, response = perf_counter(), 0, None
        try:
            with self._open(request) as response:
                self._answered = True
                status = response.status_code
                data = self._body(request, response)
        except (requests.RequestException, HTTPError, OSError) as error:
            return explain(request, error, answering=response is not None)
        finally:
            self._note(request, status, start)
        if isinstance(data, Trouble):
            return data
        if request.method in READS:
            self.store = self.store or find_store(response.headers)
        cookies = tuple(response.raw.headers.getlist("Set-Cookie"))
        return Raw(request.url, status, response.headers, data, cookies)

    def _open(self, request: Request) -> requests.Response:
        place = urlsplit(request.url)
        self._check(place)
        prepared = requests.PreparedRequest()
        headers, url = self._headers, request.url
        if request.method in READS:
            headers, url = {**headers, **FRESH}, unstored(url)
        prepared.prepare(request.method, url, headers=headers, data=request.body)
        login = self.login if request.login == "own" else request.login
        if login:
            prepared.headers.update(login.headers(request.url))
        if request.override:
            prepared.headers["X-HTTP-Method-Override"] = request.override
        if request.content_type:
            prepared.headers["Content-Type"] = request.content_type
        timeout = (self.limits.connect, self.limits.read)
        return self._session.send(
            prepared, timeout=timeout, allow_redirects=False, **self._environment(place)
        )

    def _environment(self, place: SplitResult) -> Mapping[str, Any]:
        """Proxies and certificates, as the environment has them; asked for once."""
        key = f"{place.scheme}://{place.netloc}"
        if key not in self._settings:
            self._settings[key] = self._session.merge_environment_settings(
                key, {}, stream=True, verify=None, cert=None
            )
        return self._settings[key]

    def _check(self, place: SplitResult) -> None:
        if place.scheme == "http" and not (self._insecure or is_loopback(place)):
            raise UsageError(
                f"http://{place.netloc} would show the password to everyone on the "
                "way; use https, or allow it with --insecure-http"
            )

    def _body(self, request: Request, response: requests.Response) -> bytes | Trouble:
        parts, size, limit = [], 0, self.limits.answer
        for part in response.iter_content(PIECE):
            parts.append(part)
            size += len(part)
            if size > limit:
                return Trouble(
                    NoAnswer(
                        f"{request}: the answer is larger than {limit // MEBIBYTE} MiB",
                        sent=True,
                    ),
                    sent=True,
                )
        return b"".join(parts)

    def _note(self, request: Request, status: int, start: float) -> None:
        if self._log:
            spent = (perf_counter() - start) * 1000
            self._log(request.method, request.url, status, spent)


def unstored(url: str) -> str:
    """
    Give an address that no store has answered yet, by a parameter that differs.

    A cache between us and WordPress may take no heed of ``Cache-Control``; an answer
    of five minutes ago makes what is there look missing, and be made again. WordPress
    passes over parameters that it does not know.
    """
    place = urlsplit(url)
    query = place.query.split("&")
    others = [part for part in query if not part.startswith(f"{UNSTORED}=")]
    token = f"{UNSTORED}={secrets.token_hex(6)}"
    return urlunsplit(place._replace(query="&".join([*filter(None, others), token])))


def _version() -> str:
    try:
        return version("wpbridge")
    except PackageNotFoundError:  # run from a folder, not installed
        return "0"
