"""``login``, ``sites`` and ``doctor``."""

from __future__ import annotations

from typing import Annotated

import typer

from wpbridge.cli.app import app
from wpbridge.cli.options import (
    InsecureHttp,
    MethodOverride,
    Output,
    OutputAs,
    SiteName,
    User,
)

kept = typer.Typer(
    help="List the sites that are kept, or forget one.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
app.add_typer(kept, name="sites")


@app.command()
def login(
    url: Annotated[str, typer.Argument(metavar="URL", help="The site's address.")],
    *,
    user: User = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="What to call it with --site."),
    ] = None,
    cookie: Annotated[
        bool,
        typer.Option(
            "--cookie",
            help="Log in at the site's login page, with the account's own password.",
        ),
    ] = False,
    method_override: MethodOverride = False,
    insecure_http: InsecureHttp = False,
) -> None:
    """
    Keep a login for a site, by password or cookie.

    \b
      wpbridge login https://community.example
      wpbridge login https://community.example --cookie

    Says where to make the password, checks it, and puts it into the system's keyring.
    Without a terminal it is taken from WPBRIDGE_PASSWORD. BuddyPress 12 and 14 see who
    is logged in with --cookie only; it does not pass a second factor or a captcha.
    """
    from wpbridge.cli import keeping

    told = keeping.Told(url, user, name, cookie=cookie, override=method_override)
    typer.echo(keeping.kept(told, insecure=insecure_http))


@kept.callback()
def sites(context: typer.Context, *, output: OutputAs = Output.TEXT) -> None:
    """
    List the sites that are kept, or forget one.

    \b
      wpbridge sites
      wpbridge sites forget community.example
      wpbridge sites forget rehearsal:spring
    """
    if context.invoked_subcommand is None:
        from wpbridge.cli import keeping

        keeping.listed(output)


@kept.command("list")
def list_(*, output: OutputAs = Output.TEXT) -> None:
    """List the sites that are kept, and the rehearsals."""
    from wpbridge.cli import keeping

    keeping.listed(output)


@kept.command()
def forget(
    site: Annotated[str, typer.Argument(metavar="SITE", help="Its name or address.")],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do so without asking.")
    ] = False,
) -> None:
    """Forget a site and its password, or delete a rehearsal; asks first."""
    from wpbridge.cli import keeping

    typer.echo(keeping.forgotten(site, yes=yes))


@app.command()
def doctor(
    where: Annotated[
        str,
        typer.Argument(metavar="SITE", envvar="WPBRIDGE_SITE", help="As for --site."),
    ] = "",
    *,
    site: SiteName = "",
    user: User = None,
    insecure_http: InsecureHttp = False,
    method_override: MethodOverride = False,
) -> None:
    """
    Look for what is in the way, on this machine or a site.

    \b
      wpbridge doctor
      wpbridge doctor community.example

    Changes nothing. Exits 5 if something on the site has to be put right first.
    """
    from wpbridge.cli import examining

    examining.machine()
    if named := site or where:
        examining.site(
            named, user, insecure_http=insecure_http, method_override=method_override
        )
