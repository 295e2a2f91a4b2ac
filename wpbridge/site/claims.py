"""
Claims: whose a resource is, as the companion plugin keeps it, many a request.

On the site they are called marks, and are found by their owner and key, so that no
text has to carry them. A claim outlives what it is on by a month: so it is known that
somebody has deleted it there. Their ``digest`` keeps how something came to be ours.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from wpbridge.model import Address, Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpbridge.model import Claimed
    from wpbridge.site.rest import Rest
    from wpbridge.site.wire import Ids

MOST = 1000
"""So many go into a request; the companion takes 2000."""

LONGEST = 150
"""So long may a key be."""


def claims(
    door: Rest, owner: str, kinds: Iterable[str], everyones: Iterable[str]
) -> Iterator[Claim]:
    """What an owner has of some kinds, and what anybody has of others."""
    find = [{"owner": owner, "kind": each} for each in kinds]
    find += [{"kind": each} for each in everyones]
    after: int | None = 0
    while find and after is not None:
        told = door.post("marks", find=find, after=after)
        for each in told["found"]:
            address = Address(each["kind"], each["name"])
            there, came = bool(each["exists"]), each.get("digest", "")
            yield Claim(each["owner"], address, there, came)
        after = told["next"]


def claim(
    door: Rest,
    owner: str,
    mine: Iterable[Claimed],
    ids: Ids,
    *,
    drop: Iterable[Address] = (),
) -> None:
    """Claim what is there now, and let go of what is not to be anybody's."""
    entries = (entry for each in mine if (entry := _entry(owner, each, ids)))
    while chunk := list(islice(entries, MOST)):
        door.post("marks", set=chunk)
    leaving = (
        {"owner": owner, "kind": each.kind, "name": each.key}
        for each in drop
        if len(each.key) <= LONGEST
    )
    while chunk := list(islice(leaving, MOST)):
        door.post("marks", remove=chunk)


def _entry(owner: str, wanted: Claimed, ids: Ids) -> dict[str, Any] | None:
    kind, key = wanted.address
    targets = [ids.get(each, 0) for each in wanted.pair or (wanted.address,)]
    if min(targets) < 1 or len(key) > LONGEST:
        return None
    entry: dict[str, Any] = {"owner": owner, "kind": kind, "name": key}
    if wanted.came:
        entry["digest"] = wanted.came
    return {**entry, **({"pair": targets} if wanted.pair else {"id": targets[0]})}
