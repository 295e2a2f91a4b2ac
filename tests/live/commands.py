"""The command line on a live site, as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.live.booting import Running


def environment(
    live: Running, home: Path, login: str = "application-password"
) -> dict[str, str]:
    """Give what the command line reads: which site, whose login, where it keeps."""
    cookie = login == "cookie"
    return {
        "WPBRIDGE_SITE": live.url,
        "WPBRIDGE_USER": live.user,
        "WPBRIDGE_PASSWORD": live.password if cookie else live.application_password,
        "WPBRIDGE_LOGIN": login,
        "WPBRIDGE_HOME": str(home),
    }


def started(live: Running, home: Path, *words: str) -> subprocess.Popen[str]:
    """Start a command; what it writes can be read from it."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "wpbridge", *words, "--site", live.url],
        env={**os.environ, **environment(live, home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(live: Running, home: Path, *words: str) -> tuple[int, str]:
    """Run a command to its end: its exit code, and what it wrote."""
    with started(live, home, *words) as process:
        said, _ = process.communicate()
    return process.returncode, said
