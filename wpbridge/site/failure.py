"""Why a site could not be reached, in one line; nothing here sends."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from urllib3 import exceptions as urllib3

from wpbridge.errors import NoAnswer
from wpbridge.site.answer import Trouble

if TYPE_CHECKING:
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
        case requests.exceptions.SSLError() | requests.exceptions.ProxyError():
            return _never(_on_the_way(host, error, causes))
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


def _on_the_way(host: str, error: Exception, causes: list[BaseException]) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return f"no safe connection to {host}: {_tls(causes)}"
    return (
        f"the proxy on the way to {host} does not let us through; check HTTPS_PROXY "
        "and NO_PROXY"
    )


def _connection(request: Request, host: str, causes: list[BaseException]) -> Trouble:
    if any(isinstance(each, urllib3.NameResolutionError) for each in causes):
        return _never(f"there is no site called {host}: check the address")
    if any(isinstance(each, urllib3.NewConnectionError) for each in causes):
        return _never(f"{host} takes no connections: is it running?", passing=True)
    if any(isinstance(each, _TOO_SLOW) for each in causes):
        return _never(f"{host} does not take connections in time", passing=True)
    return _lost(f"{request}: {host} broke the connection before it answered")


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
