"""Writing files for people: blueprints to start from, and the schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wpbridge import engine
from wpbridge.blueprint.new import STARTER, from_template
from wpbridge.cli import asking
from wpbridge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wpbridge.blueprint.inputs import Answer

SCHEMA = "wpbridge.schema.json"
FOR_EDITORS = f"# yaml-language-server: $schema={SCHEMA}\n"


def schema() -> str:
    """Render the language's JSON Schema."""
    from wpbridge.blueprint.schema import schema as made

    return json.dumps(made(engine.sections()), indent=2, ensure_ascii=False)


def schema_beside(folder: Path) -> str:
    """Write the schema into a folder, and say where it is."""
    path = folder / SCHEMA
    path.write_text(schema() + "\n", encoding="utf-8")
    return f"{path} written; begin a blueprint with `{FOR_EDITORS.strip()}`"


def starter(file: Path) -> str:
    """Write a small blueprint, and say what to do with it."""
    _write(file, STARTER)
    return f"{file} written; now: wpbridge plan {file} --site rehearsal"


def cloned(template: str, file: Path, given: Mapping[str, Answer]) -> str:
    """Ask a template's questions, write the answers down, and say what to do next."""
    _free(file)
    ask = asking.answer if asking.somebody() else None
    _write(file, from_template(template, file, given, ask))
    return (
        f"{file} written; now put the files it names beside it, see what else it lacks "
        f"with `wpbridge validate {file}`, then: wpbridge plan {file} --site rehearsal"
    )


def _free(file: Path) -> None:
    if file.exists():
        raise UsageError(f"{file} is there already; name another file")


def _write(file: Path, text: str) -> None:
    _free(file)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error
