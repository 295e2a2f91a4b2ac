"""From what is wanted to an open site and a plan for it."""

from __future__ import annotations

from contextlib import contextmanager
from json import loads
from typing import TYPE_CHECKING

import typer

import wpbridge
from wpbridge.cli import show
from wpbridge.errors import NotSupported, UnsafePlan, UsageError
from wpbridge.report import json
from wpbridge.report.letter import withheld

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.facade import Bridge, Draft


@contextmanager
def opened(
    site: str,
    user: str | None,
    *,
    insecure_http: bool,
    method_override: bool = False,
) -> Iterator[Bridge]:
    """Open a site, and close it whatever happens."""
    with show.bar("Opening the site"):
        bridge = wpbridge.open_site(
            site,
            user=user,
            insecure_http=insecure_http,
            method_override=method_override,
        )
    with bridge:
        yield bridge


def draft(
    bridge: Bridge,
    wanted: Blueprint,
    only: Sequence[str],
    allow: Sequence[str],
    refresh: Sequence[str] = (),
) -> Draft:
    """Read the site, and hold it against what is wanted."""
    with show.bar("Reading the site") as step:
        return bridge.plan(
            wanted,
            allow=allow,
            only=only,
            refresh=refresh,
            step=lambda kind: step(f"Reading {kind}"),
        )


def complain(made: Draft, *, without_withheld: bool) -> None:
    """Stop at what the guard withholds, or say that the rest goes on without it."""
    if not made.withheld:
        return
    if not without_withheld:
        raise UnsafePlan(
            "\n".join((*withheld(made), "or apply the rest with --without-withheld"))
        )
    typer.echo("warning: applying without what is withheld", err=True)


def verdict(made: Draft, *, strict: bool) -> int:
    """Give the exit code for what is not among the changes."""
    if made.withheld:
        return UnsafePlan.exit_code
    return NotSupported.exit_code if strict and made.left_out else 0


def save(made: Draft, file: Path) -> None:
    """Keep a plan in a file."""
    try:
        file.write_text(json.plan(made, made.heading) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error
    typer.echo(f"plan kept in {file}", err=True)


def hold_to(made: Draft, file: Path) -> None:
    """
    Raise ``UnsafePlan`` if a plan has what is not in the one that was kept.

    It may have less: what an apply that was cut short has done already.
    """
    try:
        agreed = loads(file.read_text("utf-8"))
        site, changes = agreed["of"]["url"], agreed["changes"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{file} is no plan that `plan --save` kept") from error
    now = loads(json.plan(made, made.heading))
    if site != now["of"]["url"] or any(each not in changes for each in now["changes"]):
        raise UnsafePlan(
            f"what would change is no longer what {file} says: the site or the "
            "blueprint is another by now; look at the plan again"
        )
