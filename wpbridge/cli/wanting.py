"""From the words of a command to the blueprint that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import wpbridge
from wpbridge.blueprint.problems import Problems
from wpbridge.blueprint.read import parse
from wpbridge.blueprint.source import Sources
from wpbridge.cli import asking
from wpbridge.errors import BlueprintError, Place, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.blueprint.inputs import Answer
    from wpbridge.errors import Problem


def blueprint(
    file: Path, sets: Sequence[str], answers: Path | None, as_of: str | None
) -> Blueprint:
    """Read a blueprint, asking at the terminal for answers that are missing."""
    given = answered(sets, answers)
    ask = asking.answer if asking.somebody() else None
    return wpbridge.load(file, answers=given, as_of=as_of, ask=ask)


def checked(
    files: Sequence[Path], sets: Sequence[str], answers: Path | None
) -> Iterator[Path]:
    """Give files that are fine; raises all problems of the others in the end."""
    given = answered(sets, answers)
    problems: list[Problem] = []
    for each in files:
        try:
            wpbridge.load(each, answers=given)
        except BlueprintError as error:
            problems += error.problems
        else:
            yield each
    if problems:
        raise BlueprintError(problems)


def answered(sets: Iterable[str], file: Path | None) -> dict[str, Answer]:
    """Collect answers: those of ``--set`` go before those of a file."""
    return {**(_from_file(file) if file else {}), **dict(map(_pair, sets))}


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(
            f"--set takes NAME=VALUE, as in `--set cohort=x`, not `{text}`"
        )
    return name.strip(), value


def _from_file(path: Path) -> dict[str, Answer]:
    problems = Problems()
    text = Sources(problems).text(path, Place(path.as_posix()))
    root = parse(text, path.as_posix(), problems) if text else None
    problems.raise_any()
    return dict(root.fields()) if root else {}
