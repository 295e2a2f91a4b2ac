"""Every scenario there is: found in ``scenes/`` by being there."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.recording.steps import Scenario

SCENES = Path(__file__).parent / "scenes"


def load() -> dict[str, Scenario]:
    """The scenarios, by name."""
    modules = sorted(each.name for each in pkgutil.iter_modules([str(SCENES)]))
    return {
        each.name: each
        for name in modules
        for each in import_module(f"tests.recording.scenes.{name}").SCENARIOS
    }
