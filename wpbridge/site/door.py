"""
What a kind may ask of a site, and how it words its writes.

A door is one way into an install: ``bp`` is BuddyPress's REST API, ``wp`` WordPress's
own. Reads go through a door at once; writes are made as :class:`~wpbridge.model.Call`
values with :class:`Writes` and sent later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from wpbridge.model import Call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from wpbridge.model import Part

Tag = TypeVar("Tag")


class Door(Protocol):
    """Reads through one way into a site. Items are JSON as the API gave it."""

    def get(self, path: str, **params: Any) -> Any:
        """One object, or one unpaged collection; raises ``NotFound``."""

    def walk(self, path: str, **params: Any) -> Iterator[Any]:
        """Each item of a paged collection, several pages at once."""

    def gather(
        self, asks: Iterable[tuple[Tag, str, dict[str, Any]]]
    ) -> Iterator[tuple[Tag, Any]]:
        """Each item of many paged collections, several at once, with its tag."""

    def each(
        self, asks: Iterable[tuple[Tag, str, dict[str, Any]]]
    ) -> Iterator[tuple[Tag, Any]]:
        """Many single objects, several at once; ``None`` where there is none."""

    def options(self, path: str) -> Any:
        """What a route says of its arguments."""


class Writes:
    """Makes the calls of one door."""

    def __init__(self, door: str) -> None:
        self.door = door

    def post(self, *path: Part, **values: Any) -> Call:
        """A call that makes something; not repeatable."""
        return Call(self.door, "POST", path, values)

    def put(self, *path: Part, **values: Any) -> Call:
        """A call that sets something; repeatable."""
        return Call(self.door, "PUT", path, values, repeatable=True)

    def delete(self, *path: Part, **query: Any) -> Call:
        """A call that removes something; repeatable, its query in the address."""
        return Call(self.door, "DELETE", path, query=query, repeatable=True)

    def upload(self, *path: Part, file: Path, **values: Any) -> Call:
        """A call that sends a file, with form values beside it."""
        return Call(self.door, "POST", path, values, upload=file, repeatable=True)


bp = Writes("bp")
wp = Writes("wp")
companion = Writes("companion")
