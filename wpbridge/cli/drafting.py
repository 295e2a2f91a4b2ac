"""From what is wanted to an open site and a plan for it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

import wpbridge
from wpbridge import stage
from wpbridge.cli import show
from wpbridge.errors import NotSupported, UnsafePlan
from wpbridge.journal import newest
from wpbridge.kinds import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.facade import Site, SitePlan
    from wpbridge.stage import Stage


@contextmanager
def opened(
    site: str,
    user: str | None,
    *,
    insecure_http: bool,
    method_override: bool = False,
) -> Iterator[Site]:
    """Open a site, and close it; a rehearsal to which nothing was done never was."""
    new = _new(site)
    with show.bar("Opening the site"):
        bridge = wpbridge.open_site(
            site,
            user=user,
            insecure_http=insecure_http,
            method_override=method_override,
        )
    try:
        with bridge:
            began = newest(bridge.journals)
            yield bridge
    finally:
        if new and newest(bridge.journals) == began:
            new.delete()


def _new(site: str) -> Stage | None:
    """The rehearsal that a name stands for, if it is not there yet."""
    found = stage.named(site or os.environ.get("WPBRIDGE_SITE", ""))
    return None if found is None or found.database.exists() else found


def draft(
    bridge: Site,
    wanted: Blueprint,
    only: Sequence[str],
    allow: Sequence[str],
    refresh: Sequence[str] = (),
) -> SitePlan:
    """Read the site, and hold it against what is wanted."""
    with show.bar("Reading the site") as step:
        return bridge.plan(
            wanted,
            allow=allow,
            only=only,
            refresh=refresh,
            step=lambda kind: step(f"Reading {kind}"),
        )


def complain(made: SitePlan, *, without_withheld: bool) -> None:
    """
    Stop at what the guard withholds, or say that the rest goes on without it.

    The plan, which is on the screen or in the document, has told what it is.
    """
    if not made.withheld:
        return
    if not without_withheld:
        number = len({each.change.address for each in made.withheld})
        raise UnsafePlan(
            f"nothing is applied: {count(number, 'change is', 'changes are')} "
            "withheld, see under Withheld; allow what is meant, or apply the rest with "
            "--without-withheld"
        )
    typer.echo("warning: applying without what is withheld", err=True)


def verdict(made: SitePlan, *, strict: bool) -> int:
    """Give the exit code for what is not among the changes."""
    if made.withheld:
        return UnsafePlan.exit_code
    return NotSupported.exit_code if strict and made.left_out else 0
