"""
PyYAML's complaints, in words for people who do not know YAML.

libyaml does not say which character it stumbled over: that is read from the text at
the place it gives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpbridge.errors import Place, Problem

if TYPE_CHECKING:
    import yaml

_BELOW = "write `text: |` and the text on the next line"
_BREAK = re.compile("[\n\x85\u2028\u2029]")
_FIELD = re.compile(r"([A-Za-z][\w-]*): ")


def translate(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """Say what is wrong, where, and what to write."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(Place(file), f"this is no YAML: {error.problem}")
    lines = [*lines_of(text), ""]
    start = error.context_mark or mark
    opened = Place(file, start.line + 1, start.column + 1)
    sign = lines[start.line][start.column : start.column + 1]
    if message := _opened(error.problem or "", error.context or "", sign):
        return Problem(opened, message)
    line = lines[min(mark.line, len(lines) - 1)]
    place = Place(file, mark.line + 1, mark.column + 1)
    return Problem(place, _stopped(error, line[: mark.column], line[mark.column :]))


def lines_of(text: str) -> list[str]:
    """Lines as YAML counts them: Unicode's own breaks are some, too."""
    return _BREAK.split(text)


def _opened(found: str, around: str, sign: str) -> str | None:
    """What is wrong with what begins where the reader was at."""
    if sign == "\t" or "tab" in found:
        return None
    if "start any token" in found or "anchor" in around or "alias" in around:
        return _sign(sign)
    if "quoted scalar" in around:
        return f"the `{sign}` that opens here is never closed; close it, or {_BELOW}"
    return _bracket(sign) if "flow" in around else None


def _stopped(error: yaml.MarkedYAMLError, before: str, after: str) -> str:
    """What is wrong where the reader stopped."""
    found = error.problem or ""
    if after[:1] == "\t" or "tab" in found or "\t" in before[: _indent(before)]:
        return "a tab stands here; blueprints are indented with spaces"
    if "mapping values" in found:
        return _colon(before)
    if "block scalar" in (error.context or ""):
        return "the text after `|` or `>` begins on the next line, further in"
    last = before.rstrip()[-1:]
    if last and last in "\"']}":
        return f"the value ended at the `{last}` before this; {_below(before)}"
    return (
        "this line stands further in or out than the lines it belongs to; give lines "
        "of one list the same number of spaces"
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _below(before: str) -> str:
    """What to write, of the very field that a line has."""
    found = _FIELD.search(before)
    return _BELOW.replace("text", found[1], 1) if found else _BELOW


def _colon(before: str) -> str:
    if ": " in before:
        return (
            "this text holds a colon and a space, which YAML takes for a new field; "
            + _below(before)
        )
    word = before.strip()
    return (
        f"`{word}:` stands further in than the line above, which has its value "
        f"already; take it back, or, if both are one text, {_BELOW}"
    )


def _sign(sign: str) -> str:
    name = "a backtick" if sign == "`" else f"`{sign}`"
    return f'a value cannot begin with {name}; {_BELOW}, or put it in "quotes"'


def _bracket(sign: str) -> str:
    closing = {"[": "]", "{": "}"}.get(sign, sign)
    return (
        f"the `{sign}` that opens here has no `{closing}` where one is wanted; close "
        'it, and put texts in it that hold `: ` or `, ` in "quotes"'
    )
