"""What waits in the companion's queue on the embedded site."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.cases.case import Case
from tests.cases.playing import play, prepare
from tests.conftest import opened
from tests.recording.wsgi import ROOT, session
from wpbridge.rehearsal import create_app

if TYPE_CHECKING:
    from pathlib import Path

BLUEPRINT = """
calendar: {starts: 2027-03-22, timezone: UTC}
groups:
  film:
    posts:
      early: {at: 2026-03-02 09:00, by: anna, text: Gone already.}
      soon:
        at: start 09:00
        by: anna
        text: Soon, @bert.
        comments: {a: {by: bert, text: Yes.}}
      late: {at: start 10:00, text: Later.}
"""
CASE = Case(
    name="queue",
    blueprint=BLUEPRINT,
    as_of="2027-01-05 09:00",
    site={
        "members": ["anna", "bert"],
        "groups": ["film"],
        "memberships": {"film": {"anna": "member", "bert": "member"}},
    },
)
ROWS = """
    SELECT login, type, date_recorded, content FROM activity
    JOIN users ON users.id = user_id
    WHERE type IN ('activity_update', 'activity_comment') ORDER BY activity.id
"""


class Clock:
    """A clock that is set by hand."""

    now = datetime(2027, 1, 5, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


@pytest.mark.parametrize("page", ["/", "/wp-json/"])
def test_it_goes_out_when_its_time_has_come(
    page: str, version: int, tmp_path: Path
) -> None:
    """It is its author's, of the moment it was due, and nobody gets a mail."""
    clock = Clock()
    made = create_app(
        ":memory:", version=version, clock=clock, url=ROOT, companion=True
    )
    with closing(made) as app:
        app.switch("acting", "quiet", "dates")
        prepare(CASE, partial(opened, app), tmp_path)
        app.mails.clear()
        play(CASE, partial(opened, app), tmp_path)
        for minute in (0, 1):  # a comment comes a minute after its post
            clock.now = datetime(2027, 3, 22, 9, minute, tzinfo=UTC)
            session(app).get(f"{ROOT}{page}", timeout=60).raise_for_status()
        said = [
            (login, kind, date, "mention" in content)
            for login, kind, date, content in app.store.rows(ROWS)
        ]

        assert (said, len(app.mails)) == (
            [
                ("anna", "activity_update", "2026-03-02 09:00:00", False),
                ("anna", "activity_update", "2027-03-22 09:00:00", True),
                ("bert", "activity_comment", "2027-03-22 09:01:00", False),
            ],
            0,
        )


def test_what_could_not_be_sent_when_due_is_not_promised_anew(
    version: int, tmp_path: Path
) -> None:
    """It is left out with its reason until its text is another."""
    clock = Clock()
    made = create_app(
        ":memory:", version=version, clock=clock, url=ROOT, companion=True
    )
    with closing(made) as app:
        app.switch("acting", "quiet", "dates")
        prepare(CASE, partial(opened, app), tmp_path)
        play(CASE, partial(opened, app), tmp_path)
        app.store.run("UPDATE queue SET state = 'failed', reason = 'no_author: Gone.'")
        late = replace(CASE, as_of="2027-03-23 09:00")
        told = play(late, partial(opened, app), tmp_path)
        text = BLUEPRINT.replace("Later.", "Later still.")
        other = play(replace(late, blueprint=text), partial(opened, app), tmp_path)

        assert "plan" not in told
        assert "could not be sent when due (no_author: Gone.)" in str(told["left_out"])
        assert other["plan"] == "+ posts/film:late"
