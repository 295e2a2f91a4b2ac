"""
Logging in through the site's own login page, with cookies and a nonce beside them.

- Cookies count in the REST API only beside a nonce, which ``admin-ajax.php`` gives to
  whoever is logged in. A nonce lives for a day at most, a session for two.
- What comes with a nonce that is stale, or with a session that is gone, is refused
  before anything is done (``rest_cookie_invalid_nonce``), so it can be sent again.
- BuddyPress 12 and 14 see who is logged in this way, and not under an application
  password.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email.message import Message
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

import requests
from requests.cookies import (
    MockRequest,
    MockResponse,
    RequestsCookieJar,
    get_cookie_header,
)

from wpbridge.errors import LoginRefused, NoAnswer, NotSupported, Refused
from wpbridge.site.answer import GATEWAY, Trouble, plain
from wpbridge.site.redirect import REDIRECTS
from wpbridge.site.secret import Hidden
from wpbridge.site.wire import FORM, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpbridge.site.http import Http, Raw
    from wpbridge.site.secret import Secret

PAGE = "wp-login.php"
STALE = "rest_cookie_invalid_nonce"

_ERROR = re.compile(rb'id="login_error"[^>]*>(.*?)</div>', re.DOTALL)
_CAPTCHA = re.compile(rb"g-recaptcha|h-captcha|cf-turnstile|captcha", re.IGNORECASE)
_NONCE = re.compile(rb"[\w-]{6,64}")
_LOGOUT = re.compile(rb"action=logout&(?:amp;)?_wpnonce=(\w+)")
_INSTEAD = "; log in with an application password instead"


class Session:
    """A user name and the account's own password, kept logged in."""

    def __init__(self, user: str, password: Secret) -> None:
        self.user = user
        self._password = password
        self._host: str | None = None
        self._base = ""
        self._now = _Visitor(RequestsCookieJar())
        self._lock = Lock()

    @property
    def password(self) -> str:
        """The password itself, for doors that have it in the body."""
        return self._password.reveal()

    @property
    def nonce(self) -> str:
        """What tells the site that a request is ours; empty before logging in."""
        return self._now.nonce

    def __repr__(self) -> str:
        return f"Session({self.user!r})"

    def headers(self, url: str) -> Mapping[str, str]:
        """Cookies and nonce, for the host that gave them and for no other."""
        now = self._now  # which another worker may renew meanwhile
        if urlsplit(url).hostname != self._host or not now.nonce:
            return {}
        return {"Cookie": now.cookies(url), "X-WP-Nonce": Hidden(now.nonce)}

    def begin(self, http: Http, url: str) -> None:
        """Log in at a site's address, and get a nonce; raises why not."""
        self._base, self._host = url.rstrip("/") + "/", urlsplit(url).hostname
        visitor = self._log_in(http)
        nonce = self._nonce(http, visitor)
        if not nonce:
            raise LoginRefused(
                f"{url} logs {self.user} in and forgets it at once: does a plugin ask "
                f"for a second factor?{_INSTEAD}"
            )
        self._now = replace(visitor, nonce=nonce)

    def renew(self, http: Http, nonce: str) -> None:
        """Get another nonce for a stale one, and log in again if it takes that."""
        with self._lock:
            if nonce != self.nonce:  # somebody else was faster
                return
            fresh = self._nonce(http, self._now)
            if fresh:
                self._now = replace(self._now, nonce=fresh)
            else:
                self.begin(http, self._base)

    def end(self, http: Http) -> None:
        """Log out, as far as that can be done."""
        if not self.nonce:
            return
        page = f"{self._base}{PAGE}?action=logout"
        asked = self._now.go(http, page)
        found = None if isinstance(asked, Trouble) else _LOGOUT.search(asked.data)
        if found:
            self._now.go(http, f"{page}&_wpnonce={found[1].decode('ascii')}")
        self._now = _Visitor(RequestsCookieJar())

    def _log_in(self, http: Http) -> _Visitor:
        visitor = _Visitor(RequestsCookieJar())
        place = self._form(http, visitor)
        fields = {"log": self.user, "pwd": self.password, "testcookie": "1"}
        body = urlencode({**fields, "wp-submit": "Log In"}).encode("ascii")
        raw = visitor.see(http, place, body)
        if not visitor.knows("wordpress_logged_in_"):
            raise LoginRefused(_why_not(raw, self.user))
        return visitor

    def _form(self, http: Http, visitor: _Visitor) -> str:
        """Where the login form is; it also hands out the cookies that it wants back."""
        place = self._base + PAGE
        raw = visitor.see(http, place)
        if raw.status in REDIRECTS:
            place = self._elsewhere(urljoin(place, raw.headers.get("Location", "")))
            raw = visitor.see(http, place)
        if b'name="log"' not in raw.data:
            raise NotSupported(
                f"there is no login form at {place} (HTTP {raw.status}): a plugin may "
                f"have moved or replaced it{_INSTEAD}"
            )
        if _CAPTCHA.search(raw.data):
            raise NotSupported(f"{place} wants a captcha solved{_INSTEAD}")
        return place

    def _elsewhere(self, place: str) -> str:
        """A login page that moved on the same host; single sign-on is another's."""
        there = urlsplit(place)
        safe = there.scheme in {"https", urlsplit(self._base).scheme}
        if safe and there.hostname == self._host and there.path.endswith(f"/{PAGE}"):
            self._base = place.partition(PAGE)[0]
            return self._base + PAGE
        raise NotSupported(
            f"the site sends logins to {there.netloc}{there.path} (a single sign-on, "
            f"or a login page of its own){_INSTEAD}"
        )

    def _nonce(self, http: Http, visitor: _Visitor) -> str:
        """Get a nonce; there is none for those who are not logged in."""
        place = f"{self._base}wp-admin/admin-ajax.php?action=rest-nonce"
        raw = visitor.see(http, place)
        if raw.status in REDIRECTS:  # BuddyPress's, once, to where it greets: go on
            raw = visitor.see(http, place)
        text = raw.data.strip()
        if text in {b"0", b"-1"} or raw.status in REDIRECTS:
            return ""
        if raw.status >= HTTPStatus.BAD_REQUEST or not _NONCE.fullmatch(text):
            raise NotSupported(
                f"{place} gives no nonce (HTTP {raw.status}): something closes "
                f"wp-admin there{_INSTEAD}"
            )
        return text.decode("ascii")


@dataclass(frozen=True)
class _Visitor:
    """Goes to pages as a browser does, with the cookies of the way so far."""

    jar: RequestsCookieJar
    nonce: str = ""

    def headers(self, url: str) -> Mapping[str, str]:
        """Cookies, and that a page is wanted."""
        return {"Accept": "text/html,*/*", "Cookie": self.cookies(url)}

    def cookies(self, url: str) -> Hidden:
        """Those that belong to an address, by the rules of cookies."""
        asked = requests.Request("GET", url).prepare()
        found = get_cookie_header(self.jar, asked)  # type: ignore[no-untyped-call]  # requests'
        return Hidden(found or "")

    def go(self, http: Http, url: str, body: bytes | None = None) -> Raw | Trouble:
        """Send for a page, or send a form."""
        method, kind = ("GET", None) if body is None else ("POST", FORM)
        route = urlsplit(url).path
        raw = http.hop(Request(method, url, route, body, kind, login=self))
        if not isinstance(raw, Trouble):
            self.take(url, raw.cookies)
        return raw

    def see(self, http: Http, url: str, body: bytes | None = None) -> Raw:
        """The page itself; raises why there is none."""
        raw = self.go(http, url, body)
        if isinstance(raw, Trouble):
            raise raw.error
        if raw.status in GATEWAY or raw.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise NoAnswer(f"{url}: the site is overloaded (HTTP {raw.status})")
        return raw

    def take(self, url: str, cookies: tuple[str, ...]) -> None:
        """Note what an answer set or deleted."""
        message = Message()
        for each in cookies:
            message["Set-Cookie"] = each
        asked: Any = MockRequest(requests.Request("GET", url).prepare())
        answered: Any = MockResponse(message)
        self.jar.extract_cookies(answered, asked)

    def knows(self, start: str) -> bool:
        """Tell whether there is a cookie whose name begins so."""
        return any(each.name.startswith(start) for each in self.jar)


def is_stale(result: object) -> bool:
    """Tell whether something was refused for its nonce, before it was done."""
    error = result.error if isinstance(result, Trouble) else None
    return isinstance(error, Refused) and error.code == STALE


def _why_not(raw: Raw, user: str) -> str:
    """Why a login page let nobody in, as far as it says."""
    said = _ERROR.search(raw.data)
    if said:
        words = plain(said[1].decode("utf-8", "replace"))
        return (
            f"the login page does not take {user}: {words} (it wants the account's own "
            "password, not an application password)"
        )
    if raw.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return f"something before the login page refuses (HTTP {raw.status}){_INSTEAD}"
    return (
        "the login page asks for more than a password, such as a second factor or a "
        f"single sign-on{_INSTEAD}"
    )
