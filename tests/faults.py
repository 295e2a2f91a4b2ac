"""
What goes wrong between us and a site, drawn by a seed.

One layer for both uses: it stands before the embedded site and before real ones. What
lies under it is not told of a fault; what is above gets what the network would give.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse
from urllib3.exceptions import ProtocolError

from wpbridge.site.wire import READS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from requests import PreparedRequest, Response

PAGE = b"<!DOCTYPE html><html><title>Oops</title><p>Something went wrong.</p></html>"
BROKE = {
    "code": "internal_server_error",
    "message": "There has been a critical error on this website.",
    "data": {"status": 500},
}
GATEWAY = (502, 503, 504)
ENCODED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
FEW, MANY = (1, 3), (2, 5)
"""How many faults a run has: with many calls in a request, and with one in each."""
SPELL = 4
"""So many requests on end fail alike, now and then: as often as one is tried."""
ONE_IN = 6


class Exchange(NamedTuple):
    """A request, what has the site work on it, and what chance decides."""

    request: PreparedRequest
    work: Callable[[], Response]
    chance: Random


def _answer(
    request: PreparedRequest,
    status: int,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    *,
    promised: int | None = None,
) -> Response:
    """Give an answer that is as long as it says, or promises more than comes."""
    length = str(len(body) if promised is None else promised)
    given = {"Content-Type": "text/html", **(headers or {}), "Content-Length": length}
    raw = HTTPResponse(
        BytesIO(body),
        HTTPHeaderDict(given),
        status,
        preload_content=False,
        request_method=request.method,
        enforce_content_length=True,
    )
    return HTTPAdapter().build_response(request, raw)


def _drop(it: Exchange) -> Response:
    error = ConnectionResetError(104, "Connection reset by peer")
    broken = ProtocolError("Connection aborted.", error)
    raise requests.ConnectionError(broken, request=it.request)


def _be_late(it: Exchange) -> Response:
    raise requests.ReadTimeout("Read timed out.", request=it.request)


def _show_page(it: Exchange) -> Response:
    return _answer(it.request, 500, PAGE)


def _break_down(it: Exchange) -> Response:
    words = json.dumps(BROKE).encode()
    return _answer(it.request, 500, words, {"Content-Type": "application/json"})


def _stand_between(it: Exchange) -> Response:
    return _answer(it.request, it.chance.choice(GATEWAY), PAGE)


def _be_busy(it: Exchange) -> Response:
    return _answer(it.request, 503, PAGE)


def _be_maintained(it: Exchange) -> Response:
    return _answer(it.request, 503, PAGE, {"Retry-After": "2"})


def _ask_for_less(it: Exchange) -> Response:
    return _answer(it.request, 429, PAGE)


def _ask_for_a_pause(it: Exchange) -> Response:
    return _answer(it.request, 429, PAGE, {"Retry-After": "2"})


def _greet(it: Exchange) -> Response:
    return _answer(it.request, 200, PAGE)


def _say_nothing(it: Exchange) -> Response:
    return _answer(it.request, 200, b"")


def _cut(it: Exchange) -> Response:
    """Break the connection in the middle of the answer."""
    return _halved(it, broken=True)


def _truncate(it: Exchange) -> Response:
    """Give half an answer as if it were whole."""
    return _halved(it, broken=False)


def _halved(it: Exchange, *, broken: bool) -> Response:
    whole = it.work()
    body = whole.content
    headers = {k: v for k, v in whole.headers.items() if k.lower() not in ENCODED}
    half = body[: len(body) // 2]
    promised = len(body) if broken else None
    return _answer(it.request, whole.status_code, half, headers, promised=promised)


def _deliver_twice(it: Exchange) -> Response:
    """Have the site get it twice, and answer as it did to either."""
    answers = it.work(), it.work()
    return it.chance.choice(answers)


def _done(act: Callable[[Exchange], Response]) -> Callable[[Exchange], Response]:
    """Give what goes wrong in the same way once the site has done its work."""

    def act_after(it: Exchange) -> Response:
        _ = it.work().content
        return act(it)

    return act_after


SORTS: dict[str, Callable[[Exchange], Response]] = {
    "dropped before": _drop,
    "dropped after": _done(_drop),
    "cut in the middle": _cut,
    "truncated": _truncate,
    "late before": _be_late,
    "late after": _done(_be_late),
    "500 page before": _show_page,
    "500 page after": _done(_show_page),
    "500 JSON before": _break_down,
    "500 JSON after": _done(_break_down),
    "gateway before": _stand_between,
    "gateway after": _done(_stand_between),
    "503": _be_busy,
    "503 with Retry-After": _be_maintained,
    "429": _ask_for_less,
    "429 with Retry-After": _ask_for_a_pause,
    "delivered twice": _deliver_twice,
    "page with 200": _greet,
    "page with 200 after": _done(_greet),
    "nothing with 200 after": _done(_say_nothing),
}


class Fault(NamedTuple):
    """Which request it meets, counted among all or among writes; and the sort."""

    writes: bool
    number: int
    sort: str
    length: int = 1
    """How many requests on end it meets."""

    def meets(self, number: int, write: int | None) -> bool:
        """Tell whether it meets a request of these numbers."""
        mine = write if self.writes else number
        return mine is not None and self.number <= mine < self.number + self.length


def schedule(chance: Random, requests: int, writes: int, *, many: bool) -> list[Fault]:
    """Draw faults for a run of about so many requests; one in two meets a write."""
    faults = []
    for _ in range(chance.randint(*(MANY if many else FEW))):
        write = bool(writes) and chance.random() < 1 / 2
        number = chance.randrange(writes if write else requests)
        length = SPELL if chance.randrange(ONE_IN) == 0 else 1
        faults.append(Fault(write, number, chance.choice([*SORTS]), length))
    return faults


@dataclass
class Counted:
    """How many requests went by, how many of them were writes, and what met them."""

    requests: int = 0
    writes: int = 0
    met: Counter[str] = field(default_factory=Counter)


class Faulty(BaseAdapter):
    """Passes requests on to another adapter, but for those that a fault meets."""

    def __init__(
        self, way: BaseAdapter, faults: Iterable[Fault] = (), seed: int = 0
    ) -> None:
        super().__init__()
        self.faults = list(faults)
        self.counted = Counted()
        self._way = way
        self._chance = Random(seed)  # noqa: S311 - no secret
        self._lock = Lock()

    def send(self, request: PreparedRequest, **rest: Any) -> Response:  # type: ignore[override]  # no more is used of it
        """Send it, or have it go wrong."""

        def work() -> Response:
            return self._way.send(request, **rest)

        with self._lock:
            sort = self._sort(request)
        if sort is None:
            return work()
        return SORTS[sort](Exchange(request, work, self._chance))

    def close(self) -> None:
        """Let go of what lies below."""
        self._way.close()

    def _sort(self, request: PreparedRequest) -> str | None:
        """Count a request, and give the sort of fault that meets it."""
        counted = self.counted
        number, write = counted.requests, None
        counted.requests += 1
        if request.method not in READS:
            write = counted.writes
            counted.writes += 1
        sort = next((f.sort for f in self.faults if f.meets(number, write)), None)
        if sort:
            counted.met[sort] += 1
        return sort
