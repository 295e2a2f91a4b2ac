"""Lines that end where the terminal does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wpbridge.cli.wrapping import coloured, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.mark.parametrize(
    ("text", "words", "lines"),
    [
        ("", {}, [""]),
        ("one two-three four", {}, ["one two-three", "four"]),
        ("one two three four", {"rest": "  "}, ["one two three", "  four"]),
        (
            "one two three four\n- five six seven eight",
            {"first": "> ", "rest": "| ", "item": "  "},
            ["> one two three", "| four", "> - five six", "|   seven eight"],
        ),
        ("see " + "a" * 30, {"rest": "  "}, ["see", "  " + "a" * 30]),
    ],
)
def test_each_line_is_broken_by_itself(
    text: str,
    words: Mapping[str, str],
    lines: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between words, one column before the edge; an item's lines stand further in."""
    monkeypatch.setenv("COLUMNS", "16")
    assert wrapped(text, **words).split("\n") == lines


@pytest.mark.parametrize(
    ("wish", "shown"), [("", "\x1b[31merror:\x1b[0m"), ("1", "error:")]
)
def test_a_word_has_its_colour_unless_nobody_wants_any(
    wish: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As no-color.org asks."""
    monkeypatch.setenv("NO_COLOR", wish)
    assert coloured("error:", "red") == shown
