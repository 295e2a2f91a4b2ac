"""``journal``: what was done, and when."""

from __future__ import annotations

from typing import Annotated

import typer

from wpbridge.cli.app import app
from wpbridge.cli.options import Output, OutputAs

Run = Annotated[
    str | None,
    typer.Argument(metavar="RUN", help="A run's name, or how it begins."),
]


@app.command()
def journal(run: Run = None, *, output: OutputAs = Output.TEXT) -> None:
    """
    Tell what past applies did.

    \b
      wpbridge journal
      wpbridge journal 20270322T0900

    A journal holds addresses, ids and digests: no texts, no passwords.
    """
    from wpbridge.cli import recalling

    if run:
        recalling.one(run, output)
    else:
        recalling.all_(output)
