"""The site's clock, which decides what is past there, and what is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from wpbridge.site.answer import date
from wpbridge.site.wire import SKEW

if TYPE_CHECKING:
    from wpbridge.site.answer import Answer


def ahead(told: str, answer: Answer, heard: datetime) -> timedelta:
    """
    How far the site's clock is ahead of ours; nothing where they are about the same.

    It is what the companion plugin ``told`` with its ``answer``, else the date that the
    web server put on it. What a cache kept for a while tells of no clock.
    """
    kept = answer.headers.get("Age", "0").strip() != "0"
    now = _moment(told) or date(answer.headers.get("Date", ""))
    now = None if kept else now
    off = now - heard if now else timedelta()
    return off if abs(off) > SKEW else timedelta()


def said(ahead: timedelta) -> str:
    """Such as: clock is behind this machine's by 3:00:00; what is due, ...."""
    side = "ahead of" if ahead > timedelta() else "behind"
    off = timedelta(seconds=round(abs(ahead).total_seconds()))
    return (
        f"clock is {side} this machine's by {off}; what is due, and what is past, is "
        "so by the site's"
    )


def _moment(told: str) -> datetime | None:
    try:
        now = datetime.fromisoformat(told)
    except ValueError:
        return None
    return now if now.tzinfo else None
