"""At a terminal: the question, colours, the bar, Ctrl-C."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import TEMPLATE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

pty = pytest.importorskip("pty", reason="terminals of this sort are not Windows's")

QUESTION = "as admin? [y/N] "
MAILING = """\
wpbridge: 1
components: {groups: active}
members: {ana: {name: Ana Ruiz, email: ana@example.org}}
groups:
  film:
    name: Film club
    about: For people who shoot film.
    members: {ana: admin}
    posts: {hello: {by: ana, text: Hello!}, again: {text: "@ana, are you there?"}}
"""
COLOUR = re.compile(r"\x1b\[([0-9]+;)*(3[0-7]|9[0-7]|38)[;m]")
APPLY = ("apply", "club.yaml", "--site", "rehearsal")


def at_terminal(*words: str, keys: str = "", after: str = QUESTION) -> tuple[int, str]:
    """Run wpbridge at a terminal, type once something is there; its end and output."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "wpbridge", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=partial(os.login_tty, theirs),  # noqa: PLW1509 - no threads here
    ) as process:
        os.close(theirs)
        seen = ""
        while piece := _read(ours):
            seen += piece
            if keys and after in seen:
                os.write(ours, keys.encode())
                keys = ""
    os.close(ours)
    return process.returncode, seen


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 65536).decode()
    except OSError:  # Linux's way to say that nobody is there any more
        return ""


def test_a_yes_applies(home: Path) -> None:
    """The plan comes before the question, the sum after it."""
    del home
    code, seen = at_terminal(*APPLY, keys="y\n")

    assert code == 0
    assert seen.index("1 group is made") < seen.index(QUESTION)
    assert "2 changes applied in" in seen[seen.index(QUESTION) :]


@pytest.mark.parametrize("keys", ["n\n", "\n", "\x04"], ids=["no", "enter", "ctrl-d"])
def test_anything_else_applies_nothing(run: Run, keys: str) -> None:
    """No is the default, and exits 1."""
    code, _ = at_terminal(*APPLY, keys=keys)

    assert code == 1
    assert run("plan", *APPLY[1:], "--detailed-exitcode").code == 2


def test_mails_are_asked_about(home: Path) -> None:
    """Away from a terminal they take --allow mails, or a limit in the blueprint."""
    (home / "club.yaml").write_text(MAILING, encoding="utf-8")
    code, seen = at_terminal(*APPLY, keys="y\ny\n", after="May they? [y/N] ")

    assert code == 0
    assert "1 mail among them" in seen
    assert re.search("5 changes applied in .* s; 1 mail", seen)


def test_new_asks_until_an_answer_will_do(home: Path) -> None:
    """Enter takes what is offered."""
    (home / "workshop.yaml").write_text(TEMPLATE, encoding="utf-8")
    words = ("new", "./workshop.yaml", "spring.yaml")
    code, seen = at_terminal(*words, keys="Spring!\nspring\n\n", after="A short name?")

    assert code == 0
    assert "cohort cannot be `Spring!`" in seen
    assert (home / "spring.yaml").read_text("utf-8") == (
        "wpbridge: 1\n"
        "extends: ./workshop.yaml\n"
        "answers:\n"
        "  cohort: spring\n"
        '  title: "Learning: in practice"\n'
    )


def test_new_ends_with_its_input(home: Path) -> None:
    """Ctrl-D leaves no file behind."""
    (home / "workshop.yaml").write_text(TEMPLATE, encoding="utf-8")
    words = ("new", "./workshop.yaml", "spring.yaml")
    code, _ = at_terminal(*words, keys="\x04", after="A short name?")

    assert code == 1
    assert not (home / "spring.yaml").exists()


def test_ctrl_c_at_the_question_exits_130(run: Run) -> None:
    """As shells expect of what was interrupted."""
    code, _ = at_terminal(*APPLY, keys="\x03")

    assert code == 130
    assert run("plan", *APPLY[1:], "--detailed-exitcode").code == 2


def test_colours_may_be_switched_off(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR is honoured (no-color.org)."""
    del home
    monkeypatch.setenv("NO_COLOR", "1")
    _, seen = at_terminal("plan", *APPLY[1:])

    assert "+ groups/film" in seen
    assert COLOUR.search(seen) is None


def test_ctrl_c_finishes_what_is_under_way(run: Run, home: Path) -> None:
    """It says what was done and what not, and applying again does the rest."""
    groups = "".join(f"  g{n}: {{name: G{n}, about: G.}}\n" for n in range(1, 301))
    words = ("many.yaml", "--site", "rehearsal")
    run("apply", "club.yaml", "--site", "rehearsal", "--yes")
    (home / "many.yaml").write_text(f"wpbridge: 1\ngroups:\n{groups}", "utf-8")
    code, seen = at_terminal("apply", *words, "--yes", keys="\x03", after="Applying")
    done = re.search(r"(\d+) changes? applied", seen)
    left = re.search(r"interrupted: (\d+) changes? not begun", seen)

    assert code == 130
    assert done
    assert left
    assert int(done[1]) + int(left[1]) == 300
    assert f"{left[1]} changes: {left[1]} new" in run("plan", *words).out


@pytest.mark.parametrize(("key", "left"), [("y", ""), ("n", "rehearsal  on")])
def test_forgetting_is_asked_about(run: Run, key: str, left: str) -> None:
    """A rehearsal goes with all that is on it; --yes does not ask."""
    run(*APPLY, "--yes")
    question = "Delete rehearsal and all that is on it? [y/N] "
    words = ("sites", "forget", "rehearsal")
    alone = run(*words)
    code, _ = at_terminal(*words, keys=f"{key}\n", after=question)

    assert (alone.code, code) == (3, int(key == "n"))
    assert alone.err.endswith("Say --yes to do it unasked.\n")
    assert run("sites").out.startswith(left)
