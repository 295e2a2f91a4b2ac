"""
Moments: points in time, as people say them, on a calendar that knows its time zone.

Days and weeks count on the wall clock, ``+`` minutes and hours in elapsed time. A time
that the clocks skip moves forward by the gap; of a doubled one, the first is meant
(which is what ``zoneinfo`` makes of ``fold=0``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from wpbridge.blueprint.core import DAYS
from wpbridge.blueprint.grammar import Date, Number, Time, Type, Zone
from wpbridge.blueprint.values import LAST_YEAR, convert, wrong

if TYPE_CHECKING:
    from wpbridge.blueprint.node import Node
    from wpbridge.blueprint.problems import Problems

_CLOCK = r"(?: (?P<time>[01]?\d:[0-5]\d|2[0-3]:[0-5]\d))?"
_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<date>\d{4}-\d\d-\d\d)",
        rf"week (?P<week>\d{{1,3}}) (?P<weekday>{'|'.join(DAYS)})",
        r"day (?P<day>\d{1,4})",
        r"(?P<edge>start|end)",
        (
            r"(?P<count>\d{1,3}) (?P<unit>day|week)s? (?P<side>before|after) "
            r"(?P<edge>start|end)"
        ),
    )
)
_LATER = re.compile(r"\+ ?(\d{1,4}) (minute|hour|day|week)s?", re.ASCII)
_EXACT = re.compile(
    r"(?:19|2[01])\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", re.ASCII
)
_MORNING = time(9)
_FRIDAY = 4


class Unclear(Exception):
    """A moment that cannot be told; its text says why and what to write."""


@dataclass(frozen=True)
class Calendar:
    """When a blueprint starts and ends; ``open``: an input that says so is open."""

    zone: ZoneInfo | None = None
    starts: date | None = None
    ends: date | None = None
    weeks: int | None = None
    morning: time = _MORNING
    open: bool = False

    def at(self, day: date, clock: time | None = None) -> datetime:
        """One day at a time of the wall clock, in UTC."""
        if self.zone is None:
            raise Unclear(
                "a time needs its time zone; write `calendar: {timezone: "
                "Europe/London}` at the top"
            )
        return datetime.combine(day, clock or self.morning, self.zone).astimezone(UTC)

    def day(self, week: int, weekday: str, written: str = "") -> date:
        """Tell which day it is; week 1 is the week, from Monday, of the start."""
        starts = self._edge("start", written or f"week {week}")
        monday = starts - timedelta(starts.weekday())
        day = monday + timedelta(7 * (week - 1) + DAYS.index(weekday.lower()))
        if day < starts:
            raise Unclear(
                f"`{written or f'week {week} {weekday}'}` is {day}, before the start "
                f"on {starts}; write `{_days((starts - day).days)} before start` if "
                "that is meant"
            )
        return day

    def moment(self, text: str, above: datetime | None = None) -> datetime | None:
        """
        Tell when a moment is, in UTC; ``None`` while the calendar is open.

        ``above`` is what ``+10 minutes`` counts from.
        """
        text = " ".join(text.split())
        if exact(text):
            return datetime.fromisoformat(text).astimezone(UTC)
        if later := _LATER.fullmatch(text):
            return self._later(int(later[1]), later[2], above, text)
        for form in _FORMS:
            if found := form.fullmatch(text):
                if self.open and not found.groupdict().get("date"):
                    return None
                clock = found["time"]
                return self.at(
                    self._day(found.groupdict(), text),
                    time.fromisoformat(clock.rjust(5, "0")) if clock else None,
                )
        raise Unclear(
            f"`{text}` is not a time wpbridge can read; write `week 2 monday 09:00` or "
            "`2027-03-22 09:00`"
        )

    def _later(
        self, count: int, unit: str, above: datetime | None, text: str
    ) -> datetime:
        if above is None:
            raise Unclear(f"`{text}` counts from the post above, and none has an `at`")
        gap = timedelta(**{f"{unit}s": count})
        if above.year + gap.days // 365 > LAST_YEAR:
            raise Unclear(f"`{text}` is too far away from the post above to be meant")
        if unit in {"minute", "hour"}:
            return above + gap
        local = above.astimezone(self.zone or UTC)
        day = local.date() + gap
        return self.at(day, local.time())

    def _day(self, said: dict[str, str | None], text: str) -> date:
        if written := said.get("date"):
            if message := wrong(Date(), written):
                raise Unclear(f"`{text}` {message}")
            return date.fromisoformat(written)
        if week := said.get("week"):
            if int(week) == 0:
                raise Unclear(f"`{text}`: weeks are counted from 1")
            return self.day(int(week), said.get("weekday") or "", text)
        if number := said.get("day"):
            if int(number) == 0:
                raise Unclear(f"`{text}`: days are counted from 1, which is the start")
            return self._edge("start", text) + timedelta(int(number) - 1)
        edge = self._edge((said["edge"] or "").lower(), text)
        if not said.get("count"):
            return edge
        days = int(said["count"] or 0) * (7 if said["unit"] == "week" else 1)
        return edge + timedelta(days if said["side"] == "after" else -days)

    def _edge(self, edge: str, text: str) -> date:
        day = self.starts if edge == "start" else self.ends
        if day is not None:
            return day
        missing = "`starts`" if edge == "start" else "`weeks` or `ends`"
        raise Unclear(f"`{text}` needs {missing} under `calendar`")


def calendar(root: Node, problems: Problems) -> Calendar:
    """Take the calendar from a tree; what is wrong in it was noted by the check."""
    node = root.child("calendar")
    if node is None:
        return Calendar()
    is_open = any("$(" in str(each.value) for each in node.fields().values())
    zone = _said(node, "timezone", Zone())
    starts = _said(node, "starts", Date())
    weeks = _said(node, "weeks", Number(1))
    ends = _said(node, "ends", Date())
    if node.child("starts") and not node.child("timezone"):
        problems.add(
            node.key_place, "calendar needs `timezone`, as in `timezone: Europe/London`"
        )
    if starts and ends and ends < starts:
        problems.add(node.key_place, f"calendar ends on {ends}, before it starts")
    if starts and weeks and not ends:
        ends = starts + timedelta(7 * (weeks - 1) + _FRIDAY - starts.weekday())
    return Calendar(
        ZoneInfo(zone) if zone else None,
        starts,
        ends,
        weeks,
        _said(node, "time", Time()) or _MORNING,
        open=is_open,
    )


def clock(calendar: Calendar, as_of: str) -> datetime:
    """Tell what time ``--as-of`` means; ``end`` is the last minute of its day."""
    if as_of.strip().lower() == "end" and calendar.ends:
        return calendar.at(calendar.ends, time(23, 59))
    moment = calendar.moment(as_of)
    if moment is None:
        raise Unclear(f"`{as_of}` cannot be told while the calendar is open")
    return moment


def exact(text: str) -> bool:
    """Tell whether a moment has its zone, as those that :func:`iso` writes."""
    if not _EXACT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def iso(moment: datetime) -> str:
    """``2027-03-20T09:00:00Z``."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _said(node: Node, name: str, kind: Type) -> Any:
    child = node.child(name)
    if child is None or not isinstance(child.value, str) or wrong(kind, child.value):
        return None
    return convert(kind, child)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
