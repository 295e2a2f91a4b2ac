"""``wpbridge new``: from a template to a blueprint that can be planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.test_terminal import at_terminal
from wpbridge.blueprint import library

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SPRING = (
    "new",
    "workshop",
    "spring.yaml",
    *("--set", "cohort=spring", "--set", "starts=2027-03-15"),
    *("--set", "facilitator=jane", "--set", "rooms=2"),
)
WROTE = (
    "people-{0}.csv written, with its headings and nobody in it: open it in a "
    "spreadsheet, give each person a row, and save it as CSV.\n"
)
WITHOUT = (
    "If jane has no account on the site yet, put in a name and an address at the end "
    "of {0}.yaml.\n"
)
NOW = "Now: wpbridge plan {0}.yaml --site rehearsal\n"
MONDAY = "starts=2027-03-15"
REMARK = """\
# Whoever has no account on the site yet needs a line here:
#members:
#  jane: {name: Jane, email: jane@example.org}
"""


def test_new_makes_a_file_for_people(run: Run, home: Path) -> None:
    """With its headings; what else is lacking is said, and where it goes."""
    told = "spring.yaml written.\n" + (WROTE + WITHOUT + NOW).format("spring")

    assert run(*SPRING) == (0, told, "")
    people = (home / "people-spring.csv").read_text("utf-8-sig")
    assert people == "Login,E-mail,Name,Small group\n"
    assert (home / "spring.yaml").read_text("utf-8").endswith(f"  rooms: 2\n{REMARK}")


def test_what_new_wrote_can_be_planned(run: Run, home: Path) -> None:
    """Once the remark at its end is none, and somebody is in the file."""
    run(*SPRING)
    text = (home / "spring.yaml").read_text("utf-8")
    lines = text.replace("#members", "members").replace("#  jane", "  jane")
    (home / "spring.yaml").write_text(lines, encoding="utf-8")
    with (home / "people-spring.csv").open("a", encoding="utf-8") as file:
        file.write("anna,anna@example.org,Anna Ruiz,2\n")
    ran = run("plan", "spring.yaml", "--site", "rehearsal")

    assert (ran.code, ran.err) == (0, "")
    assert "  + memberships/small-spring-2:anna\n" in ran.out


def test_new_offers_the_answers_of_the_last_time(run: Run, home: Path) -> None:
    """What was a default then is the default as of now; what stays is pointed out."""
    run(*SPRING)
    (home / "people-autumn.csv").write_text("login\nanna\n", encoding="utf-8")
    ran = run("new", "./spring.yaml", "autumn.yaml", "--set", "cohort=autumn")
    text = (home / "autumn.yaml").read_text("utf-8")

    assert ran == (
        0,
        (
            "autumn.yaml written.\n"
            "Still as in ./spring.yaml: starts (2027-03-15). Change that in "
            "autumn.yaml for another round.\n"
            "Who takes part stands in people-autumn.csv, which is there already.\n"
        )
        + (WITHOUT + NOW).format("autumn"),
        "",
    )
    assert text == (
        "wpbridge: 1\nextends: workshop\nanswers:\n  cohort: autumn\n"
        "  title: Social learning in practice\n  starts: 2027-03-15\n"
        "  timezone: Europe/London\n  facilitator: jane\n"
        f"  people: people-autumn.csv\n  with_chat: yes\n  rooms: 2\n{REMARK}"
    )


def test_rounds_do_not_hang_on_each_other(run: Run, home: Path) -> None:
    """Each extends the template, and takes people along, as the one before is plain."""
    run(*SPRING)
    lines = "members:\n  jane: {name: Jane Ellis, email: jane@example.org}\n"
    text = (home / "spring.yaml").read_text("utf-8").partition("#")[0]
    (home / "spring.yaml").write_text(text + lines, encoding="utf-8")
    last = "spring"
    for cohort in ("autumn", "winter", "summer", "second-autumn"):
        words = (f"./{last}.yaml", f"{cohort}.yaml", "--set", f"cohort={cohort}")
        run("new", *words, "--set", f"facilitator=f-{cohort}")
        last = cohort

    made = (home / f"{last}.yaml").read_text("utf-8")
    assert made.splitlines()[1] == "extends: workshop"
    assert made.endswith(
        f"{lines}# Whoever has no account on the site yet needs a line here:\n"
        f"#  f-{last}: {{name: F-Second-Autumn, email: f-{last}@example.org}}\n"
    )
    assert run("validate", f"{last}.yaml").code == 0


def test_what_was_changed_in_a_round_is_taken_along(run: Run, home: Path) -> None:
    """The next one extends it, and so has what somebody wrote into it."""
    run(*SPRING)
    with (home / "spring.yaml").open("a", encoding="utf-8") as file:
        file.write("pages: {rules: {title: Rules, text: Be kind.}}\n")
    run("new", "./spring.yaml", "autumn.yaml", "--set", "cohort=autumn")

    assert "extends: ./spring.yaml\n" in (home / "autumn.yaml").read_text("utf-8")
    assert "pages/rules " in run("expand", "autumn.yaml").out


def test_what_names_the_round_before_is_pointed_out(run: Run, home: Path) -> None:
    """Once it says the reference instead, the next round has it for its own."""
    run(*SPRING)
    (home / "people-autumn.csv").write_text("login\nanna\n", encoding="utf-8")
    own = (
        "groups:\n  workshop-spring:\n    posts: {extra: {text: offspring of spring}}\n"
        "pages: {faq: {title: Questions, text: In spring.}}\n"
    )
    words = ("new", "./spring.yaml", "autumn.yaml", "--set", "cohort=autumn")
    with (home / "spring.yaml").open("a", encoding="utf-8") as file:
        file.write(own)
    first = (home / "spring.yaml").read_text("utf-8").splitlines().index("groups:") + 2
    told = run(*words).out.splitlines()
    text = (home / "spring.yaml").read_text("utf-8")
    mended = text.replace("shop-spring", "shop-$(cohort)").replace(
        " spring", " $(cohort)"
    )
    (home / "spring.yaml").write_text(
        mended.replace("cohort: $(cohort)", "cohort: spring"), encoding="utf-8"
    )
    (home / "autumn.yaml").unlink()

    assert [each for each in told if "itself" in each] == [
        f"spring.yaml:{line} names spring itself; write `$(cohort)` there instead."
        for line in (first, first + 1, first + 2)
    ]
    assert "itself" not in run(*words).out
    assert "posts/workshop-autumn:extra " in run("expand", "autumn.yaml").out


def test_new_says_what_is_wrong_with_people_that_are_there(
    run: Run, home: Path
) -> None:
    """The blueprint is written all the same."""
    (home / "people-spring.csv").write_text("login,groups\nanna,3\n", encoding="utf-8")
    ran = run(*SPRING)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[2:4] == [
        "First put right what is wrong with it:",
        (
            "people-spring.csv:2:2: there is no group `3` in this blueprint; "
            "there are workshop, small-1 and small-2"
        ),
    ]


def test_a_file_that_is_not_there_is_no_template(run: Run) -> None:
    """And a template is no file: each is told from the other."""
    run(*SPRING)

    assert [
        run("new", "./sprin.yaml", "a.yaml").err,
        run("new", "./other.yaml", "a.yaml").err,
        run("new", "workshp", "a.yaml").err,
        run("plan", "workshop", "--site", "rehearsal").err,
    ] == [
        "error: there is no file ./sprin.yaml; did you mean `spring.yaml`?\n",
        "error: there is no file ./other.yaml\n",
        "error: there is no template `workshp`; did you mean `workshop`?\n",
        (
            "error: there is no file workshop; that is a template, to begin with: "
            "`wpbridge new workshop FILE`\n"
        ),
    ]


def test_help_names_every_template(run: Run) -> None:
    """As they are shipped."""
    told = set(run("new", "--help").out.replace(",", " ").replace(".", " ").split())

    assert set(library.templates()) - told == set()


@pytest.mark.parametrize(
    ("chat", "keys", "name"),
    [
        ("n", "jane@example.org\nJane Ellis\n", "Jane Ellis"),
        ("N", "jane@\njane@example.org\n\n", "jane"),
    ],
)
def test_new_asks_for_an_address(
    run: Run, home: Path, chat: str, keys: str, name: str
) -> None:
    """Of whom the answers alone name; a y or an n will do for a yes or a no."""
    typed = f"\n\n\n{chat}\n\n{keys}"
    code, seen = at_terminal(
        *SPRING[:-2], keys=typed, after="What is the workshop called?"
    )
    wrong = "An address cannot be `jane@`, which is not an e-mail address"
    text = (home / "spring.yaml").read_text("utf-8")

    assert (code, wrong in seen) == (0, "jane@\n" in keys)
    assert text.endswith(
        "  with_chat: no\n  rooms: 0\nmembers:\n"
        f"  jane: {{name: {name}, email: jane@example.org}}\n"
    )
    assert run("plan", "spring.yaml", "--site", "rehearsal").code == 0


@pytest.mark.parametrize("given_up", ["\x03", "\x04", "jane@example.org\n\x04"])
def test_who_gives_up_at_the_last_question_finds_nothing_written(
    home: Path, given_up: str
) -> None:
    """Ctrl-C or Ctrl-D there: the same command can be given again."""
    before = sorted(home.iterdir())
    others = ("title=A", "timezone=Europe/London", "people=p.csv", "with_chat=no")
    sets = [word for each in others for word in ("--set", each)]
    after = "E-mail address of jane?"
    code, _ = at_terminal(*SPRING, *sets, keys=given_up, after=after)

    assert code in {1, 130}
    assert sorted(home.iterdir()) == before


@pytest.mark.parametrize(
    ("template", "answers", "who"),
    [
        ("event", ("event=e", "title=E", "day=2027-06-10", "facilitator=jane"), ""),
        ("work-team", ("team=t", "title=T", "lead=jane", "mates=ada", MONDAY), "ada"),
        ("learning-circle", ("keeper=jane", "sharers=ada", MONDAY), "ada"),
    ],
)
def test_who_has_no_account_after_all_is_asked_for_in_the_own_file(
    run: Run, template: str, answers: tuple[str, ...], who: str
) -> None:
    """Not in the template, which is nobody's to edit."""
    sets = [word for each in answers for word in ("--set", each)]
    made = run("new", template, "own.yaml", *sets)
    ran = run("plan", "own.yaml", "--site", "rehearsal")

    assert made.code == 0, made.err
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.splitlines() == [
        f"error: own.yaml: the member {each} is neither declared nor on the site; "
        f"write `members: {{{each}: {{name: …, email: …}}}}` here"
        for each in sorted({"jane", who} - {""})
    ]
