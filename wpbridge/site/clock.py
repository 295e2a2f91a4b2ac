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
    web server put on it.
    """
    now = _moment(told) or date(answer.headers.get("Date", ""))
    off = now - heard if now else timedelta()
    return off if abs(off) > SKEW else timedelta()


def _moment(told: str) -> datetime | None:
    try:
        now = datetime.fromisoformat(told)
    except ValueError:
        return None
    return now if now.tzinfo else None
