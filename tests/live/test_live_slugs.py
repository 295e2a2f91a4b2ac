"""Slugs that somebody took between plan and apply, on real sites."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.slugs import TAKEN, raced
from wpbridge.site.open import open_site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.live.booting import Running


def test_what_is_made_under_another_slug_is_undone(
    live: Running, tmp_path: Path
) -> None:
    """Each of them fails, and is gone for good."""
    door = partial(open_site, live.url, live.user, live.application_password)
    ends, before, after = raced(door, tmp_path)

    assert {
        str(end.change.address)
        for end in ends
        if "was not free; that was undone" in end.message
    } == TAKEN.keys()
    assert after == before
