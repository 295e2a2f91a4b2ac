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
