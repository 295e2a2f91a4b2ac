"""What a proxy delivered twice is there once, or is named and goes when allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.community import COMMUNITY, content
from tests.test_apply import WRITES
from wpbridge.facade import Site
from wpbridge.journal import Status
from wpbridge.model import Address, Call
from wpbridge.rehearsal import create_app
from wpbridge.report.listing import listing
from wpbridge.site import Job
from wpbridge.site.open import open_site
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from pathlib import Path

    from requests import PreparedRequest, Response

    from wpbridge.rehearsal import App


class Twice(WsgiAdapter):
    """A way on which requests of one sort are delivered twice, if they write."""

    def __init__(self, app: App, method: str, path: str, *, tell: str) -> None:
        super().__init__(app)
        self.method, self.path, self.tell = method, path, tell

    def send(self, request: PreparedRequest, **rest: Any) -> Response:  # type: ignore[override]  # no more is used of it
        """Send it, and send it again; tell of the first or of the second."""
        first = super().send(request, **rest)
        if request.method != self.method or self.path not in str(request.url):
            return first
        second = super().send(request, **rest)
        return first if self.tell == "first" else second


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the blueprint in it."""
    monkeypatch.setenv("WPBRIDGE_HOME", str(tmp_path))
    (tmp_path / "club.yaml").write_text(COMMUNITY, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def wholes() -> dict[int, Any]:
    """What a site of each version holds when all is delivered once."""
    return {}


def open_over(way: WsgiAdapter, app: App, folder: Path) -> Site:
    """Open a site over a way of its own."""
    return Site(
        lambda: open_site(
            app.url, app.user, app.password, transport=way, sleep=lambda _: None
        ),
        folder / "journals",
    )


def whole(version: int, folder: Path, wholes: dict[int, Any]) -> Any:
    """Apply the blueprint to a site of its own; what that holds."""
    if version not in wholes:
        app = create_app(":memory:", version=version)
        with open_over(WsgiAdapter(app), app, folder / "whole") as site:
            site.plan(folder / "club.yaml").apply()
        wholes[version] = content(app)
        app.close()
    return wholes[version]


@pytest.mark.parametrize("tell", ["first", "second"])
@pytest.mark.parametrize("doubled", WRITES, ids=" ".join)
def test_what_was_delivered_twice(
    *,
    doubled: tuple[str, str],
    tell: str,
    version: int,
    wholes: dict[int, Any],
    app: App,
    folder: Path,
) -> None:
    """
    After a clean run nothing is there twice, or the plan names it.

    Once that is allowed, the younger one goes, and the site is as it would have been.
    """
    wanted = whole(version, folder, wholes)
    with open_over(Twice(app, *doubled, tell=tell), app, folder) as site:
        site.plan(folder / "club.yaml").apply(without_withheld=True)
    with open_over(WsgiAdapter(app), app, folder) as site:
        ends = site.plan(folder / "club.yaml").apply(without_withheld=True)
        plan = site.plan(folder / "club.yaml")
        words = {hold.allow for hold in plan.withheld if hold.allow}
        told = [note for note in plan.notes if "more than once" in note]
        if words:
            allowed = site.plan(folder / "club.yaml", allow=words)
            ends = allowed.apply()
        again = site.plan(folder / "club.yaml")

    assert {outcome.status for outcome in ends} <= {Status.APPLIED}
    assert (listing(again.changes), again.withheld) == ("", ())
    if not told:
        assert once(content(app)) == once(wanted)
    assert [word for word in words - {"limit:deleted"} if "#" not in word] == []


def once(held: Any) -> Any:
    """What a site holds, but what is in the trash, and passwords, which are gone."""
    return {
        name: [row for row in rows if "trash" not in row]
        for name, rows in held.items()
        if name != "passwords"
    }


@pytest.mark.parametrize(
    "doubled",
    [
        ("POST", "/wp/v2/users"),
        ("POST", "/members"),
        ("PUT", "/components"),
        ("POST", "/friends"),
        ("PUT", "/data/"),
        ("PUT", "/wp/v2/settings"),
    ],
    ids=" ".join,
)
def test_what_the_site_refuses_the_second_time_is_applied(
    *, doubled: tuple[str, str], app: App, folder: Path
) -> None:
    """The answer tells of the second, which found it done: a look tells that it is."""
    with open_over(Twice(app, *doubled, tell="second"), app, folder) as site:
        outcomes = site.plan(folder / "club.yaml").apply()

    assert [str(outcome) for outcome in outcomes.failed] == []


def test_somebody_elses_account_is_not_taken_for_the_one_that_was_made(
    app: App, folder: Path
) -> None:
    """It has the login, and another address: nothing of it is changed."""
    with open_over(WsgiAdapter(app), app, folder) as site:
        plan = site.plan(folder / "club.yaml")
        theirs = {
            "username": "ana",
            "email": "other@example.org",
            "name": "Ana Other",
            "password": "Tulip-4-Ana",
        }
        call = Call("wp", "POST", ("users",), theirs)
        list(site.client.carry([Job(Address("members", "x"), (call,), ())], {}))
        outcomes = plan.apply()
        (account,) = app.store.rows("SELECT * FROM users WHERE login = 'ana'")

    (failed,) = [o for o in outcomes.failed if o.change.address.key == "ana"]
    assert failed.status is Status.FAILED
    assert (account["email"], account["display_name"]) == (
        "other@example.org",
        "Ana Other",
    )


def test_a_message_that_was_sent_twice_is_noted(
    app: App, version: int, folder: Path
) -> None:
    """It cannot be taken back: no later plan stops at it, and each says so."""
    file = folder / "mail.yaml"
    file.write_text(
        "wpbridge: 1\nowner: club\ncomponents: {messages: active}\n"
        "members:\n  ana: {name: Ana, email: ana@example.org}\n"
        "messages:\n  hello: {from: admin, subject: Hello, text: Come in., to: [ana]}\n"
    )
    with open_over(Twice(app, "POST", "/messages", tell="first"), app, folder) as site:
        site.plan(file, allow={"mails"}).apply(without_withheld=True)
    with open_over(WsgiAdapter(app), app, folder) as site:
        plan = site.plan(file)

    if version == 15:  # before, an application password sends no messages
        assert "messages/hello is on the site more than once." in plan.notes
    assert plan.changes == ()
