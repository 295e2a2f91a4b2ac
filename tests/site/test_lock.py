"""One apply at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wpbridge.errors import Locked
from wpbridge.lock import hold

ROOT = "https://club.org/wp-json/"


def test_a_second_run_is_told_who_holds_it(tmp_path: Path) -> None:
    """Which process, and since when; another site is free."""
    with (
        hold(ROOT, tmp_path),
        hold("https://other.org", tmp_path),
        pytest.raises(Locked) as caught,
        hold("https://CLUB.org/", tmp_path),
    ):
        pass

    assert str(caught.value).startswith(
        f"another apply is at work on club.org: process {os.getpid()}, since 2"
    )


def test_a_run_that_ended_well_leaves_nothing(tmp_path: Path) -> None:
    """The next one has nothing to hear of."""
    with hold(ROOT, tmp_path) as first:
        assert not first.unclean
    with hold(ROOT, tmp_path) as second:
        assert not second.unclean


def test_who_still_is_on_the_site_leaves_the_token(tmp_path: Path) -> None:
    """The next run goes by it, and the one after by another."""
    with hold(ROOT, tmp_path) as first:
        first.keep()
    with hold(ROOT, tmp_path) as second:
        assert second.token == first.token
    with hold(ROOT, tmp_path) as third:
        assert third.token != first.token


CRASH = """
import os, sys
from pathlib import Path
from wpbridge.lock import hold
with hold(sys.argv[1], Path(sys.argv[2])) as held:
    print(held.token, flush=True)
    os._exit(1)
"""


def test_a_run_that_died_is_known_and_in_nobodys_way(tmp_path: Path) -> None:
    """The next one hears of it, under the same token; the one after does not."""
    words = [sys.executable, "-c", CRASH, ROOT, str(tmp_path)]
    where = Path(__file__).parents[2]
    died = subprocess.run(  # noqa: S603 - our own words
        words, check=False, cwd=where, capture_output=True, text=True
    )
    with hold(ROOT, tmp_path) as held:
        assert (held.unclean, held.token) == (True, died.stdout.strip())
    with hold(ROOT, tmp_path) as held:
        assert not held.unclean
        assert held.token != died.stdout.strip()


@pytest.mark.skipif(os.name != "posix", reason="rights are told otherwise there")
@pytest.mark.parametrize("left", [False, True])
def test_nobody_else_reads_the_token(tmp_path: Path, *, left: bool) -> None:
    """Whatever the umask, and whatever rights a note has that was left."""
    before = os.umask(0)
    try:
        with hold(ROOT, tmp_path) as held:
            note = held.path.with_suffix(".json")
        if left:
            note.write_text("{}")
        with hold(ROOT, tmp_path):
            mode = note.stat().st_mode
    finally:
        os.umask(before)

    assert oct(mode & 0o777) == "0o600"


def test_an_unreadable_note_is_no_reason_to_fail(tmp_path: Path) -> None:
    """The lock itself counts."""
    with hold(ROOT, tmp_path) as held:
        held.path.with_suffix(".json").write_text("{")
        with pytest.raises(Locked, match=r"on club\.org$"), hold(ROOT, tmp_path):
            pass
