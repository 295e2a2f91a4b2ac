"""``login``, ``sites``, ``doctor``, ``journal``, ``--version``."""

from __future__ import annotations

import json
import re
from importlib import metadata
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

import wpbridge
from wpbridge.rehearsal import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Run
    from wpbridge.rehearsal import App


BOTH = """\
rehearsal:old@14  on this machine  as admin
rehearsal         on this machine  as admin
"""
GONE = "error: there is no rehearsal:old@14; `wpbridge sites` lists what there is\n"


def test_rehearsals_are_listed_until_they_are_forgotten(run: Run) -> None:
    """Forgetting one deletes it."""
    run("apply", "club.yaml", "--site", "rehearsal", "--yes")
    run("apply", "club.yaml", "--site", "rehearsal:old@14", "--yes")

    assert [
        run("sites"),
        run("sites", "forget", "rehearsal:old@14", "--yes"),
        run("sites", "list"),
        run("sites", "forget", "rehearsal:old@14"),
    ] == [
        (0, BOTH, ""),
        (0, "rehearsal:old@14 is deleted.\n", ""),
        (0, "rehearsal  on this machine  as admin\n", ""),
        (3, "", GONE),
    ]


def test_a_rehearsal_to_which_nothing_was_done_never_was(run: Run) -> None:
    """A plan leaves no site behind, and spoils none that is there."""
    run("apply", "club.yaml", "--site", "rehearsal", "--yes")
    before = run("plan", "club.yaml", "--site", "rehearsal")
    run("plan", "club.yaml", "--site", "rehearsal:club")
    run("doctor", "rehearsal:other")

    assert before.out.endswith("No changes\n")
    assert run("sites").out == "rehearsal  on this machine  as admin\n"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("rehearsl", "rehearsal"),
        ("rehersal:club", "rehearsal:club"),
        ("REHEARSAL", "rehearsal"),
        ("Rehearsal:club", "rehearsal:club"),
    ],
)
def test_a_rehearsal_misspelt_is_no_web_site(run: Run, name: str, meant: str) -> None:
    """Nobody is told to log in to it."""
    told = f"error: there is no site `{name}`; did you mean `{meant}`?\n"

    assert run("plan", "club.yaml", "--site", name) == (3, "", told)
    assert run("doctor", name).err == told


def test_without_a_site_a_way_to_try_is_named(run: Run) -> None:
    """Beside the way to log in."""
    assert run("plan", "club.yaml").err == (
        "error: which site? Name one; none is kept, see `wpbridge login`. To try "
        "things out, there is `--site rehearsal`.\n"
    )


def test_a_rehearsal_is_told_as_it_is_typed(run: Run) -> None:
    """In a plan's first line, and in the journal."""
    site = ("--site", "rehearsal:my-club@14+companion")
    applied = run("apply", "club.yaml", *site, "--yes")

    told = "Film club on Rehearsal (rehearsal:my-club@14+companion) as admin\n"
    assert applied.out.startswith(told)
    doctor = run("doctor", site[1]).out
    assert f"ok    Rehearsal at {site[1]}: WordPress" in doctor
    assert " club.yaml on rehearsal:my-club@14+companion: " in run("journal").out


def test_login_without_a_terminal_takes_the_environment(run: Run) -> None:
    """What is missing is named."""
    ran = run("login", "https://community.example")

    assert ran.code == 3
    assert ran.err == (
        "error: there is no terminal to ask for the login at; set WPBRIDGE_USER and "
        "WPBRIDGE_PASSWORD\n"
    )


@pytest.fixture
def served() -> Iterator[App]:
    """Serve a rehearsal on loopback, as if it were somebody's site."""
    application = create_app(":memory:")
    server = make_server("127.0.0.1", 0, application, threaded=True)
    application.url = f"http://127.0.0.1:{server.port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield application
    server.shutdown()
    thread.join()
    server.server_close()
    application.close()


def test_a_login_is_kept_and_used_and_forgotten(
    run: Run, served: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no keyring, a file that only its owner can read has it."""
    monkeypatch.setenv("WPBRIDGE_USER", served.user)
    monkeypatch.setenv("WPBRIDGE_PASSWORD", served.password)
    name = served.url.removeprefix("http://")
    kept = run("login", served.url)
    monkeypatch.delenv("WPBRIDGE_USER")
    monkeypatch.delenv("WPBRIDGE_PASSWORD")

    assert kept.code == 0
    assert kept.out.endswith(f"Now: wpbridge plan BLUEPRINT --site {name}\n")
    assert run("apply", "club.yaml", "--yes").code == 0
    assert run("plan", "club.yaml", "--site", name, "--detailed-exitcode").code == 0
    assert run("sites", "forget", name, "--yes").out == (
        f"{name} ({served.url}) and its password are forgotten.\n"
    )


def test_a_login_that_the_site_refuses_is_not_kept(
    run: Run, served: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The password is tried before it is kept, and shown nowhere."""
    monkeypatch.setenv("WPBRIDGE_USER", served.user)
    monkeypatch.setenv("WPBRIDGE_PASSWORD", "not the password")
    ran = run("login", served.url)

    assert ran.code == 5
    assert "not the password" not in ran.err
    assert run("sites").out == ""


def test_doctor_tells_what_a_site_is(run: Run) -> None:
    """What it runs on comes first."""
    ran = run("doctor", "rehearsal")

    assert ran.code == 0
    assert ran.out.startswith(f"ok    wpbridge {wpbridge.__version__}, Python")
    assert "ok    logged in as admin, who may run the community\n" in ran.out


def test_the_journal_lists_runs_and_tells_one(run: Run) -> None:
    """A run is found by how its name begins."""
    nothing = run("journal")
    run("apply", "club.yaml", "--site", "rehearsal", "--yes")
    listed = run("journal").out
    name, when, _, about = re.split("  |\n", listed, maxsplit=3)

    assert nothing == (0, "", "Nothing was applied from here yet.\n")
    assert about == "club.yaml on rehearsal: 2 applied\n"
    assert run("journal", name).out == (
        f"{listed}    applied  update components/groups\n"
        "    applied  create groups/film\n"
    )
    assert re.fullmatch(r"[A-Z][a-z]{2} \d+ [A-Z][a-z]{2} \d{4}, \d\d:\d\d UTC", when)
    assert run("journal", "1999").code == 3


def test_a_run_that_somebody_ended_was_cut_short(run: Run, home: Path) -> None:
    """What was not begun is no part of it."""
    stop = Event()
    with wpbridge.open_site("rehearsal") as site:
        for _ in site.plan(home / "club.yaml").iter_apply(stop=stop):
            stop.set()
    told = json.loads(run("journal", "--output=json").out)

    assert run("journal").out.endswith("rehearsal: 1 applied (cut short)\n")
    assert [(each["applied"], each["ended"]) for each in told] == [(1, False)]


def test_several_runs_that_could_be_meant_are_named(run: Run) -> None:
    """None of them is told as if it were the one."""
    for site in ("rehearsal", "rehearsal:old"):
        run("apply", "club.yaml", "--site", site, "--yes")
    names = [line.split()[0] for line in run("journal").out.splitlines()[::2]]
    begins = names[0][:4]

    told = f"2 runs begin with `{begins}`; write more of the one you mean:"
    assert run("journal", begins) == (
        3,
        "",
        f"error: {told}\nerror:   {names[0]}\nerror:   {names[1]}\n",
    )
    assert run("journal", names[1]).out.startswith(names[1])


def test_the_version_is_the_packages(run: Run) -> None:
    """There is one, in pyproject."""
    told = run("--version").out.split()

    assert told == ["wpbridge", *wpbridge.__version__.split()]
    assert wpbridge.__version__ in {_version(), "(not installed)"}


def _version() -> str:
    try:
        return metadata.version("wpbridge")
    except metadata.PackageNotFoundError:
        return ""
