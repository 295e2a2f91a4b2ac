"""Many calls in one request: packing, order, what failed, what is sent again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.scripted import ADMIN, URL, Reply, Said, Script, refusal, wordpress
from wpbridge.errors import NoAnswer, NotFound, Refused
from wpbridge.model import FRESH, Address, Call, Ref
from wpbridge.site import Done, Job
from wpbridge.site.door import bp, wp
from wpbridge.site.open import Install, open_site
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CALLS = "/wp-json/wpbridge/v1/calls"
STATUS = {
    "version": "0.1.0",
    "wire": 1,
    "abilities": ["calls", "login", "password-none"],
    "switches": {"acting": True, "quiet": True, "dates": True},
    "limits": {"calls": 100},
}
ANA = Address("members", "ana")
LONG_AGO = datetime(2026, 3, 1, 9, tzinfo=UTC)


@dataclass
class Companion:
    """Answers calls as the plugin does: in order, and each key once."""

    kept: dict[str, Any] = field(default_factory=dict)
    loads: list[list[dict[str, Any]]] = field(default_factory=list)
    ran: list[dict[str, Any]] = field(default_factory=list)
    says: dict[str, dict[str, Any]] = field(default_factory=dict)
    budget: int = 1000
    lose: int = 0

    def __call__(self, said: Said) -> Reply:
        """Run them."""
        calls = json.loads(said.body)["calls"]
        self.loads.append(calls)
        answers = [
            self.answer(call) if n < self.budget else {"state": "not_run"}
            for n, call in enumerate(calls)
        ]
        if self.lose:
            self.lose -= 1
            return Reply(b"<html>gone", 500)
        return Reply({"answers": answers, "seconds": 0.1})

    def answer(self, call: dict[str, Any]) -> dict[str, Any]:
        """The answer to one, or the one that was kept."""
        if call["key"] not in self.kept:
            self.ran.append(call)
            body = {"id": len(self.ran) + 40}
            acted = {"acted_as": call["as"]} if "as" in call else {}
            said = self.says.get(call["path"].partition("?")[0], {})
            answer = {"state": "ran", "status": 200, "body": body, **acted, **said}
            self.kept[call["key"]] = answer
        return dict(self.kept[call["key"]])


def failed(code: str, status: int = 400) -> dict[str, Any]:
    """A refusal of one call."""
    return {
        "state": "failed",
        "status": status,
        "body": {"code": code, "message": "No.", "data": {"status": status}},
    }


@pytest.fixture
def companion(script: Script) -> Companion:
    """The plugin on a scripted site."""
    wordpress(script, 2, namespaces=["wp/v2", "buddypress/v2", "wpbridge/v1"])
    script.on("GET", "/wp-json/wpbridge/v1/status", Reply(STATUS))
    made = Companion()
    script.on("POST", CALLS, made)
    return made


@pytest.fixture
def site(companion: Companion, script: Script, waits: list[float]) -> Iterator[Install]:
    """The scripted site, open, and with nothing heard."""
    del companion
    transport = WsgiAdapter(script)
    with open_site(URL, *ADMIN, transport=transport, sleep=waits.append) as opened:
        script.heard.clear()
        yield opened


@pytest.fixture(autouse=True)
def _in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wpbridge.site.rounds.WAITS", (0, 0, 0))


def job(name: str, *calls: Call) -> Job:
    """Calls under a name."""
    return Job(Address("jobs", name), calls, ())


def carried(
    site: Install, *jobs: Job, ids: Any = None, stop: Any = None, workers: int = 4
) -> list[Done]:
    """How jobs ended, by their keys."""
    found = {} if ids is None else ids
    done = site.carry(jobs, found, stop=stop, workers=workers)
    return sorted(done, key=lambda each: each.job.key)


def test_a_hundred_jobs_travel_at_a_time(site: Install, companion: Companion) -> None:
    """In their order, where one request at a time is all that is wanted."""
    jobs = [job(f"{n:03}", wp.post("users", username=f"u{n}")) for n in range(230)]
    done = carried(site, *jobs, workers=1)

    assert [len(load) for load in companion.loads] == [100, 100, 30]
    assert all(each.error is None and each.seconds > 0 for each in done)
    names = [call["body"]["username"] for call in companion.ran]
    assert names == [f"u{n}" for n in range(230)]


def test_a_call_is_written_as_the_companion_reads_it(
    site: Install, companion: Companion
) -> None:
    """As a member, quietly, of a date; an account without a password."""
    post = bp.post("activity", content="Hello.", hide=True)
    post = replace(post, as_member="ana", quiet=True, date=LONG_AGO)
    user = wp.post("users", username="ana", password=FRESH)
    ids = {ANA: 7}
    carried(
        site, job("a", post), job("b", user, wp.delete("x", 5, force=True)), ids=ids
    )
    first, second, third = ({**call, "key": ""} for call in companion.ran)

    assert first == {
        "method": "POST",
        "path": "/buddypress/v2/activity?context=edit",
        "body": {"content": "Hello.", "hide": True},
        "as": 7,
        "quiet": True,
        "date": "2026-03-01T09:00:00Z",
        "key": "",
    }
    assert second["body"] == {"username": "ana"}
    assert second["password"] == "none"
    assert third == {"method": "DELETE", "path": "/wp/v2/x/5?force=true", "key": ""}
    assert len({call["key"] for call in companion.ran}) == 3


def test_a_job_goes_on_with_what_its_first_call_made(
    site: Install, companion: Companion
) -> None:
    """The next request speaks of it."""
    make = replace(wp.post("users", username="ana"), gives=ANA)
    ids: dict[Address, int] = {}
    (done,) = carried(site, job("a", make, wp.put("users", Ref(ANA), x=1)), ids=ids)

    assert (done.error, ids[ANA]) == (None, 41)
    assert [len(load) for load in companion.loads] == [1, 1]
    assert companion.ran[1]["path"] == "/wp/v2/users/41"


def test_what_speaks_of_anothers_work_waits_for_it(
    site: Install, companion: Companion
) -> None:
    """And fails where nobody makes it."""
    make = replace(wp.post("users", username="ana"), gives=ANA)
    never = wp.put("users", Ref(Address("members", "bob")))
    jobs = (job("a", make), job("b", wp.put("users", Ref(ANA))), job("c", never))
    *both, lost = carried(site, *jobs)

    assert [each.error for each in both] == [None, None]
    assert isinstance(lost.error, NotFound)
    assert [len(load) for load in companion.loads] == [1, 1]


def test_a_failure_ends_its_job_and_no_other(
    site: Install, companion: Companion
) -> None:
    """Its later calls are never sent."""
    companion.says["/wp/v2/users/1"] = failed("existing_user_email", 500)
    bad = job("a", wp.put("users", 1), wp.put("users", 2))
    first, second = carried(site, bad, job("b", wp.put("users", 3)))

    assert isinstance(first.error, Refused)
    assert first.error.code == "existing_user_email"
    assert first.lost == -1
    assert second.error is None
    paths = [call["path"] for call in companion.ran]
    assert paths == ["/wp/v2/users/1", "/wp/v2/users/3"]


def test_a_lost_answer_is_asked_for_again(site: Install, companion: Companion) -> None:
    """To the letter; nothing runs twice."""
    companion.lose = 2
    done = carried(site, *(job(f"{n}", wp.post("users", n=n)) for n in range(5)))

    assert [each.error for each in done] == [None] * 5
    assert companion.loads[0] == companion.loads[1] == companion.loads[2]
    assert len(companion.ran) == 5


def test_what_is_lost_for_good_is_known_as_lost(
    site: Install, companion: Companion
) -> None:
    """Somebody has to look."""
    companion.lose = 99
    (done,) = carried(site, job("a", wp.post("users")))

    assert isinstance(done.error, NoAnswer)
    assert done.lost == 0


@pytest.mark.parametrize(
    "then",
    [
        refusal(403, "rest_forbidden"),
        Reply({"answers": [{"state": "not_run"}], "seconds": 0.1}),
    ],
    ids=["refused", "not begun"],
)
def test_what_was_lost_stays_so_when_asking_again_tells_nothing(
    site: Install, script: Script, then: Reply
) -> None:
    """It may have run the first time."""
    replies = [Reply(b"<html>gone", 500)]
    script.on("POST", CALLS, lambda _: replies.pop() if replies else then)
    (done,) = carried(site, job("a", wp.post("users")))

    assert done.error is not None
    assert (replies, done.lost) == ([], 0)


@pytest.mark.parametrize(
    ("code", "lost"),
    [
        ("existing_user_email", -1),
        ("wpbridge_no_answers", -1),
        ("wpbridge_refused_as", 0),  # said before it looks whether it has run it
    ],
)
def test_a_refusal_of_what_is_sent_again_is_one(
    site: Install, companion: Companion, code: str, lost: int
) -> None:
    """The site keeps what it ran: what it refuses now it has not done before."""
    companion.lose = 1
    companion.says["/wp/v2/users"] = failed(code)
    (done,) = carried(site, job("a", wp.post("users")))

    assert isinstance(done.error, Refused)
    assert (done.error.code, done.lost) == (code, lost)
    assert len(companion.loads) == 2


@pytest.mark.parametrize("code", ["wpbridge_unfinished", "wpbridge_threw"])
def test_a_call_whose_end_the_site_does_not_know_is_lost(
    site: Install, companion: Companion, code: str
) -> None:
    """PHP broke down in it, say; its neighbours are none the worse."""
    companion.says["/wp/v2/users/1"] = failed(code, 409)
    first, second = carried(
        site, job("a", wp.put("users", 1)), job("b", wp.put("users", 2))
    )

    assert (first.lost, second.lost, second.error) == (0, -1, None)
    assert len(companion.ran) == 2


def test_what_the_site_had_no_time_for_is_sent_again(
    site: Install, companion: Companion
) -> None:
    """It was not begun."""
    companion.budget = 4
    done = carried(site, *(job(f"{n}", wp.post("users", n=n)) for n in range(10)))

    assert [each.error for each in done] == [None] * 10
    assert [call["body"]["n"] for call in companion.ran] == list(range(10))
    assert [len(load) for load in companion.loads] == [10, 6, 2]


def test_what_does_not_travel_goes_by_itself(
    site: Install, companion: Companion, script: Script, tmp_path: Path
) -> None:
    """Uploads, forms, and routes of which the companion says so, once."""
    picture = tmp_path / "a.png"
    picture.write_bytes(b"png")
    companion.says["/wp/v2/settings"] = failed("wpbridge_refused_route", 403)
    script.on("PUT", "/wp-json/wp/v2/settings", Reply({}))
    script.on("POST", "/wp-json/wp/v2/media", Reply({"id": 1}))
    script.on("POST", "/wp-json/buddypress/v2/fields", Reply({"id": 1}))
    jobs = (
        job("a", wp.put("settings", title="X")),
        job("b", wp.upload("media", file=picture)),
        job("c", replace(bp.post("fields"), form=True)),
        job("d", wp.put("users", 2), wp.put("settings", title="Y")),
    )

    assert [each.error for each in carried(site, *jobs)] == [None] * 4
    assert [call["path"] for call in companion.ran] == [
        "/wp/v2/settings",
        "/wp/v2/users/2",
    ]
    assert sorted(each.path for each in script.heard if each.path != CALLS) == [
        "/wp-json/buddypress/v2/fields",
        "/wp-json/wp/v2/media",
        "/wp-json/wp/v2/settings",
        "/wp-json/wp/v2/settings",
    ]


def test_nobody_speaks_for_a_member_by_mistake(
    site: Install, companion: Companion
) -> None:
    """A site that overlooks in whose name a call is has posted it as the admin."""
    companion.says["/buddypress/v2/activity"] = {"acted_as": 1}
    post = replace(bp.post("activity", content="x"), as_member="ana")
    (done,) = carried(site, job("a", post), ids={ANA: 7})

    assert "did not act as the member 7" in str(done.error)


def test_a_request_that_is_refused_fails_all_of_it(
    site: Install, script: Script
) -> None:
    """Such as when the plugin went away meanwhile."""
    script.on("POST", CALLS, refusal(403, "rest_forbidden"))
    first, second = carried(site, job("a", wp.post("x")), job("b", wp.post("y")))

    assert "rest_forbidden" in str(first.error)
    assert "rest_forbidden" in str(second.error)
    assert (first.lost, second.lost) == (-1, -1)


def test_a_stop_ends_what_was_begun_and_begins_no_more(
    site: Install, companion: Companion, script: Script
) -> None:
    """Jobs that never began are not in the result."""
    stop = Event()

    def stopping(said: Said) -> Reply:
        stop.set()
        return companion(said)

    script.on("POST", CALLS, stopping)
    jobs = [job(f"{n:03}", wp.post("x"), wp.post("y")) for n in range(150)]
    done = carried(site, *jobs, stop=stop, workers=1)

    assert [each.job.key.key for each in done] == [f"{n:03}" for n in range(100)]
    assert all(len(each.answers) == 2 for each in done)


def test_a_stop_tells_of_what_was_begun_and_waits(
    companion: Companion, script: Script
) -> None:
    """It has done a part of its work, and speaks of what will not be there."""
    stop = Event()
    few = {**STATUS, "limits": {"calls": 2}}
    script.on("GET", "/wp-json/wpbridge/v1/status", Reply(few))

    def stopping(said: Said) -> Reply:
        if len(companion.loads) == 1:  # the second is under way
            stop.set()
        return companion(said)

    script.on("POST", CALLS, stopping)
    missing = Ref(Address("jobs", "nobody"))
    waiting = job("a", wp.post("x"), wp.put("x", missing))
    others = [job(f"{n}", wp.post("y")) for n in range(9)]
    transport = WsgiAdapter(script)
    with open_site(URL, *ADMIN, transport=transport, sleep=lambda _: None) as site:
        done = carried(site, waiting, *others, stop=stop, workers=1)

    (begun,) = [each for each in done if each.job == waiting]
    assert isinstance(begun.error, NotFound)
    assert len(begun.answers) == 1
