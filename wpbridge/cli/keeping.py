"""Logins and rehearsals that are kept."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from typing import TYPE_CHECKING

import typer

from wpbridge import opening, stage
from wpbridge.accounts import Account, name_of, password_page
from wpbridge.cli import asking
from wpbridge.cli.options import Output
from wpbridge.errors import UsageError
from wpbridge.report import json
from wpbridge.site.open import open_site
from wpbridge.site.root import tidy
from wpbridge.site.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator


def kept(url: str, user: str | None, name: str | None, *, insecure: bool) -> str:
    """Keep a login that the site takes, and say where."""
    url = tidy(url)
    user, password = _asked(url, user, insecure=insecure)
    with open_site(url, user, password, insecure=insecure) as site:
        login = site.me.login
    account = Account(name or name_of(url), url, login)
    where = opening.accounts().keep(account, password)
    return (
        f"Logged in as {login}; the password is kept in {where}.\n"
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


def forgotten(site: str) -> str:
    """Forget a login, or delete a rehearsal, and say so."""
    found = stage.named(site)
    if found is None:
        account = opening.accounts().forget(site)
        return f"{account.name} ({account.url}) and its password are forgotten."
    if not found.delete():
        raise UsageError(f"there is no {found}; `wpbridge sites` lists what there is")
    return f"{found} is deleted."


def _asked(url: str, user: str | None, *, insecure: bool) -> tuple[str, Secret]:
    """Take the login from the environment, or ask for it."""
    user = user or os.environ.get("WPBRIDGE_USER", "")
    password = os.environ.get("WPBRIDGE_PASSWORD", "")
    if user and password:
        return user, Secret(password)
    if not asking.somebody():
        raise UsageError(
            "there is no terminal to ask for the login at; set WPBRIDGE_USER and "
            "WPBRIDGE_PASSWORD"
        )
    typer.echo(f"Make a password for wpbridge here: {_page(url, insecure)}", err=True)
    user = user or asking.text("User name: ")
    return user, Secret(password or getpass("Application password: ", sys.stderr))


def _page(url: str, insecure: bool) -> str:  # noqa: FBT001 - passed on
    return password_page(url, insecure=insecure)
