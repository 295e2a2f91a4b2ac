"""
WordPress's REST API, and XML-RPC for what of it is closed.

Security plugins close routes of ``wp/v2`` to everybody. Which, shows when it is read
from; what is read over XML-RPC then is also written so.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from wpbridge.errors import LoginRefused, NotFound, NotSupported, Refused, SiteError
from wpbridge.site.papers import TYPES
from wpbridge.site.rest import Rest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

    from wpbridge.model import Call
    from wpbridge.site.http import Http
    from wpbridge.site.papers import Papers
    from wpbridge.site.rest import Manner
    from wpbridge.site.wire import Ids

T = TypeVar("T")
ROUTES = frozenset({*TYPES, "settings"})
LACKING = frozenset({"registration"})
"""What WordPress's REST API never had."""


class Either(Rest):
    """A :class:`~wpbridge.site.door.Door` of two doors."""

    def __init__(
        self, http: Http, root: str, manner: Manner, pool: Executor, papers: Papers
    ) -> None:
        super().__init__(http, root, manner, pool)
        self._papers = papers
        self.closed: frozenset[str] = frozenset()

    def get(self, path: str, **params: Any) -> Any:
        """One object, or one unpaged collection; raises ``NotFound``."""
        if path in LACKING:
            return self._papers.get(path)
        usual = super().get
        if path != "settings":
            return usual(path, **params)
        return self._either(
            path, lambda: usual(path, **params), lambda: self._papers.get(path)
        )

    def walk(self, path: str, **params: Any) -> Iterator[Any]:
        """Each item of a paged collection, several pages at once."""
        usual = super().walk
        if path not in TYPES:
            return usual(path, **params)
        return iter(
            self._either(
                path,
                lambda: list(usual(path, **params)),
                lambda: list(self._papers.walk(path, params)),
            )
        )

    def takes_over(self, call: Call) -> bool:
        """Tell whether a call is not for the REST API."""
        return call.path[0] in self.closed | LACKING

    def write(self, call: Call, ids: Ids) -> Any:
        """Carry out a call that the REST API does not take."""
        return self._papers.write(call, ids)

    def _either(self, path: str, usual: Callable[[], T], other: Callable[[], T]) -> T:
        if path in self.closed:
            return other()
        try:
            return usual()
        except (LoginRefused, NotSupported, Refused) as error:
            if not _closes(error):
                raise
            refused = error
        try:
            found = other()
        except SiteError as error:
            nor = NotSupported(f"{refused}; nor over XML-RPC: {error}")
        else:
            self.closed |= {path}
            return found
        raise nor


def _closes(error: SiteError) -> bool:
    """Tell whether a refusal may be a closed door rather than an answer."""
    if isinstance(error, Refused) and not isinstance(error, NotFound):
        return error.status == HTTPStatus.FORBIDDEN
    return not isinstance(error, NotFound)
