"""Carrying a plan out before somebody's eyes, who may press Ctrl-C."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

import typer

from wpbridge.cli import asking, show
from wpbridge.kinds import count
from wpbridge.report import tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.cli.options import Output
    from wpbridge.facade import Draft
    from wpbridge.report import Tally

INTERRUPTED = 130


def agreed(draft: Draft) -> bool:
    """Ask whether a plan may be carried out."""
    facts, who = draft.site.facts, draft.site.me.login
    total = sum(draft.mails.values())
    mails = f", which send {count(total, 'mail')}," if total else ""
    these = "this change" if len(draft.changes) == 1 else f"these {len(draft.changes)} changes"
    return asking.agreed(
        f"Apply {these}{mails} to {facts.name} ({facts.url}) as {who}?",
        instead="--yes to apply without being asked",
    )


def carried(draft: Draft, output: Output, **how: Any) -> Tally:
    """Apply a plan and show how it goes; exits 130 if Ctrl-C cut it short."""
    began = monotonic()
    ended = []
    with interruptible() as stop, show.bar("Applying", len(draft.changes)) as step:
        for each in draft.apply(stop=stop, **how):
            ended.append(each)
            step()
    sum_ = tally(ended, monotonic() - began)
    show.outcomes(ended, sum_, output)
    if stop.is_set():
        left = len(draft.changes) - len(ended)
        typer.echo(f"interrupted: {count(left, 'change')} not begun", err=True)
        raise typer.Exit(INTERRUPTED)
    return sum_


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
