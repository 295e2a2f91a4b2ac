"""Lines on a terminal: broken between words, with a word in front that has a colour."""

from __future__ import annotations

import os
import shutil
import textwrap

import typer


def wrapped(text: str, *, first: str = "", rest: str = "", item: str = "") -> str:
    """
    Break each line of a text where the terminal ends.

    Lines begin with ``first``, and go on after ``rest``; those of an item of a list,
    which begin with a dash, after ``item`` more.
    """
    width = shutil.get_terminal_size().columns - 1
    return "\n".join(
        textwrap.fill(
            line,
            width,
            initial_indent=first,
            subsequent_indent=rest + item * line.startswith("- "),
            break_on_hyphens=False,
            break_long_words=False,  # an address or a path is to be copied
        )
        for line in text.splitlines() or [""]
    )


def coloured(word: str, colour: str) -> str:
    """The word in its colour, unless nobody wants any (no-color.org)."""
    return word if os.environ.get("NO_COLOR") else typer.style(word, fg=colour)
