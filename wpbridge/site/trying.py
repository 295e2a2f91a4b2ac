"""How long to wait for a site, how often to try, and whether to try again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wpbridge.site.answer import Trouble

if TYPE_CHECKING:
    from tenacity import RetryCallState

    from wpbridge.site.wire import Request

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds, how often to try, and how much to read."""

    connect: float = 10
    read: float = 60
    tries: int = 4
    longest_wait: float = 60
    answer: int = 64 * MEBIBYTE


def pause(limits: Limits, state: RetryCallState) -> float:
    """Seconds until the next try: as the site says, else longer each time."""
    trouble = _trouble(state)
    wait = trouble.wait if trouble else None
    if wait is None:
        wait = 0.5 * 2.0**state.attempt_number
    return min(wait, limits.longest_wait)


def may_go_better(request: Request, state: RetryCallState) -> bool:
    """Tell whether to send it again: what may have been done is not done twice."""
    trouble = _trouble(state)
    if trouble is None or not trouble.passing:
        return False
    return request.repeatable or not trouble.sent


def _trouble(state: RetryCallState) -> Trouble | None:
    result = state.outcome.result() if state.outcome else None
    return result if isinstance(result, Trouble) else None
