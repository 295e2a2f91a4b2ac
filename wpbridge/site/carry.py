"""
Sending jobs, several at once, one writer at a time for whatever they touch.

Jobs queue up at each address that they touch, in the order in which they came, and
begin when they stand first in all their queues. So two jobs that touch the same never
meet, the order of those that do is kept, and the work is linear in the number of jobs.
"""

from __future__ import annotations

from collections import defaultdict, deque
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Lock
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeAlias

from wpbridge.errors import NoAnswer, NotSupported, Refused, WpbridgeError
from wpbridge.model import ME
from wpbridge.site import Done, Job
from wpbridge.site.answer import Trouble
from wpbridge.site.either import Either
from wpbridge.site.pace import SLOW, Pace
from wpbridge.site.parcel import UNWELCOME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from wpbridge.model import Address, Call
    from wpbridge.site.acting import Acting
    from wpbridge.site.answer import Answer
    from wpbridge.site.http import Http
    from wpbridge.site.rest import Rest

Ids: TypeAlias = "dict[Address, int]"
TICK = 0.2
"""Seconds between looks at whether to stop, while nothing lands."""


class Lines:
    """Who may begin: jobs in line at the addresses they touch."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._jobs = list(jobs)
        self._lines: defaultdict[Address, deque[int]] = defaultdict(deque)
        self._behind: list[int] = []
        self._lock = Lock()
        self.ready: SimpleQueue[int | None] = SimpleQueue()
        for number, job in enumerate(self._jobs):
            self._join(number, job)

    def __len__(self) -> int:
        return len(self._jobs)

    def __getitem__(self, number: int) -> Job:
        return self._jobs[number]

    def leave(self, number: int) -> None:
        """A job is over: whoever is first now where it stood may begin."""
        with self._lock:
            for address in set(self._jobs[number].touches):
                line = self._lines[address]
                line.popleft()
                if line:
                    self._advance(line[0])

    def _join(self, number: int, job: Job) -> None:
        lines = [self._lines[address] for address in set(job.touches)]
        self._behind.append(sum(1 for line in lines if line))
        for line in lines:
            line.append(number)
        if not self._behind[number]:
            self.ready.put(number)

    def _advance(self, number: int) -> None:
        self._behind[number] -= 1
        if not self._behind[number]:
            self.ready.put(number)


class _Crew:
    """Workers that take whatever is ready, until all is done or they are sent home."""

    def __init__(self, lines: Lines, workers: int, stop: Event, http: Http) -> None:
        self.size = min(workers, len(lines))
        self.pace = Pace(self.size)
        self._lines = lines
        self._stop = stop
        self._http = http
        self._home = Event()
        self._landed: SimpleQueue[Done | None] = SimpleQueue()

    def work(self, do: Callable[[Job], Done]) -> None:
        """Take jobs; ``None`` is the last word of each worker."""
        try:
            while (number := self._lines.ready.get()) is not None:
                ticket = self.pace.enter()
                if ticket is None or self._home.is_set() or self._stop.is_set():
                    return
                self._landed.put(self._paced(do, self._lines[number], ticket))
                self._lines.leave(number)
        finally:
            self._landed.put(None)

    def _paced(self, do: Callable[[Job], Done], job: Job, ticket: int) -> Done:
        """Do a job, and tell how well the site bore it."""
        troubles = self._http.troubles
        done = do(job)
        slow = done.seconds > SLOW * len(job.calls)
        struggled = slow or self._http.troubles > troubles
        self.pace.leave(ticket, struggled=struggled)
        return done

    def landed(self) -> Iterator[Done]:
        """Each job's end, until all have landed or everybody has gone home."""
        total, workers = len(self._lines), self.size
        while total and workers:
            try:
                done = self._landed.get(timeout=TICK)
            except Empty:
                if self._stop.is_set():
                    self.go_home()
                continue
            if done is None:
                workers -= 1
                self.go_home()
            else:
                total -= 1
                yield done

    def go_home(self) -> None:
        """Begin nothing more, and wait for no further try."""
        if not self._home.is_set():
            self._home.set()
            self.pace.end()
            self._http.hurry.set()
            for _ in range(self.size):
                self._lines.ready.put(None)


@dataclass(frozen=True)
class Carrier:
    """What it takes to send a call."""

    http: Http
    doors: Mapping[str, Rest]
    acting: Acting
    me: int
    can: Callable[[str], str | None]
    learn: Callable[[Call, Any], None]

    def carry(
        self, jobs: Iterable[Job], ids: Ids, workers: int, stop: Event
    ) -> Iterator[Done]:
        """Each job's end, as it lands."""
        ids.setdefault(ME, self.me)
        crew = _Crew(Lines(jobs), workers, stop, self.http)
        with ThreadPoolExecutor(crew.size or 1, "wpbridge") as pool:
            work = partial(crew.work, lambda job: self.do(job, ids))
            at_work = [pool.submit(work) for _ in range(crew.size)]
            try:
                yield from crew.landed()
            finally:
                crew.go_home()
                wait(at_work)
                self.http.hurry.clear()
            for each in at_work:
                each.result()  # raises what went wrong with us, if anything

    def past_rest(self, call: Call) -> bool:
        """Tell whether a call goes by another way than the REST API."""
        door = self.doors[call.door]
        return isinstance(door, Either) and door.takes_over(call)

    def do(self, job: Job, ids: Ids) -> Done:
        """Carry out one job's calls, in order."""
        return self.finish(Done(job), ids)

    def finish(self, done: Done, ids: Ids) -> Done:
        """Carry out what is left of a job."""
        start = perf_counter()
        while (call := left(done)) is not None:
            done = self.without(done, call) or self._step(done, call, ids)
        return replace(done, seconds=done.seconds + perf_counter() - start)

    def without(self, done: Done, call: Call) -> Done | None:
        """How a job stands after a call that the site cannot do; ``None`` if it can."""
        why = self.can(call.ability) if call.ability else None
        if why and call.optional:
            dropped = (*done.dropped, len(done.answers))
            return replace(done, answers=(*done.answers, None), dropped=dropped)
        return replace(done, error=NotSupported(why)) if why else None

    def landed(
        self, done: Done, call: Call, result: Answer | Trouble, ids: Ids
    ) -> Done:
        """How a job stands after what came of a call."""
        if isinstance(result, Trouble):
            return _troubled(done, call, result)
        body = self.doors[call.door].manner.takes(call.method, "", result.body)
        done = replace(done, unmailed=done.unmailed or result.unmailed)
        return self._taken(done, call, body, ids)

    def _taken(self, done: Done, call: Call, body: Any, ids: Ids) -> Done:
        try:
            if call.gives is not None:
                ids[call.gives] = _number(call, body)
        except NoAnswer as error:
            return failed(done, error)
        self.learn(call, body)
        return replace(done, answers=(*done.answers, body))

    def _step(self, done: Done, call: Call, ids: Ids) -> Done:
        door = self.doors[call.door]
        try:
            if isinstance(door, Either) and door.takes_over(call):
                return self._taken(done, call, door.write(call, ids), ids)
            result = self._send(call, ids)
        except (WpbridgeError, OSError) as error:
            return failed(done, error)
        return self.landed(done, call, result, ids)

    def _send(self, call: Call, ids: Ids) -> Answer | Trouble:
        if call.welcome:
            raise NotSupported(UNWELCOME)
        request = self.doors[call.door].request(call, ids)
        if call.as_member is not None:
            login = self.acting.login(call.as_member, ids)
            request = replace(request, login=login) if login else request
        return self.http.exchange(request)


def left(done: Done) -> Call | None:
    """The next call of a job, or ``None`` if it is over."""
    if done.error or len(done.answers) == len(done.job.calls):
        return None
    return done.job.calls[len(done.answers)]


def _number(call: Call, body: Any) -> int:
    number = body.get("id") if isinstance(body, dict) else None
    if not isinstance(number, int):
        what = f"{call.method} of {call.gives}"
        raise NoAnswer(f"{what}: the answer tells no id", sent=True)
    return number


def failed(done: Done, error: WpbridgeError | OSError) -> Done:
    """Something went wrong around the sending."""
    if isinstance(error, NoAnswer) and error.sent:
        return replace(done, error=error, lost=len(done.answers))
    if isinstance(error, WpbridgeError):
        return replace(done, error=error)
    return replace(done, error=Refused(f"{error.filename}: {error.strerror}"))


def _troubled(done: Done, call: Call, trouble: Trouble) -> Done:
    number, error = len(done.answers), trouble.error
    if isinstance(error, Refused) and call.already and error.code == call.already:
        already = () if trouble.before else (number,)
        if call.gives:  # what comes after it is of its number, which is not known
            return replace(done, error=error, lost=number, already=already)
        answers = (*done.answers, None)
        return replace(done, answers=answers, already=(*done.already, *already))
    lost = trouble.before or (isinstance(error, NoAnswer) and error.sent)
    return replace(done, error=error, lost=number if lost else -1)
