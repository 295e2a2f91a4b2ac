"""A rehearsal: set up, played through, and served on loopback."""

from __future__ import annotations

import socket
import sys
import webbrowser
from contextlib import closing, contextmanager
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

import typer

from wpbridge import opening, stage
from wpbridge.cli import playing, show, wanting
from wpbridge.cli.options import Output
from wpbridge.errors import UsageError
from wpbridge.facade import Site
from wpbridge.kinds import count
from wpbridge.rehearsal import create_app
from wpbridge.rehearsal.pages.serving import LOOPBACK, serve
from wpbridge.report import moment, tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.facade import SitePlan
    from wpbridge.journal import Outcome
    from wpbridge.rehearsal import App
    from wpbridge.report import Tally
    from wpbridge.stage import Stage


@contextmanager
def staged(site: str | None, *, new: bool) -> Iterator[App]:
    """
    Open the rehearsal of a name, or one that is gone afterwards.

    ``new``: it is made if it is not there yet.
    """
    if site is None:
        with closing(create_app(":memory:", url=stage.passing().url)) as application:
            yield application
        return
    found = stage.named(site)
    if not found:
        raise UsageError(f"`{site}` is no rehearsal; write `rehearsal:NAME`")
    if not (new or found.database.exists()):
        raise UsageError(_nothing_on(found))
    with closing(opening.application(found)) as application:
        yield application


def _nothing_on(found: Stage) -> str:
    """Say that a rehearsal is not there, and which one may be meant."""
    kept = {each.name: str(each) for each in stage.kept()}
    near = get_close_matches(found.name, kept, n=1, cutoff=0.7)
    meant = f"did you mean `{kept[near[0]]}`?" if near else ""
    how = meant or f"first: wpbridge apply BLUEPRINT --site {found}"
    return f"nothing was applied to {found} yet; {how}"


def played(
    application: App,
    file: Path,
    sets: Sequence[str],
    answers: Path | None,
    as_of: str | None,
) -> Tally:
    """Apply a blueprint as of a moment, and let through what a rehearsal may."""
    wanted = wanting.blueprint(file, sets, answers, as_of)
    if not as_of:
        wanted = playing.to_the_end(wanted)
    with (
        TemporaryDirectory() as gone,
        Site(lambda: opening.rehearsal(application), Path(gone)) as bridge,
    ):
        began = monotonic()
        ended: list[Outcome] = []
        drafts = playing.drafts(application, bridge, wanted)
        first = next(drafts)
        show.plan(first, Output.TEXT)
        if first.later:
            show.lines(f"\n{_beginning(first)}\n")
        with show.bar("Playing it through") as step:
            for draft in chain((first,), drafts):
                for each in draft.iter_apply(without_withheld=True):
                    ended.append(each)
                    step()
    result = tally(ended, monotonic() - began)
    show.outcomes(ended, result, Output.TEXT)
    typer.echo(f"The clock stands at {moment(wanted.now, wanted.zone)}.", err=True)
    return result


def _beginning(first: SitePlan) -> str:
    """Tell a plan for the first moment from all that is played through."""
    begins = moment(first.blueprint.now, first.zone)
    these = count(len(first.changes), "change")
    return (
        f"So it begins, on {begins}, with {these}. The rest is played through as well, "
        "each post at its time; nobody has to apply again."
    )


def served(application: App, at: int, *, browser: bool) -> None:
    """Serve a rehearsal's pages on loopback until Ctrl-C."""

    def ready(url: str) -> None:
        typer.echo(f"Look at it: {url} (Ctrl-C ends it)")
        if browser:
            webbrowser.open(url)

    serve(application, LOOPBACK, at, ready)


def port(named: int | None, usual: int) -> int:
    """The port that was named; else the usual one, or 0, any, where that is busy."""
    if named is not None and _busy(named):
        raise UsageError(
            f"something else listens at port {named}; name another, or leave out --port"
        )
    if named is None:
        return 0 if _busy(usual) else usual
    return named


def _busy(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it lets two listen at one port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return True
    return False
