"""Who may import whom: a module imports from rows above its own, and no others."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import wpbridge

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(wpbridge.__file__).parent
ROWS: tuple[frozenset[str], ...] = tuple(
    frozenset(row.split())
    for row in (
        "errors folders rehearsal companion",
        "model stage",
        "text",
        "plan",
        "journal",
        "site lock",
        "vault",
        "blueprint accounts",
        "kinds",
        "bind draft ownership guard checks",
        "possible",
        "compare apply",
        "engine",
        "report",
        "opening",
        "facade",
    )
)
ALONE = frozenset({"rehearsal", "companion"})
MAPS = frozenset({"__init__", "__main__", "cli"})  # these may import everything
HEAVY = ("requests", "rich", "yaml", "werkzeug", "tenacity", "keyring", "jinja2")
"""What a command may need, and ``--help`` does not."""


def rank(module: str) -> int:
    """The number of a module's row, from the top."""
    return next(number for number, row in enumerate(ROWS) if module in row)


def imports() -> Iterator[tuple[str, str, str]]:
    """Each import of ours: the file, its module, and the module it imports from."""
    for path in sorted(ROOT.rglob("*.py")):
        inside = path.relative_to(ROOT)
        module = inside.parts[0].removesuffix(".py")
        for node in _needed(ast.parse(path.read_text("utf-8"))):
            for name in _ours(node):
                yield inside.as_posix(), module, name


def _needed(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that is run, not only looked at by a type checker."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)):
            yield node
            yield from _needed(node)


def _ours(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        names = [each.name for each in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module == "wpbridge":
        names = [f"wpbridge.{each.name}" for each in node.names]
    else:
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    yield from (each.split(".")[1] for each in names if each.startswith("wpbridge."))


def test_a_module_imports_from_rows_above_its_own() -> None:
    """The table holds, save for the maps of the package and the command line."""
    wrong = [
        f"{file} imports {name}"
        for file, module, name in imports()
        if module not in MAPS and name != module and rank(name) >= rank(module)
    ]

    assert wrong == []


def test_the_rehearsal_and_the_companion_import_nothing_of_ours() -> None:
    """So they cannot share the client's mistakes."""
    wrong = [
        f"{file} imports {name}"
        for file, module, name in imports()
        if module in ALONE and name != module
    ]

    assert wrong == []


@pytest.mark.parametrize("module", ["wpbridge", "wpbridge.cli"])
def test_nothing_heavy_is_imported_before_it_is_needed(module: str) -> None:
    """What takes long to import waits until a command needs it."""
    code = f"import sys, {module}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    ran = subprocess.run(  # noqa: S603 - the words are ours
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT.parent,
    )

    assert ran.stdout.strip() == ""
