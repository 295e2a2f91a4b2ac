"""``wpbridge --help`` must feel instant."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"requests", "rich", "yaml", "tenacity", "werkzeug", "jinja2", "keyring"}


def test_help_waits_for_nothing_heavy() -> None:
    """What a command needs is imported when it runs."""
    words = "import sys, wpbridge.cli as cli\ntry: cli.main()\nexcept SystemExit: pass"
    told = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", f"{words}\nprint(*sys.modules)", "--help"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()

    assert told[0].startswith("Usage: ")
    assert HEAVY & set(told[-1].split()) == set()
