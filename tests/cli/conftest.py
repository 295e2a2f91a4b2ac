"""Commands run in a folder of their own, with nothing kept from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pytest
from typer.testing import CliRunner

from wpbridge.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CLUB = """\
wpbridge: 1
name: Film club
components: {groups: active}
groups:
  film:
    name: Film club
    about: For people who shoot film.
    access: private
"""

TEMPLATE = """\
wpbridge: 1
template: yes
inputs:
  cohort: {ask: "A short name?", type: key}
  title: {ask: "A title?", default: "Learning: in practice"}
groups:
  workshop-$(cohort): {name: $(title), about: Our space.}
"""


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run: TypeAlias = "Callable[..., Ran]"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder to work in that is also where things are kept."""
    monkeypatch.setenv("WPBRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for name in ("WPBRIDGE_SITE", "WPBRIDGE_USER", "WPBRIDGE_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "club.yaml").write_text(CLUB, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(home: Path) -> Run:
    """Run the command line with the given words, away from any terminal."""
    del home

    def running(*words: str) -> Ran:
        result = CliRunner().invoke(app, words, catch_exceptions=False)
        return Ran(result.exit_code, result.stdout, result.stderr)

    return running
