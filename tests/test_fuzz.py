"""Half a minute of broken files, on every run of the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_no_file_breaks_its_reader() -> None:
    """``python -m tests.fuzz --seconds 3600`` looks further."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--seconds", "30", "--seed", "1"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
        timeout=120,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert int(ran.stdout.splitlines()[1].split()[0]) > 10
