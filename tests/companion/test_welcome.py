"""New members are mailed how to log in, when the call that makes them asks for it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.companion.site import fresh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.companion.site import Site

WORDS = ("mail", "reset link")


def body() -> dict[str, object]:
    """Somebody who is not there yet."""
    login = fresh("newcomer")
    email = f"{login}@example.org"
    return {"username": login, "email": email, "roles": ["subscriber"]}


def mailed(site: Site) -> list[str]:
    """What has been sent, as it was written."""
    return [each.read_text("utf-8") for each in site.running.mails.iterdir()]


@pytest.mark.parametrize("quiet", [False, True], ids=["loud", "quiet"])
@pytest.mark.parametrize("word", WORDS)
def test_one_mail_goes_to_whoever_is_new(site: Site, word: str, *, quiet: bool) -> None:
    """With a link to set a password; and a call sent twice mails once."""
    site.running.sent(forget=True)
    wire = {"method": "POST", "path": "/wp/v2/users", "body": (who := body())}
    surroundings = {"welcome": word, "quiet": quiet, "password": "none"}
    call = {**wire, **surroundings, "key": fresh("welcome-key")}
    first, again = site.calls(call)[0], site.calls(call)[0]
    [mail] = mailed(site)

    assert (first["state"], first["status"]) == ("ran", 201), first
    assert first["welcomed"] is True
    assert again == {**first, "replayed": True}
    assert str(who["email"]) in mail
    assert "action=rp" in mail.replace("=\n", "").replace("=3D", "=")


def test_a_quiet_call_lets_nothing_else_through(site: Site) -> None:
    """The one after it mails nobody."""
    route = {"method": "POST", "path": "/wp/v2/users"}
    wire = {**route, "quiet": True, "password": "none"}
    calls = [{**wire, "body": body(), "welcome": "mail"}, {**wire, "body": body()}]
    site.running.sent(forget=True)
    answers = site.calls(*calls)

    assert [each["status"] for each in answers] == [201, 201]
    assert [each.get("welcomed") for each in answers] == [True, None]
    assert len(mailed(site)) == 1


@contextmanager
def no_mail(site: Site) -> Iterator[None]:
    """Take away what mails are put into."""
    away = site.running.mails.with_name("away")
    site.running.mails.rename(away)
    try:
        yield
    finally:
        away.rename(site.running.mails)


@pytest.mark.parametrize("quiet", [False, True], ids=["loud", "quiet"])
@pytest.mark.parametrize("word", WORDS)
def test_a_mail_that_fails_is_told(site: Site, word: str, *, quiet: bool) -> None:
    """The account is made, the answer says so; one sent twice says it twice."""
    site.running.sent(forget=True)
    wire = {"method": "POST", "path": "/wp/v2/users", "password": "none"}
    call = {**wire, "body": body(), "welcome": word, "quiet": quiet}
    call["key"] = fresh("welcome-key")
    with no_mail(site):
        first = site.calls(call)[0]
    again, other = site.calls(call, {**call, "body": body(), "key": fresh("other-k")})

    assert (first["state"], first["status"]) == ("ran", 201), first
    assert first["welcomed"] is False
    assert again == {**first, "replayed": True}
    assert other["welcomed"] is True
    assert len(mailed(site)) == 1


@pytest.mark.parametrize("word", WORDS)
def test_a_mail_that_a_plugin_prevents_is_told(site: Site, word: str) -> None:
    """One that lets nobody set the password of that account."""
    site.running.sent(forget=True)
    made = {**body(), "username": fresh("locked")}
    wire = {"method": "POST", "path": "/wp/v2/users", "password": "none"}
    answer = site.calls({**wire, "body": made, "welcome": word})[0]

    assert (answer["state"], answer["status"]) == ("ran", 201), answer
    assert answer["welcomed"] is False
    assert mailed(site) == []


def test_no_welcome_is_told_of_an_account_that_was_not_made(site: Site) -> None:
    """Nobody is mailed, and nobody was to be."""
    taken = {**body(), "username": site.admin.login}
    answer = site.call("POST", "/wp/v2/users", taken, welcome="mail")

    assert answer["state"] == "failed"
    assert "welcomed" not in answer


@pytest.mark.parametrize(
    ("method", "path", "word"),
    [
        ("POST", "/wp/v2/users", "letter"),
        ("POST", "/wp/v2/users", ["mail"]),
        ("PUT", "/wp/v2/users/1", "mail"),
        ("POST", "/wp/v2/pages", "mail"),
    ],
)
def test_nothing_else_takes_the_word(
    site: Site, method: str, path: str, word: object
) -> None:
    """Nobody who is there already is mailed, and nothing runs."""
    site.running.sent(forget=True)
    answer = site.call(method, path, body(), welcome=word)

    assert (answer["state"], answer["status"]) == ("failed", 400)
    assert answer["body"]["code"] == "wpbridge_refused_welcome"
    assert mailed(site) == []
