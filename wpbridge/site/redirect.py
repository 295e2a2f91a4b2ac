"""
Where a request may go, with a password in its header; nothing here sends.

Reads follow a redirect on the same host, also from http to https. A write is never
redirected, for it would arrive as a GET.
"""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from wpbridge.errors import LoginRefused, NoAnswer
from wpbridge.site.answer import Trouble
from wpbridge.site.wire import READS

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    from wpbridge.site.wire import Request

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def is_loopback(place: SplitResult) -> bool:
    """Tell whether an address is this very machine's."""
    host = place.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def redirected(request: Request, location: str) -> Request | Trouble:
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
