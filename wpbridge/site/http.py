"""
Sending and receiving; the only module that opens connections.

Exceptions of ``requests`` hold the request with its headers, and ``urllib3``'s frames
the headers themselves, so none of them gets out of here, not even as a cause.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from tenacity import RetryCallState, Retrying

from wpbridge.errors import LoginRefused, NoAnswer, UsageError
from wpbridge.site.answer import Answer, Trouble, judge
from wpbridge.site.failure import explain
from wpbridge.site.wire import READS, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any
    from urllib.parse import SplitResult

    from requests.adapters import BaseAdapter

    from wpbridge.site.secret import Login

Log: TypeAlias = "Callable[[str, str, int, float], None]"
"""Is told the method, the address, the status (0: none) and milliseconds."""

MEBIBYTE = 1 << 20
PIECE = 1 << 18
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HOPS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds, how often to try, and how much to read."""

    connect: float = 10
    read: float = 60
    tries: int = 4
    longest_wait: float = 60
    answer: int = 64 * MEBIBYTE


class Http:
    """
    A pooled session with one site.

    ``transport`` stands in for the network where it is given. ``sleep`` waits between
    tries; left out, :attr:`hurry` cuts the waiting short.
    """

    def __init__(
        self,
        login: Login | None,
        *,
        workers: int = 4,
        insecure: bool = False,
        transport: BaseAdapter | None = None,
        limits: Limits | None = None,
        log: Log | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self.login = login
        self.hurry = Event()
        self.limits = limits or Limits()
        self._insecure = insecure or transport is not None
        self._log = log
        self._sleep = sleep or self._doze
        self._answered = False
        self._settings: dict[str, Mapping[str, Any]] = {}
        self._session = requests.Session()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = transport or HTTPAdapter(pool_maxsize=workers + 2)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        self._headers = {
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": f"wpbridge/{_version()}",
        }

    def send(self, request: Request) -> Answer:
        """Send it, again where that may help; raises what went wrong."""
        result = self.exchange(request)
        if isinstance(result, Trouble):
            raise result.error
        return result

    def exchange(self, request: Request) -> Answer | Trouble:
        """Send it, again where that may help."""
        lost = False

        def once() -> Answer | Trouble:
            nonlocal lost
            result = self._once(request)
            if isinstance(result, Trouble):
                result = replace(result, before=lost)
                lost = lost or result.sent
            return result

        def again(state: RetryCallState) -> bool:
            result = state.outcome.result() if state.outcome else None
            return (
                isinstance(result, Trouble)
                and result.passing
                and (request.repeatable or not result.sent)
            )

        retrying = Retrying(
            retry=again,
            stop=self._enough,
            wait=self._pause,
            sleep=self._sleep,
            retry_error_callback=lambda state: state.outcome and state.outcome.result(),
        )
        result: Answer | Trouble = retrying(once)
        return result

    def page(self, url: str) -> tuple[str, Mapping[str, str], str]:
        """A web page, without logging in: where it is in the end, headers, markup."""
        request = Request("GET", url, urlsplit(url).path or "/", login=None)
        result = self._exchange(request)
        if isinstance(result, Trouble):
            raise result.error
        url, _, headers, data = result
        return url, headers, data.decode("utf-8", "replace")

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def _doze(self, seconds: float) -> None:
        self.hurry.wait(seconds)

    def _enough(self, state: RetryCallState) -> bool:
        # Who mistypes an address should not wait for it.
        tries = self.limits.tries if self._answered else 1
        return state.attempt_number >= tries or self.hurry.is_set()

    def _pause(self, state: RetryCallState) -> float:
        result = state.outcome.result() if state.outcome else None
        wait = result.wait if isinstance(result, Trouble) else None
        if wait is None:
            wait = 0.5 * 2.0**state.attempt_number
        return min(wait, self.limits.longest_wait)

    def _once(self, request: Request) -> Answer | Trouble:
        result = self._exchange(request)
        if isinstance(result, Trouble):
            return result
        url, status, headers, data = result
        return judge(replace(request, url=url), status, headers, data)

    def _exchange(
        self, request: Request
    ) -> Trouble | tuple[str, int, Mapping[str, str], bytes]:
        """Send it once, or a few times where a GET is redirected."""
        for _ in range(HOPS):
            start, status, response = perf_counter(), 0, None
            headers: Mapping[str, str] = {}
            try:
                response = self._open(request)
                status, headers = response.status_code, response.headers
                self._answered = True
                data = self._body(request, response)
            except (
                requests.RequestException,
                urllib3.exceptions.HTTPError,
                OSError,
            ) as error:
                data = explain(request, error, answering=response is not None)
            finally:
                self._note(request, status, start)
                if response is not None:
                    response.close()
            if isinstance(data, Trouble):
                return data
            if status not in REDIRECTS or "Location" not in headers:
                return request.url, status, headers, data
            step = _redirected(request, headers["Location"])
            if isinstance(step, Trouble):
                return step
            request = step
        return Trouble(NoAnswer(f"{request}: the site redirects in circles"))

    def _open(self, request: Request) -> requests.Response:
        place = urlsplit(request.url)
        self._check(place)
        prepared = requests.PreparedRequest()
        prepared.prepare(
            request.method, request.url, headers=self._headers, data=request.body
        )
        login = self.login if request.login == "own" else request.login
        if login:
            prepared.headers["Authorization"] = login.header
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
                "way; use https, or allow it on purpose"
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


def _version() -> str:
    try:
        return version("wpbridge")
    except PackageNotFoundError:  # run from a folder, not installed
        return "0"


def is_loopback(place: SplitResult) -> bool:
    """Tell whether an address is this very machine's."""
    host = place.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _redirected(request: Request, location: str) -> Request | Trouble:
    """The next request, where following is safe."""
    url = urljoin(request.url, location)
    here, there = urlsplit(request.url), urlsplit(url)
    if "wp-login" in there.path or "login" in there.path.rsplit("/", 1)[-1]:
        return Trouble(
            LoginRefused(
                f"{request}: the site sends us to its login page; does a plugin close "
                "the REST API?"
            )
        )
    if request.method in READS and _same_site(here, there):
        return replace(request, url=url)
    shown = f"{there.scheme}://{there.netloc}{there.path}"
    return Trouble(
        NoAnswer(f"{request}: the site is at {shown} by its own account; use that")
    )


def _same_site(here: SplitResult, there: SplitResult) -> bool:
    if (here.scheme, here.netloc) == (there.scheme, there.netloc):
        return True
    upgraded = (here.scheme, there.scheme) == ("http", "https")
    return upgraded and here.hostname == there.hostname and there.port in (None, 443)
