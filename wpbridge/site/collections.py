"""Whole collections, thousands of rows a request, from the companion plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wpbridge.site import Site

ROWS = 2000


def whole(site: Site) -> bool:
    """Tell whether there are any here, for this login."""
    return site.can("whole collections") is None


def rows(site: Site, name: str, **params: Any) -> Iterator[Mapping[str, Any]]:
    """Each row of a collection, by the names of its columns."""
    after: int | None = 0
    while after is not None:
        page = site.companion.get(
            f"collections/{name}", after=after, limit=ROWS, **params
        )
        for row in page["rows"]:
            yield dict(zip(page["columns"], row, strict=True))
        after = page["next"]
