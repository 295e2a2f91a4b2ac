"""The list of changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from wpbridge.kinds.groups import Group
from wpbridge.kinds.memberships import Membership
from wpbridge.model import UNSET
from wpbridge.plan import Action, Change
from wpbridge.report.listing import lines, listing

if TYPE_CHECKING:
    from wpbridge.plan import Plan


def joins(*logins: str) -> list[Change]:
    """Let somebody join for each login."""
    specs = [Membership("film", each, "member") for each in logins]
    return [Change(Action.CREATE, each.address, None, each) for each in specs]


def shown(before: Any, after: Any) -> str:
    """Give the line for a field that changes."""
    film = Group("film", about=before)
    change = Change(Action.UPDATE, film.address, film, film, {"about": after})
    return list(lines([change]))[1].text


def test_the_list_has_a_line_for_each_field_that_an_update_sets(plan: Plan) -> None:
    """Creations and deletions have one line only."""
    assert listing(plan.changes) == (
        "+ groups/darkroom\n"
        "~ groups/film\n"
        "    about: 'Old words' -> 'For people who shoot film.'\n"
        "- memberships/film:zoe"
    )


def test_long_runs_of_a_sort_are_counted() -> None:
    """After so many, how many more; nothing is folded for the sake of one."""
    assert [str(each) for each in lines(joins("a", "b", "c", "d"), most=2)] == [
        "+ memberships/film:a",
        "+ memberships/film:b",
        "+ … 2 more memberships in groups/film",
    ]
    assert len(list(lines(joins("a", "b", "c"), most=2))) == 3


def test_values_are_shown_in_the_blueprints_words() -> None:
    """No Python shows but the quotes around text."""
    when = datetime(2027, 3, 22, 9, tzinfo=UTC)

    assert [
        shown(UNSET, ""),
        shown(None, after=True),
        shown((), ("a", "b")),
        shown(4, when),
    ] == [
        "about: unknown -> empty",
        "about: empty -> yes",
        "about: empty -> [a, b]",
        "about: 4 -> 2027-03-22 09:00 UTC",
    ]


def test_long_texts_are_shown_where_they_differ() -> None:
    """The window opens a little before the first difference."""
    same = "x" * 100

    assert shown(f"{same} old {same}", f"{same} new {same}") == (
        f"about: '…{'x' * 17} old {'x' * 50}…' -> '…{'x' * 17} new {'x' * 50}…'"
    )
