"""
How plans and outcomes are told: as text, on a terminal, as Markdown, as JSON.

A plan is told twice: as a letter (:mod:`~wpbridge.report.letter`), which says who joins
and what is posted, and as a list of its changes (:mod:`~wpbridge.report.listing`). Both
are values that the renderers share. Nothing here decides anything.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from wpbridge.journal import Status
from wpbridge.kinds import count
from wpbridge.stage import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, tzinfo

    from wpbridge.journal import Outcome


@dataclass(frozen=True)
class Heading:
    """
    What a plan is of, for the line above it.

    ``at`` is the clock if it was set, ``zone`` the calendar's.
    """

    blueprint: str
    site: str
    url: str
    login: str
    at: datetime | None = None
    zone: tzinfo | None = None

    def __str__(self) -> str:
        clock = f", as of {moment(self.at, self.zone)}" if self.at else ""
        return f"{self.blueprint} on {self.where} as {self.login}{clock}"

    @property
    def where(self) -> str:
        """``Community (https://community.example)``; a rehearsal's name for one."""
        return f"{self.site} ({told(self.url)})"


@dataclass(frozen=True)
class Tally:
    """
    How an apply went, in numbers; ``unmailed`` are welcomes that never went out.

    ``partly``: so many that are not applied left something on the site.
    """

    statuses: Mapping[Status, int]
    mails: int
    seconds: float
    unmailed: int = 0
    partly: int = 0

    def __str__(self) -> str:
        """``35 changes applied, 1 failed, 2 skipped in 12 s; 0 mails``."""
        said = [
            f"{self.statuses[status]} {status.value}"
            for status in (Status.FAILED, Status.SKIPPED, Status.UNKNOWN)
            if self.statuses.get(status)
        ]
        if self.partly:
            said.append(f"{self.partly} of them partly on the site")
        applied = self.statuses.get(Status.APPLIED, 0)
        if applied or not (self.partly or self.statuses.get(Status.UNKNOWN)):
            said.insert(0, f"{count(applied, 'change')} applied")
        welcomes = count(self.unmailed, "welcome")
        lost = f"; {welcomes} could not be mailed" if self.unmailed else ""
        return (
            f"{', '.join(said)} in {duration(self.seconds)}; "
            f"{count(self.mails, 'mail')}{lost}"
        )

    @property
    def well(self) -> bool:
        """Everything that was tried is applied, and mailed."""
        return not (self.statuses.keys() - {Status.APPLIED} or self.unmailed)


def tally(outcomes: Iterable[Outcome], seconds: float) -> Tally:
    """Count how changes ended; mails are those of the changes that landed."""
    seen = tuple(outcomes)
    mails = sum(
        sum(each.change.mails.values()) - each.unmailed
        for each in seen
        if each.status is Status.APPLIED
    )
    unmailed = sum(each.unmailed for each in seen)
    statuses = Counter(each.status for each in seen)
    partly = sum(bool(outcome.partly) for outcome in seen)
    return Tally(statuses, mails, seconds, unmailed, partly)


def moment(at: datetime, zone: tzinfo | None = None) -> str:
    """``Mon 22 Mar 2027, 09:30 Europe/London``, the same in every locale."""
    at = at.astimezone(zone or at.tzinfo or UTC)
    where = getattr(at.tzinfo, "key", None) or at.tzname()
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[at.weekday()]
    month = "JanFebMarAprMayJunJulAugSepOctNovDec"[at.month * 3 - 3 : at.month * 3]
    return f"{day} {at.day} {month} {at.year}, {at:%H:%M} {where}"


def duration(seconds: float) -> str:
    """``0.4 s``, ``12 s``, ``3 min 20 s``."""
    if seconds < 9.95:  # noqa: PLR2004 - below this, tenths are of interest
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
