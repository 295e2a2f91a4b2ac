"""What ``doctor`` finds on this machine and on a site."""

from __future__ import annotations

import platform

import keyring
import typer
import yaml

import wpbridge
from wpbridge import folders
from wpbridge.cli import drafting
from wpbridge.errors import NotSupported
from wpbridge.site.doctor import Level, diagnose

MARKS = {Level.FINE: "ok   ", Level.NOTE: "note ", Level.TROUBLE: "WRONG"}


def machine() -> None:
    """Tell what wpbridge runs on."""
    python = f"Python {platform.python_version()} on {platform.system()}"
    _say(Level.FINE, f"wpbridge {wpbridge.__version__}, {python}")
    if not hasattr(yaml, "CBaseLoader"):
        _say(Level.NOTE, "PyYAML has no libyaml here: long blueprints read slowly")
    backend = keyring.get_keyring()
    if backend.priority > 0:
        _say(Level.FINE, f"passwords are kept in {backend.name}")
    else:
        _say(Level.NOTE, f"no keyring: passwords are kept in {folders.config()}")
    _say(Level.FINE, f"journals are kept in {folders.journals()}")


def site(
    name: str, user: str | None, *, insecure_http: bool, method_override: bool = False
) -> None:
    """Tell what a site is and allows."""
    with drafting.opened(
        name, user, insecure_http=insecure_http, method_override=method_override
    ) as bridge:
        found = diagnose(bridge.facts, bridge.site.me)
    for each in found:
        _say(each.level, each.text)
    if any(each.level is Level.TROUBLE for each in found):
        raise typer.Exit(NotSupported.exit_code)


def _say(level: Level, text: str) -> None:
    typer.echo(f"{MARKS[level]} {text}")
