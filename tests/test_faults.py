"""Whatever goes wrong on the way, the next run makes it whole, and nothing twice."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tests.community import content
from tests.conftest import VERSIONS, Clock
from tests.enduring import Place, Unbroken, endure, unbroken
from tests.faults import SORTS
from wpbridge.rehearsal import App, create_app
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.enduring import Rows

SEEDS = 20
MEMORIES = ("call_answers", "mails", "options")
"""Tables that remember what passed, and not what is there."""


@pytest.fixture(autouse=True)
def _at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep journals of each test apart, and do not wait between two looks."""
    monkeypatch.setenv("WPBRIDGE_HOME", str(tmp_path))
    calm = SimpleNamespace(sleep=lambda _: None)
    monkeypatch.setattr("wpbridge.apply.time", calm)


@pytest.fixture(scope="module")
def known() -> dict[tuple[int, bool], list[Unbroken]]:
    """What unbroken runs leave, by version and companion."""
    return {}


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("version", VERSIONS, ids=str)
def test_the_next_run_makes_it_whole(
    seed: int,
    version: int,
    known: dict[tuple[int, bool], list[Unbroken]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the companion at even seeds, and without it at odd ones."""
    sort = version, seed % 2 == 0
    if sort not in known:
        monkeypatch.setenv("WPBRIDGE_HOME", str(tmp_path / "unbroken"))
        known[sort] = [each for place in _placed(*sort) for each in unbroken(place)]
        monkeypatch.setenv("WPBRIDGE_HOME", str(tmp_path))
    for place in _placed(*sort):
        told = endure(place, seed, known[sort])

        assert told.wrong == []


def _placed(version: int, companion: bool) -> Iterator[Place]:  # noqa: FBT001 - a key
    """Give a fresh site, and close it afterwards."""
    app = create_app(":memory:", version=version, clock=Clock(), companion=companion)
    if companion:
        app.switch("acting", "quiet", "dates")
    yield Place(
        url=app.url,
        user=app.user,
        password=app.password,
        way=lambda: WsgiAdapter(app),
        rows=lambda: _rows(app),
        mails=lambda: len(app.mails),
        many=not companion,
    )
    app.close()


def _rows(app: App) -> Rows:
    """Give what the site holds in names, and how many rows each table has."""
    tables = app.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    names = sorted(name for (name,) in map(tuple, tables) if name not in MEMORIES)
    numbers = [
        (name, app.store.value(f"SELECT count(*) FROM {name}"))  # noqa: S608 - ours
        for name in names
    ]
    return {**content(app), "tables": numbers}


def test_there_are_twenty_sorts() -> None:
    """A seed draws from all of them."""
    assert len(SORTS) == 20
