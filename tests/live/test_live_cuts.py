"""Many calls in few requests, over a line that is cut again and again."""

from __future__ import annotations

import random
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.live.cutting import Through, way
from wpbridge.model import Address
from wpbridge.site import Job
from wpbridge.site.door import bp
from wpbridge.site.open import open_site

if TYPE_CHECKING:
    from tests.live.booting import Running
    from wpbridge.site.open import Install

POSTED = """
    SELECT content, COUNT(*) FROM wp_bp_activity WHERE type = 'activity_update'
    GROUP BY content
"""
CUTS, CALLS, FEW = 20, 1000, 100


@pytest.mark.long
def test_a_thousand_calls_survive_cuts(aided: Running) -> None:
    """
    Cut at 20 random moments, the list ends complete, and nothing is there twice.

    How far apart they are goes by how long the site takes for a hundred uncut. It may
    be through before the last of them; then the next thousand follow.
    """
    chance = random.Random(CUTS)  # noqa: S311 - no secret
    door = partial(open_site, aided.url, aided.user, aided.application_password)
    errors: list[str] = []
    with way(aided.url) as through, door(transport=Through(through)) as site:
        began = time.monotonic()
        errors += _carried(site, range(FEW))
        sent, pace = FEW, time.monotonic() - began

        def cutting() -> None:
            while through.cuts < CUTS:
                through.cut(after=chance.uniform(0.0, pace))
                time.sleep(chance.uniform(0.0, pace))

        knife = threading.Thread(target=cutting, daemon=True)
        knife.start()
        while through.cuts < CUTS:
            errors += _carried(site, range(sent, sent + CALLS))
            sent += CALLS
        knife.join()
    posted = sorted(map(tuple, aided.database.rows(POSTED)))

    assert errors == []
    assert posted == sorted((f"call {n}", "1") for n in range(sent))


def _carried(site: Install, numbers: range) -> list[str]:
    """Make a call for each number; what went wrong."""
    done = site.carry(map(said, numbers), {})
    return [str(each.error) for each in done if each.error]


def said(number: int) -> Job:
    """One call."""
    call = bp.post("activity", content=f"call {number}")
    return Job(Address("posts", f"{number}"), (call,), ())
