"""Programs that run beside the tests, and never outlive them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

PATIENCE = 60.0  # seconds
GROUP = """trap 'trap - TERM; kill 0' TERM; "$@" & wait"""
"""Runs a command, and ends its whole group: PHP's workers outlive their master."""


@contextmanager
def running(
    command: Sequence[str | Path],
    log: Path,
    ready: Callable[[], bool],
    *,
    environ: Mapping[str, str] | None = None,
) -> Iterator[None]:
    """Run a program until it is ``ready``, and stop it at the end."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603
            [*_leash(), *map(str, command)],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environ,
        )
    try:
        _wait(process, log, ready)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)
        _gone(process.pid)


def _leash() -> list[str]:
    """Have a program end with all it started, and with this process, however killed."""
    setpriv = shutil.which("setpriv")
    tied = [setpriv, "--pdeathsig", "TERM"] if setpriv else []
    return [*tied, "sh", "-c", GROUP, "sh"]


def _wait(
    process: subprocess.Popen[bytes], log: Path, ready: Callable[[], bool]
) -> None:
    until = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            message = f"it did not start: {log.read_text(errors='replace')[-2000:]}"
            raise RuntimeError(message)
        time.sleep(0.05)


def run(
    command: Sequence[str | Path],
    *,
    given: bytes = b"",
    environ: Mapping[str, str] | None = None,
) -> str:
    """Run a program to its end, and give what it wrote; raises where it fails."""
    done = subprocess.run(  # noqa: S603
        list(map(str, command)),
        input=given,
        capture_output=True,
        check=False,
        env=environ,
    )
    if done.returncode:
        said = (done.stderr + done.stdout).decode(errors="replace")
        message = f"{command[0]} ended with {done.returncode}: {said[-2000:]}"
        raise RuntimeError(message)
    return done.stdout.decode()


def _gone(group: int) -> None:
    """Wait until nothing of a group is left."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    os.killpg(group, signal.SIGKILL)
