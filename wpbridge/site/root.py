"""
Where a site's REST API is.

WordPress says so in the ``Link`` header and in the markup of every page; nearly always
it is ``/wp-json/``, which is cheaper to ask than a page is to draw.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from wpbridge.errors import LoginRefused, NoAnswer, NotSupported, UsageError
from wpbridge.site.answer import Answer, Trouble
from wpbridge.site.wire import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.site.http import Http

FIELDS = "name,url,home,namespaces,authentication,timezone_string,gmt_offset"

_LINK = re.compile(r'<([^>]+)>\s*;\s*rel="?https://api\.w\.org/"?')
_TAG = re.compile(
    r"<link\b[^>]*\brel=['\"]https://api\.w\.org/['\"][^>]*>", re.IGNORECASE
)
_HREF = re.compile(r"\bhref=['\"]([^'\"]+)['\"]", re.IGNORECASE)


@dataclass(frozen=True)
class Index:
    """What a site's REST root says of itself."""

    root: str
    body: dict[str, Any]

    @property
    def namespaces(self) -> frozenset[str]:
        """Such as ``wp/v2`` and ``buddypress/v2``."""
        return frozenset(self.body.get("namespaces") or ())

    @property
    def password_page(self) -> str:
        """Where an application password is made; empty where there are none."""
        ways = self.body.get("authentication") or {}
        way = ways.get("application-passwords") if isinstance(ways, dict) else None
        return str((way or {}).get("endpoints", {}).get("authorization", ""))


def tidy(url: str) -> str:
    """A site's address as a person types it: ``example.org`` is meant to be https."""
    url = url.strip()
    if "://" not in url:
        local = re.match(r"(localhost|127\.|\[::1\])", url)
        url = ("http://" if local else "https://") + url
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        raise UsageError(f"{url} is no address of a site") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url} is no address of a site")
    if "@" in parts.netloc:
        raise UsageError(
            "leave user name and password out of the address; it is kept and shown"
        )
    path = re.sub(r"(/wp-json|/wp-admin|/wp-login\.php)?/*$", "", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def guess(url: str) -> str:
    """Where it nearly always is."""
    return f"{url}/wp-json/"


def find(http: Http, url: str) -> Index:
    """Find the REST root of the site at an address, and read its index."""
    first = ask(http, guess(url))
    if isinstance(first, Index):
        return first
    if isinstance(first.error, LoginRefused):
        raise LoginRefused(
            f"{first.error}; check the user name and the application password (not the "
            "account's own one)"
        )
    if isinstance(first.error, NoAnswer) and not first.error.sent:
        raise first.error
    for root in _told(http, url):
        index = ask(http, root)
        if isinstance(index, Index):
            _same_site(url, index.body)
            return index
    raise NotSupported(
        f"{url} does not look like a WordPress site with its REST API on; asked for it "
        f"at its address, {guess(url)} and {url}/?rest_route=/ ({first.error})"
    ) from None


def ask(http: Http, root: str) -> Index | Trouble:
    """Read the index at a root, if there is one."""
    request = reading("GET", root, "/", _fields=FIELDS)
    result = http.exchange(request)
    if not isinstance(result, Answer):
        return result
    if isinstance(result.body, dict) and "namespaces" in result.body:
        return Index(_final(root, result.url), result.body)
    return _no_index(root)


def _told(http: Http, url: str) -> Iterator[str]:
    """Roots that the site's page speaks of, then the one without permalinks."""
    final, headers, markup = http.page(f"{url}/")
    tags = " ".join(_TAG.findall(markup))
    for found in _LINK.findall(headers.get("Link", "")) + _HREF.findall(tags):
        root = urljoin(final, found.replace("&#038;", "&").replace("&amp;", "&"))
        _same_host(url, root)
        yield root
    yield f"{url}/?rest_route=/"


def _same_site(url: str, body: dict[str, Any]) -> None:
    """Refuse an address below a site: a network answers there for its main site."""
    own = {name: str(body[name]) for name in ("home", "url") if body.get(name)}
    paths = {urlsplit(each).path.rstrip("/") for each in own.values()}
    if paths and urlsplit(url).path.rstrip("/") not in paths:
        address = own.get("home") or own["url"]
        raise UsageError(f"{url} is {address} by its own account; use that address")


def _same_host(url: str, root: str) -> None:
    here, there = urlsplit(url), urlsplit(root)
    if here.hostname != there.hostname:
        address = root.partition("/wp-json")[0].partition("?")[0]
        raise UsageError(f"{url} is {address} by its own account; use that address")


def _final(root: str, url: str) -> str:
    """The root as it was reached, redirects followed."""
    if "?" in root:
        return urlsplit(root)._replace(scheme=urlsplit(url).scheme).geturl()
    return url.partition("?")[0].rstrip("/") + "/"


def _no_index(root: str) -> Trouble:
    return Trouble(
        NoAnswer(f"there is data at {root}, but none of WordPress's", sent=True)
    )
