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
    """Cut at 20 random moments, the list ends complete, and nothing is there twice."""
    jobs = [
        Job(Address("posts", f"{n}"), (bp.post("activity", content=f"call {n}"),), ())
        for n in range(CALLS)
    ]
    chance = random.Random(CUTS)  # noqa: S311 - no secret
    with way(aided.url) as through:

        def cutting() -> None:
            while through.cuts < CUTS:
                through.cut(after=chance.uniform(0.01, 1.0))

        door = partial(open_site, aided.url, aided.user, aided.application_password)
        with door(transport=Through(through)) as site:
            knife = threading.Thread(target=cutting, daemon=True)
            knife.start()
            errors = [str(each.error) for each in site.carry(jobs, {}) if each.error]
            knife.join(0)
        cuts = through.cuts
    posted = sorted(map(tuple, aided.database.rows(POSTED)))

    assert (errors, cuts) == ([], CUTS)
    assert posted == sorted((f"call {n}", "1") for n in range(CALLS))
