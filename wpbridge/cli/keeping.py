"""Logins and rehearsals that are kept."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from typing import TYPE_CHECKING, NamedTuple

import typer

from wpbridge import opening, stage
from wpbridge.accounts import log_in, password_page
from wpbridge.cli import asking
from wpbridge.cli.options import Output
from wpbridge.errors import UsageError
from wpbridge.report import json
from wpbridge.site.root import tidy
from wpbridge.site.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator


class Told(NamedTuple):
    """What the command line says of a login."""

    url: str
    user: str | None
    name: str | None
    cookie: bool = False
    override: bool = False


def kept(told: Told, *, insecure: bool) -> str:
    """Keep a login that the site takes, and say where."""
    told = told._replace(url=tidy(told.url), cookie=told.cookie or _by_cookie(told.url))
    user, password = _asked(told, insecure=insecure)
    account, where, _, _ = log_in(
        told.url,
        user,
        password,
        name=told.name or "",
        cookie=told.cookie,
        method_override=told.override,
        insecure=insecure,
        accounts=opening.accounts(),
    )
    return (
        f"Logged in as {account.user}; the password is kept in {where}.\n"
        f"Now: wpbridge plan BLUEPRINT --site {account.name}"
    )


def listed(output: Output) -> None:
    """Show what is kept, a site a line."""
    rows = list(_rows())
    if output is Output.JSON:
        typer.echo(json.dumped([dict(zip(COLUMNS, row, strict=True)) for row in rows]))
        return
    width = max((len(row[0]) for row in rows), default=0)
    for name, url, user in rows:
        typer.echo(f"{name:{width}}  {url or 'on this machine'}  as {user}")
    if not rows:
        typer.echo("No site is kept yet; see `wpbridge login --help`.", err=True)


COLUMNS = ("name", "url", "user")


def _rows() -> Iterator[tuple[str, str, str]]:
    for each in opening.accounts().all():
        yield each.name, each.url, each.user
    for rehearsal in stage.kept():
        yield str(rehearsal), "", "admin"


def forgotten(site: str, *, yes: bool) -> str:
    """Forget a login, or delete a rehearsal, once somebody agreed, and say so."""
    found = stage.named(site)
    if found is None:
        accounts = opening.accounts()
        account = accounts.kept(site)
        _agreed(f"Forget {account.name} ({account.url}) and its password?", yes=yes)
        accounts.forget(site)
        return f"{account.name} ({account.url}) and its password are forgotten."
    if not found.database.exists():
        raise UsageError(f"there is no {found}; `wpbridge sites` lists what there is")
    _agreed(f"Delete {found} and all that is on it?", yes=yes)
    found.delete()
    return f"{found} is deleted."


def _agreed(question: str, *, yes: bool) -> None:
    if not yes and not asking.agreed(question, instead="--yes to do it unasked"):
        raise typer.Exit(1)


def _asked(told: Told, *, insecure: bool) -> tuple[str, Secret]:
    """Take the login from the environment if it is meant for this site, or ask."""
    ours = opening.accounts().meant(told.url)
    user = told.user or (os.environ.get("WPBRIDGE_USER", "") if ours else "")
    password = os.environ.get("WPBRIDGE_PASSWORD", "") if ours else ""
    if user and password:
        return user, Secret(password)
    if not asking.somebody():
        raise UsageError(
            "there is no terminal to ask for the login at; set WPBRIDGE_USER and "
            "WPBRIDGE_PASSWORD"
        )
    if not told.cookie:
        page = password_page(told.url, insecure=insecure)
        typer.echo(f"Make a password for wpbridge here: {page}", err=True)
    user = user or asking.text("User name: ")
    what = "The account's own password: " if told.cookie else "Application password: "
    return user, Secret(password or getpass(what, sys.stderr))


def _by_cookie(url: str) -> bool:
    """Whether the environment, if it is meant for a site, says so."""
    accounts = opening.accounts()
    return accounts.meant(url) and accounts.cookie
