"""Which types of members or groups are registered on a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wpbridge.site import SiteClient

ARGUMENTS = {
    "member-types": ("members", "member_type"),
    "group-types": ("groups", "types"),
}
"""Routes of BuddyPress's with an argument whose choices are the types."""


def registered(site: SiteClient, sort: str) -> Iterator[Mapping[str, Any]]:
    """
    Each type: its slug, and from the companion also its names and the rest.

    Without it only ``OPTIONS`` tells, and no more than the slugs: an object when there
    are some, else a list.
    """
    if site.can(f"register {sort}") is None:
        yield from site.companion.get(sort)
        return
    path, argument = ARGUMENTS[sort]
    for endpoint in site.bp.options(path).get("endpoints", ()):
        slugs = endpoint.get("args", {}).get(argument, {}).get("enum")
        if "POST" in endpoint["methods"] and slugs:
            for slug in slugs:
                yield {"slug": slug}
