"""From the words of a command to the blueprint that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import wpbridge
from wpbridge import engine
from wpbridge.blueprint.inputs import read_answers
from wpbridge.cli import asking
from wpbridge.errors import BlueprintError, UsageError
from wpbridge.facade import outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.blueprint.inputs import Answer
    from wpbridge.errors import Problem
    from wpbridge.inputs import Declared


def blueprint(
    file: Path, sets: Sequence[str], answers: Path | None, as_of: str | None
) -> Blueprint:
    """Read a blueprint, asking at the terminal for answers that are missing."""
    given = answered(sets, answers)
    ask = asking.answer if asking.somebody() else None
    return wpbridge.load(file, answers=given, as_of=as_of, ask=ask)


def checked(
    files: Sequence[Path], sets: Sequence[str], answers: Path | None
) -> Iterator[tuple[Path, Blueprint]]:
    """
    Give files that are fine by themselves, and what they say.

    Raises all problems of the others, and those between files, in the end.
    """
    given = answered(sets, answers)
    fine: list[Declared] = []
    problems: list[Problem] = []
    for each in files:
        try:
            fine.append(outline(each, given))
        except BlueprintError as error:
            problems += error.problems
        else:
            yield each, fine[-1].blueprint
    problems += engine.clashes(fine)
    if problems:
        raise BlueprintError(problems)


def answered(sets: Iterable[str], file: Path | None) -> dict[str, Answer]:
    """Collect answers: those of ``--set`` go before those of a file."""
    return {**(read_answers(file) if file else {}), **dict(map(_pair, sets))}


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(
            f"--set takes NAME=VALUE, as in `--set cohort=x`, not `{text}`"
        )
    return name.strip(), value
