"""Who may invite into groups and post in them, where the companion tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wpbridge.site import Site


def rules(site: Site, groups: Iterable[int]) -> Mapping[int, Any]:
    """The rules of groups, by their numbers; none where nobody can tell."""
    if site.can("posting rule"):
        return {}
    asks: Iterator[tuple[int, str, dict[str, Any]]] = (
        (each, f"groups/{each}", {}) for each in groups
    )
    return {each: item for each, item in site.companion.each(asks) if item}
