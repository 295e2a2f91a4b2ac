"""The shipped blueprints on real sites, and one of every kind: applied, all is done."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import wpbridge
from tests.live.commands import environment
from tests.live.everything import ready, written
from wpbridge.journal import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.live.booting import Running
    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.facade import Bridge

BLUEPRINTS = Path(__file__).parents[2] / "blueprints"
FILES = {each.stem: each for each in sorted(BLUEPRINTS.glob("*.yaml"))}


@contextmanager
def _opened(
    live: Running, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bridge]:
    for name, value in environment(live, home).items():
        monkeypatch.setenv(name, value)
    with wpbridge.open_site(live.url) as bridge:
        yield bridge


@pytest.mark.networks
@pytest.mark.parametrize("name", FILES)
def test_a_shipped_one_converges(
    name: str, live: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every change lands, as many mails go out as the plan says, nothing is left."""
    _converges(FILES[name], live, tmp_path, monkeypatch)


@pytest.mark.long
def test_every_kind_converges(
    live: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is with a larger one that has a bit of everything."""
    ready(live)
    _converges(written(tmp_path), live, tmp_path, monkeypatch)


def _converges(
    file: Path, live: Running, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blueprint = wpbridge.load(file, as_of="2027-06-01 12:00")
    with _opened(live, home, monkeypatch) as bridge:
        allow = _all_allowed(bridge, blueprint)
        draft = bridge.plan(blueprint, allow=allow)
        ends = list(draft.apply())
        again = bridge.plan(blueprint, allow=allow)
    failed = [str(each) for each in ends if each.status is not Status.APPLIED]

    assert (failed, list(draft.withheld)) == ([], [])
    assert [str(each.address) for each in again.changes] == []
    assert live.sent() == sum(draft.mails.values())


def _all_allowed(bridge: Bridge, blueprint: Blueprint) -> set[str]:
    """Allow what is withheld, and what comes to light then: late posts mail, too."""
    allow: set[str] = set()
    while True:
        held = {each.allow for each in bridge.plan(blueprint, allow=allow).withheld}
        more = {each for each in held if each} - allow
        if not more:
            return allow
        allow |= more
