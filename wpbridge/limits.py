"""
How much is read, repeated and filled in at the most.

A blueprint may be a stranger's. Nothing that it says, and none of the files that it
names, makes a command run on without an end or take all memory: each of these is far
more than a community needs, and what goes beyond it is an error with its place.
"""

from __future__ import annotations

from typing import Final

BLUEPRINT_BYTES: Final = 5_000_000
"""A file of a blueprint, a text beside it, or a file of answers."""

ROSTER_BYTES: Final = 64_000_000
ROSTER_ROWS: Final = 200_000
ROSTER_COLUMNS: Final = 1_000
ROSTER_LINES: Final = 2_000_000
"""Lines of a roster, the empty ones too: spreadsheets write out a million of them."""

ALL_BYTES: Final = 256_000_000
"""All that is read for one blueprint, a file that is read twice counted twice."""

FILES: Final = 1_000
"""Files that one blueprint includes and extends, counted likewise."""

INCLUDED_DEEP: Final = 20
"""Files that include each other."""

UPLOAD_BYTES: Final = 128_000_000
"""A picture or another file that goes to the site."""

PLAN_BYTES: Final = 256_000_000
"""A saved plan."""

JOURNAL_BYTES: Final = 256_000_000
"""The record of one run."""

STATE_BYTES: Final = 5_000_000
"""A file of our own beside those: locks, accounts."""

NESTED_DEEP: Final = 40
"""Lists and maps within each other."""

VALUES: Final = 500_000
"""Values of a blueprint: in each of its files, and in all once written out."""

TURNS: Final = 100_000
"""Turns of ``each`` and posts of presets in a whole blueprint, on all levels."""

FILLED: Final = 100_000
"""Characters of one text that answers were filled into."""

WRITTEN_OUT: Final = 64_000_000
"""Characters of all texts together, once repetitions are written out."""

MEMBERSHIPS: Final = 500_000
"""People times the groups that a roster or ``auto_join`` puts them into."""

INPUTS: Final = 200
"""Questions of a blueprint."""

ANSWER: Final = 1_000
"""Characters of an answer to an input, or of each of a list of them."""

PATTERN: Final = 200
"""Characters of the pattern that an answer must fit."""

PROBLEMS: Final = 500
"""Problems that are told of at once; looking for more ends there."""

MESSAGE: Final = 1_000
"""Characters of what is said of one problem, which may quote what is wrong."""

SUGGESTED_FROM: Final = 2_000
"""Words among which the nearest to a misspelt one is sought."""
