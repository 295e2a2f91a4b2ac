"""Rosters: people from a CSV file, as if written in the blueprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.blueprint.test_expand import at, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.blueprint.conftest import Complain, Read

CLUB = "wpbridge: 1\nroster: people.csv\ngroups: {film: {}, sound: {}}\n"


def roles(made: object, group: str) -> dict[str, str]:
    """Who is what in a group."""
    members = at(made, f"groups/{group}/members")  # type: ignore[arg-type]
    return {login: str(role.value) for login, role in members.fields().items()}


def test_rows_become_members_and_memberships(read: Read) -> None:
    """Each with its row as its place; empty cells are silent."""
    made = read(
        CLUB,
        {"people.csv": "login,email,name,groups\nana,ana@x.org,,film:mod;sound\n"},
    )
    ana = at(made, "members/ana")

    assert (list(ana.fields()), str(ana.key_place)) == (["email"], "people.csv:2")
    assert (roles(made, "film"), roles(made, "sound")) == (
        {"ana": "mod"},
        {"ana": "member"},
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_write_in_many_ways(
    read: Read, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    """Encoding and delimiter are seen from the file."""
    text = 'login,name,groups\r\nzoë,"Zoë, the ""first""",film|sound\r\n'
    text = text.replace("zoë,", "zoe,").replace(",", delimiter)
    (tmp_path / "people.csv").write_bytes(text.encode(encoding))
    made = read(CLUB)

    assert said(made, "members/zoe/name") == f'Zoë{delimiter} the "first"'
    assert roles(made, "sound") == {"zoe": "member"}


def test_a_row_without_a_login_is_known_by_its_address(read: Read) -> None:
    """Until the site was asked; or a line of the blueprint has the address."""
    made = read(
        CLUB + "members: {jane: {email: jane@x.org}}\n",
        {"people.csv": "email,name\nJane@X.org,Jane\nBob@X.org,Bob\n"},
    )

    assert list(at(made, "members").fields()) == ["jane", "bob@x.org"]
    assert said(made, "members/jane/name") == "Jane"


def test_a_line_with_a_role_goes_before_a_bare_group(read: Read) -> None:
    """Being in the roster does not make an admin a plain member."""
    made = read(
        "wpbridge: 1\nroster: {file: people.csv, groups: [film]}\n"
        "groups: {film: {members: {ana: admin}}}\n",
        {"people.csv": "login\nana\nbob\n"},
    )

    assert roles(made, "film") == {"ana": "admin", "bob": "member"}


def test_a_group_has_a_roster_of_its_own(read: Read) -> None:
    """Its rows join it; what it says of leavers is kept for the plan."""
    made = read(
        "wpbridge: 1\ngroups:\n"
        "  film: {roster: {file: people.csv, leavers: leave, key: login}}\n",
        {"people.csv": "login,email\nana,ana@x.org\n,bob@x.org\n"},
    )
    (roster,) = made.rosters

    assert (roster.groups, roster.people) == (("film",), ("ana", "bob@x.org"))
    assert (roster.leavers, roster.by_login) == ("leave", True)


def test_types_of_rows_and_lines_add_up(read: Read) -> None:
    """A person can be several things in a community."""
    made = read(
        "wpbridge: 1\nroster: {file: people.csv, types: [participant]}\n"
        "members: {ana: {types: facilitator}}\n",
        {"people.csv": "login,types\nana,participant|reader\n"},
    )

    assert [each.value for each in at(made, "members/ana/types").items()] == [
        "facilitator",
        "participant",
        "reader",
    ]


def test_profile_columns_follow_the_field(read: Read) -> None:
    """Only ``choose many`` takes a list out of a cell."""
    made = read(
        "wpbridge: 1\nroster: people.csv\nprofile:\n  work:\n    fields:\n"
        "      job: {type: line}\n"
        "      topics: {type: choose many, choices: [film, sound]}\n",
        {"people.csv": "login,profile job,profile topics\nana,a;b,film;sound\n"},
    )

    assert said(made, "members/ana/profile/job") == "a;b"
    assert [each.value for each in at(made, "members/ana/profile/topics").items()] == [
        "film",
        "sound",
    ]


def test_auto_join_yields_to_roles_stated_elsewhere(read: Read) -> None:
    """Everyone declared here, or some types, joins."""
    made = read(
        "wpbridge: 1\nnewcomers: {types: [guest]}\n"
        "members: {ana: {}, bob: {types: [crew]}, cem: {}}\n"
        "groups:\n"
        "  all: {auto_join: everyone, members: {ana: admin}}\n"
        "  crew: {auto_join: [crew]}\n"
        "  guests: {auto_join: guest}\n"
    )

    assert [roles(made, each) for each in ("all", "crew", "guests")] == [
        {"ana": "admin", "bob": "member", "cem": "member"},
        {"bob": "member"},
        {"ana": "member", "cem": "member"},
    ]


NO = "there is no group"
COHORT = """\
wpbridge: 1
inputs: {cohort: {type: key}}
roster: people.csv
groups:
  workshop-$(cohort): {}
  small-$(cohort)-$(number): {each: {number: 1 to 2}}
"""


@pytest.mark.parametrize("cohort", ["spring", "autumn-2027"])
def test_a_cell_names_a_group_of_any_cohort(read: Read, cohort: str) -> None:
    """By its key, without what the answers filled in, or by the turn alone."""
    cells = [f"small-{cohort}-1", "small-1", "1"]
    rows = "".join(f"p{n},{each};workshop:mod\n" for n, each in enumerate(cells))
    made = read(
        COHORT, {"people.csv": f"login,groups\n{rows}"}, answers={"cohort": cohort}
    )

    assert roles(made, f"small-{cohort}-1") == dict.fromkeys(
        ("p0", "p1", "p2"), "member"
    )
    assert roles(made, f"workshop-{cohort}") == dict.fromkeys(("p0", "p1", "p2"), "mod")


def test_a_key_goes_before_a_shorter_name(read: Read) -> None:
    """A cell that named a group goes on naming that one."""
    made = read(
        f"{COHORT}  small-1: {{}}\n",
        {"people.csv": "login,groups\nana,small-1\n"},
        answers={"cohort": "spring"},
    )

    assert roles(made, "small-1") == {"ana": "member"}


def test_a_cell_that_may_be_two_groups_is_neither(complain: Complain) -> None:
    """What can be written is named, in its shortest form."""
    groups = "workshop, small-1, small-2, project-1 and project-2"
    found = complain(
        f"{COHORT}  project-$(number): {{each: {{number: 1 to 2}}}}\n",
        {"people.csv": "login,groups\nana,1\nbob,small-spring-27-2\ncem,last\n"},
        answers={"cohort": "autumn"},
    )

    assert [each.removeprefix("people.csv:") for each in found] == [
        "2:2: `1` may be `small-1` or `project-1`; write the one that is meant",
        f"3:2: {NO} `small-spring-27-2` in this blueprint; did you mean `small-2`?",
        f"4:2: {NO} `last` in this blueprint; there are {groups}",
    ]
