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
    MethodOverride,
    Only,
    Output,
    OutputAs,
    Refresh,
    Sets,
    SiteName,
    Strict,
    Trust,
    User,
    Verbose,
)

FAILED, CHANGES = 1, 2
MAILS = "mails"

Save = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Keep the plan in a file, as JSON."),
]
DetailedExitcode = Annotated[
    bool, typer.Option("--detailed-exitcode", help="Exit 2 if there are changes.")
]
AsPlanned = Annotated[
    Path | None,
    typer.Option("--plan", metavar="FILE", help="Only what is in the plan kept there."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Apply without asking.")]
Workers = Annotated[
    int, typer.Option("--workers", metavar="N", min=1, max=32, help="Requests at once.")
]
WithoutWithheld = Annotated[
    bool,
    typer.Option("--without-withheld", help="Apply the rest if some is withheld."),
]


@app.command()
def plan(
    blueprint: Blueprint,
    *,
    site: SiteName = "",
    user: User = None,
    sets: Sets = [],  # noqa: B006 - typer copies it
    answers: Answers = None,
    trust: Trust = [],  # noqa: B006
    as_of: AsOf = None,
    only: Only = [],  # noqa: B006
    allow: Allow = [],  # noqa: B006
    refresh: Refresh = [],  # noqa: B006
    output: OutputAs = Output.TEXT,
    save: Save = None,
    detailed_exitcode: DetailedExitcode = False,
    strict: Strict = False,
    insecure_http: InsecureHttp = False,
    method_override: MethodOverride = False,
    verbose: Verbose = False,
) -> None:
    """
    Tell what an apply would do, and do nothing.

    \b
      wpbridge plan club.yaml --site community.example
      wpbridge plan club.yaml --site rehearsal --as-of "week 3 monday"
      wpbridge plan club.yaml --site community.example --detailed-exitcode

    Exits 4 if the guard withholds something, 3, 5 and 6 as apply does.
    """
    from wpbridge.cli import drafting, ending, show, wanting

    del verbose
    with ending.planning(output):
        wanted = wanting.blueprint(blueprint, sets, answers, as_of, trust)
        with drafting.opened(
            site, user, insecure_http=insecure_http, method_override=method_override
        ) as bridge:
            draft = drafting.draft(bridge, wanted, only, allow, refresh)
    show.plan(draft, output)
    if save:
        draft.save(save)
        typer.echo(f"plan kept in {save}", err=True)
    changes = CHANGES if detailed_exitcode and not draft.converged else 0
    raise typer.Exit(drafting.verdict(draft, strict=strict) or changes)


@app.command()
def apply(
    blueprint: Blueprint,
    *,
    site: SiteName = "",
    user: User = None,
    sets: Sets = [],  # noqa: B006
    answers: Answers = None,
    trust: Trust = [],  # noqa: B006
    as_of: AsOf = None,
    only: Only = [],  # noqa: B006
    allow: Allow = [],  # noqa: B006
    refresh: Refresh = [],  # noqa: B006
    yes: Yes = False,
    as_planned: AsPlanned = None,
    workers: Workers = 4,
    without_withheld: WithoutWithheld = False,
    output: OutputAs = Output.TEXT,
    strict: Strict = False,
    insecure_http: InsecureHttp = False,
    method_override: MethodOverride = False,
    verbose: Verbose = False,
) -> None:
    """
    Show the plan, ask, and make the site as the blueprint says.

    \b
      wpbridge apply club.yaml --site community.example
      wpbridge apply club.yaml --site rehearsal --yes
      wpbridge apply club.yaml --site community.example --allow access:groups/film

    A half-done apply is resumed by applying again.

    \b
    Exits 0 if all is applied, 1 if some changes failed or the answer was no, 3 if
    something is wrong with the blueprint or nobody is there to ask, 4 if the guard
    withholds something, 5 if the site refuses the login (with --strict: cannot take
    everything), 6 if it does not answer or another apply is at work on it, and 130
    after Ctrl-C.
    """
    from wpbridge.cli import carrying, drafting, ending, show, wanting

    del verbose
    with ending.applying(output) as made:
        wanted = wanting.blueprint(blueprint, sets, answers, as_of, trust)
        with drafting.opened(
            site, user, insecure_http=insecure_http, method_override=method_override
        ) as bridge:
            draft = drafting.draft(bridge, wanted, only, allow, refresh)
            if not yes and carrying.mails_agreed(draft):
                draft = drafting.draft(bridge, wanted, only, [*allow, MAILS], refresh)
            made.append(draft)
            if output is not Output.JSON:  # which is one document, of how it ended
                show.plan(draft, output)
                if output is Output.MARKDOWN:
                    typer.echo("")
            if as_planned:
                draft.hold_to(as_planned)
            drafting.complain(draft, without_withheld=without_withheld)
            if draft.changes and not yes and not carrying.agreed(draft):
                ending.declined(draft, output)
                raise typer.Exit(FAILED)
            tally = carrying.carried(
                draft, output, workers=workers, without_withheld=without_withheld
            )
    carrying.farewell(draft, site, output)
    raise typer.Exit(drafting.verdict(draft, strict=strict) if tally.well else FAILED)
