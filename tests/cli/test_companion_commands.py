"""``companion zip`` and ``companion status``."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_the_plugin_is_written_once(run: Run, home: Path) -> None:
    """And never over something else."""
    code, said, _ = run("companion", "zip")

    assert code == 0
    assert said.startswith("wpbridge-companion.zip written; on the site, go to Plugins")
    with ZipFile(home / "wpbridge-companion.zip") as archive:
        assert "wpbridge-companion/wpbridge-companion.php" in archive.namelist()
    assert run("companion", "zip")[0] == 3
    assert run("companion", "zip", "other.zip")[0] == 0


def test_its_status_is_told_in_words(run: Run) -> None:
    """On a site without it: what it would add."""
    code, said, _ = run("companion", "status", "rehearsal")
    both = run("companion", "status", "rehearsal", "--site", "rehearsal:other")

    assert code == 0
    assert run("companion", "status", "--site", "rehearsal").out == said
    assert (both.code, both.err) == (
        3,
        "error: two sites are named, rehearsal and rehearsal:other; name one\n",
    )
    assert said.startswith("note  the companion plugin is not there; it is optional\n")
    assert "note  not yet:\n      - " in said
    assert "      - have newcomers ask before they get an account\n" in said
