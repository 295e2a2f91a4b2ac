"""Commands about blueprints alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.conftest import TEMPLATE
from wpbridge.cli.files import ONLY_A_SITE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


CLAIM = (
    "groups/film is `club`'s at club.yaml:5:3, and `{}`'s here; write "
    "`belongs_to: club` to add people and posts, or say it in one of the two"
)
PERSON = (
    "ana@example.org is the member ann here, and ana at other.yaml:2:11; one person "
    "has one login"
)


def test_validate_names_what_is_wrong_in_any_file(run: Run, home: Path) -> None:
    """Files that are fine are named too."""
    (home / "bad.yaml").write_text("wpbridge: 1\ngrups: {}\n", encoding="utf-8")

    assert run("validate", "club.yaml", "bad.yaml") == (
        3,
        "club.yaml: fine\n",
        "error: bad.yaml:2:1: `grups` is not a section; did you mean `groups`?\n",
    )


def test_validate_reads_templates_without_answers(run: Run, home: Path) -> None:
    """What is no template needs its answers, as an apply of it would."""
    (home / "workshop.yaml").write_text(TEMPLATE, encoding="utf-8")
    text = TEMPLATE.replace("template: yes\n", "")
    (home / "mine.yaml").write_text(text, encoding="utf-8")
    ran = run("validate", "workshop.yaml", "mine.yaml")

    assert (ran.code, ran.out) == (3, "workshop.yaml: fine\n")
    assert ran.err.startswith("error: mine.yaml: these inputs have no answer: cohort")


def test_validate_finds_what_two_files_claim(run: Run, home: Path) -> None:
    """Each is fine by itself; two of one template claim the same, too."""
    (home / "other.yaml").write_text(
        "wpbridge: 1\nmembers: {ana: {email: ana@example.org}}\n"
        "groups: {film: {name: Film, about: Film.}}\n",
        encoding="utf-8",
    )
    third = "{ana: {omit: yes}, ann: {email: ana@example.org}}"
    (home / "third.yaml").write_text(
        f"wpbridge: 1\nextends: ./other.yaml\nmembers: {third}\n", encoding="utf-8"
    )
    ran = run("validate", "club.yaml", "other.yaml", "third.yaml")

    assert ran.out == "club.yaml: fine\nother.yaml: fine\nthird.yaml: fine\n"
    assert (ran.code, ran.err) == (
        3,
        (
            f"error: other.yaml:3:10: {CLAIM.format('other')}\n"
            f"error: third.yaml: {CLAIM.format('third')}\n"
            f"error: third.yaml:3:29: {PERSON}\n"
        ),
    )


def test_a_roster_with_nobody_in_it_is_said(run: Run, home: Path) -> None:
    """By validate, and by a plan: it may be the wrong file."""
    (home / "people.csv").write_text("login,email\n", encoding="utf-8")
    with (home / "club.yaml").open("a", encoding="utf-8") as file:
        file.write("roster: people.csv\n")
    plan = run("plan", "club.yaml", "--site", "rehearsal")

    assert run("validate", "club.yaml").out.splitlines()[0] == (
        "club.yaml: fine, but people.csv has nobody in it"
    )
    assert "  - people.csv has nobody in it.\n" in plan.out
    (home / "people.csv").write_text("login,email\nana,ana@example.org\n", "utf-8")
    assert run("validate", "club.yaml").out.splitlines()[0] == "club.yaml: fine"


def test_expand_lists_every_resource(run: Run) -> None:
    """Address, then what is said of it."""
    assert run("expand", "club.yaml").out == (
        "components/groups                        state: 'active'\n"
        "groups/film                              owner: 'club' | name: 'Film club' | "
        "about: 'For people who shoot film.' | access: 'private'\n"
    )


def test_expand_gives_json_too(run: Run) -> None:
    """For other programs."""
    assert json.loads(run("expand", "club.yaml", "--output", "json").out)[0] == {
        "address": "components/groups",
        "state": "active",
    }


def test_init_writes_a_blueprint_that_is_fine(run: Run) -> None:
    """And never over one that is there."""
    assert [
        run("init", "new.yaml"),
        run("validate", "new.yaml"),
        run("init", "new.yaml"),
    ] == [
        (0, "new.yaml written; now: wpbridge plan new.yaml --site rehearsal\n", ""),
        (0, f"new.yaml: fine\n{ONLY_A_SITE}\n", ""),
        (3, "", "error: new.yaml is there already; name another file\n"),
    ]


def test_new_writes_answers_down(run: Run, home: Path) -> None:
    """Away from a terminal, --set answers, and defaults do."""
    (home / "workshop.yaml").write_text(TEMPLATE, encoding="utf-8")
    ran = run("new", "./workshop.yaml", "spring.yaml", "--set", "cohort=spring")

    assert ran.code == 0
    assert (home / "spring.yaml").read_text("utf-8") == (
        "wpbridge: 1\n"
        "extends: ./workshop.yaml\n"
        "answers:\n"
        "  cohort: spring\n"
        '  title: "Learning: in practice"\n'
    )
    assert run("validate", "spring.yaml") == (
        0,
        f"spring.yaml: fine\n{ONLY_A_SITE}\n",
        "",
    )


def test_new_says_which_answer_is_missing(run: Run, home: Path) -> None:
    """Nobody is there to ask."""
    (home / "workshop.yaml").write_text(TEMPLATE, encoding="utf-8")

    assert run("new", "./workshop.yaml", "spring.yaml") == (
        3,
        "",
        (
            "error: ./workshop.yaml: cohort has no answer (A short name?); write --set "
            "cohort=…, or --answers FILE\n"
        ),
    )


def test_new_takes_answers_from_a_file(run: Run, home: Path) -> None:
    """And names what is no answer by its place."""
    (home / "workshop.yaml").write_text(TEMPLATE, encoding="utf-8")
    (home / "good.yaml").write_text("cohort: spring\ntitle: One\n", encoding="utf-8")
    (home / "bad.yaml").write_text("- cohort\n", encoding="utf-8")
    new = ("new", "./workshop.yaml", "spring.yaml", "--answers")

    assert run(*new, "bad.yaml").err == (
        "error: bad.yaml:1:1: the file is to be a list of `word: value`; begin it with "
        "`name: answer`\n"
    )
    assert run(*new, "good.yaml").code == 0
    assert "  cohort: spring\n" in (home / "spring.yaml").read_text("utf-8")


def test_answers_come_from_a_file_and_from_the_call(run: Run, home: Path) -> None:
    """The call goes before the file."""
    (home / "workshop.yaml").write_text(TEMPLATE, encoding="utf-8")
    (home / "spring.yaml").write_text("cohort: spring\ntitle: One\n", encoding="utf-8")
    from_file = ("--answers", "spring.yaml")
    ran = run("expand", "workshop.yaml", *from_file, "--set", "title=Two")

    assert "name: 'Two' | about: 'Our space.'" in ran.out
