"""What is not due yet: it goes out later, by itself where the site can do that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wpbridge.model import Address, Desired

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from wpbridge.inputs import Inputs
    from wpbridge.kinds.queued import Queued
    from wpbridge.model import Call, Spec
    from wpbridge.plan import Change

QUEUE = "queued"


def queue_address(of: Address) -> Address:
    """Where something waits that is not due yet."""
    return Address(QUEUE, str(of))


def defer(inputs: Inputs, wanted: Desired, due: datetime) -> Iterator[Desired]:
    """Give what leaves it with the site until it is due, if the site takes it."""
    queued = inputs.kind(wanted.spec.address).queued(wanted.spec, due)
    if queued is not None and inputs.can("queue"):
        yield Desired(_as_observed(inputs, queued), wanted.place)


def _as_observed(inputs: Inputs, queued: Queued) -> Queued:
    """Have the acting account be who it is, as that is what the site tells."""
    if inputs.can("mails of what waits"):
        queued = replace(queued, quiet=inputs.can("quiet for what waits"))
    return queued if queued.by else replace(queued, by=inputs.login)


def dequeue_calls(inputs: Inputs, change: Change) -> list[Call]:
    """Calls that take it out of the queue, lest it is sent twice."""
    waiting = inputs.observed.specs.get(queue_address(change.address))
    if waiting is None:
        return []
    return list(inputs.kind(waiting.address).delete(waiting, None))


def find_undeclared(inputs: Inputs) -> Iterator[Spec]:
    """Find what waits on the site and is not declared any more."""
    declared = {queue_address(wanted.spec.address) for wanted in inputs.desired}
    for address, spec in inputs.observed.specs.items():
        if address.kind == QUEUE and address not in declared:
            yield spec
