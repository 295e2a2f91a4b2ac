"""Gathering what is wrong, so that all of it is reported in one go."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from wpbridge.errors import BlueprintError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wpbridge.errors import Place


class Problems:
    """What was found wrong so far."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def __len__(self) -> int:
        return len(self.found)

    def add(self, place: Place, message: str) -> None:
        """Note one more."""
        self.found.append(Problem(place, message))

    def raise_any(self) -> None:
        """Raise all of them as one error, if there are any."""
        if self.found:
            raise BlueprintError(self.found)


def suggest(written: str, known: Iterable[str], also: Mapping[str, str] = {}) -> str:
    """
    ``; did you mean `about`?``, or nothing where no word is near.

    ``also`` maps words of others, such as ``description``, to ours.
    """
    ours = set(known)
    words = {each: each for each in sorted(ours)}
    words |= {theirs: our for theirs, our in also.items() if our in ours}
    near = get_close_matches(written.lower(), words, n=1, cutoff=0.7)
    return f"; did you mean `{words[near[0]]}`?" if near else ""


def listed(words: Iterable[str], last: str = "or") -> str:
    """``public, private or hidden``."""
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def then(near: str, advice: str) -> str:
    """Go on after a suggestion, or without one."""
    return f"{near} {advice[0].upper()}{advice[1:]}" if near else f"; {advice}"
