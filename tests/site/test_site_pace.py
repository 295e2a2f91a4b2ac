"""Fewer work at once while a site struggles."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from tests.site.scripted import Reply
from wpbridge.model import Address
from wpbridge.site import Job
from wpbridge.site.door import bp
from wpbridge.site.pace import STEADY, Pace

if TYPE_CHECKING:
    from tests.site.scripted import Script
    from wpbridge.site.open import Install


def work(pace: Pace, *, struggled: bool = False) -> None:
    """One job after another."""
    ticket = pace.enter()
    assert ticket is not None
    pace.leave(ticket, struggled=struggled)


def test_trouble_halves_and_one_goes_on() -> None:
    """However bad it gets."""
    pace = Pace(8)
    seen = []
    for _ in range(5):
        work(pace, struggled=True)
        seen.append(pace.allowed)

    assert seen == [4, 2, 1, 1, 1]


def test_one_trouble_that_many_meet_halves_once() -> None:
    """They all began before anybody knew."""
    pace = Pace(8)
    tickets = [pace.enter() for _ in range(8)]
    for each in tickets:
        assert each is not None
        pace.leave(each, struggled=True)

    assert pace.allowed == 4


def test_it_recovers_slowly_and_not_beyond_what_was_asked_for() -> None:
    """A place more for every few jobs without trouble."""
    pace = Pace(2)
    work(pace, struggled=True)
    for _ in range(STEADY - 1):
        work(pace)
    before = pace.allowed
    for _ in range(10 * STEADY):
        work(pace)

    assert (before, pace.allowed) == (1, 2)


def test_nobody_waits_when_it_is_over() -> None:
    """Those who wait for a place are sent home."""
    pace = Pace(1)
    assert pace.enter() == 0
    got: list[int | None] = []
    waiting = Thread(target=lambda: got.append(pace.enter()))
    waiting.start()
    pace.end()
    waiting.join(5)

    assert got == [None]


def test_a_site_that_is_asked_too_much_is_asked_by_fewer(
    script: Script, site: Install, api: int
) -> None:
    """And all is done in the end."""
    path = f"/wp-json/buddypress/v{api}/activity"
    busy = Reply(b"", 429)
    script.on("POST", path, busy, busy, busy, Reply({"id": 1}))
    jobs = [Job(Address("x", str(n)), (bp.post("activity"),), ()) for n in range(60)]
    done = list(site.carry(jobs, {}, workers=4))

    assert len(done) == 60
    assert [each for each in done if each.error] == []
