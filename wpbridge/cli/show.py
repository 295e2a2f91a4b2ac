"""
What a command shows: results on stdout, what is under way on stderr.

On a terminal there are colours and a bar; into a pipe goes plain text, and all of it.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import typer

from wpbridge.cli.options import Output, verbose
from wpbridge.cli.wrapping import wrapped
from wpbridge.journal import Status
from wpbridge.report import json, markdown, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wpbridge.facade import SitePlan
    from wpbridge.inputs import Declared
    from wpbridge.journal import Outcome
    from wpbridge.report import Tally

MOST = 4
"""Changes of one sort that a terminal lists before it counts the rest."""


def terminal(stream: TextIO) -> bool:
    """Tell whether a stream is one that shows colours and moves a cursor."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def lines(text: str) -> None:
    """Show sentences, a line each; a terminal's are broken between words."""
    typer.echo(wrapped(text, rest="  ") if terminal(sys.stdout) else text)


def plan(draft: SitePlan, output: Output) -> None:
    """Show a plan as it was asked for."""
    match output:
        case Output.JSON:
            typer.echo(json.plan(draft, draft.heading))
        case Output.MARKDOWN:
            typer.echo(markdown.plan(draft, draft.heading))
        case Output.TEXT if terminal(sys.stdout):
            from wpbridge.report import console

            console.plan(draft, draft.heading, most=None if verbose() else MOST)
        case Output.TEXT:
            typer.echo(text.plan(draft, draft.heading))


def declared(what: Declared, output: Output) -> None:
    """Show what a blueprint asks for, a resource a line."""
    specs = [each.spec for each in what.desired]
    if output is Output.JSON:
        said = [{"address": str(e.address), **dict(e.stated())} for e in specs]
        typer.echo(json.dumped(said))
        return
    for each in specs:
        typer.echo(text.spec(each, what.blueprint.zone))


def outcomes(
    them: Sequence[Outcome], tally: Tally, output: Output, of: SitePlan | None = None
) -> None:
    """Show how an apply ended: in text only what went wrong, and the sum."""
    match output:
        case Output.JSON:
            typer.echo(json.outcomes(them, tally, of))
        case Output.MARKDOWN:
            typer.echo(markdown.outcomes(them, tally))
        case Output.TEXT:
            told = [
                each
                for each in them
                if verbose() or each.message or each.status is not Status.APPLIED
            ]
            if terminal(sys.stdout):
                from wpbridge.report import console

                console.outcomes(told, tally)
                return
            for each in told:
                typer.echo(text.outcome(each))
            typer.echo(str(tally))


@contextmanager
def bar(what: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """Show on a terminal that something moves; what is yielded moves it by one."""
    if not terminal(sys.stderr):
        yield lambda *_: None
        return
    from wpbridge.report import console

    with console.bar(what, total) as step:
        yield step
