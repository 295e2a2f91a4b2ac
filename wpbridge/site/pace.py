"""
How many work at once: fewer while a site struggles, more again once it does not.

A site that answers 429, 502, 503 or 504, or not in time, or slowly, halves those at
work, once for all who met the same trouble. Every few jobs without any add one. One
always works, so nobody starves.
"""

from __future__ import annotations

from threading import Condition

SLOW = 5.0
"""Seconds for one call, beyond which a site is taken to struggle."""

STEADY = 8
"""So many jobs in a row without trouble, for each at work, let one more work."""


class Pace:
    """Lets as many work at once as the site can take."""

    def __init__(self, most: int) -> None:
        self.most = max(1, most)
        self.allowed = self.most
        self._working = 0
        self._well = 0
        self._turns = 0
        self._over = False
        self._changed = Condition()

    def enter(self) -> int | None:
        """Wait for a place, and get a ticket; ``None`` if work is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._over or self._working < self.allowed)
            if self._over:
                return None
            self._working += 1
            return self._turns

    def leave(self, ticket: int, *, struggled: bool) -> None:
        """Give the place back, and tell how it went."""
        with self._changed:
            self._working -= 1
            if not struggled:
                self._go_well()
            elif ticket == self._turns:  # nobody told of this trouble before
                self.allowed = max(1, self.allowed // 2)
                self._well = 0
                self._turns += 1
            self._changed.notify_all()

    def end(self) -> None:
        """Nobody need wait any more."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def _go_well(self) -> None:
        self._well += 1
        if self.allowed < self.most and self._well >= STEADY * self.allowed:
            self.allowed += 1
            self._well = 0
