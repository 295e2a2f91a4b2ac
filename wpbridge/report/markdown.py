"""Plans and outcomes as Markdown, to be put on a pull request or in a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpbridge.journal import Status
from wpbridge.plan import Action
from wpbridge.report.letter import letter
from wpbridge.report.listing import Line, lines
from wpbridge.report.text import headline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpbridge.journal import Outcome
    from wpbridge.plan import Plan
    from wpbridge.report import Heading, Tally

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")
_DIFF = {Action.UPDATE.value: "!"}
"""Marks that a ``diff`` block colours where it does not know ours."""


def plan(it: Plan, heading: Heading | None = None) -> str:
    """Write the letter, then the list in a block that opens on a click."""
    return "\n".join(_plan(it, heading))


def outcomes(them: Iterable[Outcome], tally: Tally) -> str:
    """Write the sum, then whatever is not applied, or not as it should be."""
    rest = (
        f"- **{each.status.value}** `{each.change.address}`: {escape(each.message)}"
        for each in them
        if each.status is not Status.APPLIED or each.message
    )
    return "\n".join((f"**{tally}**", "", *rest)).rstrip()


def escape(text: str) -> str:
    """Take the meaning from what Markdown would read as its own."""
    return _SPECIAL.sub(r"\\\1", text)


def _plan(it: Plan, heading: Heading | None) -> Iterator[str]:
    if heading:
        yield f"## {escape(str(heading))}"
        yield ""
    for part in letter(it):
        yield f"**{part.title}**"
        yield ""
        yield from (f"- {escape(each)}" for each in part.lines)
        yield ""
    if it.changes:
        yield f"<details><summary>{headline(it)}</summary>"
        yield ""
        yield "~~~~diff"
        yield from map(_line, lines(it.changes, zone=it.zone))
        yield "~~~~"
        yield ""
        yield "</details>"
    else:
        yield headline(it)


def _line(line: Line) -> str:
    return str(line._replace(mark=_DIFF.get(line.mark, line.mark)))
