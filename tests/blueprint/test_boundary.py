"""A blueprint names files in its own folder and the library; no other is read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import wpbridge
from wpbridge import engine
from wpbridge.blueprint.load import load
from wpbridge.cli.app import app
from wpbridge.errors import BlueprintError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECRET = "hunter2-do-not-tell"
SHADOW = f"root:{SECRET}:20228:0:99999:7:::\n{SECRET}: {SECRET}\n- {SECRET}\n"
BLUEPRINT = f"wpbridge: 1\nmembers:\n  ana: {{name: {SECRET}, email: a@example.org}}\n"
WORDS = {
    "include": "include: [{}]\n",
    "include, alone": "include: {}\n",
    "extends": "extends: {}\n",
    "roster": "roster: {}\n",
    "roster of a group": "groups:\n  g: {{name: G, about: A, roster: {}}}\n",
    "text_from": "pages:\n  p: {{title: P, text_from: {}}}\n",
    "post's text_from": (
        "groups:\n  g: {{name: G, about: A, posts: {{p: {{text_from: {}}}}}}}\n"
    ),
    "avatar": "members:\n  ana: {{name: Ana, email: a@example.org, avatar: {}}}\n",
    "media": "media:\n  m: {{title: M, file: {}}}\n",
}


def above(club: Path, name: str) -> str:
    """Name it by ``..``."""
    return f"../{name}" if club.parent.name == "club" else f"../../{name}"


def roundabout(club: Path, name: str) -> str:
    """Name it by ``..`` behind a folder that is there."""
    (club.parent / "sub").mkdir(exist_ok=True)
    return f"./sub/../../{name}"


def absolute(club: Path, name: str) -> str:
    """Name all of its path."""
    return str(club.parents[1] / name)


def linked(club: Path, name: str) -> str:
    """Link to it from the folder."""
    link = club.parent / f"link-{name}"
    link.symlink_to(club.parents[1] / name)
    return f"./{link.name}"


def linked_folder(club: Path, name: str) -> str:
    """Link to its folder."""
    (club.parent / "out").symlink_to(club.parents[1], target_is_directory=True)
    return f"./out/{name}"


WAYS = (above, roundabout, absolute, linked, linked_folder)


@pytest.fixture
def club(tmp_path: Path) -> Path:
    """A blueprint's path, and files beside its folder that are somebody else's."""
    (tmp_path / "club").mkdir()
    (tmp_path / "shadow.yaml").write_text(SHADOW)
    (tmp_path / "theirs.yaml").write_text(BLUEPRINT)
    (tmp_path / "theirs.csv").write_text(f"name,email\n{SECRET},a@example.org\n")
    return tmp_path / "club" / "club.yaml"


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("name", ["shadow.yaml", "theirs.yaml", "theirs.csv"])
def test_nothing_outside_is_read(
    word: str, way: Callable[[Path, str], str], name: str, club: Path
) -> None:
    """By whatever way; and the error says what to do, and nothing of the file."""
    club.write_text("wpbridge: 1\n" + WORDS[word].format(way(club, name)))
    with pytest.raises(BlueprintError) as error:
        wpbridge.load(club)

    assert "is outside the blueprint's folder; put the file in it" in str(error.value)
    assert "--trust " in str(error.value)
    assert SECRET not in str(error.value)
    assert len(error.value.problems) == 1


@pytest.mark.parametrize("word", WORDS)
def test_an_included_file_brings_no_folder_along(word: str, club: Path) -> None:
    """What it names lies within the main blueprint's folder as well."""
    sub = club.parent / "sub"
    sub.mkdir()
    name = "theirs.yaml" if word.startswith(("include", "ext")) else "theirs.csv"
    (sub / "more.yaml").write_text(
        "wpbridge: 1\n" + WORDS[word].format(f"../../{name}")
    )
    club.write_text("wpbridge: 1\ninclude: [./sub/more.yaml]\n")
    with pytest.raises(BlueprintError, match="outside the blueprint's folder"):
        wpbridge.load(club)


def test_what_lies_within_is_read_from_any_file_of_it(club: Path) -> None:
    """A subfolder may name what is above it, as long as that is within."""
    (club.parent / "sub").mkdir()
    (club.parent / "words.txt").write_text("Be kind.")
    (club.parent / "sub" / "more.yaml").write_text(
        "wpbridge: 1\npages:\n  p: {title: P, text_from: ../words.txt}\n"
    )
    club.write_text("wpbridge: 1\ninclude: [sub/more.yaml]\n")
    (page,) = engine.declare(wpbridge.load(club)).desired

    assert page.spec.text == "Be kind."  # type: ignore[attr-defined]  # it is a page


def test_a_folder_that_is_trusted_is_read(club: Path) -> None:
    """And so is what its files name in it; its neighbours are not."""
    folder = club.parents[1] / "templates"
    folder.mkdir()
    (folder / "base.yaml").write_text("wpbridge: 1\nroster: ./people.csv\n")
    (folder / "people.csv").write_text("name,email\nAna,ana@example.org\n")
    club.write_text("wpbridge: 1\nextends: ../templates/base.yaml\n")
    with pytest.raises(BlueprintError, match=r"add --trust \S*templates$"):
        wpbridge.load(club)
    blueprint = wpbridge.load(club, trust=[folder])

    assert [roster.people for roster in blueprint.rosters] == [("ana@example.org",)]
    (folder / "base.yaml").write_text("wpbridge: 1\nroster: ../theirs.csv\n")
    with pytest.raises(BlueprintError, match="outside the blueprint's folder"):
        wpbridge.load(club, trust=[folder])


def run(*words: str) -> tuple[int, str]:
    """Run a command; its exit code, and all that it told."""
    ran = CliRunner().invoke(app, words)
    return ran.exit_code, ran.output


def test_trust_is_said_on_the_command_line(
    club: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or in the environment, out of the blueprint's reach."""
    club.write_text("wpbridge: 1\ninclude: [../theirs.yaml]\n")
    trusted = run("validate", str(club), "--trust", str(club.parents[1]))
    alone = run("validate", str(club))
    monkeypatch.setenv("WPBRIDGE_TRUST", str(club.parents[1]))
    surrounded = run("validate", str(club))

    assert (trusted[0], alone[0], surrounded[0]) == (0, 3, 0)
    assert SECRET not in trusted[1] + alone[1]


@pytest.mark.parametrize(
    "text",
    [
        SHADOW,
        f"{SECRET}\n",
        f"{SECRET}: [{SECRET}\n",
        f'{{"password": "{SECRET}", "{SECRET}": 1}}\n',
        f"members:\n  ana: {{{SECRET}: 1}}\n",
        f"name: x\n&{SECRET} y: 1\n",
        f"name: x\n{SECRET}: 1\n{SECRET}: 2\n",
        f"# a remark\n---\n{SECRET}: 1\n",
    ],
)
@pytest.mark.parametrize("way", ["include", "extends", "itself", "link"])
def test_no_line_of_what_is_no_blueprint_is_told(
    text: str, way: str, club: Path
) -> None:
    """It may be a list of passwords, and what is told may stand in a public log."""
    inside = club.parent / "inside.yaml"
    inside.write_text(text)
    if way == "link":  # the blueprint's name leads to another file
        club.symlink_to(inside)
    elif way == "itself":
        club.write_text(text)
    else:
        club.write_text(f"wpbridge: 1\n{way}: ./inside.yaml\n")
    for words in (["validate"], ["expand"], ["plan", "--output", "json"]):
        code, told = run(words[0], str(club), *words[1:])

        assert code == 3
        assert "a blueprint needs `wpbridge` as its first line" in told
        assert SECRET not in told


@pytest.mark.parametrize(
    "text", ["A=1\nB=2\n", f"{SECRET}:x:0:0:root\n", f'{{"{SECRET}": 1, "b": 2}}\n']
)
def test_no_line_of_what_is_no_roster_is_told(text: str, club: Path) -> None:
    """Headings are told once one of them is an address or a login."""
    (club.parent / ".env").write_text(f"{SECRET},{SECRET}\n{text}")
    club.write_text("wpbridge: 1\nroster: ./.env\n")
    code, told = run("validate", str(club))

    assert code == 3
    assert SECRET not in told


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffwpbridge: 1\n",
        "# a remark\n\n---\nwpbridge: 1\n",
        "name: Club\nwpbridge: 1\n",
        '{"wpbridge": 1}\n',
        '{\n  "wpbridge": 1\n}\n',
        "'wpbridge': 1\n",
        "\n" * 100_000 + "wpbridge: 1\n",
    ],
)
def test_a_blueprint_is_known_by_its_first_word(text: str, club: Path) -> None:
    """However it is written, and however many blank lines come before it."""
    club.write_text(text, "utf-8")

    assert run("validate", str(club))[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="a drive is one there")
def test_drives_and_shares_are_nobodys_folder(club: Path) -> None:
    """A path of another system is not looked for here."""
    for name in (r"C:\secrets.yaml", r"\\host\share\x.yaml"):
        club.write_text(f"wpbridge: 1\ninclude: ['{name}']\n")
        with pytest.raises(BlueprintError, match="outside the blueprint's folder"):
            wpbridge.load(club)


def test_templates_of_the_library_are_found_from_anywhere(club: Path) -> None:
    """They lie in no folder of the blueprint, and are wpbridge's own."""
    club.write_text("wpbridge: 1\nextends: workshop\n")

    assert load(club, sections=engine.sections(), partial=True).open_inputs
