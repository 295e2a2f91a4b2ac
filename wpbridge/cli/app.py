"""
The root of the command line: what it is called, and how it ends.

A :class:`~wpbridge.errors.WpbridgeError` becomes ``error: …`` on stderr and its exit
code. Anything else is a bug, and shows as one, without the values of variables: they
may hold a password.
"""

from __future__ import annotations

import re
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import wpbridge
from wpbridge.cli.options import Verbose  # noqa: TC001 - typer reads annotations
from wpbridge.cli.wrapping import coloured, wrapped
from wpbridge.errors import UsageError, WpbridgeError

ERROR = "error:"


class Commands(TyperGroup):
    """The commands, with our exit codes in place of typer's."""

    def make_context(
        self, info_name: str | None, args: list[str], *rest: Any, **extra: Any
    ) -> Any:
        """Read the words before the command."""
        try:
            return super().make_context(info_name, args, *rest, **extra)
        except typer.TyperException as error:
            error.exit_code = UsageError.exit_code
            raise

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except typer.TyperException as error:  # the words after the command
            error.exit_code = UsageError.exit_code
            raise
        except WpbridgeError as error:
            typer.echo(told(error), err=True)
            raise typer.Exit(error.exit_code) from error


app = typer.Typer(
    name="wpbridge",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,  # rich's help takes twice as long as all else at a start
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
)


def told(error: WpbridgeError) -> str:
    """Put ``error: `` before each line, as each is a problem of its own."""
    lines = "\n".join(f"{ERROR} {line}" for line in str(error).splitlines() or [""])
    if not sys.stderr.isatty():
        return lines
    red = coloured(ERROR, "red")
    return re.sub(f"^{ERROR}", red, wrapped(lines, rest="  "), flags=re.MULTILINE)


def _version(asked: bool) -> None:  # noqa: FBT001 - typer's callback
    if asked:
        typer.echo(f"wpbridge {wpbridge.__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", callback=_version, is_eager=True, help="Tell which."),
]


@app.callback()
def root(*, version: Version = False, verbose: Verbose = False) -> None:
    """
    Provision BuddyPress communities from YAML blueprints: plan, then apply.

    \b
    Try it on a site of your own that needs no server:
      wpbridge apply blueprints/workshop.yaml --site rehearsal --yes
      wpbridge rehearse --site rehearsal

    \b
    Then on a real one:
      wpbridge login https://community.example
      wpbridge plan club.yaml --site community.example
      wpbridge apply club.yaml --site community.example
    """
