"""What is said in the words of something else converges on real sites, too."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.equal_values import LIKENESSES, everything
from tests.test_equal_values import HEAD, play, write
from wpbridge.site.open import open_site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.live.booting import Running

SAMPLE = (0, 1, 2)
TURNS = [
    pytest.param(turn, marks=() if turn in SAMPLE else pytest.mark.long)
    for turn in range(len(LIKENESSES))
]


@pytest.mark.parametrize("turn", TURNS)
def test_values_like_others_converge(turn: int, live: Running, tmp_path: Path) -> None:
    """So it is without the companion."""
    _converges(turn, live, tmp_path)


@pytest.mark.parametrize("turn", TURNS)
def test_so_they_do_with_the_companion(
    turn: int, aided: Running, tmp_path: Path
) -> None:
    """So it is where many calls travel in one request."""
    _converges(turn, aided, tmp_path)


def _converges(turn: int, live: Running, folder: Path) -> None:
    path = write({**HEAD, "existing": "overwrite", **everything(turn)}, folder)
    door = partial(open_site, live.url, live.user, live.application_password)
    _, problems, left = play(path, door)

    assert (problems, left) == ([], "")
