"""
A door that speaks REST: single objects, paged collections, several requests at once.

What one API does differently from another is in its :class:`Manner`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from wpbridge.errors import NoAnswer, NotFound, Refused
from wpbridge.model import Call
from wpbridge.site.answer import Answer
from wpbridge.site.wire import reading, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from concurrent.futures import Executor, Future

    from wpbridge.site.http import Http
    from wpbridge.site.wire import Ids, Request

Tag = TypeVar("Tag")
HUNDRED = 100
"""Items a page, which is the most that WordPress gives."""


class Manner:
    """How one API wants to be asked, and how it words its answers."""

    prefix: ClassVar[str] = ""

    @property
    def route(self) -> str:
        """What every path begins with, such as ``/wp/v2``."""
        return self.prefix

    def asks(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        """Parameters of a read as this API takes them."""
        del path
        return params

    def adds(self, call: Call) -> Mapping[str, Any]:
        """What goes into the address of a write besides what the call says."""
        del call
        return {}

    def takes(self, method: str, path: str, body: Any) -> Any:
        """An answer's body as every version would have it."""
        del method, path
        return body

    def counts(self, path: str, answer: Answer) -> int | None:
        """How many pages there are, or ``None`` where the site cannot be believed."""
        del path
        return answer.number("X-WP-TotalPages")

    def absent(self, error: Refused) -> bool:
        """Tell whether a refusal means that there is no such thing."""
        return isinstance(error, NotFound)


class Rest:
    """A :class:`~wpbridge.site.door.Door` over HTTP."""

    def __init__(
        self, http: Http, root: str, manner: Manner, pool: Executor, ahead: int = 8
    ) -> None:
        self._http = http
        self._root = root
        self._pool = pool
        self._ahead = ahead
        self.manner = manner

    def get(self, path: str, **params: Any) -> Any:
        """One object, or one unpaged collection; raises ``NotFound``."""
        return self.manner.takes("GET", _tidy(path), self._read(path, params).body)

    def walk(self, path: str, **params: Any) -> Iterator[Any]:
        """Each item of a paged collection, several pages at once."""
        return (item for _, item in self.gather([(None, path, params)]))

    def gather(
        self, asks: Iterable[tuple[Tag, str, dict[str, Any]]]
    ) -> Iterator[tuple[Tag, Any]]:
        """Each item of many paged collections, several at once, with its tag."""
        rest = ((tag, _Collection(path, params)) for tag, path, params in asks)
        queue: deque[tuple[Tag, _Collection, Future[Answer]]] = deque()
        try:
            while True:
                while len(queue) < self._ahead and (one := next(rest, None)):
                    queue.append((*one, self._page(one[1])))
                if not queue:
                    return
                tag, collection, page = queue.popleft()
                for item in collection.take(page.result(), self.manner):
                    yield tag, item
                more = [
                    (tag, collection, self._page(collection, number))
                    for number in collection.more(self._ahead)
                ]
                queue.extendleft(reversed(more))
        finally:
            for _, _, page in queue:
                page.cancel()

    def each(
        self, asks: Iterable[tuple[Tag, str, dict[str, Any]]]
    ) -> Iterator[tuple[Tag, Any]]:
        """Many single objects, several at once; ``None`` where there is none."""
        rest = iter(asks)
        queue: deque[tuple[Tag, Future[Any]]] = deque()
        try:
            while True:
                while len(queue) < self._ahead and (one := next(rest, None)):
                    tag, path, params = one
                    queue.append((tag, self._pool.submit(self._maybe, path, params)))
                if not queue:
                    return
                tag, item = queue.popleft()
                yield tag, item.result()
        finally:
            for _, item in queue:
                item.cancel()

    def post(self, path: str, **values: Any) -> Any:
        """What a route answers that takes the same again without harm."""
        return self.send(Call("", "POST", (path,), values, repeatable=True))

    def send(self, call: Call) -> Any:
        """What a call is answered that speaks of nothing that is still to be made."""
        return self._http.send(self.request(call, {})).body

    def options(self, path: str) -> Any:
        """What a route says of its arguments."""
        route = self.manner.route + _tidy(path)
        return self._http.send(reading("OPTIONS", self._root, route)).body

    def request(self, call: Call, ids: Ids) -> Request:
        """A call as a request."""
        route, more = self.manner.route, self.manner.adds(call)
        return writing(call, self._root, route, ids, more, now=self._http.now)

    def _maybe(self, path: str, params: dict[str, Any]) -> Any:
        try:
            return self.get(path, **params)
        except NotFound:
            return None

    def _page(self, collection: _Collection, number: int = 1) -> Future[Answer]:
        params = {"per_page": HUNDRED, **collection.params, "page": number}
        return self._pool.submit(self._one_page, collection.path, params)

    def _one_page(self, path: str, params: dict[str, Any]) -> Answer:
        try:
            return self._read(path, params)
        except Refused as error:
            # What was counted is gone by now.
            if not error.code.endswith("_invalid_page_number"):
                raise
            return Answer(error.status, {}, [])

    def _read(self, path: str, params: dict[str, Any]) -> Answer:
        path = _tidy(path)
        asked = self.manner.asks(path, params)
        route = self.manner.route + path
        try:
            return self._http.send(reading("GET", self._root, route, **asked))
        except Refused as error:
            if not self.manner.absent(error) or isinstance(error, NotFound):
                raise
            missing = NotFound(str(error), status=error.status, code=error.code)
        raise missing


@dataclass
class _Collection:
    """
    How far a paged collection has been read.

    Routes that know no pages give the same items again for any; so a page without
    anything new is the last one. Where the total moved while it was read, it is read
    again, for what slipped from one page to another unseen.
    """

    path: str
    params: dict[str, Any]
    asked: int = 1
    read: int = 0
    pages: int | None = 1
    total: int | None = None
    moved: bool = False
    again: int = 2
    seen: set[object] = field(default_factory=set)

    def take(self, answer: Answer, manner: Manner) -> Iterator[Any]:
        """Items of a page that no earlier page had."""
        items = _items(answer)
        self.read += 1
        self.pages = manner.counts(_tidy(self.path), answer)
        fresh = {_identity(item) for item in items} - self.seen
        full = len(items) >= int(self.params.get("per_page", HUNDRED))
        if self.pages is None and (not full or not fresh):
            self.pages = self.read
        elif self.pages is not None:
            self._count(answer.number("X-WP-Total"))
        yield from (item for item in items if _identity(item) in fresh)
        self.seen |= fresh

    def more(self, ahead: int) -> range:
        """Numbers of the pages to be asked for next."""
        if self.moved and self.again and self.read == self.pages:
            self.asked = self.read = 0
            self.pages, self.total, self.moved = 1, None, False
            self.again -= 1
        first = self.asked + 1
        last = self.read + 1 if self.pages is None else self.pages
        self.asked = max(self.asked, min(last, self.read + ahead))
        return range(first, self.asked + 1)

    def _count(self, total: int | None) -> None:
        self.moved = self.moved or self.total not in (None, total)
        self.total = total


def _items(answer: Answer) -> list[Any]:
    """Items of a page; PHP writes a list with gaps as an object."""
    match answer.body:
        case list() as items:
            return items
        case dict() as items if all(key.isdecimal() for key in items):
            return list(items.values())
        case _:
            raise NoAnswer(f"{answer.url}: there should be a list", sent=True)


def _identity(item: Any) -> object:
    if isinstance(item, dict) and isinstance(item.get("id"), int):
        return item["id"]
    return repr(item)


def _tidy(path: str) -> str:
    return "/" + path.strip("/")
