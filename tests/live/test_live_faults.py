"""Whatever goes wrong on the way to a real site, the next run makes it whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from requests.adapters import HTTPAdapter

from tests.enduring import Place, Unbroken, endure, unbroken
from tests.live.everything import census
from tests.live.sites import ALL_ON

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest.mark import ParameterSet

    from tests.enduring import Rows, Told
    from tests.live.booting import Running

VERSIONS = (15, 14)
FEW, AIDED, ALONE = 2, 60, 30
"""So many seeds by default; and of all, with the companion and without it."""
MEMORIES = ("options", "usermeta", "wpbridge_answers", "wpbridge_log")
"""Tables that remember what passed, beside what is there."""


def _seeds(number: int, first: int = 0) -> list[ParameterSet]:
    """Give seeds, the first few of which always run."""
    return [
        pytest.param(first + each, marks=() if each < FEW else (pytest.mark.long,))
        for each in range(number)
    ]


@pytest.fixture(scope="module")
def known() -> dict[str, list[Unbroken]]:
    """What unbroken runs leave, by site."""
    return {}


@pytest.mark.versions(*VERSIONS)
@pytest.mark.parametrize("seed", _seeds(AIDED))
def test_so_it_is_with_the_companion(
    seed: int,
    aided: Running,
    known: dict[str, list[Unbroken]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Many calls travel in a request that is lost."""
    assert _endured(aided, seed, known, tmp_path, monkeypatch).wrong == []


@pytest.mark.versions(*VERSIONS)
@pytest.mark.parametrize("seed", _seeds(ALONE, first=100))
def test_so_it_is_without_it(
    seed: int,
    live: Running,
    known: dict[str, list[Unbroken]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each call travels alone, and members are acted for under their passwords."""
    assert _endured(live, seed, known, tmp_path, monkeypatch).wrong == []


def _endured(
    live: Running,
    seed: int,
    known: dict[str, list[Unbroken]],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Told:
    """Have a fresh site endure a seed; what came of it."""
    place = _placed(live)
    if str(live) not in known:
        monkeypatch.setenv("WPBRIDGE_HOME", str(folder / "unbroken"))
        known[str(live)] = unbroken(place)
        live.reset()
        if live.companion:
            live.switch(**ALL_ON)
    monkeypatch.setenv("WPBRIDGE_HOME", str(folder / "home"))
    told = endure(place, seed, known[str(live)])
    print(f"seed {seed}: ends {told.ends}, met {told.met}, doubles {told.doubles}")  # noqa: T201 - for who counts them
    return told


def _placed(live: Running) -> Place:
    return Place(
        url=live.url,
        user=live.user,
        password=live.application_password,
        way=lambda: HTTPAdapter(pool_maxsize=8),
        rows=lambda: _rows(live),
        mails=live.sent,
        many=not live.companion,
    )


def _rows(live: Running) -> Rows:
    """Give what the database holds in names, and how many rows each table has."""
    names = [each[0] for each in live.database.rows("SHOW TABLES")]
    kept = [name for name in names if name.removeprefix("wp_") not in MEMORIES]
    count = " UNION ALL ".join(
        f"SELECT '{name}', count(*) FROM {name}"  # noqa: S608 - ours
        for name in kept
    )
    return {**census(live), "tables": [tuple(row) for row in live.database.rows(count)]}
