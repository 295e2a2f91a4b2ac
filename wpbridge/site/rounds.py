"""
The requests that carry a wave: two under way at once, if the site can take it.

A request takes a share of what waits, and nothing that touches what another request
under way touches; so those that touch the same never meet. The longest line goes
first, that the last ones do not stand in a single line; jobs whose order matters keep
it. All is decided in one thread: others only send.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from wpbridge.errors import NotFound, WpbridgeError
from wpbridge.site import Done
from wpbridge.site.carry import TICK, failed, left
from wpbridge.site.pace import SLOW, Pace
from wpbridge.site.parcel import ROUTE, Parcel, lost, not_here, told
from wpbridge.site.wire import JSON, Request, address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Executor
    from threading import Event

    from wpbridge.model import Address, Call
    from wpbridge.site import Job
    from wpbridge.site.bundle import Bundler
    from wpbridge.site.carry import Ids
    from wpbridge.site.parcel import Results

HUNDRED = 100
FEW = 25
"""No smaller shares: a request costs as much as a few calls."""

BYTES = 400_000
"""So much goes into a request: many web servers take a megabyte and no more."""

FAR = 5_000
"""So many in a line are looked at for one that may go."""

WAITS = (0.3, 1.0, 3.0)
"""Seconds before asking again for calls whose end is not known."""


class Load(NamedTuple):
    """A job, and the call of it that is in a request."""

    done: Done
    call: Call
    parcel: Parcel


class Landing(NamedTuple):
    """What came of a request's calls, after how long, and whether with trouble."""

    results: Results
    seconds: float
    troubled: bool


class Flight(NamedTuple):
    """A request under way, what it touches, and its leave to be so."""

    loads: Sequence[Load]
    touched: frozenset[Address]
    ticket: int


@dataclass
class _Filling:
    """A request that is being filled, and what it must not touch."""

    room: int
    blocked: set[Address]
    loads: list[Load] = field(default_factory=list)
    out: list[Done] = field(default_factory=list)
    missing: list[tuple[Done, Done]] = field(default_factory=list)
    size: int = 0

    @property
    def full(self) -> bool:
        """Whether no more goes into it."""
        return len(self.loads) >= self.room or self.size >= BYTES

    def takes(self, job: Job) -> bool:
        """Tell whether a job may go along; who is behind it waits if it may not."""
        free = self.blocked.isdisjoint(job.touches)
        if not free and job.ordered:
            self.blocked.update(job.touches)
        return free


class Round:
    """The requests of one wave, so many at once."""

    def __init__(
        self, bundler: Bundler, pool: Executor, ids: Ids, stop: Event, lanes: int
    ) -> None:
        self._bundler = bundler
        self._carrier = bundler.carrier
        self._pool = pool
        self._ids = ids
        self._stop = stop
        self._most = bundler.companion.most.get("calls", HUNDRED)
        self._pace = Pace(lanes)
        self._begun: list[Done] = []
        self._lines: dict[Address, deque[Done]] = {}
        self._turns: defaultdict[Address, deque[Address]] = defaultdict(deque)
        self._yet: set[Address] = set()
        self._flights: dict[Future[Landing], Flight] = {}

    def carry(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Jobs that ended, and those that go on by themselves."""
        for job in jobs:
            self._line(job).append(Done(job))
            if job.ordered:
                self._yet.add(job.key)
                for each in set(job.touches):
                    self._turns[each].append(job.key)
        while True:
            yield from self._set_off()
            if not self._flights:
                return
            landed, _ = wait(self._flights, TICK, FIRST_COMPLETED)
            if self._stop.is_set():
                self._carrier.http.hurry.set()
            for future in landed:
                yield from self._landed(self._flights.pop(future), future.result())

    def _line(self, job: Job) -> deque[Done]:
        """Where those stand that touch the same first of all."""
        return self._lines.setdefault((*job.touches, job.key)[0], deque())

    def _set_off(self) -> Iterator[Done]:
        """Send as much as may go; who leaves meanwhile."""
        while len(self._flights) < self._pace.allowed:
            filling = self._filled()
            yield from filling.out
            if filling.loads:
                self._send(filling.loads)
            elif not filling.out:
                return

    def _send(self, loads: Sequence[Load]) -> None:
        ticket = self._pace.enter() or 0
        touched = frozenset(each for load in loads for each in load.done.job.touches)
        parcels = [each.parcel for each in loads]
        future = self._pool.submit(self._timed, parcels)
        self._flights[future] = Flight(loads, touched, ticket)

    def _filled(self) -> _Filling:
        """Fill a request: first with what was begun, then from the longest lines."""
        if self._stop.is_set():  # what was begun is brought to its end
            self._lines.clear()
        held = (each.touched for each in self._flights.values())
        filling = _Filling(self._share(), set().union(*held))
        begun, self._begun = self._begun, []
        for done in begun:
            if filling.full or not filling.takes(done.job):
                filling.blocked.update(done.job.touches)
                self._begun.append(done)
            else:
                self._load(filling, done)
        for first in sorted(self._lines, key=lambda each: -len(self._lines[each])):
            if filling.full:
                break
            if first not in filling.blocked:
                self._from_line(filling, first)
        self._put_back(filling)
        return filling

    def _share(self) -> int:
        """How many calls go together: fewer towards the end, that all end at once."""
        lanes = self._pace.allowed
        waiting = len(self._begun) + sum(len(each) for each in self._lines.values())
        share = waiting if lanes == 1 else waiting // (2 * lanes)
        return min(self._most, max(FEW, share))

    def _from_line(self, filling: _Filling, first: Address) -> None:
        line, passed = self._lines[first], list[Done]()
        while line and not filling.full and len(passed) < FAR:
            if not self._its_turn(line[0].job):
                break
            done = line.popleft()
            if filling.takes(done.job):
                self._load(filling, done)
                continue
            passed.append(done)
            if first in filling.blocked:
                break
        line.extendleft(reversed(passed))
        if not line:
            del self._lines[first]

    def _its_turn(self, job: Job) -> bool:
        """Tell whether nobody before it touches the same, where order matters."""
        return job.key not in self._yet or all(
            self._turns[each][0] == job.key for each in job.touches
        )

    def _begin(self, job: Job) -> None:
        """It goes, or fails: whoever comes after it may follow."""
        if job.key in self._yet:
            self._yet.remove(job.key)
            for each in set(job.touches):
                self._turns[each].remove(job.key)

    def _put_back(self, filling: _Filling) -> None:
        """Who speaks of what is not there yet waits for it, or fails for good."""
        for done, end in reversed(filling.missing):
            if not filling.loads and not self._flights:
                self._begin(done.job)
                filling.out.append(end)
            elif done.answers:  # else a stop would forget it
                self._begun.insert(0, done)
            else:
                self._line(done.job).appendleft(done)

    def _load(self, filling: _Filling, done: Done) -> None:
        while (call := left(done)) is not None:
            without = self._carrier.without(done, call)
            if without is None:
                break
            done = without
        if call is None or not self._bundler.travels(call):
            self._begin(done.job)
            filling.out.append(done)
            return
        try:
            load = Load(done, call, self._bundler.parcel(done, call, self._ids))
        except NotFound as error:
            filling.missing.append((done, failed(done, error)))
            return
        except WpbridgeError as error:
            filling.out.append(failed(done, error))
        else:
            filling.loads.append(load)
            filling.size += load.parcel.size
        self._begin(done.job)

    def _landed(self, flight: Flight, landing: Landing) -> Iterator[Done]:
        """Who is done after a request; the others go on with the next."""
        each_took = landing.seconds / len(flight.loads)
        struggled = landing.troubled or each_took > SLOW
        self._pace.leave(flight.ticket, struggled=struggled)
        for load, result in zip(flight.loads, landing.results, strict=True):
            if result is None:
                self._begun.append(load.done)
                continue
            if not_here(result):
                self._bundler.refused(load.call)
                yield load.done
                continue
            done = self._carrier.landed(load.done, load.call, result, self._ids)
            done = replace(done, seconds=done.seconds + each_took)
            if left(done) is None:
                yield done
            else:
                self._begun.append(done)

    def _timed(self, parcels: Sequence[Parcel]) -> Landing:
        troubles, start = self._carrier.http.troubles, perf_counter()
        results = self._sent(parcels)
        seconds = perf_counter() - start
        return Landing(results, seconds, self._carrier.http.troubles > troubles)

    def _sent(self, parcels: Sequence[Parcel]) -> Results:
        """What came of each; asked again as long as an end is not known."""
        results = self._ask(parcels)
        for pause in WAITS:
            unsure = [n for n, each in enumerate(results) if lost(each)]
            if not unsure or self._stop.wait(pause):
                break
            again = self._ask([parcels[n] for n in unsure], again=True)
            for n, result in zip(unsure, again, strict=True):
                results[n] = result or results[n]
        return results

    def _ask(self, parcels: Sequence[Parcel], *, again: bool = False) -> Results:
        body = json.dumps({"calls": [each.entry for each in parcels]}).encode("ascii")
        url = address(self._bundler.root, ROUTE, {})
        request = Request("POST", url, ROUTE, body, JSON, repeatable=True)
        result = self._carrier.http.exchange(request)
        return told(parcels, result, again=again)
