"""Moments, as the companion takes and tells them."""

import re
from datetime import UTC, datetime
from typing import Any

from wpbridge.rehearsal.dates import stored

# RFC 3339, with its zone.
_FORM = re.compile(
    r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?"
    r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)"
)


def moment(said: Any, now: datetime) -> str | None:
    """Such a moment as tables hold it; None for anything else."""
    found = any_moment(said)
    return found if found and found <= stored(now) else None


def any_moment(said: Any) -> str | None:
    """The same, be it past or to come."""
    if not isinstance(said, str) or not _FORM.fullmatch(said):
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return stored(found.astimezone(UTC))


def zulu(stamp: str | None) -> str | None:
    """A date of the tables as a moment with its zone."""
    return f"{stamp.replace(' ', 'T')}Z" if stamp else None
