"""Writing files for people: blueprints to start from, and the schema."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from wpbridge import engine
from wpbridge.blueprint import library
from wpbridge.blueprint.compose import Composer
from wpbridge.blueprint.inputs import declared
from wpbridge.blueprint.problems import Problems
from wpbridge.blueprint.source import Sources
from wpbridge.cli import asking
from wpbridge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpbridge.blueprint.inputs import Answer, Input

SCHEMA = "wpbridge.schema.json"
FOR_EDITORS = f"# yaml-language-server: $schema={SCHEMA}\n"
STARTER = """\
wpbridge: 1
name: Film club
components: {groups: active}
groups:
  film:
    name: Film club
    about: For people who shoot film.
    access: private
    members: {ana: admin}
members:
  ana: {name: Ana Ruiz, email: ana@example.org}
"""
_PLAIN = re.compile(r"[A-Za-z0-9][\w ./-]*")


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
    found = library.template(template) or Path(template)
    if not found.is_file():
        known = ", ".join(library.templates())
        raise UsageError(f"there is no template `{template}`; there are {known}")
    extends = template if library.template(template) else _beside(found, file)
    answers = {each.name: _answer(each, given) for each in _inputs(found)}
    lines = [f"  {name}: {_quoted(text)}" for name, text in answers.items()]
    _write(
        file,
        "\n".join(
            [
                "wpbridge: 1",
                f"extends: {extends}",
                *(["answers:", *lines] if lines else ()),
                "",
            ]
        ),
    )
    return f"{file} written; now: wpbridge plan {file} --site rehearsal"


def _beside(template: Path, file: Path) -> str:
    """Name one file as another would: ``./mine.yaml``."""
    path = Path(os.path.relpath(template, file.parent)).as_posix()
    return path if path.startswith(".") else f"./{path}"


def _inputs(template: Path) -> list[Input]:
    problems = Problems()
    root = Composer(Sources(problems), problems).gather(template)
    problems.raise_any()
    return list(declared(root, problems).values()) if root else []


def _answer(question: Input, given: Mapping[str, Answer]) -> str:
    said = given.get(question.name)
    if isinstance(said, str):
        if wrong := question.wrong(said):
            raise UsageError(f"{question.name}: {wrong}")
        return said
    text = asking.answer(question)
    if text is None:
        text = question.default
    if text is None:
        raise UsageError(
            f"there is no terminal to ask `{question.question}` at; "
            f"say --set {question.name}=…"
        )
    return text


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError as error:
        raise UsageError(f"{file} is there already; name another file") from error
