"""
Measure what wpbridge itself costs, and print it as a table for the README.

``python -m tests.bench`` takes a minute or two. Seconds and milliseconds are those of
the processor, so that whatever else the machine does counts for little.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

SIZES = (1_000, 10_000, 50_000)
WRITERS = 500  # members that are sent to the embedded site


def ran(module: str, *words: str) -> Any:
    """Run one measurement in a process of its own."""
    command = [sys.executable, "-m", f"tests.bench.{module}", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - the words are ours
    return json.loads(done.stdout)


def main() -> None:
    """Print the tables."""
    say = print
    say("| members | memberships | nothing to do | all to do | peak memory |")
    say("|--:|--:|--:|--:|--:|")
    for size in SIZES:
        same = ran("planning", str(size), "same")
        empty = ran("planning", str(size), "empty")
        say(
            f"| {size:,} | {same['memberships']:,} | {same['total']:.2f} s "
            f"| {empty['total']:.2f} s | {empty['megabytes']:.0f} MB |"
        )
    sent = ran("sending", str(WRITERS))
    made, again = sent["apply"], sent["again"]
    say()
    say("| against the embedded site | requests | client | a request |")
    say("|---|--:|--:|--:|")
    for what, each in (
        (f"apply {made['changes']:,} changes", made),
        ("plan again", again),
    ):
        a_request = each["client"] / each["requests"]
        say(
            f"| {what} | {each['requests']:,} | {each['client'] / 1000:.2f} s "
            f"| {a_request:.2f} ms |"
        )


if __name__ == "__main__":
    main()
