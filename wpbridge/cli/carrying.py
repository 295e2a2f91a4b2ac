"""Carrying a plan out before somebody's eyes, who may press Ctrl-C."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

import typer

from wpbridge import stage
from wpbridge.cli import asking, show
from wpbridge.cli.options import Output
from wpbridge.kinds import count
from wpbridge.report import tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.facade import SitePlan
    from wpbridge.journal import Outcome
    from wpbridge.report import Tally

INTERRUPTED = 130


def agreed(draft: SitePlan) -> bool:
    """Ask whether a plan may be carried out."""
    heading = draft.heading
    changes = len(draft.changes)
    these = "this change" if changes == 1 else f"these {changes} changes"
    mails = sum(draft.mails.values())
    sent = f", {count(mails, 'mail')} among them," if mails else ""
    typer.echo("", err=True)
    return asking.agreed(
        f"Apply {these}{sent} to {heading.where} as {heading.login}?",
        instead="--yes to apply without being asked",
    )


def mails_agreed(draft: SitePlan) -> bool:
    """Ask whether mails may go out unasked for, if nothing else is withheld."""
    words = {each.allow: each.why for each in draft.withheld if each.allow}
    why = words.pop("mails", None)
    if not why or words or not asking.somebody():
        return False
    return asking.agreed(f"{why}. May they?", instead="--allow mails")


def carried(
    draft: SitePlan, output: Output, *, workers: int = 4, without_withheld: bool = False
) -> Tally:
    """Apply a plan and show how it goes; exits 130 if Ctrl-C cut it short."""
    began = monotonic()
    ended: list[Outcome] = []
    with interruptible() as stop, show.bar("Applying", len(draft.changes)) as step:
        for each in draft.iter_apply(
            workers=workers, without_withheld=without_withheld, stop=stop
        ):
            ended.append(each)
            step()
    result = tally(ended, monotonic() - began)
    if draft.changes or output is not Output.TEXT:
        show.outcomes(ended, result, output, draft)
    if stop.is_set():
        left = len(draft.changes) - len(ended)
        told = f"interrupted: {count(left, 'change')} not begun; apply again to go on"
        typer.echo(told, err=True)
        raise typer.Exit(INTERRUPTED)
    return result


@contextmanager
def interruptible() -> Iterator[Event]:
    """Let the first Ctrl-C ask for an end, and the second one be it."""
    stop = Event()

    def asked(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        typer.echo("Finishing what is under way. Ctrl-C again leaves it.", err=True)

    before = signal.signal(signal.SIGINT, asked)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def farewell(draft: SitePlan, site: str, output: Output) -> None:
    """Say how to look at what was made."""
    if output is Output.TEXT and draft.changes:
        found = stage.named(site)
        how = f"wpbridge rehearse --site {found}" if found else draft.heading.url
        typer.echo(f"Look at it: {how}")
