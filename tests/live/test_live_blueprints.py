"""The shipped blueprints on real sites, and one of every kind: applied, all is done."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import wpbridge
from tests.live.commands import environment
from wpbridge.journal import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.live.booting import Running
    from wpbridge.facade import Bridge

BLUEPRINTS = Path(__file__).parents[2] / "blueprints"
FILES = {each.stem: each for each in sorted(BLUEPRINTS.glob("*.yaml"))}
EVERYTHING = Path(__file__).parent / "everything.yaml"
FILES |= {EVERYTHING.stem: EVERYTHING}
ALLOWED = ("mails", "late_posts")


@contextmanager
def _opened(
    live: Running, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bridge]:
    for name, value in environment(live, home).items():
        monkeypatch.setenv(name, value)
    with wpbridge.open_site(live.url) as bridge:
        yield bridge


@pytest.mark.parametrize("name", FILES)
def test_it_converges_and_mails_as_told(
    name: str, live: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every change lands, as many mails go out as the plan says, nothing is left."""
    blueprint = wpbridge.load(FILES[name], as_of="2027-06-01 12:00")
    with _opened(live, tmp_path, monkeypatch) as bridge:
        draft = bridge.plan(blueprint, allow=ALLOWED)
        ends = list(draft.apply())
        again = bridge.plan(blueprint, allow=ALLOWED)
    failed = [str(each) for each in ends if each.status is not Status.APPLIED]

    assert (failed, list(draft.withheld)) == ([], [])
    assert [str(each.address) for each in again.changes] == []
    assert live.sent() == sum(draft.mails.values())
