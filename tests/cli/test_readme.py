"""What the README shows is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from wpbridge.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Run

README = Path(__file__).parents[2] / "README.md"
LANGUAGE = README.parent / "blueprints" / "README.md"


def blocks(language: str) -> list[str]:
    """Give the README's blocks in a language."""
    fence = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return fence.findall(README.read_text("utf-8"))


def commands() -> Iterator[tuple[list[str], str]]:
    """Give each command that the README shows, with the output below it."""
    for block in blocks("console"):
        for shown in re.split(r"^\$ wpbridge ", block, flags=re.MULTILINE)[1:]:
            words, _, out = shown.partition("\n")
            yield shlex.split(words), out


@pytest.fixture(autouse=True)
def _club(home: Path) -> None:
    (home / "club.yaml").write_text(blocks("yaml")[0], encoding="utf-8")


def fits(shown: str, printed: str) -> bool:
    """Tell whether an output is what is shown; ``…`` and times stand for any."""
    shown, printed = (re.sub(r"in [\d.]+ s", "", text) for text in (shown, printed))
    pattern = re.escape(shown).replace("…", ".*")
    return re.fullmatch(pattern, printed, re.DOTALL) is not None


def test_commands_print_what_is_shown(run: Run) -> None:
    """One after the other, as a reader would type them once all is set up."""
    shown = list(commands())
    line = blocks("sh")[0]
    setup = shlex.split(line.partition("&& wpbridge ")[2])
    setup[1] = str(README.parent / setup[1])

    assert run(*setup).code == 0
    assert [words[0] for words, _ in shown] == ["plan", "apply", "plan"]
    for words, out in shown:
        printed = run(*words).out
        assert fits(out, printed), printed


def test_five_lines_of_python_do_the_same(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """They print the letter, then each outcome."""
    for block in blocks("python"):
        exec(compile(block, str(README), "exec"), {})  # noqa: S102 - our own README

    assert "applied groups/film" in capsys.readouterr().out
    assert run("plan", "club.yaml", "--site=rehearsal", "--detailed-exitcode").code == 0


def test_the_two_lines_to_set_up_are_there() -> None:
    """`.ci/run` takes the second one from here."""
    user, developer, *_ = blocks("sh")

    assert user == (
        "python -m pip install . && "
        "wpbridge apply blueprints/workshop.yaml --site rehearsal:workshop --yes\n"
    )
    assert developer == "python -m pip install -e '.[dev]' && pytest\n"


def test_the_page_of_the_language_is_linked_where_it_is_first_shown() -> None:
    """Nobody finds it otherwise."""
    after = README.read_text("utf-8").partition("```yaml\n")[2].partition("```\n")[2]

    assert f"]({LANGUAGE.relative_to(README.parent).as_posix()})" in after[:200]


@pytest.mark.parametrize("page", [README, LANGUAGE], ids=["readme", "language"])
def test_every_option_that_is_named_exists(page: Path) -> None:
    """Of some command of ours: what a page says to write, can be."""
    group = typer.main.get_command(app)
    known = {opt for each in walked(group) for p in each.params for opt in p.opts}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", page.read_text("utf-8")))

    assert named - known == set()


def walked(command: Any) -> Iterator[Any]:
    """Give a command and all below it."""
    yield command
    for each in getattr(command, "commands", {}).values():
        yield from walked(each)
