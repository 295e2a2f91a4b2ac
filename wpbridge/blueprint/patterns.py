r"""
Patterns that answers must fit: regular expressions whose matching cannot run away.

Python's own go back and try again, so that ``(a+)+$`` takes years over forty letters.
Those here are RE2's, which walks a text once. A child process with a time limit was the
other way: it takes 40 ms a template where this takes 8 at the first pattern, and can
judge no answer that merely comes too late.

RE2 knows no looking ahead or behind (``(?=…)``) and no reference back (``\1``); its
``\d`` and ``\w`` are ASCII, as ``\pL`` is any letter. A count of more than 1,000 it
takes for plain text, as it does ``{,3}``: neither is what whoever writes it means.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from wpbridge import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNT = re.compile(r"\\.|\{(\d*)(?:,(\d*))?\}", re.DOTALL | re.ASCII)
_MOST = 1000


class Unusable(Exception):
    """A pattern that cannot be used; its text says why."""


def fits(pattern: str, text: str) -> bool:
    """Tell whether a whole text fits a pattern; one that is unusable asks nothing."""
    try:
        return _compiled(pattern).fullmatch(text) is not None
    except Unusable:
        return True


def complaint(pattern: str) -> str | None:
    """Say what is wrong with a pattern, in words that follow its name."""
    if len(pattern) > limits.PATTERN:
        return (
            f"has {len(pattern)} characters, and {limits.PATTERN} are the most; name "
            "`choices` instead, or ask for less"
        )
    try:
        _compiled(pattern)
    except Unusable as error:
        return f"cannot be `{pattern}`: {error}"
    return None


@cache
def _compiled(pattern: str) -> Any:
    import re2  # noqa: PLC0415 - only what has patterns waits for it

    if len(pattern) > limits.PATTERN:
        raise Unusable("it is too long")
    for message in _miscounted(pattern):
        raise Unusable(message)
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise Unusable(_reason(error)) from None


def _miscounted(pattern: str) -> Iterator[str]:
    for found in _COUNT.finditer(pattern):
        least, most = found[1], found[2]
        if least is None:  # a backslash, and what it takes with it
            continue
        if least == "" and most:
            yield f"`{found[0]}` has no first number; write `{{0,{most}}}`"
        if any(_above(count) for count in (least, most)):
            yield f"`{found[0]}` repeats more than {_MOST} times"


def _above(count: str | None) -> bool:
    return bool(count) and (
        len(count or "") > len(str(_MOST)) or int(count or 0) > _MOST
    )


def _reason(error: Exception) -> str:
    """RE2's own words, and what is usually meant by what it refuses."""
    said = error.args[0] if error.args else ""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    what, _, sign = words.partition(": ")
    found = f"{what}, `{sign}`" if sign else what
    if "perl operator" in what or re.fullmatch(r"\\\d", sign):
        return f"{found}; patterns do not look ahead or behind, nor refer back"
    return f"it is no regular expression ({found})"
