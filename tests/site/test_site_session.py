"""Logging in at the site's own login page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.doorman import FORM, PASSWORD, Doorman
from tests.site.scripted import URL, Reply
from wpbridge.errors import LoginRefused, NotSupported, UsageError
from wpbridge.model import Address
from wpbridge.site import Job
from wpbridge.site.door import bp
from wpbridge.site.open import Install, open_site
from wpbridge.site.session import Session
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def doorman() -> Doorman:
    """A site with BuddyPress 14."""
    return Doorman()


def opened(doorman: Doorman, password: str = PASSWORD) -> Install:
    """The site, under a login at its login page."""
    return open_site(URL, "jane", password, cookie=True, transport=WsgiAdapter(doorman))


@pytest.fixture
def site(doorman: Doorman) -> Iterator[Install]:
    """The site, open."""
    with opened(doorman) as site:
        doorman.script.heard.clear()
        yield site


def test_buddypress_sees_who_comes_with_cookies(site: Install) -> None:
    """Up to 14 it does not see those with an application password."""
    assert site.facts.sees_login
    assert not site.facts.sees_members
    assert site.can("read requests") is None
    assert "does not see" in str(site.can("send messages as"))


def test_cookies_and_nonce_go_along_and_no_password(
    doorman: Doorman, site: Install
) -> None:
    """The cookie for wp-admin is not for the REST API."""
    site.bp.get("components")
    [said] = doorman.script.heard

    assert said.cookie.endswith("wordpress_logged_in_x=jane-0")
    assert "secret" not in said.cookie
    assert (said.nonce, said.login) == ("nonce00000", "")


def test_a_stale_nonce_is_renewed_and_the_write_sent_once(
    doorman: Doorman, site: Install
) -> None:
    """It was refused before anything was done."""
    doorman.script.on("POST", "/wp-json/buddypress/v1/groups", Reply([{"id": 5}]))
    doorman.forget_nonce()
    job = Job(Address("groups", "film"), (bp.post("groups", name="Film"),), ())
    [done] = site.carry([job], {})

    assert done.answers == ({"id": 5},)
    assert [each.path for each in doorman.script.heard] == [
        "/wp-admin/admin-ajax.php",
        "/wp-json/buddypress/v1/groups",
    ]


def test_a_session_that_is_gone_is_begun_again(doorman: Doorman, site: Install) -> None:
    """Without a word from anybody."""
    doorman.forget_session()
    site.bp.get("components")

    assert [f"{each.method} {each.path}" for each in doorman.script.heard] == [
        "GET /wp-admin/admin-ajax.php",
        "GET /wp-login.php",
        "POST /wp-login.php",
        "GET /wp-admin/admin-ajax.php",
        "GET /wp-json/buddypress/v1/components",
    ]


def test_it_logs_out_at_the_end(doorman: Doorman) -> None:
    """A session would live for two days."""
    page = Reply(b'<a href="?action=logout&amp;_wpnonce=abc123">log out</a>', 403)
    with opened(doorman):
        doorman.script.on("GET", "/wp-login.php", page)

    assert ("_wpnonce", "abc123") in doorman.script.heard[-1].query


def test_a_wrong_password_is_refused_in_the_sites_words(doorman: Doorman) -> None:
    """And with a hint at which password it is that is wanted."""
    with pytest.raises(LoginRefused, match=r"Unknown name .* account's own password"):
        opened(doorman, "wrong")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (Reply(b"<h1>Nothing here</h1>", 404), "there is no login form at .*HTTP 404"),
        (Reply(FORM.body + b'<div class="g-recaptcha">'), "wants a captcha solved"),
        (
            Reply(b"", 302, (("Location", "https://sso.invalid/login?x=1"),)),
            "sends logins to sso.invalid/login",
        ),
    ],
    ids=["hidden", "captcha", "single sign-on"],
)
def test_what_stands_in_the_way_is_named(
    doorman: Doorman, page: Reply, words: str
) -> None:
    """With what helps; and no password was sent."""
    doorman.script.on("GET", "/wp-login.php", page)

    with pytest.raises(NotSupported, match=f"{words}.*application password instead"):
        opened(doorman)
    assert doorman.script.paths("POST") == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Reply(b"<form>Enter your code</form>"), "more than a password"),
        (Reply(b"", 302, (("Location", "/2fa"),)), "more than a password"),
        (Reply(b"Blocked", 403), "something before the login page refuses"),
    ],
)
def test_a_second_factor_is_not_passed(
    doorman: Doorman, answer: Reply, words: str
) -> None:
    """It is meant to keep the likes of us out."""
    doorman.script.on("POST", "/wp-login.php", answer)

    with pytest.raises(LoginRefused, match=words):
        opened(doorman)


def test_a_session_that_is_taken_back_is_a_second_factor_too(doorman: Doorman) -> None:
    """Some plugins log in first, and take the cookies back on the next page."""
    doorman.script.on("GET", "/wp-admin/admin-ajax.php", Reply(b"0", 400))

    with pytest.raises(LoginRefused, match="forgets it at once"):
        opened(doorman)


def test_a_first_look_that_is_sent_elsewhere_is_taken_again(doorman: Doorman) -> None:
    """BuddyPress greets whoever comes to wp-admin first after it was activated."""
    greeting = Reply(b"", 302, headers=(("Location", f"{URL}/wp-admin/?hello=1"),))
    nonce = Reply(b"nonce00000")
    doorman.script.on("GET", "/wp-admin/admin-ajax.php", greeting, nonce)

    with opened(doorman) as site:
        assert site.facts.sees_login


def test_cookies_stay_with_their_host(site: Install) -> None:
    """Wherever a request may go."""
    session = site._http.login  # noqa: SLF001 - what goes along

    assert isinstance(session, Session)
    assert session.headers(f"{URL}/wp-json/") != {}
    assert session.headers("https://other.invalid/wp-json/") == {}


def test_a_login_page_is_told_no_password_in_the_clear() -> None:
    """Not even on purpose."""
    with pytest.raises(UsageError, match="over https only"):
        open_site(URL, "jane", PASSWORD, cookie=True, insecure=True)
    with pytest.raises(UsageError, match="use https"):
        open_site(URL, "jane", PASSWORD, cookie=True)


def test_nothing_secret_is_shown(site: Install) -> None:
    """In a traceback with locals, say."""
    session = site._http.login  # noqa: SLF001 - what a traceback would show

    assert isinstance(session, Session)
    assert repr(session) == "Session('jane')"
    assert "nonce" not in repr(session.headers(f"{URL}/wp-json/").values())
