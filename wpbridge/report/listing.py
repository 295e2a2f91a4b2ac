"""
A plan as a list: one line a change, and one for every field that an update sets.

    + groups/darkroom
    ~ groups/film
        about: 'Old words' -> 'For people who shoot film.'
    - memberships/film:zoe
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from wpbridge.model import UNSET, Unset
from wpbridge.plan import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from wpbridge.model import Address
    from wpbridge.plan import Change

Sort: TypeAlias = "tuple[str, Address | None, Action]"
"""What is folded together: a kind, what it is in, and what happens to it."""

LONG = 72
"""Characters of a text that one line shows of it."""


class Line(NamedTuple):
    """A line of the list; ``mark`` is empty on those that belong to the one above."""

    mark: str
    text: str

    def __str__(self) -> str:
        return f"{self.mark} {self.text}" if self.mark else f"    {self.text}"


def lines(
    changes: Iterable[Change], *, most: int | None = None, zone: tzinfo | None = None
) -> Iterator[Line]:
    """Each change; of one sort at most so many, the rest counted."""
    changes = tuple(changes)
    total = Counter(map(_sort, changes))
    listed: Counter[Sort] = Counter()
    for change in changes:
        sort = _sort(change)
        listed[sort] += 1
        if most is None or total[sort] <= most + 1 or listed[sort] <= most:
            yield Line(change.action.value, str(change.address))
            if change.action is Action.UPDATE:
                yield from _fields(change, zone)
        elif listed[sort] == total[sort]:
            yield Line(change.action.value, _more(total[sort] - most, change))


def listing(changes: Iterable[Change]) -> str:
    """Every change in plain text, without a last line break."""
    return "\n".join(str(each) for each in lines(changes))


def _sort(change: Change) -> Sort:
    return change.address.kind, change.spec.within, change.action


def _more(number: int, change: Change) -> str:
    within = change.spec.within
    return f"… {number} more {change.address.kind}{f' in {within}' if within else ''}"


def _fields(change: Change, zone: tzinfo | None) -> Iterator[Line]:
    for name, after in change.sets.items():
        before = getattr(change.before, name, UNSET)
        old, new = shown(before, after, zone), shown(after, before, zone)
        yield Line("", f"{name}: {old} -> {new}")


def shown(value: Any, other: Any = "", zone: tzinfo | None = None) -> str:
    """
    Put a value in the blueprint's words; a long text near where it differs.

    A moment is told in ``zone``, the calendar's.
    """
    match value:
        case Unset():
            said = "unknown"
        case None | "" | ():
            said = "empty"
        case str() if not value:  # a stopgap
            said = "empty"
        case bool():
            said = "yes" if value else "no"
        case str():
            said = repr(_window(value, other if isinstance(other, str) else ""))
        case tuple():
            said = f"[{', '.join(map(str, value))}]"
        case datetime():
            said = f"{value.astimezone(zone or UTC):%Y-%m-%d %H:%M} {zone or 'UTC'}"
        case PurePath():
            said = value.name
        case _:
            said = str(value)
    return said


def _window(text: str, other: str) -> str:
    """So much of a text as a line has room for, from just before the difference."""
    if len(text) <= LONG:
        return text
    start = max(0, min(_common(text, other) - LONG // 4, len(text) - LONG))
    cut = text[start : start + LONG]
    return f"{'…' if start else ''}{cut}{'…' if start + LONG < len(text) else ''}"


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    alike = (index for index, (a, b) in enumerate(pairs) if a != b)
    return next(alike, min(len(one), len(other)))
