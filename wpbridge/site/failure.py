"""Why a site could not be reached, in one line; nothing here sends."""

from __future__ import annotations

import ssl
from traceback import walk_tb
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from urllib3 import exceptions as urllib3

from wpbridge.errors import NoAnswer
from wpbridge.site.answer import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wpbridge.site.wire import Request


_TOO_SLOW = (urllib3.ConnectTimeoutError, requests.exceptions.Timeout)
"""Before anything was sent: the connection itself, or shaking hands over TLS."""


def explain(request: Request, error: Exception, *, answering: bool) -> Trouble:
    """
    Tell in words what ``requests`` raised.

    ``answering``: the site had begun to answer, so it has had the request.
    """
    host = urlsplit(request.url).netloc.rpartition("@")[2]
    causes = list(_causes(error))
    if answering:
        return _lost(f"{request}: the answer of {host} broke off")
    match error:
        case requests.exceptions.ReadTimeout() if "handshake" not in str(error):
            return _lost(f"{request}: no answer from {host} in time")
        case (
            requests.exceptions.ConnectionError()
            | requests.exceptions.Timeout()
            | ConnectionError()
        ):
            return _connection(request, host, causes)
        case requests.RequestException() | urllib3.HTTPError():
            return _never(f"{host or request.url} cannot be asked: check the address")
        case _:  # such as a certificate bundle that is not there
            return _never(str(error))


def _connection(request: Request, host: str, causes: list[BaseException]) -> Trouble:
    """
    Tell what broke a connection, and whether the site may have had the request.

    Neither a ``ProxyError`` nor an ``SSLError`` tells that: urllib3 makes one of
    whatever breaks behind a proxy, or over TLS, be it before anything was sent or after
    the site has read it. Where it was raised does tell.
    """
    functions = _functions(causes)
    if not functions.isdisjoint(_TUNNELLING) or (
        _has(causes, requests.exceptions.ProxyError) and "connect" in functions
    ):
        return _never(
            f"the proxy on the way to {host} does not let us through; check "
            "HTTPS_PROXY and NO_PROXY"
        )
    if _has(causes, ssl.SSLCertVerificationError) or (
        _has(causes, requests.exceptions.SSLError) and "do_handshake" in functions
    ):
        return _never(f"no safe connection to {host}: {_tls(causes)}")
    if _has(causes, urllib3.NameResolutionError):
        return _never(f"there is no site called {host}: check the address")
    if _has(causes, urllib3.NewConnectionError):
        return _never(f"{host} takes no connections: is it running?", passing=True)
    if _has(causes, *_TOO_SLOW):
        return _never(f"{host} does not take connections in time", passing=True)
    return _lost(f"{request}: {host} broke the connection before it answered")


_TUNNELLING = frozenset({"_prepare_proxy", "_tunnel"})
"""Functions of urllib3 and http.client that ask a proxy for a way to the site."""


def _functions(causes: Iterable[BaseException]) -> set[str]:
    """Names of the functions that were at work when something was raised."""
    return {
        frame.f_code.co_name
        for cause in causes
        for frame, _ in walk_tb(cause.__traceback__)
    }


def _has(causes: Iterable[BaseException], *kinds: type[BaseException]) -> bool:
    return any(isinstance(cause, kinds) for cause in causes)


def _never(message: str, *, passing: bool = False) -> Trouble:
    return Trouble(NoAnswer(message), passing=passing)


def _lost(message: str) -> Trouble:
    return Trouble(NoAnswer(message, sent=True), sent=True, passing=True)


def _tls(causes: list[BaseException]) -> str:
    """What is wrong with a certificate, as OpenSSL says it."""
    for each in causes:
        said = getattr(each, "verify_message", "")
        if said:
            return f"its certificate is not to be trusted ({said})"
    return "does it speak TLS on this port at all?"


def _causes(error: BaseException | None) -> list[BaseException]:
    """An exception and all that it wraps, outermost first."""
    found: list[BaseException] = []
    queue: list[object] = [error]
    while queue:
        each = queue.pop()
        if isinstance(each, BaseException) and each not in found:
            found.append(each)
            queue += [*each.args, getattr(each, "reason", None), each.__cause__]
            queue.append(each.__context__)
    return found
