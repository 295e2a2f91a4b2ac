"""What is not due yet: it goes out later, by itself where the site can do that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wpbridge.model import Address, Desired

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from wpbridge.draft import Draft
    from wpbridge.kinds.queued import Queued
    from wpbridge.model import Call, Spec
    from wpbridge.plan import Change

QUEUE = "queued"


def place(of: Address) -> Address:
    """Where something waits that is not due yet."""
    return Address(QUEUE, str(of))


def later(draft: Draft, each: Desired, due: datetime) -> Iterator[Desired]:
    """Set it aside; what leaves it with the site, if the site takes it."""
    draft.later[each.spec.address] = due
    queued = draft.kind(each.spec.address).queued(each.spec, due)
    if queued is not None and draft.site.can("queue") is None:
        yield Desired(_as_there(draft, queued), each.place)


def _as_there(draft: Draft, queued: Queued) -> Queued:
    """Have the acting account be who it is, as that is what the site tells."""
    if draft.site.can("mails of what waits") is None:
        queued = replace(queued, quiet=draft.site.can("quiet for what waits") is None)
    return queued if queued.by else replace(queued, by=draft.site.me.login)


def taken_back(draft: Draft, change: Change) -> list[Call]:
    """Calls that take it out of the queue, lest it is sent twice."""
    waiting = draft.seen.specs.get(place(change.address))
    if waiting is None:
        return []
    return list(draft.kind(waiting.address).delete(waiting, None))


def not_to_be(draft: Draft, desired: Iterable[Desired]) -> Iterator[Spec]:
    """What waits there and is not declared any more."""
    declared = {place(each.spec.address) for each in desired}
    for address, spec in draft.seen.specs.items():
        if address.kind == QUEUE and address not in declared:
            yield spec
