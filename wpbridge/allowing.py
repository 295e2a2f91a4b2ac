"""
Words that allow something: those that nothing can have are refused.

A word that is not needed today is fine, as a job says the same ones every night; only
where it looks like one that is missing, a note asks whether that was meant.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from wpbridge.checks import did_you_mean
from wpbridge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpbridge.plan import Withheld

MAILS = "mails"

BEGINNINGS = (
    "access",
    "address",
    "administrator",
    "component",
    "delete",
    "late",
    "limit",
    "roster",
    "take-over",
    "visible",
)
"""What stands before the colon in each other word."""

ALIKE = 0.75
"""So like must keys be: p9 and p09 are, p08 and p09 are not."""

ANYTHING = frozenset({"*", "deleted", "site"})
"""What may stand behind it and is no address."""


def validate_words(allow: Iterable[str], held: Iterable[Withheld]) -> None:
    """Raise ``UsageError`` for what can be no word, with the one that may be meant."""
    missing = _missing(held)
    for word in sorted(allow):
        what, colon, about = word.partition(":")
        if word == MAILS or (what == MAILS and about == "*"):
            continue
        if not colon or not about or what not in BEGINNINGS:
            meant = [
                each for each in missing if word in each.replace(":", "/").split("/")
            ]
            known = [*missing, *(f"{each}:{about}" for each in BEGINNINGS), MAILS]
            near = did_you_mean(meant[0] if meant else word, known)
            raise UsageError(f"--allow: `{word}` is no word that allows anything{near}")


def find_unused_words(
    allow: Iterable[str], held: Iterable[Withheld], known: Iterable[object]
) -> Iterator[str]:
    """Ask about words for what nobody ``known`` is called, where one is missing."""
    missing = _missing(held)
    names = {*ANYTHING, *map(str, known)}
    for word in sorted(allow):
        what, _, about = word.partition(":")
        start = word[: word.rfind("/") + 1] or f"{what}:"
        keys = [e.removeprefix(start) for e in missing if e.startswith(start)]
        near = get_close_matches(word.removeprefix(start), keys, 1, ALIKE)
        if near and about not in names:
            meant = f"did you mean `{start}{near[0]}`?"
            yield f"--allow {word} allows nothing here; {meant}"


def _missing(held: Iterable[Withheld]) -> list[str]:
    return list(dict.fromkeys(each.allow for each in held if each.allow))
