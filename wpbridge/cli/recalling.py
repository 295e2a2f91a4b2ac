"""Journals of past runs, as tables and in detail."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import typer

from wpbridge import folders, stage
from wpbridge.cli.options import Output
from wpbridge.errors import UsageError
from wpbridge.journal import runs
from wpbridge.report import json

if TYPE_CHECKING:
    from wpbridge.journal import Run


def past() -> list[Run]:
    """Give the runs on all sites, the newest first."""
    every = [run for site in folders.journals().glob("*/") for run in runs(site)]
    return sorted(every, key=lambda run: run.path.name, reverse=True)


def all_(output: Output) -> None:
    """List runs, a line each."""
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
    fitting = [each for each in past() if each.path.stem.startswith(name)]
    if not fitting:
        raise UsageError(f"there is no run `{name}`; `wpbridge journal` lists them")
    run = fitting[0]
    if output is Output.JSON:
        typer.echo(json.dumped(run.events))
        return
    typer.echo(_line(run))
    for each in run.events:
        if each["event"] == "outcome":
            why = f": {each['message']}" if "message" in each else ""
            typer.echo(f"  {each['status']:8} {each['action']} {each['address']}{why}")


def _facts(run: Run) -> dict[str, object]:
    statuses = Counter(e["status"] for e in run.events if e["event"] == "outcome")
    began = {key: value for key, value in run.began.items() if key != "event"}
    return {"run": run.path.stem, **began, **statuses, "ended": run.ended is not None}


def _line(run: Run) -> str:
    statuses = Counter(e["status"] for e in run.events if e["event"] == "outcome")
    counts = ", ".join(f"{n} {status}" for status, n in statuses.items()) or "nothing"
    about = f"{run.began.get('blueprint')} on {stage.told(run.began.get('site', ''))}"
    cut = "" if run.ended else " (cut short)"
    return f"{run.path.stem}  {about}: {counts}{cut}"
