"""
The command line: a command parses, calls, shows, exits.

What it would decide is decided in the engine, the plan or the façade. Each module
holds a few commands, and imports at its top only what ``--help`` needs: requests, rich
and yaml wait until a command is run.
"""

from __future__ import annotations

import gc
import sys

from wpbridge.cli import companion, files, planning, rehearsing, runs, sites
from wpbridge.cli.app import app

__all__ = [
    "app",
    "companion",
    "files",
    "main",
    "planning",
    "rehearsing",
    "runs",
    "sites",
]

SELDOM = (100_000, 20, 20)
"""A plan is many small things without circles: looking for those doubles its cost."""


def main() -> None:
    """Run the command line on this process's words."""
    gc.set_threshold(*SELDOM)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a code page without "…" gets a "?"
            stream.reconfigure(errors="replace")
    app()
