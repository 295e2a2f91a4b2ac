"""What ``import wpbridge`` offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import wpbridge
from wpbridge.journal import Status

if TYPE_CHECKING:
    from pathlib import Path


def test_five_lines_do_what_the_command_line_does(home: Path) -> None:
    """Plan, print, apply, and find nothing left to do."""
    with wpbridge.open_site("rehearsal") as site:
        plan = site.plan("club.yaml")
        letter = str(plan)
        outcomes = [(str(e.change.address), e.status) for e in plan.apply()]
        again = site.plan(home / "club.yaml")

    assert "1 group is made: Film club." in letter
    assert outcomes == [
        ("components/groups", Status.APPLIED),
        ("groups/film", Status.APPLIED),
    ]
    assert again.converged


def test_an_apply_needs_no_loop(home: Path) -> None:
    """It runs to its end by itself, and tells how it went."""
    with wpbridge.open_site("rehearsal") as site:
        outcomes = site.plan("club.yaml").apply()
        again = site.plan(home / "club.yaml")

    assert again.converged
    assert (len(outcomes), outcomes.failed) == (2, ())
    assert [str(outcome) for outcome in outcomes] == [
        "applied ~ components/groups",
        "applied + groups/film",
    ]
    assert str(outcomes[1:][0].change.address) == "groups/film"
    assert str(outcomes.summary).startswith("2 changes applied in ")


def test_a_stream_does_nothing_unless_it_is_looped_over(home: Path) -> None:
    """What it yields are the same outcomes, each as it lands."""
    with wpbridge.open_site("rehearsal") as site:
        plan = site.plan(home / "club.yaml")
        stream = plan.iter_apply()
        untouched = site.plan(home / "club.yaml").changes
        ended = list(stream)

    assert len(untouched) == len(ended) == 2


@pytest.mark.parametrize(("old", "new"), [("Bridge", "Site"), ("Draft", "SitePlan")])
def test_names_of_0_1_still_work_and_warn(old: str, new: str) -> None:
    """For those who import them; the new name stands in the warning."""
    with pytest.warns(DeprecationWarning, match=f"wpbridge.{new}"):
        assert getattr(wpbridge, old) is getattr(wpbridge, new)


def test_what_a_plan_and_an_apply_give_can_be_imported() -> None:
    """Each name that is offered is there, for isinstance and for types."""
    assert [name for name in wpbridge.__all__ if not hasattr(wpbridge, name)] == []


def test_what_is_withheld_is_refused_before_anything_is_written(home: Path) -> None:
    """Not when the first outcome is asked for, but at once."""
    public = (home / "club.yaml").read_text("utf-8").replace("private", "public")
    with wpbridge.open_site("rehearsal") as site:
        list(site.plan("club.yaml").apply())
        (home / "club.yaml").write_text(public, encoding="utf-8")
        plan = site.plan("club.yaml")

        with pytest.raises(wpbridge.UnsafePlan, match="--allow access:groups/film"):
            plan.apply()


def test_names_that_are_not_offered_are_not_there() -> None:
    """A typo is told as Python tells it."""
    with pytest.raises(AttributeError, match="has no attribute 'open_sight'"):
        wpbridge.open_sight  # noqa: B018
