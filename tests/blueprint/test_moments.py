"""Moments on a calendar, through the nights when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpbridge.blueprint.moments import Calendar, clock

LONDON = Calendar(
    ZoneInfo("Europe/London"), date(2027, 3, 17), date(2027, 4, 16), 5, time(9)
)
ABOVE = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-03-15 09:00", "2027-03-15T09:00"),
        ("2027-03-15", "2027-03-15T09:00"),
        ("2027-03-15T10:00:00+01:00", "2027-03-15T09:00"),
        ("week 1 wednesday", "2027-03-17T09:00"),
        ("Week 2 Monday 9:30", "2027-03-22T09:30"),
        ("week 3 monday 09:00", "2027-03-29T08:00"),
        ("day 1", "2027-03-17T09:00"),
        ("day 3 10:00", "2027-03-19T10:00"),
        ("start", "2027-03-17T09:00"),
        ("start 07:15", "2027-03-17T07:15"),
        ("end 17:00", "2027-04-16T16:00"),
        ("2 days before start", "2027-03-15T09:00"),
        ("1 day before start 23:59", "2027-03-16T23:59"),
        ("1 week after end", "2027-04-23T08:00"),
        ("+10 minutes", "2027-03-28T00:40"),
        ("+2 hours", "2027-03-28T02:30"),
        ("+1 day", "2027-03-28T23:30"),
        ("2027-03-28 01:30", "2027-03-28T01:30"),  # skipped: moves on by the gap
        ("2027-10-31 01:30", "2027-10-31T00:30"),  # doubled: the first
    ],
)
def test_moment(text: str, moment: str) -> None:
    """Each way to say when, in UTC."""
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    assert LONDON.moment(text, ABOVE) == expected


def test_an_open_calendar_tells_only_plain_dates() -> None:
    """While an input is open, what counts from the start stays as it is."""
    still_open = Calendar(ZoneInfo("Europe/London"), open=True)

    assert still_open.moment("week 2 monday") is None
    assert still_open.moment("2027-03-15 09:00") is not None


def test_the_clock_at_the_end_is_the_last_minute_of_the_day() -> None:
    """``--as-of end`` finds all posts of the last day due."""
    assert clock(LONDON, "end") == datetime(2027, 4, 16, 22, 59, tzinfo=UTC)


@given(st.integers(1, 60), st.sampled_from(["monday", "thursday", "sunday"]))
def test_weeks_count_on_the_wall_clock(week: int, day: str) -> None:
    """Whatever the clocks do, half past nine stays half past nine."""
    calendar = Calendar(ZoneInfo("Europe/London"), date(2027, 3, 15))
    moment = calendar.moment(f"week {week} {day} 09:30")
    local = moment and moment.astimezone(calendar.zone)

    assert local is not None
    assert (f"{local:%A %H:%M}").lower() == f"{day} 09:30"
    assert (local.date() - date(2027, 3, 15)).days // 7 == week - 1
