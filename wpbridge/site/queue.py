"""What waits on a site until it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.site import SiteClient


def rows(site: SiteClient, owner: str) -> Iterator[Any]:
    """An owner's posts in the queue, and what became of others that were in it."""
    after: int | None = 0
    while site.can("queue") is None and after is not None:
        told = site.companion.get("queue", owner=owner, after=after)
        yield from told["rows"]
        after = told["next"]
