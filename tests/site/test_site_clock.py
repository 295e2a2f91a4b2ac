"""A machine whose clock is wrong: what is due and what is past, the site says."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from wpbridge.facade import Site, load
from wpbridge.journal import Status
from wpbridge.rehearsal import App, create_app
from wpbridge.site.answer import Answer
from wpbridge.site.clock import ahead
from wpbridge.site.open import open_site
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

    from wpbridge.facade import SitePlan

NOON = datetime(2027, 3, 22, 12, tzinfo=UTC)
HEADER = "Mon, 22 Mar 2027 15:00:00 GMT"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLUB = """\
wpbridge: 1
owner: club
host: ana
calendar: {{timezone: UTC}}
components: {{groups: active}}
newcomers: {{directory: at once}}
members: {{ana: {{email: ana@example.org}}}}
groups:
  film:
    name: Film
    about: For film.
    members: {{ana: admin}}
    posts:
      old: {{at: {old}, text: Long ago.}}
      middle: {{at: {middle}, text: In between.}}
"""


@pytest.mark.parametrize(
    ("told", "headers", "wanted"),
    [
        ("2027-03-22T14:00:00Z", {"Date": HEADER}, 2 * HOUR),
        ("", {"Date": HEADER}, 3 * HOUR),
        ("soon", {"Date": HEADER}, 3 * HOUR),
        ("2027-03-22T14:00:00", {"Date": HEADER}, 3 * HOUR),
        ("2027-03-22T12:01:59Z", {}, timedelta()),
        ("2027-03-22T11:58:01Z", {}, timedelta()),
        ("2027-03-22T09:00:00Z", {}, -3 * HOUR),
        ("", {"Date": HEADER, "Age": "0"}, 3 * HOUR),
        ("", {"Date": HEADER, "Age": "70"}, timedelta()),
        ("2027-03-22T09:00:00Z", {"Age": "10800"}, timedelta()),
        ("", {"Date": "today"}, timedelta()),
        ("", {}, timedelta()),
    ],
)
def test_the_companions_word_goes_before_the_web_servers(
    told: str, headers: dict[str, str], wanted: timedelta
) -> None:
    """What cannot be read is not there; two minutes are none."""
    assert ahead(told, Answer(200, headers, {}), NOON) == wanted


class Dated:
    """The embedded site behind a web server that says what time it is there."""

    def __init__(self, app: App) -> None:
        self.app = app

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer, with a date."""

        def started(
            status: str, headers: list[tuple[str, str]], *more: object
        ) -> object:
            date = format_datetime(self.app.clock(), usegmt=True)
            return start_response(status, [*headers, ("Date", date)], *more)  # type: ignore[arg-type]  # exc_info

        return self.app(environ, started)


@contextmanager
def bridged(app: App, folder: Path) -> Iterator[Site]:
    """A site, open."""
    way = partial(
        open_site, app.url, app.user, app.password, transport=WsgiAdapter(Dated(app))
    )
    with Site(way, folder / "journals") as opened:
        yield opened


def off_by(shift: timedelta, version: int, *, companion: bool) -> App:
    """A site whose clock is off from ours by that."""
    app = create_app(
        ":memory:",
        version=version,
        companion=companion,
        clock=lambda: datetime.now(UTC) + shift,
    )
    app.switch("acting", "quiet", "dates")
    return app


def planned(bridge: Site, folder: Path, *days: int) -> SitePlan:
    """A plan for the club, whose posts are due so many days from our now."""
    now = datetime.now(UTC)
    old, middle = (f"{now + each * DAY:%Y-%m-%d %H:%M}" for each in days)
    file = folder / "club.yaml"
    file.write_text(CLUB.format(old=old, middle=middle), encoding="utf-8")
    return bridge.plan(load(file))


@pytest.mark.parametrize("companion", [True, False], ids=["companion", "without"])
@pytest.mark.parametrize(
    ("shift", "days"), [(-30, (-40, -10)), (30, (10, 40))], ids=["behind", "ahead"]
)
def test_what_is_due_is_due_on_the_site(
    version: int, tmp_path: Path, shift: int, days: tuple[int, int], *, companion: bool
) -> None:
    """One post is of the site's past, one of its future, whatever we take them for."""
    app = off_by(shift * DAY, version, companion=companion)
    with bridged(app, tmp_path) as bridge:
        plan = planned(bridge, tmp_path, *days)
        ends = list(plan.apply())
        again = planned(bridge, tmp_path, *days)
    texts = app.store.rows(
        "SELECT date_recorded FROM activity WHERE content LIKE '%Long ago.%'"
    )
    due = datetime.now(UTC) + days[0] * DAY
    site = bridge.facts.ahead
    side = "behind" if shift < 0 else "ahead of"
    app.close()

    assert abs(site - shift * DAY) < HOUR
    assert [(str(each.address), each.by_itself) for each in plan.later] == [
        ("posts/film:middle", companion)
    ]
    assert [each.partition(" by ")[0] for each in plan.notes] == [
        f"The site's clock is {side} this machine's"
    ]
    assert {(each.status, each.message) for each in ends} == {(Status.APPLIED, "")}
    assert again.changes == ()
    if companion:
        assert [f"{due:%Y-%m-%d}"] == [each[0][:10] for each in texts]
    assert len(texts) == 1


def test_a_clock_that_was_set_is_left_alone(version: int, tmp_path: Path) -> None:
    """Whoever says ``--as-of`` means that moment."""
    app = off_by(-30 * DAY, version, companion=True)
    with bridged(app, tmp_path) as bridge:
        file = tmp_path / "club.yaml"
        file.write_text(
            CLUB.format(old="2026-01-02 09:00", middle="2027-03-22 11:00"), "utf-8"
        )
        plan = bridge.plan(load(file, as_of="2027-03-22 12:00"))
    app.close()

    assert (plan.later, plan.notes) == ((), ())
