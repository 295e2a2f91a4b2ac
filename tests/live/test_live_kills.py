"""A run that is killed at any moment is completed by the next, without a double."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.live.commands import ended, started
from tests.live.everything import census, ready, written
from tests.live.sites import ALL_ON

if TYPE_CHECKING:
    from pathlib import Path

    from tests.live.booting import Running

WORDS = ("--yes", "--as-of", "2027-06-01 12:00")
MOMENTS, FEW = 20, 2


def test_it_is_completed_by_the_next(
    live: Running, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Killed at any moment, the database holds what an unbroken run leaves."""
    every = request.config.getoption("--live-all")
    moments = MOMENTS if every else FEW

    assert _wrong(live, tmp_path, moments) == {}


@pytest.mark.long
def test_so_it_is_where_calls_travel_together(aided: Running, tmp_path: Path) -> None:
    """With the companion, a kill leaves a request of many calls running on the site."""
    assert _wrong(aided, tmp_path, MOMENTS) == {}


def _wrong(live: Running, folder: Path, moments: int) -> dict[str, Any]:
    """Give what is other than after an unbroken run, by the moment of the kill."""
    file = str(written(folder))
    _fresh(live)
    began = time.monotonic()
    code, said = ended(live, folder / "home", "apply", file, *WORDS)
    assert code == 0, said
    whole = time.monotonic() - began
    expected = census(live)
    wrong = {}
    for moment in _moments(whole, moments):
        _fresh(live)
        home = folder / f"home-{moment:.2f}"
        _killed(live, home, file, moment)
        code, said = ended(live, home, "apply", file, *WORDS)
        found = census(live)
        if code or found != expected:
            differs = {
                name: found[name] for name in found if found[name] != expected[name]
            }
            wrong[f"{moment:.2f} of {whole:.2f} s"] = (code, said, differs)
    return wrong


def _fresh(live: Running) -> None:
    live.reset()
    if live.companion:
        live.switch(**ALL_ON)
    ready(live)


def _moments(whole: float, number: int) -> list[float]:
    """Spread so many moments over a run, each somewhere within its share."""
    chance = random.Random(number)  # noqa: S311 - no secret
    return [whole * (each + chance.random()) / number for each in range(number)]


def _killed(live: Running, home: Path, file: str, moment: float) -> None:
    with started(live, home, "apply", file, *WORDS) as process:
        time.sleep(moment)
        process.kill()
        process.communicate()
