"""
Many calls in one request, through the companion plugin.

A request holds the next call of each of up to a hundred jobs, and the site carries them
out one after the other; how jobs are shared among requests is said in ``rounds``. A
job that fails goes no further. Each call has a key, under which the site keeps its
answer: a request whose answer was lost is sent again as it is, and nothing is done
twice. What the companion does not take travels by itself, as it does without it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from wpbridge.model import ME
from wpbridge.site.carry import left
from wpbridge.site.parcel import Parcel, pack
from wpbridge.site.rounds import Round

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from threading import Event

    from wpbridge.model import Call
    from wpbridge.site import Companion, Done, Job
    from wpbridge.site.carry import Carrier, Ids

LANES = 2
"""So many requests at once: each keeps the site as busy as a worker for long."""

QUEUE = ("companion", "POST", "queue")
"""Who a post in the queue is by was decided outside of other calls only, at first."""


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
    alone: set[tuple[str, str, object]] = field(default_factory=set)

    def __post_init__(self) -> None:
        if "queue-quiet" not in self.companion.abilities:
            self.alone.add(QUEUE)

    def carry(
        self, jobs: Iterable[Job], ids: Ids, workers: int, stop: Event
    ) -> Iterator[Done]:
        """Each job's end: first of those that travel together, then of the others."""
        ids.setdefault(ME, self.carrier.me)
        self.waves += 1
        others: list[Job] = []
        halfway: list[Done] = []
        try:
            lanes = max(1, min(LANES, workers))
            with ThreadPoolExecutor(lanes, "wpbridge bundle") as pool:
                for done in Round(self, pool, ids, stop, lanes).carry(jobs):
                    if left(done) is None:
                        yield done
                    elif done.answers:
                        halfway.append(done)
                    else:
                        others.append(done.job)
            for done in halfway:  # now that nobody else touches the same
                yield self.carrier.finish(done, ids)
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
        now = self.carrier.http.now
        return pack(call, manner, ids, self.companion, key=key, now=now)

    def refused(self, call: Call) -> None:
        """Take note of what the companion does not take."""
        self.alone.add(_sort(call))


def _sort(call: Call) -> tuple[str, str, Any]:
    """What a call is of, as far as the companion takes some and not others."""
    return call.door, call.method, call.path[0] if call.path else ""
