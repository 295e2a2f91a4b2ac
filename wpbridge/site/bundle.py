"""
Many calls in one request, through the companion plugin.

A request holds the next call of each of up to a hundred jobs, in their order, and the
site carries them out one after the other; so whoever touches the same never meets, and
a job that fails goes no further. Each call has a key, under which the site keeps its
answer: a request whose answer was lost is sent again as it is, and nothing is done
twice. What the companion does not take travels by itself, as it does without it.
"""

from __future__ import annotations

import json
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from hashlib import sha256
from secrets import token_hex
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from wpbridge.errors import NoAnswer, NotFound, Refused, WpbridgeError
from wpbridge.model import ME
from wpbridge.site import Done
from wpbridge.site.answer import Answer, Trouble
from wpbridge.site.carry import TICK, failed, left
from wpbridge.site.parcel import NOT_HERE, Parcel, pack
from wpbridge.site.wire import JSON, Request, address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from threading import Event

    from wpbridge.model import Call
    from wpbridge.site import Companion, Job
    from wpbridge.site.carry import Carrier, Ids

ROUTE = "/wpbridge/v1/calls"
HUNDRED = 100
BYTES = 400_000
"""So much goes into a request: many web servers take a megabyte and no more."""

WAITS = (0.3, 1.0, 3.0)
"""Seconds before asking again for calls whose end is not known."""


ALONE = frozenset({("companion", "POST", "queue")})
"""Who a post in the queue is by is decided outside of other calls only."""


class Load(NamedTuple):
    """A job, and the call of it that is in a request."""

    done: Done
    call: Call
    parcel: Parcel


@dataclass
class Bundler:
    """
    Sends jobs through the companion.

    ``alone`` has the sorts of calls that it was seen not to take.
    """

    carrier: Carrier
    companion: Companion
    root: str
    run: str = field(default_factory=lambda: token_hex(8))
    waves: int = 0
    alone: set[tuple[str, str, object]] = field(default_factory=lambda: set(ALONE))

    def carry(
        self, jobs: Iterable[Job], ids: Ids, workers: int, stop: Event
    ) -> Iterator[Done]:
        """Each job's end: first of those that travel together, then of the others."""
        ids.setdefault(ME, self.carrier.me)
        self.waves += 1
        others: list[Job] = []
        try:
            with ThreadPoolExecutor(1, "wpbridge bundle") as pool:
                for done in _Round(self, pool, ids, stop).carry(jobs):
                    if left(done) is None:
                        yield done
                    elif done.answers:
                        yield self.carrier.finish(done, ids)
                    else:
                        others.append(done.job)
        finally:
            self.carrier.http.hurry.clear()
        if others and not stop.is_set():
            yield from self.carrier.carry(others, ids, workers, stop)

    def travels(self, call: Call) -> bool:
        """Tell whether the companion takes a call, as far as is known."""
        alone = call.upload or call.form or _sort(call) in self.alone
        alone = alone or self.carrier.past_rest(call)
        return not alone and (not call.as_member or self.companion.on("acting"))

    def parcel(self, done: Done, call: Call, ids: Ids) -> Parcel:
        """A call as it travels; raises what is missing for it."""
        name = f"{done.job.key}:{len(done.answers)}"
        digest = sha256(name.encode()).hexdigest()[:32]
        key = f"{self.run}-{self.waves}-{digest}"
        manner = self.carrier.doors[call.door].manner
        return pack(call, manner, ids, self.companion, key)

    def refused(self, call: Call) -> None:
        """Take note of what the companion does not take."""
        self.alone.add(_sort(call))


class _Round:
    """The requests of one wave."""

    def __init__(
        self, bundler: Bundler, pool: ThreadPoolExecutor, ids: Ids, stop: Event
    ) -> None:
        self._bundler = bundler
        self._carrier = bundler.carrier
        self._pool = pool
        self._ids = ids
        self._stop = stop
        self._line: deque[Done] = deque()
        self._most = bundler.companion.most.get("calls", HUNDRED)

    def carry(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Jobs that ended, and those that go on by themselves."""
        self._line.extend(Done(job) for job in jobs)
        while self._line:
            if self._stop.is_set():  # what was begun is brought to its end
                self._line = deque(each for each in self._line if each.answers)
            loads, out = self._loads()
            yield from out
            if loads:
                yield from self._landed(loads)

    def _loads(self) -> tuple[list[Load], list[Done]]:
        """Fill a request from the head of the line; who leaves the line meanwhile."""
        loads: list[Load] = []
        out: list[Done] = []
        size = 0
        while self._line and len(loads) < self._most and size < BYTES:
            done = self._line.popleft()
            load = self._load(done)
            if isinstance(load, Load):
                loads.append(load)
                size += load.parcel.size
            elif loads and isinstance(load.error, NotFound):
                self._line.appendleft(done)  # an answer in this request may tell
                break
            else:
                out.append(load)
        return loads, out

    def _load(self, done: Done) -> Load | Done:
        while (call := left(done)) is not None:
            without = self._carrier.without(done, call)
            if without is None:
                break
            done = without
        if call is None or not self._bundler.travels(call):
            return done
        try:
            return Load(done, call, self._bundler.parcel(done, call, self._ids))
        except WpbridgeError as error:
            return failed(done, error)

    def _landed(self, loads: Sequence[Load]) -> Iterator[Done]:
        """Who is done after a request; the others stand at the head of the line."""
        start = perf_counter()
        results = self._sent(loads)
        each_took = (perf_counter() - start) / len(loads)
        on: list[Done] = []
        for load, result in zip(loads, results, strict=True):
            if result is None:
                on.append(load.done)
                continue
            if _not_here(result):
                self._bundler.refused(load.call)
                yield load.done
                continue
            done = self._carrier.landed(load.done, load.call, result, self._ids)
            done = replace(done, seconds=done.seconds + each_took)
            if left(done) is None:
                yield done
            else:
                on.append(done)
        self._line.extendleft(reversed(on))

    def _sent(self, loads: Sequence[Load]) -> list[Answer | Trouble | None]:
        """What came of each; asked again as long as an end is not known."""
        results = self._ask([each.parcel for each in loads])
        for wait in WAITS:
            unsure = [n for n, each in enumerate(results) if _lost(each)]
            if not unsure or self._stop.wait(wait):
                break
            again = self._ask([loads[n].parcel for n in unsure])
            for n, result in zip(unsure, again, strict=True):
                # What did not run this time may have run the last time.
                results[n] = results[n] if result is None else result
        return results

    def _ask(self, parcels: Sequence[Parcel]) -> list[Answer | Trouble | None]:
        body = json.dumps({"calls": [each.entry for each in parcels]}).encode("ascii")
        url = address(self._bundler.root, ROUTE, {})
        request = Request("POST", url, ROUTE, body, JSON, repeatable=True)
        future = self._pool.submit(self._carrier.http.exchange, request)
        while True:
            try:
                result = future.result(TICK)
            except TimeoutError:
                if self._stop.is_set():
                    self._carrier.http.hurry.set()
            else:
                return _told(parcels, result)


def _told(
    parcels: Sequence[Parcel], result: Answer | Trouble
) -> list[Answer | Trouble | None]:
    if isinstance(result, Trouble):
        return [result] * len(parcels)
    answers = result.body.get("answers") if isinstance(result.body, dict) else None
    if not isinstance(answers, list) or len(answers) != len(parcels):
        lost = NoAnswer(f"POST {ROUTE}: there should be an answer a call", sent=True)
        return [Trouble(lost, sent=True)] * len(parcels)
    pairs = zip(parcels, answers, strict=True)
    told = [parcel.told(answer) for parcel, answer in pairs]
    if all(each is None for each in told):
        never = Trouble(NoAnswer(f"POST {ROUTE}: the site begins with none of them"))
        return [never] * len(parcels)
    return told


def _lost(result: Answer | Trouble | None) -> bool:
    """Tell whether asking again, which does no harm, may tell more."""
    return isinstance(result, Trouble) and result.sent


def _not_here(result: Answer | Trouble) -> bool:
    error = result.error if isinstance(result, Trouble) else None
    return isinstance(error, Refused) and error.code == NOT_HERE


def _sort(call: Call) -> tuple[str, str, Any]:
    """What a call is of, as far as the companion takes some and not others."""
    return call.door, call.method, call.path[0] if call.path else ""
