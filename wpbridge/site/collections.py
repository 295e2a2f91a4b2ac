"""Whole collections, thousands of rows a request, from the companion plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wpbridge.model import Observed
    from wpbridge.site import SiteClient

ROWS = 2000
"""So many a page, where the companion does not say how many it gives at most."""


def whole(site: SiteClient) -> bool:
    """Tell whether there are any here, for this login."""
    return site.can("whole collections") is None


def rows(
    site: SiteClient, seen: Observed, name: str, **params: Any
) -> Iterator[Mapping[str, Any]]:
    """Each row of a collection by the names of its columns; read once a look."""
    known = _named(name, params)
    if known not in seen.kept:
        seen.kept[known] = list(_pages(site, name, params))
    for columns, page in seen.kept[known]:
        for row in page:
            yield dict(zip(columns, row, strict=True))


def at_hand(seen: Observed, name: str) -> bool:
    """Tell whether all of a collection has been read for something else."""
    return _named(name, {}) in seen.kept


def _named(name: str, params: Mapping[str, Any]) -> str:
    return f"collections/{name} {sorted(params.items())}"


def _pages(
    site: SiteClient, name: str, params: Mapping[str, Any]
) -> Iterator[tuple[list[str], list[Any]]]:
    told = site.facts.companion
    most = told.most.get("rows", ROWS) if told else ROWS
    after: int | None = 0
    while after is not None:
        path = f"collections/{name}"
        page = site.companion.get(path, after=after, limit=most, **params)
        yield page["columns"], page["rows"]
        after = page["next"]
