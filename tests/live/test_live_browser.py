"""What people see in a browser once the social learning centre is applied."""

from __future__ import annotations

import os
import shutil
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.live.commands import ended
from tests.live.processes import run
from tests.live.record import logged_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.live.booting import Running

CENTRE = Path(__file__).parents[2] / "blueprints" / "social-learning-centre.yaml"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SEES = 15
AS_OF = ("--as-of", "2027-01-14 12:00")
WORDS = ("--yes", "--without-withheld", *AS_OF)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here")


@pytest.fixture
def page(live: Running, tmp_path: Path) -> Callable[[str], str]:
    """Apply the centre, and show its pages to a stranger."""
    code, said = ended(live, tmp_path / "home", "apply", str(CENTRE), *WORDS)
    assert code in (0, 4), said
    # BuddyPress switches a component on over REST without new rewrite rules: its pages
    # are not found until somebody opens Settings, Permalinks.
    logged_in(live).get(f"{live.url}/wp-admin/options-permalink.php", timeout=60)

    def page(path: str) -> str:
        words = [
            "--headless=new",
            "--disable-gpu",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            f"--user-data-dir={tmp_path / 'chromium'}",
            "--virtual-time-budget=15000",
            "--dump-dom",
        ]
        if os.geteuid() == 0:
            words.append("--no-sandbox")
        return unescape(run([str(CHROMIUM), *words, live.url + path]))

    return page


def test_strangers_see_what_is_open_and_nothing_else(
    live: Running, page: Callable[[str], str]
) -> None:
    """
    The directory and an open stream are there; a private one is closed.

    The directory shows who was active. From 15 on, that is whoever posted over REST; up
    to 14 BuddyPress saw nobody there, so nobody is in it before their first login.
    """
    members, lounge, project = map(
        page, ("/members/", "/groups/lounge/", "/groups/project-1/")
    )

    assert "Members" in members
    assert ("Jane Ellis" in members) == (live.version >= SEES)
    assert "What are you working on, and what did it teach you?" in lounge
    assert "Project 1" in project
    assert "This is a private group" in project
    assert "activity-list" not in project
