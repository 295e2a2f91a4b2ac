"""Dates as BuddyPress stores and tells them."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

STORED = "%Y-%m-%d %H:%M:%S"
_CHUNKS = (
    (31536000, "year"),
    (2592000, "month"),
    (604800, "week"),
    (86400, "day"),
    (3600, "hour"),
    (60, "minute"),
    (1, "second"),
)


def stored(moment: datetime) -> str:
    """UTC, as a MySQL column holds it."""
    return moment.astimezone(UTC).strftime(STORED)


def parsed(text: str) -> datetime:
    """The moment of a stored UTC date."""
    return datetime.strptime(text, STORED).replace(tzinfo=UTC)


def rfc3339(text: str | None) -> str | None:
    """``mysql_to_rfc3339``: a ``T`` in the middle, and no zone."""
    if not text or text.startswith("0000"):
        return None
    return text.replace(" ", "T")


def local(text: str | None, zone: timezone | ZoneInfo) -> str | None:
    """The same moment by the site's clock, without its zone."""
    if not text or text.startswith("0000"):
        return None
    return parsed(text).astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")


def site_zone(name: str, offset: float) -> timezone | ZoneInfo:
    """The zone of options ``timezone_string`` and ``gmt_offset``."""
    if not name and not offset:
        return UTC
    return ZoneInfo(name) if name else timezone(timedelta(hours=offset))


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" + ("" if number == 1 else "s")


def since(text: str | None, now: datetime) -> str:
    """``bp_core_time_since``: the two largest units, neighbours only."""
    gap = int(now.timestamp()) - (int(parsed(text).timestamp()) if text else 0)
    if gap < 0:
        return "sometime ago"
    found = next((i for i, (size, _) in enumerate(_CHUNKS) if gap // size), None)
    if found is None:
        return "0 seconds ago"
    size, unit = _CHUNKS[found]
    parts = [_count(gap // size, unit)]
    # bp_core_time_diff never puts seconds behind minutes.
    if found + 2 < len(_CHUNKS):
        smaller, small_unit = _CHUNKS[found + 1]
        rest = (gap - size * (gap // size)) // smaller
        if rest:
            parts.append(_count(rest, small_unit))
    return ", ".join(parts) + " ago"
