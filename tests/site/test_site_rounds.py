"""Two requests of calls at once: who meets whom, what waits, and what slows down."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.scripted import ADMIN, URL, Reply, Said, Script, wordpress
from wpbridge.model import Address
from wpbridge.site import Job
from wpbridge.site.door import bp
from wpbridge.site.open import Install, open_site
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator

CALLS = "/wp-json/wpbridge/v1/calls"
STATUS = {
    "version": "0.1.0",
    "wire": 1,
    "abilities": ["calls", "login"],
    "switches": {},
    "limits": {"calls": 100},
}
PATIENCE = 10
"""Seconds that the first request waits for one that should be there beside it."""


@dataclass
class Companion:
    """Answers once ``met`` requests have come; notes which were there together."""

    met: int = 2
    busy: int = 0  # so many requests are turned away
    loads: list[list[str]] = field(default_factory=list)
    meetings: list[tuple[list[str], list[str]]] = field(default_factory=list)
    most: int = 0
    lock: Lock = field(default_factory=Lock)
    there: list[list[str]] = field(default_factory=list)
    enough: Event = field(default_factory=Event)

    def __call__(self, said: Said) -> Reply:
        """Answer when nobody else is awaited."""
        calls = [each["body"]["at"] for each in json.loads(said.body)["calls"]]
        with self.lock:
            self.meetings += [(each, calls) for each in self.there]
            self.there.append(calls)
            self.loads.append(calls)
            self.most = max(self.most, len(self.there))
            self.busy -= 1
            turned_away = self.busy >= 0
            if len(self.loads) >= self.met:
                self.enough.set()
        self.enough.wait(PATIENCE)
        with self.lock:
            self.there.remove(calls)
        if turned_away:
            return Reply(b"busy", 503)
        ran: dict[str, Any] = {"state": "ran", "status": 200, "body": {"id": 1}}
        return Reply({"answers": [ran] * len(calls), "seconds": 0.1})

    def opened(self, script: Script) -> Install:
        """Be on a scripted site, and open it."""
        wordpress(script, 2, namespaces=["wp/v2", "buddypress/v2", "wpbridge/v1"])
        script.on("GET", "/wp-json/wpbridge/v1/status", Reply(STATUS))
        script.on("POST", CALLS, self)
        transport = WsgiAdapter(script)
        return open_site(URL, *ADMIN, transport=transport, sleep=lambda _: None)


@pytest.fixture
def companion() -> Companion:
    """The plugin, where two requests are to be there at once."""
    return Companion()


@pytest.fixture
def site(companion: Companion, script: Script) -> Iterator[Install]:
    """The scripted site, open."""
    with companion.opened(script) as opened:
        yield opened


def touching(*touched: str, ordered: bool = False) -> Job:
    """A job of one call, which says what it touches."""
    name = " ".join(touched)
    addresses = tuple(Address("groups", each) for each in touched)
    call = bp.put("things", at=name)
    return Job(Address("jobs", name), (call,), addresses, ordered)


def crowd(*groups: str, ordered: bool = False) -> list[Job]:
    """Thirty people join each of some groups."""
    return [
        touching(group, f"m{member}", ordered=ordered)
        for group in groups
        for member in range(30)
    ]


def carried(site: Install, jobs: list[Job], workers: int = 4) -> int:
    """Send them all; how many ended well."""
    return sum(each.error is None for each in site.carry(jobs, {}, workers=workers))


def touched(calls: list[str]) -> set[str]:
    """All that the calls of a request touch."""
    return {word for each in calls for word in each.split()}


def test_two_requests_never_touch_the_same(site: Install, companion: Companion) -> None:
    """Neither a group nor a member; and each job is sent once."""
    assert carried(site, crowd("film", "sound", "news")) == 90
    assert companion.most == 2
    assert companion.meetings
    for one, other in companion.meetings:
        assert touched(one).isdisjoint(touched(other))
    sent = Counter(each for load in companion.loads for each in load)
    assert set(sent.values()) == {1}
    assert len(sent) == 90


def test_the_order_of_what_touches_the_same_is_kept(
    site: Install, companion: Companion
) -> None:
    """Where it matters: posts in a stream stand as they were written."""
    jobs = crowd("film", "sound", ordered=True)
    assert carried(site, jobs) == 60
    sent = [each for load in companion.loads for each in load]
    for group in ("film", "sound"):
        inside = [each for each in sent if each.startswith(group)]
        assert inside == [f"{group} m{member}" for member in range(30)]


def test_one_group_takes_one_request_at_a_time(script: Script) -> None:
    """There is nothing else to do meanwhile."""
    companion = Companion(met=1)
    with companion.opened(script) as site:
        assert carried(site, crowd("film")) == 30

    assert companion.most == 1


def test_one_worker_sends_one_request_at_a_time(script: Script) -> None:
    """As large as it may be."""
    companion = Companion(met=1)
    with companion.opened(script) as site:
        assert carried(site, crowd("film", "sound", "news"), workers=1) == 90

    assert [len(each) for each in companion.loads] == [90]


def test_a_site_that_struggles_gets_one_request_at_a_time(script: Script) -> None:
    """What was turned away is sent again, and one is enough from there on."""
    companion = Companion(met=2, busy=2)
    with companion.opened(script) as site:
        assert carried(site, crowd("film", "sound", "news")) == 90

    later = companion.loads[4:]
    assert not [
        (one, other)
        for one, other in companion.meetings
        if one in later and other in later
    ]
