"""The shipped blueprints: ready ones, and the templates that they extend."""

from __future__ import annotations

from pathlib import Path

from wpbridge.blueprint.source import there


def folder() -> Path:
    """Where they are: in the installed package, or in a checkout beside it."""
    package = Path(__file__).parents[1]
    installed = package / "library"
    return installed if installed.is_dir() else package.parent / "blueprints"


def template(name: str) -> Path | None:
    """Find the template of a name, such as ``workshop``."""
    path = folder() / "templates" / f"{name}.yaml"
    if not there(path):
        return None
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def templates() -> tuple[str, ...]:
    """Names of all templates."""
    return tuple(sorted(each.stem for each in folder().glob("templates/*.yaml")))
