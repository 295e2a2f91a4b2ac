"""A run that is killed at any moment is completed by the next, without a double."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from tests.live.commands import ended, started
from tests.live.everything import census, ready, written

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.live.booting import Running

WORDS = ("--yes", "--as-of", "2027-06-01 12:00", "--allow", "late_posts")
MOMENTS, FEW = 20, 2


def test_it_is_completed_by_the_next(
    live: Running, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Killed at any moment, the database holds what an unbroken run leaves."""
    file = str(written(tmp_path))
    ready(live)
    began = time.monotonic()
    assert ended(live, tmp_path / "home", "apply", file, *WORDS)[0] == 0
    whole = time.monotonic() - began
    expected = census(live)
    every = request.config.getoption("--live-all")
    wrong = {}
    for moment in _moments(whole, MOMENTS if every else FEW):
        ready(live)
        home = tmp_path / f"home-{moment:.2f}"
        _killed(live, home, file, moment)
        code, said = ended(live, home, "apply", file, *WORDS)
        found = census(live)
        if code or found != expected:
            differs = {
                name: found[name] for name in found if found[name] != expected[name]
            }
            wrong[f"{moment:.2f} of {whole:.2f} s"] = (code, said, differs)

    assert wrong == {}


def _moments(whole: float, number: int) -> list[float]:
    """Spread so many moments over a run, each somewhere within its share."""
    chance = random.Random(number)  # noqa: S311 - no secret
    return [whole * (each + chance.random()) / number for each in range(number)]


def _killed(live: Running, home: Path, file: str, moment: float) -> None:
    with started(live, home, "apply", file, *WORDS) as process:
        time.sleep(moment)
        process.kill()
        process.communicate()
