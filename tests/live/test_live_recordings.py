"""The recordings are still what real sites answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.live.record import target
from tests.recording import scenarios
from tests.recording.registering import register
from tests.recording.replay import replay

if TYPE_CHECKING:
    from tests.live.booting import Running

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.long
@pytest.mark.parametrize("name", scenarios.load())
def test_it_is_answered_as_recorded(name: str, live: Running) -> None:
    """Sites made by others, on another day, answer the same."""
    if live.network:
        pytest.skip("recordings are of single sites")
    file = FIXTURES / str(live.version) / f"{name}.json"
    recording = json.loads(file.read_text("utf-8"))
    door = target(live)
    with live.aided(wanted="companion" in recording["setup"]):
        register(recording["setup"], door, live.password)

        assert replay(recording, door) == []
