"""Journals of past runs, as tables and in detail."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from wpbridge import folders, stage
from wpbridge.cli.options import Output
from wpbridge.errors import UsageError
from wpbridge.journal import runs
from wpbridge.report import json, moment

if TYPE_CHECKING:
    from datetime import tzinfo

    from wpbridge.journal import Run

MOST = 10
"""Runs that are named where one is meant."""


def past() -> list[Run]:
    """Give the runs on all sites, the newest first."""
    every = [run for site in folders.journals().glob("*/") for run in runs(site)]
    return sorted(every, key=lambda run: run.path.name, reverse=True)


def all_(output: Output) -> None:
    """List runs: when, and below it what of."""
    found = past()
    if output is Output.JSON:
        typer.echo(json.dumped([_facts(each) for each in found]))
        return
    for each in found:
        typer.echo(_line(each))
    if not found:
        typer.echo("Nothing was applied from here yet.", err=True)


def one(name: str, output: Output) -> None:
    """Tell one run, found by how its name begins."""
    run = _found(name)
    if output is Output.JSON:
        typer.echo(json.dumped(run.events))
        return
    typer.echo(_line(run))
    for each in run.events:
        if each["event"] == "outcome":
            why = f": {each['message']}" if "message" in each else ""
            typer.echo(
                f"    {each['status']:8} {each['action']} {each['address']}{why}"
            )


def _found(name: str) -> Run:
    fitting = [each for each in past() if each.path.stem.startswith(name)]
    if not fitting:
        raise UsageError(f"there is no run `{name}`; `wpbridge journal` lists them")
    run, *others = fitting
    if not others:
        return run
    names = [each.path.stem for each in fitting]
    more = [f"and {len(names) - MOST} more"] if len(names) > MOST else []
    begins = f"{len(names)} runs begin with `{name}`; write more of the one you mean:"
    raise UsageError("\n  ".join((begins, *names[:MOST], *more)))


def _facts(run: Run) -> dict[str, object]:
    statuses = Counter(e["status"] for e in run.events if e["event"] == "outcome")
    began = {key: value for key, value in run.began.items() if key != "event"}
    ends = {**began, "applied": 0, **statuses, "ended": run.whole}
    return {"run": run.path.stem, **ends}


def _line(run: Run) -> str:
    statuses = Counter(e["status"] for e in run.events if e["event"] == "outcome")
    counts = ", ".join(f"{n} {status}" for status, n in statuses.items()) or "nothing"
    at = moment(datetime.fromisoformat(run.began["at"]), _zone(run))
    about = f"{run.began.get('blueprint')} on {stage.told(run.began.get('site', ''))}"
    cut = "" if run.whole else " (cut short)"
    return f"{run.path.stem}  {at}\n  {about}: {counts}{cut}"


def _zone(run: Run) -> tzinfo:
    """The calendar's that was applied, if this machine knows of it."""
    try:
        return ZoneInfo(run.began.get("zone", "UTC"))
    except ZoneInfoNotFoundError:
        return UTC
