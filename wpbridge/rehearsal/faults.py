"""Requests that are to fail, so that a test can see what comes of it."""

from dataclasses import dataclass, field
from typing import Any

from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply


@dataclass
class Fault:
    """Which requests fail, how, and how often they did."""

    method: str
    path: str
    reply: Reply
    values: dict[str, Any]
    after: bool
    times: int | None
    cut: bool = False
    met: int = field(default=0)

    def meets(self, visit: Visit) -> bool:
        """Whether this request is one of them; counts it if so."""
        if self.times is not None and self.met >= self.times:
            return False
        if self.method not in (visit.method, "*") or self.path not in visit.route:
            return False
        if any(visit.get(name) != value for name, value in self.values.items()):
            return False
        self.met += 1
        return True


class LostConnection(ConnectionError):
    """Raised out of the application where a test asked for no answer."""
