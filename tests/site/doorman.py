"""A site whose login page lets people in, as WordPress's does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from tests.site.scripted import Reply, Script, refusal, wordpress

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from tests.site.scripted import Said

PASSWORD = " the account's own"
FORM = Reply(b'<form id="loginform"><input name="log"><input name="pwd"></form>')
TEST_COOKIE = ("Set-Cookie", "wordpress_test_cookie=WP%20Cookie%20check; path=/")
STALE = refusal(403, "rest_cookie_invalid_nonce", "Cookie check failed")


@dataclass
class Doorman:
    """Keeps sessions and nonces before a scripted site."""

    script: Script = field(default_factory=Script)
    session: int = 0
    nonce: int = 0

    def __post_init__(self) -> None:
        wordpress(self.script, api=1)
        form = Reply(FORM.body, headers=(TEST_COOKIE,))
        self.script.on("GET", "/wp-login.php", form)
        self.script.on("POST", "/wp-login.php", self._log_in)
        self.script.on("GET", "/wp-admin/admin-ajax.php", self._nonce)

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Refuse cookies without the right nonce, before anything is done."""
        cookie, nonce = environ.get("HTTP_COOKIE", ""), environ.get("HTTP_X_WP_NONCE")
        rest = environ["PATH_INFO"].startswith("/wp-json")
        if rest and not (self._knows(cookie) and nonce == self._right):
            return STALE.send(start_response)
        return self.script(environ, start_response)

    def forget_nonce(self) -> None:
        """Let the nonce grow too old."""
        self.nonce += 1

    def forget_session(self) -> None:
        """Let the session end, and its nonce with it."""
        self.session += 1
        self.forget_nonce()

    @property
    def _right(self) -> str:
        return f"nonce{self.nonce:05}"

    def _knows(self, cookie: str) -> bool:
        return f"wordpress_logged_in_x=jane-{self.session}" in cookie

    def _log_in(self, said: Said) -> Reply:
        form = parse_qs(said.body.decode())
        if "wordpress_test_cookie" not in said.cookie or form["pwd"] != [PASSWORD]:
            words = b'<div id="login_error" class="x"><p>Unknown <b>name</b>.</p></div>'
            return Reply(words + FORM.body)
        cookie = f"wordpress_logged_in_x=jane-{self.session}; path=/; HttpOnly"
        admin = "wordpress_x=secret; path=/wp-admin; HttpOnly"
        location = ("Location", "/wp-admin/")
        return Reply(
            b"", 302, (("Set-Cookie", admin), ("Set-Cookie", cookie), location)
        )

    def _nonce(self, said: Said) -> Reply:
        known = self._knows(said.cookie)
        return Reply(self._right.encode()) if known else Reply(b"0", 400)
