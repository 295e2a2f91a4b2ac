"""
Where the sources of WordPress and BuddyPress lie, by BuddyPress version.

An environment variable names each folder; without it, a folder of that name is looked
for below the user's cache folder. ``README.md`` tells how to fill them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSIONS = (15, 14, 12)
SPLIT = 15
"""From this version on, the REST API is in BuddyPress's own sources."""


@dataclass(frozen=True)
class Sources:
    """What a site is made of."""

    version: int
    wordpress: Path
    buddypress: Path
    bp_rest: Path | None = None
    """The BP-REST plugin, beside a source checkout of BuddyPress 12 or 14."""


def find(version: int, environ: Mapping[str, str] = os.environ) -> Sources | str:
    """Find the sources of one version; or say in words what is missing."""
    own = _folder(f"WORDPRESS_{version}", environ)
    wordpress = own if own.is_dir() else _folder("WORDPRESS", environ)
    buddypress = _folder(f"BUDDYPRESS_{version}", environ)
    for folder, file in ((wordpress, "wp-load.php"), (buddypress, "bp-loader.php")):
        if not (folder / file).is_file():
            return f"no {file} in {folder}"
    checkout = (buddypress / "src" / "bp-loader.php").is_file()
    if not checkout or version >= SPLIT:
        return Sources(version, wordpress, buddypress)
    bp_rest = _folder(f"BP_REST_{version}", environ)
    if not (bp_rest / "bp-rest.php").is_file():
        return f"{buddypress} is a checkout, and no bp-rest.php is in {bp_rest}"
    return Sources(version, wordpress, buddypress, bp_rest)


def _folder(name: str, environ: Mapping[str, str]) -> Path:
    stated = environ.get(f"WPBRIDGE_LIVE_{name}")
    if stated:
        return Path(stated).expanduser()
    usual = name.lower().replace("_", "-")
    return user_cache_path("wpbridge", appauthor=False) / "live" / usual
