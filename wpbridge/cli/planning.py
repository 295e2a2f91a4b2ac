"""``plan`` and ``apply``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wpbridge.cli.app import app
from wpbridge.cli.options import (
    Allow,
    Answers,
    AsOf,
    Blueprint,
    InsecureHttp,
    Only,
    Output,
    OutputAs,
    Refresh,
    Sets,
    SiteName,
    Strict,
    User,
    Verbose,
)

Save = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Keep the plan in a file, as JSON."),
]
DetailedExitcode = Annotated[
    bool, typer.Option("--detailed-exitcode", help="Exit 2 if there are changes.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Apply without asking.")]
Workers = Annotated[
    int, typer.Option("--workers", min=1, max=32, help="Requests at once.")
]
WithoutWithheld = Annotated[
    bool,
    typer.Option("--without-withheld", help="Apply the rest if some is withheld."),
]


@app.command()
def plan(
    blueprint: Blueprint,
    *,
    site: SiteName,
    user: User = None,
    sets: Sets = [],  # noqa: B006 - typer copies it
    answers: Answers = None,
    as_of: AsOf = None,
    only: Only = [],  # noqa: B006
    allow: Allow = [],  # noqa: B006
    refresh: Refresh = [],  # noqa: B006
    output: OutputAs = Output.TEXT,
    save: Save = None,
    detailed_exitcode: DetailedExitcode = False,
    strict: Strict = False,
    insecure_http: InsecureHttp = False,
    verbose: Verbose = False,
) -> None:
    """
    Tell what an apply would do, and do nothing.

    \b
      wpbridge plan club.yaml --site community.example
      wpbridge plan club.yaml --site rehearsal --as-of "week 3 monday"
      wpbridge plan club.yaml --site community.example --detailed-exitcode

    Exits 0; with --detailed-exitcode, 2 if there are changes; 4 if the guard withholds
    something.
    """
