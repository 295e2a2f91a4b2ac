"""The embedded site answers as real ones did, request by request."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.recording.held import HELD
from tests.recording.lead import activate
from tests.recording.replay import replay
from tests.recording.sending import Target
from tests.recording.wsgi import ROOT, session

rehearsal = pytest.importorskip("wpbridge.rehearsal")

FIXTURES = Path(__file__).parents[1] / "fixtures"
FILES = [
    each for part in ("15", "14", "12") for each in sorted((FIXTURES / part).iterdir())
]
START = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)


class Clock:
    """Time as the embedded site sees it: it stands still between pauses."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """The present."""
        return self.now

    def pause(self, seconds: float, *, align: bool) -> None:
        """Let time pass, at once."""
        self.now += timedelta(seconds=seconds + (1 if align else 0))


@pytest.mark.parametrize(
    "file", FILES, ids=[f"{each.parent.name}-{each.stem}" for each in FILES]
)
def test_it_answers_as_recorded(
    file: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Status, shape, codes, totals and plain values are those of the recording."""
    recording = json.loads(file.read_text(encoding="utf-8"))
    version = int(file.parent.name)
    clock = Clock()
    app = rehearsal.create_app(
        tmp_path / "site.db",
        version=version,
        clock=clock,
        url=ROOT,
        companion="companion" in recording["setup"],
    )
    target = Target(
        session=session(app),
        root=ROOT,
        namespace=f"buddypress/v{2 if version >= 15 else 1}",
        password=str(app.password),
    )
    _prepare(app, target, recording["setup"])
    held: list[str] = []
    differs = replay(recording, target, pause=clock.pause, now=START, compared=held)
    request.config.stash[HELD][version][file.stem] = len(held)

    assert differs == []


def _prepare(app: Any, target: Target, setup: dict[str, Any]) -> None:
    """Make the site what ``setup`` says, and of the title that was recorded."""
    app.register_types(
        member=[each["slug"] for each in setup.get("member_types", ())],
        group=[each["slug"] for each in setup.get("group_types", ())],
    )
    app.store.set_option("blogname", "Lab")
    app.switch(*setup.get("switches", ()))
    for step in activate(*setup.get("components", ())):
        target.send(step).raise_for_status()
