"""One document on stdout for other programs, also where a command is stopped."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from wpbridge.cli.options import Output
from wpbridge.errors import WpbridgeError
from wpbridge.report import json, tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.facade import SitePlan


@contextmanager
def planning(output: Output) -> Iterator[None]:
    """Say in JSON, too, why there is no plan."""
    try:
        yield
    except WpbridgeError as error:
        if output is Output.JSON:
            typer.echo(json.stopped(error))
        raise


@contextmanager
def applying(output: Output) -> Iterator[list[SitePlan]]:
    """Say in JSON, too, why nothing is applied; the plan is to be put in the list."""
    made: list[SitePlan] = []
    try:
        yield made
    except WpbridgeError as error:
        if output is Output.JSON:
            of = made[-1] if made else None
            typer.echo(json.outcomes((), tally((), 0), of, error))
        raise


def declined(draft: SitePlan, output: Output) -> None:
    """Say in JSON, too, that nothing was applied, as the answer was no."""
    if output is Output.JSON:
        typer.echo(json.outcomes((), tally((), 0), draft))
