"""Reading about given members, a hundred a request."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from wpbridge.model import Address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wpbridge.site import Site

HUNDRED = 100


def about(
    site: Site, ids: Mapping[Address, int], logins: Iterable[str], fields: str
) -> Iterator[tuple[str, Any]]:
    """
    What ``/members`` says of each login that has an account.

    ``user_ids`` reaches those whom the default list hides because they were never
    active. ``fields`` are exact names joined by commas, without spaces: BuddyPress
    skips the costly ones only then.
    """
    known = {
        ids[Address("members", login)]: login
        for login in logins
        if Address("members", login) in ids
    }
    asks = (
        (
            None,
            "members",
            {"user_ids": list(chunk), "per_page": HUNDRED, "_fields": f"id,{fields}"},
        )
        for chunk in _chunks(known)
    )
    for _, item in site.bp.gather(asks):
        if item["id"] in known:
            yield known[item["id"]], item


def _chunks(ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    rest = iter(ids)
    while chunk := tuple(islice(rest, HUNDRED)):
        yield chunk
