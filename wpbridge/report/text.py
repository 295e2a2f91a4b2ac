"""Plans and outcomes in plain text, for pipes, logs and mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpbridge.kinds import count
from wpbridge.plan import Action
from wpbridge.report.letter import letter
from wpbridge.report.listing import lines, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from wpbridge.journal import Outcome
    from wpbridge.model import Spec
    from wpbridge.plan import Plan
    from wpbridge.report import Heading

DEEDS = {Action.CREATE: "new", Action.UPDATE: "changed", Action.DELETE: "removed"}


def plan(it: Plan, heading: Heading | None = None, *, most: int | None = None) -> str:
    """Write the letter, then the list; of each sort of them ``most`` at most."""
    return "\n".join(_plan(it, heading, most))


def headline(it: Plan) -> str:
    """``12 changes: 10 new, 2 changed; 3 more are withheld``."""
    deeds = ", ".join(
        f"{it.counts[action]} {deed}"
        for action, deed in DEEDS.items()
        if it.counts[action]
    )
    held = len({each.change.address for each in it.withheld})
    are = "is" if held == 1 else "are"
    if not deeds:
        return f"{count(held, 'change')}, withheld" if held else "No changes"
    more = f"; {held} more {are} withheld" if held else ""
    return f"{count(len(it.changes), 'change')}: {deeds}{more}"


def outcome(it: Outcome) -> str:
    """``failed   + groups/film: the site says …``."""
    return f"{it.status.value:8} {ending(it)}"


def ending(it: Outcome) -> str:
    """``+ groups/film: the site says …``."""
    why = f": {it.message}" if it.message else ""
    return f"{it.change.action.value} {it.change.address}{why}"


def spec(it: Spec, zone: tzinfo | None = None) -> str:
    """``groups/film  name: Film club | about: For people who shoot film.``."""
    said = " | ".join(
        f"{name}: {shown(value, zone=zone)}" for name, value in it.stated()
    )
    return f"{it.address!s:40} {said}".rstrip()


def _plan(it: Plan, heading: Heading | None, most: int | None) -> Iterator[str]:
    if heading:
        yield f"{heading}"
        yield ""
    for part in letter(it):
        yield f"{part.title}:"
        yield from (f"  - {each}" for each in part.lines)
        yield ""
    yield headline(it)
    yield from (f"  {each}" for each in lines(it.changes, most=most, zone=it.zone))
