"""Many calls in few requests, over a line that is cut again and again."""

from __future__ import annotations

import random
import threading
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

POSTED = """
    SELECT content, COUNT(*) FROM wp_bp_activity WHERE type = 'activity_update'
    GROUP BY content
"""
CUTS, CALLS = 20, 1000


@pytest.mark.long
def test_a_thousand_calls_survive_cuts(aided: Running) -> None:
    """
    Cut at 20 random moments, the list ends complete, and nothing is there twice.

    A fast site may be through before that; then the next thousand follow.
    """
    chance = random.Random(CUTS)  # noqa: S311 - no secret
    door = partial(open_site, aided.url, aided.user, aided.application_password)
    errors: list[str] = []
    sent = 0
    with way(aided.url) as through, door(transport=Through(through)) as site:

        def cutting() -> None:
            while through.cuts < CUTS:
                through.cut(after=chance.uniform(0.0, 0.2))

        knife = threading.Thread(target=cutting, daemon=True)
        knife.start()
        while through.cuts < CUTS:
            jobs = map(said, range(sent, sent + CALLS))
            errors += [str(each.error) for each in site.carry(jobs, {}) if each.error]
            sent += CALLS
        knife.join()
    posted = sorted(map(tuple, aided.database.rows(POSTED)))

    assert errors == []
    assert posted == sorted((f"call {n}", "1") for n in range(sent))


def said(number: int) -> Job:
    """One call."""
    call = bp.post("activity", content=f"call {number}")
    return Job(Address("posts", f"{number}"), (call,), ())
