"""Blueprints to begin with: a template's questions answered, or a small one."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from wpbridge.blueprint import library
from wpbridge.blueprint.compose import Composer
from wpbridge.blueprint.inputs import answered, declared, flat, missing, split
from wpbridge.blueprint.node import Node
from wpbridge.blueprint.problems import Problems, suggest
from wpbridge.blueprint.source import Sources
from wpbridge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpbridge.blueprint.inputs import Answer, Ask, Input

STARTER = """\
wpbridge: 1
components: {groups: active}
members:
  anna: {name: Anna Ruiz, email: anna@example.org}
groups:
  film:
    name: Film club
    about: For people who shoot film.
    access: private
    members: {anna: admin}
"""
"""A blueprint of one's own, to change from here."""


def from_template(
    name: str,
    file: Path,
    answers: Mapping[str, Answer] | None = None,
    ask: Ask | None = None,
) -> str:
    """
    What to write to a file that extends a template: its answers, written down.

    ``name`` is a library's or a file's. Every question that ``answers`` leave open is
    put to ``ask``, which is offered the default; without it, defaults stand. Raises
    ``BlueprintError`` for answers that are wrong or missing.
    """
    template = library.template(name) or Path(name)
    if not template.is_file():
        known = library.templates()
        near = suggest(name, known) or f"; there are {', '.join(known)}"
        raise UsageError(f"there is no template `{name}`{near}")
    problems = Problems()
    root = Composer(Sources(problems), problems).gather(template)
    problems.raise_any()
    inputs = declared(root or _nothing(template), problems)
    given: dict[str, Answer] = dict(answers or {})
    for each in inputs.values():
        if each.name not in given:
            text = ask(each) if ask else each.default
            if text is not None:
                given[each.name] = text
    scope = answered(inputs, (given,), file=name, problems=problems)
    for each in missing(inputs, scope):
        if each.name not in given:
            problems.add(
                each.place,
                f"{each.name} has no answer ({each.question}); use --set or --answers",
            )
    problems.raise_any()
    lines = [_line(inputs[each], given[each]) for each in inputs if each in given]
    first = ["wpbridge: 1", f"extends: {_quoted(_reached(name, template, file))}"]
    return "\n".join([*first, *(["answers:", *lines] if lines else ()), ""])


def _reached(name: str, template: Path, file: Path) -> str:
    """How the new file names its template: by its library name, or ``./mine.yaml``."""
    if library.template(name):
        return name
    path = Path(os.path.relpath(template, file.parent)).as_posix()
    return path if path.startswith(".") else f"./{path}"


def _nothing(template: Path) -> Node:
    raise UsageError(f"{template} is empty")


def _line(question: Input, answer: Answer) -> str:
    match answer:
        case Node():
            text = flat(answer)
        case str():
            text = answer
        case _:
            text = ", ".join(answer)
    if question.type == "list":
        items = ", ".join(_quoted(each, inside=True) for each in split(text))
        return f"  {question.name}: [{items}]"
    return f"  {question.name}: {_quoted(text)}"


def _quoted(text: str, *, inside: bool = False) -> str:
    """Write a text so that YAML reads it as it is; in quotes only where it must be."""
    plain = re.fullmatch(r"[\w./][\w ./,-]*" if not inside else r"[\w./-]+", text)
    if plain and text == text.strip() and text != "empty":
        return text
    width = 10**6
    return str(
        yaml.dump(text, default_style='"', allow_unicode=True, width=width)
    ).strip()
