"""Writing files for people: blueprints to start from, and the schema."""

from __future__ import annotations

import csv
import json
import shlex
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wpbridge import engine
from wpbridge.blueprint.new import STARTER, from_template, people
from wpbridge.blueprint.problems import listed
from wpbridge.blueprint.source import real
from wpbridge.checks import unaddressed
from wpbridge.cli import asking
from wpbridge.errors import BlueprintError, UsageError
from wpbridge.facade import outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
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


def cloned(
    template: str, file: Path, given: Mapping[str, Answer], trust: Sequence[Path] = ()
) -> str:
    """Ask a template's questions, write the answers down, and say what to do next."""
    _free(file)
    ask = asking.answer if asking.somebody() else None
    made = from_template(template, file, given, ask, trust)
    told = [f"{file} written."]
    if made.same:
        same = listed(made.same, "and")
        told.append(
            f"Still as in {template}: {same}. Change that in {file} for another round."
        )
    told += made.stale
    with _all_or_nothing(file, *made.rosters):
        _write(file, made.text)
        told += _rosters(made.rosters, file.parent)
        try:
            told += _people(file, (*trust, *made.beyond), more=made.people)
        except BlueprintError as error:
            told += ["First put right what is wrong with it:", str(error)]
    trusted = "".join(f" --trust {shlex.quote(str(folder))}" for folder in made.beyond)
    if trusted:
        told.append(f"It extends a file that is not beside it, so add{trusted}.")
    return "\n".join((*told, f"Now: wpbridge plan {file} --site rehearsal{trusted}"))


@contextmanager
def _all_or_nothing(*files: Path) -> Iterator[None]:
    """Take away what was written once somebody gives up at the last questions."""
    new = [each for each in files if not each.exists()]
    try:
        yield
    except BaseException:
        for each in new:
            each.unlink(missing_ok=True)
        raise


def _rosters(named: Mapping[Path, Sequence[str]], folder: Path) -> Iterator[str]:
    """Write the files of people that are not there, each with but its headings."""
    for path, headings in named.items():
        inside = path.parent.is_dir() and real(path).is_relative_to(real(folder))
        if not inside:
            continue  # the blueprint may not name it
        if path.exists():
            yield f"Who takes part stands in {path}, which is there already."
        else:
            with path.open("x", encoding="utf-8-sig", newline="") as new:
                csv.writer(new).writerow(headings)
            yield (
                f"{path} written, with its headings and nobody in it: open it in a "
                "spreadsheet, give each person a row, and save it as CSV."
            )


def _people(file: Path, trust: Sequence[Path], *, more: bool) -> Iterator[str]:
    """Ask where mail reaches whom the answers alone name; add them to the file."""
    known: dict[str, tuple[str, str]] = {}
    logins = unaddressed(outline(file, trust=trust))
    for login in logins if asking.somebody() else ():
        if email := asking.address(login):
            name = asking.text(f"Name of {login}, for people to read? [{login}] ")
            known[login] = (name or login, email)
    left = [each for each in logins if each not in known]
    if logins:
        with file.open("a", encoding="utf-8", newline="\n") as written:
            written.write(people(known, left, more=more))
    if left:
        yield (
            f"If {listed(left)} has no account on the site yet, put in a name and an "
            f"address at the end of {file}."
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
