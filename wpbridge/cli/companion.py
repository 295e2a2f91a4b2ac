"""``companion``: the plugin for the site's side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wpbridge.cli.app import app
from wpbridge.cli.options import InsecureHttp, SiteName, User, one_of

plugin = typer.Typer(
    help="Get the companion plugin, or ask what a site has.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(plugin, name="companion")


@plugin.command("zip")
def zip_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write it.")
    ] = Path("wpbridge-companion.zip"),
) -> None:
    """
    Write the plugin as WordPress installs it.

    \b
      wpbridge companion zip
      wpbridge companion zip ~/Downloads/wpbridge-companion.zip

    Then, on the site: Plugins > Add New > Upload Plugin. It is optional.
    """
    from wpbridge.cli import installing

    typer.echo(installing.written(file))


@plugin.command()
def status(
    where: Annotated[str, typer.Argument(metavar="SITE", help="As for --site.")] = "",
    *,
    site: SiteName = "",
    user: User = None,
    insecure_http: InsecureHttp = False,
) -> None:
    """
    Tell what a site has of it, what is switched on, and what it would add.

    \b
      wpbridge companion status community.example

    Changes nothing.
    """
    from wpbridge.cli import installing

    installing.told(one_of(where, site), user, insecure_http=insecure_http)
