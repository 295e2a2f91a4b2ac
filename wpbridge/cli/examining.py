"""What ``doctor`` finds on this machine and on a site."""

from __future__ import annotations

import platform
import sys

import keyring
import typer
import yaml

import wpbridge
from wpbridge import folders
from wpbridge.cli import drafting, show
from wpbridge.cli.wrapping import coloured, wrapped
from wpbridge.errors import NotSupported
from wpbridge.site.doctor import Level, diagnose

MARKS = {Level.FINE: "ok   ", Level.NOTE: "note ", Level.TROUBLE: "WRONG"}


COLOURS = {Level.FINE: "green", Level.NOTE: "magenta", Level.TROUBLE: "red"}


def machine() -> None:
    """Tell what wpbridge runs on."""
    python = f"Python {platform.python_version()} on {platform.system()}"
    say(Level.FINE, f"wpbridge {wpbridge.__version__}, {python}")
    if not hasattr(yaml, "CBaseLoader"):
        say(Level.NOTE, "PyYAML has no libyaml here: long blueprints read slowly")
    backend = keyring.get_keyring()
    if backend.priority > 0:
        say(Level.FINE, f"passwords are kept in {backend.name}")
    else:
        say(Level.NOTE, f"no keyring: passwords are kept in {folders.config()}")
    say(Level.FINE, f"journals are kept in {folders.journals()}")


def site(
    name: str, user: str | None, *, insecure_http: bool, method_override: bool = False
) -> None:
    """Tell what a site is and allows."""
    with drafting.opened(
        name, user, insecure_http=insecure_http, method_override=method_override
    ) as bridge:
        found = diagnose(bridge.facts, bridge.client.me, bridge.client.find_store())
    for each in found:
        say(each.level, each.text)
    if any(each.level is Level.TROUBLE for each in found):
        raise typer.Exit(NotSupported.exit_code)


def say(level: Level, text: str) -> None:
    """Show a finding; on a terminal its further lines stand below the first's words."""
    mark = MARKS[level]
    indent = " " * (len(mark) + 1)
    if not show.terminal(sys.stdout):
        typer.echo(f"{mark} {text}".replace("\n", f"\n{indent}"))
        return
    rest = wrapped(text, first=indent, rest=indent, item="  ")
    typer.echo(f"{coloured(mark, COLOURS[level])} {rest.removeprefix(indent)}")
