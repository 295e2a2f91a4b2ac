"""
PyYAML's complaints, in words for people who do not know YAML.

libyaml does not say which character it stumbled over: that is read from the text at
the place it gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpbridge.errors import Place, Problem

if TYPE_CHECKING:
    import yaml

_BELOW = "write `text: |` and the text on the next line"


def translate(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """Say what is wrong, where, and what to write."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(Place(file), f"this is no YAML: {error.problem}")
    lines = [*text.split("\n"), ""]
    line = lines[min(mark.line, len(lines) - 1)]
    place = Place(file, mark.line + 1, mark.column + 1)
    start = error.context_mark
    opened = Place(file, start.line + 1, start.column + 1) if start else place
    before, sign = line[: mark.column], line[mark.column : mark.column + 1]
    found, around = error.problem or "", error.context or ""
    if sign == "\t" or "tab" in found or "\t" in before[: _indent(before)]:
        return Problem(place, "a tab stands here; blueprints are indented with spaces")
    if "mapping values" in found:
        return Problem(place, _colon(before))
    if "start any token" in found or "anchor" in around or "alias" in around:
        sign = line[opened.column - 1 : opened.column] if start else sign
        return Problem(opened, _sign(sign))
    if "quoted scalar" in around:
        return Problem(opened, _quote(lines[opened.line - 1][opened.column - 1]))
    if "flow" in around:
        return Problem(opened, _bracket(lines[opened.line - 1][opened.column - 1]))
    if "block scalar" in around:
        return Problem(
            place, "the text after `|` or `>` begins on the next line, further in"
        )
    if before.rstrip()[-1:] in {'"', "'", "]", "}"}:
        return Problem(
            place,
            f"the value ended at the `{before.rstrip()[-1]}` before this; {_BELOW}",
        )
    return Problem(
        place,
        "this line stands further in or out than the lines it belongs to; give lines "
        "of one list the same number of spaces",
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _colon(before: str) -> str:
    if ": " in before:
        return (
            "this text holds a colon and a space, which YAML takes for a new field; "
            + _BELOW
        )
    word = before.strip()
    return (
        f"`{word}:` stands further in than the line above, which has its value "
        f"already; take it back, or, if both are one text, {_BELOW}"
    )


def _sign(sign: str) -> str:
    return f"a value cannot begin with `{sign}`; {_BELOW}, or put it in " + (
        '"quotes"' if sign != '"' else "'quotes'"
    )


def _quote(sign: str) -> str:
    return f"the `{sign}` that opens here is never closed; close it, or {_BELOW}"


def _bracket(sign: str) -> str:
    closing = {"[": "]", "{": "}"}.get(sign, sign)
    return (
        f"the `{sign}` that opens here has no `{closing}` where one is wanted; close "
        'it, and put texts in it that hold `: ` or `, ` in "quotes"'
    )
