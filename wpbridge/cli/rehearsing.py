"""``rehearse``: a blueprint played through on a site of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wpbridge.cli.app import app
from wpbridge.cli.options import Answers, AsOf, Sets, Trust, Verbose

PORT = 8474


@app.command()
def rehearse(
    blueprint: Annotated[
        Path | None,
        typer.Argument(metavar="BLUEPRINT", help="Left out: only serve the site."),
    ] = None,
    *,
    site: Annotated[
        str | None,
        typer.Option(
            "--site",
            metavar="REHEARSAL",
            help="Keep it as `rehearsal:NAME`; left out, it is gone afterwards.",
        ),
    ] = None,
    sets: Sets = [],  # noqa: B006 - typer copies it
    answers: Answers = None,
    trust: Trust = [],  # noqa: B006
    as_of: AsOf = None,
    port: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            max=65535,
            help=f"Where its pages are served; left out, {PORT} or any that is free.",
        ),
    ] = None,
    serve: Annotated[bool, typer.Option(help="Serve its pages afterwards.")] = True,
    browser: Annotated[
        bool, typer.Option("--open", help="Open the pages in a browser.")
    ] = False,
    verbose: Verbose = False,
) -> None:
    """
    Play a blueprint through on a site of your own.

    \b
      wpbridge rehearse blueprints/workshop.yaml
      wpbridge rehearse blueprints/workshop.yaml --as-of "week 2 monday"
      wpbridge rehearse --site rehearsal

    All is posted at its time, up to the last thing that is due unless --as-of says
    otherwise. No mail is sent.
    """
    from wpbridge.cli import serving, wanting

    del verbose
    at = serving.port(port, PORT) if serve else 0
    with serving.staged(site, new=blueprint is not None) as application:
        well = True
        if blueprint:
            wanted = wanting.blueprint(blueprint, sets, answers, as_of, trust)
            well = serving.played(application, wanted, as_of).well
        if serve:
            serving.served(application, at, browser=browser)
    raise typer.Exit(0 if well else 1)
