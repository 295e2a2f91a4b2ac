"""Gathering what is wrong, so that all of it is reported in one go."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NoReturn

from wpbridge import limits
from wpbridge.errors import BlueprintError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST_WORD = 100


class Problems:
    """What was found wrong so far."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def __len__(self) -> int:
        return len(self.found)

    def add(self, place: Place, message: str) -> None:
        """Note one more; raises ``BlueprintError`` where there are too many to tell."""
        self.found.append(Problem(place, shortened(message)))
        if len(self.found) >= limits.PROBLEMS:
            self.stop(
                Place(place.file),
                f"{limits.PROBLEMS} problems were found, and there may be more; mend "
                "these first",
            )

    def stop(self, place: Place, message: str) -> NoReturn:
        """Note the last one: with it, nothing further can be looked for."""
        self.found.append(Problem(place, shortened(message)))
        raise BlueprintError(self.found)

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
    if len(ours) > limits.SUGGESTED_FROM or len(written) > _LONGEST_WORD:
        return ""  # difflib would look for minutes
    words = {each: each for each in sorted(ours)}
    words |= {theirs: our for theirs, our in also.items() if our in ours}
    near = get_close_matches(written.lower(), words, n=1, cutoff=0.7)
    return f"; did you mean `{words[near[0]]}`?" if near else ""


def shortened(message: str) -> str:
    """Leave the middle of a message out, where it quotes at length what is wrong."""
    if len(message) <= limits.MESSAGE:
        return message
    half = limits.MESSAGE // 2
    return f"{message[:half]} … {message[-half:]}"


def listed(words: Iterable[str], last: str = "or") -> str:
    """``public, private or hidden``."""
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def then(near: str, advice: str) -> str:
    """Go on after a suggestion, or without one."""
    return f"{near} {advice[0].upper()}{advice[1:]}" if near else f"; {advice}"
