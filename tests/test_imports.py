"""Modules import only from rows above their own in the map of the package."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import wpbridge

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(wpbridge.__file__).parent
HEAVY = ("re2", "requests", "rich", "yaml", "werkzeug", "tenacity", "keyring", "jinja2")
"""What a command may need, and ``--help`` does not."""
ROWS = re.findall(r"^``([a-z]+)/?``", wpbridge.__doc__ or "", re.MULTILINE)


def imported(file: Path) -> Iterator[str]:
    """Name the rows that a module imports from, for its types too."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.ImportFrom(module="wpbridge", names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(module)):
                yield from re.findall(r"^wpbridge\.(\w+)", module)
            case ast.Import(names=names):
                for each in names:
                    yield from re.findall(r"^wpbridge\.(\w+)", each.name)
            case _:
                pass


def test_every_module_is_in_the_map() -> None:
    """And nothing that is not there."""
    files = {each.stem for each in PACKAGE.glob("[!_]*.py")}
    folders = {each.parent.name for each in PACKAGE.glob("*/__init__.py")}

    assert sorted(ROWS) == sorted(files | folders)


def test_modules_import_from_above() -> None:
    """Names flow down, and nothing flows back."""
    upward = [
        f"{file.relative_to(PACKAGE)} imports {name}"
        for row in ROWS
        for file in (*PACKAGE.glob(f"{row}.py"), *PACKAGE.glob(f"{row}/**/*.py"))
        for name in imported(file)
        if name in ROWS and ROWS.index(name) > ROWS.index(row)
    ]

    assert upward == []


def test_the_rehearsal_knows_nothing_of_the_rest() -> None:
    """A site written to suit its client would prove nothing."""
    known = {
        name for file in PACKAGE.glob("rehearsal/**/*.py") for name in imported(file)
    }

    assert known == {"rehearsal"}


@pytest.mark.parametrize("module", ["wpbridge", "wpbridge.cli"])
def test_nothing_heavy_is_imported_before_it_is_needed(module: str) -> None:
    """What takes long to import waits until a command needs it."""
    code = f"import sys, {module}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    ran = subprocess.run(  # noqa: S603 - the words are ours
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=PACKAGE.parent,
    )

    assert ran.stdout.strip() == ""
