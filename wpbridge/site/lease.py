"""A lease on the site: one writer at a time, whatever machine they are at."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from wpbridge.errors import Locked, Refused, SiteError
from wpbridge.model import Call

if TYPE_CHECKING:
    from wpbridge.site.rest import Rest

SECONDS = 300
"""So long it lasts if nobody prolongs it: a run that crashed is soon forgotten."""

TAKEN = "wpbridge_leased"


@dataclass
class Lease:
    """
    Ours, from :meth:`take` to :meth:`give_back`.

    The token is our own, so that taking it twice is taking it once.
    """

    door: Rest
    token: str = field(default="", repr=False)
    since: float | None = None

    def take(self, token: str) -> None:
        """Take it, or raise ``Locked``."""
        self.token = token
        try:
            self._ask()
        except Refused as error:
            if error.code != TAKEN:
                raise
            why = "somebody else is writing to the site; try again in a few minutes"
        else:
            return
        raise Locked(why)

    def keep(self) -> None:
        """Prolong it when a third of it is over."""
        if self.since is not None and monotonic() - self.since > SECONDS / 3:
            with suppress(SiteError):
                self._ask()

    def give_back(self) -> bool:
        """Let others write; tell whether it was heard, else it runs out by itself."""
        if self.since is not None:
            self.since = None
            token = {"token": self.token}
            try:
                self.door.send(Call("", "DELETE", ("lease",), query=token))
            except SiteError:
                return False
        return True

    def _ask(self) -> None:
        self.door.post("lease", token=self.token, seconds=SECONDS)
        self.since = monotonic()
