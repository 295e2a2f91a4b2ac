"""``rehearse``: a blueprint played through, and pages to look at."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.request import urlopen

from wpbridge.cli import serving
from wpbridge.rehearsal.pages.serving import LOOPBACK

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

DATED = """\
wpbridge: 1
calendar: {starts: 2027-03-22, timezone: Europe/London, weeks: 2}
components: {groups: active, activity: active}
groups:
  film: {name: Film club, about: For people who shoot film.}
"""


def test_a_rehearsal_leaves_nothing_behind(run: Run) -> None:
    """Without a name it is gone when it is over, its journal too."""
    ran = run("rehearse", "club.yaml", "--no-serve")

    assert ran.code == 0
    assert "2 changes applied" in ran.out
    assert run("sites").out == run("journal").out == ""


def test_its_clock_stands_at_the_end(run: Run, home: Path) -> None:
    """Unless --as-of says otherwise."""
    (home / "dated.yaml").write_text(DATED, encoding="utf-8")
    early = ("--as-of", "week 1 monday 10:00")

    assert [
        run("rehearse", "dated.yaml", "--no-serve").err,
        run("rehearse", "dated.yaml", "--no-serve", *early).err,
    ] == [
        "The clock stands at Fri 2 Apr 2027, 23:59 Europe/London.\n",
        "The clock stands at Mon 22 Mar 2027, 10:00 Europe/London.\n",
    ]


def test_one_with_a_name_is_kept(run: Run) -> None:
    """It is a site like any other then."""
    run("rehearse", "club.yaml", "--site", "rehearsal:spring", "--no-serve")

    assert run("plan", "club.yaml", "--site=rehearsal:spring").out.endswith(
        "No changes\n"
    )


def test_one_that_is_not_there_is_not_served(run: Run) -> None:
    """Nor made: it was misspelt, or nothing was applied to it yet."""
    first = run("rehearse", "--site", "rehearsal:spring")
    run("rehearse", "club.yaml", "--site", "rehearsal:spring", "--no-serve")
    kept = run("sites").out

    second = run("rehearse", "--site", "rehearsal:sprign")
    third = run("rehearse", "--site", "rehearsal:club")
    apply = "first: wpbridge apply BLUEPRINT --site rehearsal:spring"
    meant = "did you mean `rehearsal:spring`?"
    club = apply.replace("spring", "club")

    assert [first, second, third] == [
        (3, "", f"error: nothing was applied to rehearsal:spring yet; {apply}\n"),
        (3, "", f"error: nothing was applied to rehearsal:sprign yet; {meant}\n"),
        (3, "", f"error: nothing was applied to rehearsal:club yet; {club}\n"),
    ]
    assert run("sites").out == kept


def test_what_is_played_later_is_told_from_the_plan(run: Run, home: Path) -> None:
    """The plan is for the first moment, and the sum for all of them."""
    posts = (
        ", posts: {a: {at: week 1 friday, text: A.}, b: {at: week 2 friday, text: B.}}}"
    )
    text = DATED.replace("shoot film.}", f"shoot film.{posts}")
    (home / "dated.yaml").write_text(text, encoding="utf-8")
    out = run("rehearse", "dated.yaml", "--no-serve").out
    told = [each for each in out.splitlines() if each.startswith("So it begins")]

    begins = "So it begins, on Fri 26 Mar 2027, 09:00 Europe/London, with 3 changes. "
    rest = "The rest is played through as well, each post at its time; "
    assert told == [f"{begins}{rest}nobody has to apply again."]
    assert "4 changes applied" in out


def test_only_rehearsals_are_rehearsed_on(run: Run) -> None:
    """No blueprint gets to a real site this way."""
    assert run("rehearse", "club.yaml", "--site", "https://community.example") == (
        3,
        "",
        "error: `https://community.example` is no rehearsal; write `rehearsal:NAME`\n",
    )


def test_its_pages_are_served(home: Path) -> None:
    """On loopback, at the address that it prints."""
    words = [sys.executable, "-u", "-m", "wpbridge", "rehearse", "club.yaml"]
    with subprocess.Popen(  # noqa: S603 - our own words
        [*words, "--port", "0"], cwd=home, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        told = (re.match("Look at it: (http://127[^ ]+)", e) for e in process.stdout)
        address = next(found[1] for found in told if found)
        with urlopen(address, timeout=10) as page:  # noqa: S310 - it is on loopback
            status = page.status
        process.terminate()

    assert status == 200


def test_a_port_that_is_named_is_no_other(run: Run) -> None:
    """Nothing is played first; who names none gets one that is free."""
    with socket.create_server((LOOPBACK, 0)) as other:
        busy = other.getsockname()[1]

        assert run("rehearse", "club.yaml", "--port", str(busy)) == (
            3,
            "",
            (
                f"error: something else listens at port {busy}; name another, or leave "
                "out --port\n"
            ),
        )
        assert serving.port(None, busy) == 0
