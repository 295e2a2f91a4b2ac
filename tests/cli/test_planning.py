"""``plan`` and ``apply``, away from a terminal."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from wpbridge.lock import hold

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Run

TOLD = """\
Film club on Rehearsal (rehearsal) as admin

What would happen:
  - BuddyPress's component groups is switched on.
  - If pages are not found then, open Settings > Permalinks once.
  - 1 group is made: Film club.
  - No admin is named for Film club, so this login is one.
  - No mail goes out.

2 changes: 1 new, 1 changed
  ~ components/groups
      state: 'inactive' -> 'active'
  + groups/film
"""


TYPES = "group_types: {circle: {name: Circles, singular: Circle}}"

TOLD_ALL = (
    *(
        "--set",
        "cohort=autumn",
        "--set",
        "title=Workshop",
        "--set",
        "starts=2027-09-13",
    ),
    *("--set", "timezone=Europe/Berlin", "--set", "facilitator=mira"),
    *("--set", "people=people.csv", "--set", "with_chat=no", "--set", "rooms=0"),
)


def edited(file: Path, before: str, after: str) -> None:
    """Change a word of a blueprint."""
    file.write_text(file.read_text("utf-8").replace(before, after), encoding="utf-8")


def test_plan_tells_and_changes_nothing(run: Run) -> None:
    """The same plan is told twice."""
    first = run("plan", "club.yaml", "--site", "rehearsal")

    assert [first, run("plan", "club.yaml", "--site", "rehearsal")] == [
        (0, TOLD, ""),
        (0, TOLD, ""),
    ]


def test_apply_makes_what_plan_told(run: Run) -> None:
    """Its report is one line, and the next plan finds nothing."""
    applied = run("apply", "club.yaml", "--site", "rehearsal", "--yes")
    again = run("plan", "club.yaml", "--site", "rehearsal", "--detailed-exitcode")

    assert applied.code == 0
    assert re.sub(r"[\d.]+ s;", "0 s;", applied.out.removeprefix(TOLD)) == (
        "2 changes applied in 0 s; 0 mails\n"
        "Look at it: wpbridge rehearse --site rehearsal\n"
    )
    assert again.code == 0


def test_a_plan_with_changes_exits_2_if_that_is_asked_for(run: Run) -> None:
    """Terraform's number, for jobs that look for drift."""
    assert run("plan", "club.yaml", "--site=rehearsal", "--detailed-exitcode").code == 2


def test_apply_without_a_terminal_needs_a_yes(run: Run) -> None:
    """Nobody is there to ask: nothing is done, and the plan is still told."""
    ran = run("apply", "club.yaml", "--site", "rehearsal")

    assert (ran.code, ran.out) == (3, TOLD)
    assert ran.err == (
        "\nerror: there is no terminal to ask at: Apply these 2 changes to Rehearsal "
        "(rehearsal) as admin? Say --yes to apply without being "
        "asked.\n"
    )


def test_what_is_withheld_stops_an_apply_unless_it_is_allowed(
    run: Run, home: Path
) -> None:
    """The word that lets it go is told once, in the plan."""
    run("apply", "club.yaml", "--site", "rehearsal", "--yes")
    edited(home / "club.yaml", "private", "public")
    words = ("apply", "club.yaml", "--site", "rehearsal", "--yes")
    stopped = run(*words)
    partly = run(*words, "--without-withheld")
    allowed = run(*words, "--allow", "access:groups/film")

    assert (stopped.code, partly.code, allowed.code) == (4, 4, 0)
    assert "Film club goes from private to public." in allowed.out
    assert "public; apply with --allow access:groups/film\n" in stopped.out
    assert stopped.err == (
        "error: nothing is applied: 1 change is withheld, see under Withheld; allow "
        "what is meant, or apply the rest with --without-withheld\n"
    )


def test_a_clock_that_was_set_is_in_the_heading(run: Run, home: Path) -> None:
    """Nobody takes it for what would happen now; an end has to be there."""
    calendar = "calendar: {timezone: Europe/London}\ncomponents:"
    edited(home / "club.yaml", "components:", calendar)
    words = ("plan", "club.yaml", "--site", "rehearsal", "--as-of")

    assert run(*words, "2027-03-22 09:00").out.startswith(
        "Film club on Rehearsal (rehearsal) as admin, as of Mon 22 Mar 2027, 09:00 "
        "Europe/London\n"
    )
    assert run(*words, "end").err == (
        "error: --as-of: `end` needs `weeks` or `ends` under `calendar`\n"
    )


def test_a_plan_of_a_part_says_that_it_is_one(run: Run) -> None:
    """What it needs comes along, and nobody takes it for all there is."""
    words = ("plan", "club.yaml", "--site", "rehearsal", "--only", "components/*")
    first = run(*words)
    run("apply", *words[1:], "--yes")
    note = "  - Only components/*, and what that needs, is looked at here.\n"

    assert note in first.out
    assert "groups/film" not in first.out
    assert "Nothing: there the site is as the blueprint says." in run(*words).out


def test_an_address_that_the_blueprint_does_not_speak_of(run: Run) -> None:
    """A slip of the pen is no reason to say that all is well."""
    words = ("plan", "club.yaml", "--site", "rehearsal")
    slip = run(*words, "--only", "groups/flim")

    assert (slip.code, slip.out) == (3, "")
    assert "no `groups/flim`; did you mean `groups/film`?" in slip.err
    assert run(*words, "--refresh", "avatars/members:zoe").code == 3


def test_json_is_all_that_stdout_gets_if_it_is_asked_for(run: Run) -> None:
    """One document a command."""
    told = json.loads(run("plan", "club.yaml", "--site=rehearsal", "--output=json").out)
    done = run("apply", "club.yaml", "--site=rehearsal", "--yes", "--output=json")

    assert [each["address"] for each in told["changes"]] == [
        "components/groups",
        "groups/film",
    ]
    assert json.loads(done.out)["outcomes"][1] == {
        "action": "create",
        "address": "groups/film",
        "status": "applied",
    }


def test_json_is_one_document_also_where_nothing_is_applied(
    run: Run, home: Path
) -> None:
    """What is withheld, left out, or wrong is in it."""
    words = ("apply", "club.yaml", "--site=rehearsal", "--output=json")
    nobody = run(*words)
    run(*words, "--yes")
    edited(home / "club.yaml", "private", "public")
    edited(home / "club.yaml", "components:", f"{TYPES}\ncomponents:")
    withheld = run(*words, "--yes")
    partly = run(*words, "--yes", "--without-withheld")
    edited(home / "club.yaml", "public", "pubic")
    wrong = run(*words, "--yes")
    unplanned = run("plan", *words[1:])
    told = [json.loads(each.out) for each in (nobody, withheld, partly, wrong)]

    assert [each.code for each in (nobody, withheld, partly, wrong)] == [3, 4, 4, 3]
    assert [each["outcomes"] for each in told] == [[]] * 4
    assert told[0]["errors"][0]["message"].startswith("there is no terminal to ask at")
    assert "errors" not in told[2]
    assert told[1]["withheld"] == told[2]["withheld"]
    assert told[1]["left_out"] == told[2]["left_out"]
    assert told[1]["withheld"][0]["allow"] == "access:groups/film"
    assert [each["address"] for each in told[1]["left_out"]] == ["group-types/circle"]
    assert told[3]["errors"][0]["place"] == "club.yaml:9:13"
    assert json.loads(unplanned.out) == {"errors": told[3]["errors"]}


def test_a_plan_can_be_kept(run: Run, home: Path) -> None:
    """It is the JSON that --output gives, and what it was made of."""
    words = ("plan", "club.yaml", "--site=rehearsal")
    ran = run(*words, "--save=plan.json")
    kept = json.loads((home / "plan.json").read_text("utf-8"))
    digest = hashlib.sha256((home / "club.yaml").read_bytes()).hexdigest()

    assert ran == (0, TOLD, "plan kept in plan.json\n")
    assert kept.items() > json.loads(run(*words, "--output=json").out).items()
    assert kept["files"] == {"club.yaml": digest}
    assert kept["root"] == "http://rehearsal.invalid/wp-json/"
    assert kept["versions"].keys() == {"wpbridge", "wordpress", "buddypress"}
    assert run(*words, "--save=no/plan.json").code == 3


def test_what_was_agreed_to_is_told_from_what_is_new(run: Run, home: Path) -> None:
    """A remark changes nothing, a word does; another version has to be looked at."""
    run("plan", "club.yaml", "--site=rehearsal", "--save=plan.json")
    apply = ("apply", "club.yaml", "--site=rehearsal", "--yes", "--plan=plan.json")
    edited(home / "club.yaml", "For people", "For all")
    words = run(*apply).err
    edited(home / "club.yaml", "For all", "For people")
    edited(home / "plan.json", '"buddypress": "15', '"buddypress": "13')
    version = run(*apply).err
    edited(home / "plan.json", '"buddypress": "13', '"buddypress": "15')
    edited(home / "club.yaml", "groups:", "# A remark.\ngroups:")

    assert "plan.json says: club.yaml is another by now; look" in words
    assert "the site's buddypress was 13" in version
    assert run(*apply).code == 0


def test_a_kept_plan_is_applied_only_while_it_holds(run: Run, home: Path) -> None:
    """Nothing is done that nobody agreed to; what is done already is no harm."""
    run("plan", "club.yaml", "--site=rehearsal", "--save=plan.json")
    words = ("apply", "club.yaml", "--site=rehearsal", "--yes", "--plan=plan.json")

    assert [run(*words).code, run(*words).code] == [0, 0]
    edited(home / "club.yaml", "private", "hidden")
    assert run(*words).code == 4
    assert run(*words, "--plan", "club.yaml").err == (
        "error: club.yaml is no plan that `plan --save` kept\n"
    )


def test_the_version_of_a_rehearsal_makes_it_another_site(run: Run) -> None:
    """What was applied to 15 is not there on 14."""
    run("apply", "club.yaml", "--site", "rehearsal", "--yes")
    old = run("plan", "club.yaml", "--site", "rehearsal@14", "--detailed-exitcode")

    assert old.code == 2


def test_a_site_takes_one_apply_at_a_time(run: Run, home: Path) -> None:
    """The second one is told who is at work."""
    with hold("http://rehearsal.invalid", home / "home" / "locks"):
        ran = run("apply", "club.yaml", "--site", "rehearsal", "--yes")

    assert ran.code == 6
    assert ran.err.startswith("error: another apply is at work on rehearsal: ")


def test_wrong_words_exit_3(run: Run) -> None:
    """Typer's own 2 would be mistaken for `there are changes`."""
    assert [
        run("plan", "--bogus").code,
        run("--bogus").code,
        run("bogus").code,
        run("plan", "club.yaml", "--site", "rehearsal:NO").code,
        run("plan", "club.yaml").code,
        run("plan", "nowhere.yaml", "--site", "rehearsal").code,
        run("plan", "club.yaml", "--site", "rehearsal", "--allow", "film").code,
    ] == [3, 3, 3, 3, 3, 3, 3]


def test_who_a_template_asks_for_is_missed_where_the_answer_is(
    run: Run, home: Path
) -> None:
    """Not in a file of wpbridge's own, which the reader never wrote."""
    (home / "people.csv").write_text("Login,E-mail,Name\n", encoding="utf-8")
    run("new", "workshop", "autumn.yaml", *TOLD_ALL)
    ran = run("plan", "autumn.yaml", "--site", "rehearsal")

    assert ran.err == (
        "error: autumn.yaml:8:16: members/mira is not on the site yet, and needs "
        "`email`; write `members: {mira: {email: …}}`\n"
    )


def test_who_a_row_asks_for_is_missed_in_that_row(run: Run, home: Path) -> None:
    """Whoever keeps a spreadsheet is told of its cells, not of YAML."""
    (home / "people.csv").write_text("Login,Email\nana,a@x.org\nbob,\n", "utf-8")
    (home / "club.yaml").write_text("wpbridge: 1\nroster: people.csv\n", "utf-8")

    assert run("plan", "club.yaml", "--site", "rehearsal") == (
        3,
        "",
        (
            "error: people.csv:3: members/bob is not on the site yet, and needs "
            "`email`; fill in the E-mail cell in row 3 of people.csv\n"
        ),
    )


def test_a_folder_that_cannot_be_written_to(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where an account has no home, the way out is named, and nothing is done."""
    run("plan", "club.yaml", "--site=rehearsal")
    monkeypatch.setattr("wpbridge.folders.state", lambda: home / "club.yaml" / "state")
    ran = run("apply", "club.yaml", "--site=rehearsal", "--yes")

    assert ran.code == 3
    assert ran.err.endswith("name another folder with WPBRIDGE_HOME\n")


def test_an_apply_in_markdown_shows_its_plan_first(run: Run) -> None:
    """For a pull request that is applied: what was done, and how it ended."""
    words = ("club.yaml", "--site", "rehearsal", "--output", "markdown")
    planned = run("plan", *words).out
    applied = run("apply", *words, "--yes").out

    assert applied.startswith(f"{planned}\n**2 changes applied in ")
