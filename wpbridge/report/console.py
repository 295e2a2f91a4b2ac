"""
Plans and outcomes on a terminal, and a bar that moves while something is under way.

Colours are few, and read on light and on dark ground; none of them says anything that
the words beside it do not.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from wpbridge.journal import Status
from wpbridge.plan import Action
from wpbridge.report.letter import letter
from wpbridge.report.listing import lines
from wpbridge.report.text import ending, headline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wpbridge.journal import Outcome
    from wpbridge.plan import Plan
    from wpbridge.report import Heading, Tally
    from wpbridge.report.letter import Part

MARKS = {
    Action.CREATE.value: "green",
    Action.UPDATE.value: "magenta",
    Action.DELETE.value: "red",
}
STATUSES = {
    Status.APPLIED: "green",
    Status.FAILED: "bold red",
    Status.SKIPPED: "magenta",
    Status.UNKNOWN: "bold magenta",
}


def screen(*, stderr: bool = False) -> Console:
    """Make a console that colours nothing by guessing."""
    return Console(stderr=stderr, highlight=False, emoji=False, markup=False)


def plan(
    it: Plan, heading: Heading, *, most: int | None = None, on: Console | None = None
) -> None:
    """Show the letter, then the list; of each sort of changes ``most`` at most."""
    console = on or screen()
    console.print(_title(heading))
    console.print()
    for part in letter(it):
        console.print(Text(part.title, "bold red" if part.warns else "bold"))
        console.print(_bullets(part))
        console.print()
    console.print(Text(headline(it), "bold"))
    for mark, text in lines(it.changes, most=most, zone=it.zone):
        shown = Text(f"{mark} " if mark else "    ", MARKS.get(mark, ""))
        shown.append(text)
        console.print(Padding(shown, (0, 0, 0, 2)))


def outcomes(
    them: Iterable[Outcome], tally: Tally, *, on: Console | None = None
) -> None:
    """Show how changes ended, a line each, and the sum."""
    console = on or screen()
    grid = Table.grid(padding=(0, 1, 0, 0))
    for each in them:
        status = Text(each.status.value, STATUSES[each.status])
        grid.add_row(status, Text(ending(each)))
    console.print()
    if grid.row_count:
        console.print(grid)
    console.print(Text(str(tally), "bold" if tally.well else "bold red"))


@contextmanager
def bar(what: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """
    Show a bar on stderr until the block ends; it only pulses where no total is known.

    What is yielded moves it by one, and says what is under way if given that.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(30, complete_style="green", pulse_style="green"),
    )
    numbers = () if total is None else (MofNCompleteColumn(),)
    console = screen(stderr=True)
    shown = Progress(
        *columns, *numbers, TimeElapsedColumn(), console=console, transient=True
    )
    with shown:
        task = shown.add_task(what, total=total)

        def step(now: str = what) -> None:
            shown.update(task, advance=1, description=now)

        yield step


def _title(heading: Heading) -> Text:
    name, rest = heading.blueprint, str(heading).removeprefix(heading.blueprint)
    return Text.assemble((name, "bold"), (rest, ""))


def _bullets(part: Part) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for each in part.lines:
        grid.add_row("  -", Text(each))
    return grid
