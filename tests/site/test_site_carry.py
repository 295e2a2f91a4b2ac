"""Sending jobs: order, who waits for whom, what fails, and stopping."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from dataclasses import replace
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.scripted import Reply, Said, Script, refusal
from wpbridge.errors import NoAnswer, NotFound, NotSupported, Refused
from wpbridge.model import FRESH, ME, Address, Call, Ref
from wpbridge.site import Done, Job
from wpbridge.site.carry import Lines
from wpbridge.site.door import bp, wp

if TYPE_CHECKING:
    from pathlib import Path

    from wpbridge.site.open import Install

ANA, FILM = Address("members", "ana"), Address("groups", "film")
USERS = "/wp-json/wp/v2/users"


def job(name: str, *calls: Call, touches: tuple[Address, ...] = ()) -> Job:
    """Calls under a name."""
    return Job(Address("jobs", name), calls, touches)


def carried(site: Install, *jobs: Job, ids: Any = None, workers: int = 4) -> list[Done]:
    """How jobs ended, by their keys."""
    found = {} if ids is None else ids
    done = site.carry(jobs, found, workers=workers)
    return sorted(done, key=lambda each: each.job.key)


def test_ids_are_filled_as_answers_land(site: Install, script: Script) -> None:
    """A job's second call speaks of what its first one made."""
    script.on("POST", USERS, Reply({"id": 41}, 201))
    script.on("PUT", f"{USERS}/41", Reply({"id": 41}))
    ids: dict[Address, int] = {}
    make = replace(wp.post("users", username="ana", password=FRESH), gives=ANA)
    (done,) = carried(site, job("a", make, wp.put("users", Ref(ANA), x=1)), ids=ids)

    assert done.error is None
    assert done.answers == ({"id": 41}, {"id": 41})
    assert done.seconds > 0
    assert ids == {ANA: 41, ME: 1}
    assert len(json.loads(script.heard[0].body)["password"]) >= 32


def test_a_failure_ends_its_job_and_no_other(site: Install, script: Script) -> None:
    """What landed before it is kept."""
    script.on("POST", USERS, Reply({"id": 41}))
    script.on("PUT", f"{USERS}/1", refusal(500, "existing_user_email", "Taken."))
    call = wp.post("users")
    bad, good = carried(
        site, job("a", call, wp.put("users", 1), call), job("b", call, call)
    )

    assert isinstance(bad.error, Refused)
    assert (bad.error.code, bad.lost) == ("existing_user_email", -1)
    assert bad.answers == ({"id": 41},)
    assert len(good.answers) == 2


@pytest.mark.parametrize("answer", [[], {}, {"id": "x"}, None, [1, 2]])
def test_an_answer_without_an_id_is_as_good_as_lost(
    site: Install, script: Script, answer: Any
) -> None:
    """Something was made, and nobody knows what."""
    script.on("POST", USERS, Reply(answer))
    (done,) = carried(site, job("a", replace(wp.post("users"), gives=ANA)))

    assert "tells no id" in str(done.error)
    assert done.lost == 0


def test_what_needs_something_unmade_says_so(site: Install, tmp_path: Path) -> None:
    """Nothing is sent, nor where a file is gone."""
    gone = bp.upload("members", 1, "avatar", file=tmp_path / "gone.png")
    first, second = carried(site, job("a", wp.put("users", Ref(ANA))), job("b", gone))

    assert isinstance(first.error, NotFound)
    assert "gone.png: No such file" in str(second.error)


@pytest.mark.parametrize(("repeatable", "sent"), [(False, 1), (True, 4)])
def test_a_lost_answer_is_told_by_its_call(
    site: Install, script: Script, *, repeatable: bool, sent: int
) -> None:
    """Only what is repeatable was sent again."""
    script.on("POST", USERS, Reply({"id": 1}))
    script.on("PUT", f"{USERS}/1", Reply(b"", 504))
    lost = replace(wp.put("users", 1), repeatable=repeatable)
    (done,) = carried(site, job("a", wp.post("users"), lost, wp.post("users")))

    assert isinstance(done.error, NoAnswer)
    assert done.lost == 1
    assert len(done.answers) == 1
    assert len(script.paths("PUT")) == sent


def test_already_so_is_left_for_a_second_look(site: Install, script: Script) -> None:
    """The job goes on."""
    code = "bp_rest_group_member_failed_to_promote"
    script.on("PUT", f"{USERS}/1", refusal(500, code))
    script.on("PUT", f"{USERS}/2", Reply({"id": 2}))
    promote = replace(wp.put("users", 1), already=code)
    (done,) = carried(site, job("a", promote, wp.put("users", 2)))

    assert done.error is None
    assert done.already == (0,)
    assert done.answers == (None, {"id": 2})


def test_already_so_after_a_lost_answer_was_us(site: Install, script: Script) -> None:
    """No second look is due."""
    code = "bp_rest_group_member_failed_to_promote"
    script.on("PUT", f"{USERS}/1", Reply(b"", 502), refusal(500, code))
    (done,) = carried(site, job("a", replace(wp.put("users", 1), already=code)))

    assert (done.error, done.already, done.answers) == (None, (), (None,))


def test_what_the_site_cannot_do_is_dropped_or_refused(
    site: Install, script: Script
) -> None:
    """Optional calls are dropped."""
    script.on("PUT", f"{USERS}/2", Reply({"id": 2}))
    types = replace(wp.put("users", 1), ability="register member-types")
    first, second = carried(
        site,
        job("a", types),
        job("b", replace(types, optional=True), wp.put("users", 2)),
    )

    assert isinstance(first.error, NotSupported)
    assert "companion plugin" in str(first.error)
    assert (second.dropped, second.answers) == ((0,), (None, {"id": 2}))


def test_a_component_that_was_switched_on_is_on(
    site: Install, script: Script, api: int
) -> None:
    """What depends on it is no longer dropped."""
    answer = {"name": "friends", "is_active": True}
    route = f"/wp-json/buddypress/v{api}"
    script.on("PUT", f"{route}/components", Reply([answer] if api == 1 else answer))
    script.on("POST", f"{route}/friends", Reply({"id": 1}))
    friends = replace(bp.post("friends"), ability="component friends", optional=True)
    switch = bp.put("components", name="friends", action="activate")
    before, after = carried(
        site, job("a", friends), job("b", switch, friends), workers=1
    )

    assert before.dropped == (0,)
    assert after.dropped == ()
    assert site.facts.components == {"groups": True, "friends": True}


class Busy:
    """A site that notes how many write to each thing at once, and in what order."""

    def __init__(self, seconds: float = 0.002) -> None:
        self.seconds = seconds
        self.now: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.order: defaultdict[str, list[int]] = defaultdict(list)
        self.lock = Lock()
        self.began = Event()

    def __call__(self, said: Said) -> Reply:
        """Take a while over it."""
        body = json.loads(said.body)
        with self.lock:
            for name in body["names"]:
                self.now[name] += 1
                self.most[name] = max(self.most[name], self.now[name])
                self.order[name].append(body["number"])
        self.began.set()
        time.sleep(self.seconds)
        with self.lock:
            self.now.subtract(body["names"])
        return Reply({"id": body["number"]})


def crowd(count: int, groups: int, members: int) -> list[Job]:
    """Jobs that each touch a group, a member and the site as a whole."""
    jobs = []
    for number in range(count):
        group, member = f"g{number % groups}", f"m{number % members}"
        names = [group, member]
        call = wp.post("users", number=number, names=["all", *names])
        touches = tuple(Address("x", name) for name in names)
        jobs.append(Job(Address("jobs", f"{number:05}"), (call,), touches))
    return jobs


def test_one_writer_at_a_time_for_whatever_is_touched(
    site: Install, script: Script
) -> None:
    """In the order in which they came, and several at once for all that."""
    busy = Busy()
    script.on("POST", USERS, busy)
    done = carried(site, *crowd(120, 7, 11), workers=6)
    all_at_once = busy.most.pop("all")

    assert [each.error for each in done] == [None] * 120
    assert set(busy.most.values()) == {1}
    assert 1 < all_at_once <= 6
    busy.order.pop("all")
    assert all(order == sorted(order) for order in busy.order.values())


def test_ten_thousand_jobs_on_one_address_take_their_turns() -> None:
    """Each lets exactly one begin, so that nobody is looked at twice."""
    count = 10_000
    lines = Lines(
        job(str(n), touches=(FILM, Address("x", str(n)))) for n in range(count)
    )
    order = []
    while not lines.ready.empty():
        number = lines.ready.get()
        assert number is not None
        assert lines.ready.empty()
        order.append(number)
        lines.leave(number)

    assert order == list(range(count))


def test_touching_the_same_twice_is_touching_it(site: Install, script: Script) -> None:
    """A job does not wait for itself."""
    script.on("POST", USERS, Reply({"id": 1}))
    twice = [job(name, wp.post("users"), touches=(FILM, FILM)) for name in "ab"]

    assert len(carried(site, *twice)) == 2


def test_nothing_to_do_is_done_at_once(site: Install) -> None:
    """No worker is started."""
    assert carried(site) == []


def test_a_stop_finishes_what_is_under_way_and_begins_nothing(
    site: Install, script: Script
) -> None:
    """What never began is not in the result."""
    busy, stop = Busy(0.02), Event()
    script.on("POST", USERS, busy)
    done = []
    for each in site.carry(crowd(200, 50, 60), {}, workers=4, stop=stop):
        done.append(each)
        stop.set()
    sent = len(script.heard)

    assert len(done) == sent < 12
    time.sleep(0.05)
    assert len(script.heard) == sent


def test_a_stop_before_anything_landed_is_heard(site: Install, script: Script) -> None:
    """Also while all workers are busy."""
    busy, stop = Busy(0.3), Event()
    script.on("POST", USERS, busy)
    stop.set()

    assert len(list(site.carry(crowd(9, 9, 9), {}, workers=2, stop=stop))) <= 2


def test_leaving_early_waits_for_what_is_under_way(
    site: Install, script: Script
) -> None:
    """The site is usable after it."""
    busy = Busy(0.02)
    script.on("POST", USERS, busy)
    carrying = site.carry(crowd(200, 50, 60), {}, workers=4)
    next(carrying)
    carrying.close()  # type: ignore[attr-defined]  # it is a generator
    sent = len(script.heard)

    assert busy.now["all"] == 0
    assert sent < 12
    assert len(carried(site, *crowd(3, 3, 3))) == 3


def test_a_bug_of_ours_is_not_swallowed(site: Install) -> None:
    """It surfaces where the jobs are awaited, and nobody waits for ever."""
    with pytest.raises(KeyError, match="fax"):
        carried(site, job("a", Call("fax", "POST", ())), job("b", wp.post("users")))
