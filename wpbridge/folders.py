"""
Where wpbridge keeps what outlives a command: known sites, rehearsals, journals.

They are the folders that the operating system means for it. ``WPBRIDGE_HOME`` names one
folder for all of it, for containers and CI jobs whose account has no home.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_state_path


def config() -> Path:
    """Tell where it is kept which sites are known."""
    return _home() or user_config_path("wpbridge", appauthor=False)


def data() -> Path:
    """Tell where rehearsals are kept."""
    return _home() or user_data_path("wpbridge", appauthor=False)


def state() -> Path:
    """Tell where journals and locks are kept."""
    return _home() or user_state_path("wpbridge", appauthor=False)


def journals(url: str = "") -> Path:
    """Tell where the runs on a site are recorded, or those on all sites."""
    return state() / "journals" / re.sub(r"[^a-z0-9.]+", "-", url.lower()).strip("-")


def _home() -> Path | None:
    home = os.environ.get("WPBRIDGE_HOME")
    return Path(home) if home else None
