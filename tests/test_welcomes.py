"""Newcomers whose welcome cannot be mailed: told, and never lost in silence."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from wpbridge.apply import UNMAILED, UNSURE
from wpbridge.facade import Site, load
from wpbridge.journal import Status
from wpbridge.rehearsal import create_app
from wpbridge.report import json, markdown, tally
from wpbridge.site.open import open_site
from wpbridge.site.parcel import UNWELCOME
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

    from wpbridge.journal import Outcome
    from wpbridge.rehearsal import App

CLUB = """\
wpbridge: 1
owner: club
newcomers: {welcome: mail}
members:
  ana: {email: ana@example.org}
  bob: {email: bob@example.org}
"""


class Mailing:
    """The embedded site, which can be kept from sending mail."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.fails = False

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer, and say of each welcome that it could not be mailed."""
        said = b"".join(self.app(environ, start_response))
        if self.fails:
            said = said.replace(b'"welcomed": true', b'"welcomed":false')
        return [said]


@pytest.fixture
def mailing(version: int) -> Iterator[Mailing]:
    """A fresh site with the companion, and all of it switched on."""
    app = create_app(":memory:", version=version, companion=True)
    app.switch("acting", "quiet", "dates")
    yield Mailing(app)
    app.close()


@pytest.fixture
def bridge(mailing: Mailing, tmp_path: Path) -> Iterator[Site]:
    """That site, open."""
    app, adapter = mailing.app, WsgiAdapter(mailing)
    way = partial(
        open_site,
        app.url,
        app.user,
        app.password,
        transport=adapter,
        sleep=lambda _: None,
    )
    with Site(way, tmp_path / "journals") as opened:
        yield opened


def applied(bridge: Site, folder: Path) -> list[Outcome]:
    """How each change of the club ended."""
    file = folder / "club.yaml"
    file.write_text(CLUB, encoding="utf-8")
    return list(bridge.plan(load(file)).apply())


def told(ends: Iterable[Outcome]) -> set[tuple[str, Status, str, bool]]:
    """What is said of each member."""
    return {
        (each.change.address.key, each.status, each.message, each.unmailed)
        for each in ends
        if each.change.address.kind == "members"
    }


def test_what_could_not_be_mailed_is_counted(
    bridge: Site, mailing: Mailing, tmp_path: Path
) -> None:
    """The members are made; each is named, the sum says how many, nothing is well."""
    mailing.fails = True
    ends = applied(bridge, tmp_path)
    sum_ = tally(ends, 1.0)

    assert told(ends) == {
        ("ana", Status.APPLIED, UNMAILED, True),
        ("bob", Status.APPLIED, UNMAILED, True),
    }
    assert str(sum_) == (
        f"{len(ends)} changes applied in 1.0 s; 0 mails; 2 welcomes could not be mailed"
    )
    assert not sum_.well
    assert '"unmailed": 2' in json.outcomes(ends, sum_)
    assert "`members/ana`: the site could not mail the welcome" in markdown.outcomes(
        ends, sum_
    )


def test_what_was_mailed_is_not(bridge: Site, tmp_path: Path) -> None:
    """A welcome that went out needs no word but its number."""
    ends = applied(bridge, tmp_path)
    sum_ = tally(ends, 1.0)

    assert told(ends) == {
        ("ana", Status.APPLIED, "", False),
        ("bob", Status.APPLIED, "", False),
    }
    assert (sum_.mails, sum_.unmailed, sum_.well) == (2, 0, True)


def test_what_fails_later_hides_it_not(
    bridge: Site, mailing: Mailing, tmp_path: Path
) -> None:
    """The account is there, and the name of its profile is not: both are said."""
    mailing.fails = True
    mailing.app.refuse("*", "/xprofile/1/data", status=400, code="refused")
    ends = applied(bridge, tmp_path)
    sum_ = tally(ends, 1.0)

    assert {(key, status, lost) for key, status, _, lost in told(ends)} == {
        ("ana", Status.FAILED, True),
        ("bob", Status.FAILED, True),
    }
    assert all(UNMAILED in why and "Refused." in why for _, _, why, _ in told(ends))
    assert (sum_.mails, sum_.unmailed) == (0, 2)


def test_nobody_is_made_by_a_way_that_would_lose_it(
    bridge: Site, mailing: Mailing, tmp_path: Path
) -> None:
    """Where the calls do not take it, the member is not made, and that is said."""
    mailing.app.refuse(
        "POST", "/wp/v2/users", status=403, code="wpbridge_refused_route"
    )
    ends = applied(bridge, tmp_path)

    assert told(ends) == {
        ("ana", Status.FAILED, UNWELCOME, False),
        ("bob", Status.FAILED, UNWELCOME, False),
    }
    assert len(mailing.app.mails) == 0


def test_where_the_end_is_not_known_neither_is_the_mail(
    bridge: Site, mailing: Mailing, tmp_path: Path
) -> None:
    """Both were made before the server broke down, as a look shows."""
    mailing.app.refuse("POST", "/wp/v2/users", after=True, code="wpbridge_threw")
    ends = applied(bridge, tmp_path)

    assert told(ends) == {
        ("ana", Status.APPLIED, UNSURE, False),
        ("bob", Status.APPLIED, UNSURE, False),
    }
