"""What is said in the words of something else converges on real sites, too."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.equal_values import LIKENESSES, ODD, everything
from tests.test_equal_values import HEAD, play, write
from wpbridge.site.open import open_site

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest.mark import ParameterSet

    from tests.live.booting import Running


def _turns(most: int) -> list[ParameterSet]:
    """Give each turn; those from a number on take long."""
    return [
        pytest.param(turn, marks=() if turn < most else pytest.mark.long)
        for turn in range(len(LIKENESSES))
    ]


@pytest.mark.versions(15, 14)
@pytest.mark.parametrize("turn", _turns(3))
def test_values_like_others_converge(turn: int, live: Running, tmp_path: Path) -> None:
    """So it is without the companion."""
    _converges(everything(turn), live, tmp_path)


@pytest.mark.versions(15, 14)
@pytest.mark.parametrize("turn", _turns(1))
def test_so_they_do_with_the_companion(
    turn: int, aided: Running, tmp_path: Path
) -> None:
    """So it is where many calls travel in one request."""
    _converges(everything(turn), aided, tmp_path)


@pytest.mark.sampled
@pytest.mark.versions(15, 14)
@pytest.mark.parametrize("name", ODD)
def test_odd_values_converge(name: str, live: Running, tmp_path: Path) -> None:
    """What sites do something odd with is read as they keep it."""
    _converges(ODD[name], live, tmp_path)


def _converges(said: dict[str, Any], live: Running, folder: Path) -> None:
    path = write({**HEAD, "existing": "overwrite", **said}, folder)
    door = partial(open_site, live.url, live.user, live.application_password)
    _, problems, left = play(path, door)

    assert (problems, left) == ([], "")
