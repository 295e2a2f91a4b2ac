"""
Sites for the live tests, the companion's too: one for each BuddyPress that is found.

A plugin of pytest. The last lines of a run say which sites there were, and which not
and why.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.live.booting import booted
from tests.live.database import mariadb
from tests.live.sources import VERSIONS, Sources, find

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from _pytest.mark import ParameterSet

    from tests.live.booting import Running

PROGRAMS = ("php", "mariadb-install-db", "mariadb", "mariadb-dump")
FOLDER = Path(__file__).parent
COMPANION = FOLDER.parent / "companion"
ALL_ON = {"acting": True, "quiet": True, "dates": True}
"""The companion's switches."""
SHARE = 6
"""One in so many of what is sampled runs, but with ``--live-all``."""


@dataclass(frozen=True)
class Wanted:
    """A sort of site to test on."""

    version: int
    network: bool = False
    companion: bool = False

    def __str__(self) -> str:
        network = ", multisite" if self.network else ""
        companion = ", companion" if self.companion else ""
        return f"BuddyPress {self.version}{network}{companion}"

    @property
    def folder(self) -> str:
        """Name its folder, and with that its database."""
        parts = {"network": self.network, "companion": self.companion}
        return "-".join(
            ["bp", str(self.version), *(each for each in parts if parts[each])]
        )


@dataclass
class Told:
    """What came of the tests, by site."""

    names: dict[str, str] = field(default_factory=dict)
    asked: bool = False
    ends: dict[str, Counter[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)


TOLD = pytest.StashKey[Told]()


def pytest_configure(config: pytest.Config) -> None:
    """Have room for what is told at the end."""
    config.stash[TOLD] = Told()


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Mark what needs a site, and leave out what would take long."""
    here = [each for each in items if FOLDER in each.path.parents or _wanted(each)]
    for item in here:
        item.add_marker(pytest.mark.live)
    told = config.stash[TOLD]
    told.asked = bool(here)
    left = {item for item in here if _has_no_site(item, told)}
    if not config.getoption("--live-all"):
        left |= {item for number, item in enumerate(here) if _waits(item, number)}
    config.hook.pytest_deselected(items=list(left))
    items[:] = [item for item in items if item not in left]


def _wanted(item: pytest.Item) -> Wanted | None:
    """Give the sort of site that a test runs on."""
    spec = getattr(item, "callspec", None)
    wanted = spec.params.get("site_running") if spec else None
    return wanted if isinstance(wanted, Wanted) else None


def _has_no_site(item: pytest.Item, told: Told) -> bool:
    """Leave out what nobody put the sources of there, and say so at the end."""
    wanted = _wanted(item)
    sources = find(wanted.version) if wanted else None
    if isinstance(sources, str):
        told.why[str(wanted)] = sources
    return isinstance(sources, str)


def _waits(item: pytest.Item, number: int) -> bool:
    """Leave out what is long; and of what is sampled, most of it."""
    if item.get_closest_marker("long"):
        return True
    return bool(item.get_closest_marker("sampled")) and number % SHARE != 0


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for a site on each sort of them; on few networks but with all."""
    asked = set(metafunc.fixturenames)
    if "site_running" not in asked:
        return
    sites: list[Wanted | ParameterSet] = []
    if COMPANION in metafunc.definition.path.parents:
        sites += _with_companion(network="network" in asked)
    else:
        mark = metafunc.definition.get_closest_marker("networks")
        only = metafunc.definition.get_closest_marker("versions")
        every = metafunc.config.getoption("--live-all") and not only
        companion = "aided" in asked
        networks = [
            Wanted(each, network=True, companion=companion) for each in VERSIONS
        ]
        if not (mark and mark.kwargs.get("alone")):
            versions = only.args if only else VERSIONS
            sites += [Wanted(each, companion=companion) for each in versions]
        sites += networks if every else networks[:1] if mark else []
    metafunc.parametrize("site_running", sites, indirect=True, ids=str)


def _with_companion(*, network: bool) -> Iterator[ParameterSet]:
    """Give all sorts of sites for the plugin's own tests; a sample, but for one."""
    for multisite in (True,) if network else (False, True):
        for version in VERSIONS:
            wanted = Wanted(version, multisite, companion=True)
            whole = version == VERSIONS[0] and not multisite
            yield pytest.param(wanted, marks=() if whole else (pytest.mark.sampled,))


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="wpbridge-live-") as made:
        yield Path(made)


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Path]:
    """Run a database server."""
    missing = [each for each in PROGRAMS if not shutil.which(each)]
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    with mariadb(folder) as socket:
        yield socket


@pytest.fixture(scope="session")
def site_running(request: pytest.FixtureRequest) -> Iterator[Running]:
    """Run a site for as long as tests ask for it."""
    wanted: Wanted = request.param
    told = request.config.stash[TOLD]
    sources = find(wanted.version)
    if not isinstance(sources, Sources):
        told.why[str(wanted)] = sources
        pytest.skip(sources)
    server = request.getfixturevalue("server")
    folder = request.getfixturevalue("folder") / wanted.folder
    parts = {"network": wanted.network, "companion": wanted.companion}
    with booted(sources, folder, server, **parts) as site:
        told.names[str(wanted)] = str(site)
        yield site


@pytest.fixture
def live(site_running: Running) -> Running:
    """Give a site as it was when it was installed."""
    site_running.reset()
    return site_running


@pytest.fixture
def aided(live: Running) -> Running:
    """Give a site with the companion, and all its switches on."""
    live.switch(**ALL_ON)
    return live


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count how tests end, by site."""
    report = yield
    wanted = _wanted(item)
    if wanted:
        told = item.config.stash[TOLD]
        spent = told.seconds.get(str(wanted), 0)
        told.seconds[str(wanted)] = spent + report.duration
        if report.when == "call" or not report.passed:
            told.ends.setdefault(str(wanted), Counter())[report.outcome] += 1
    return report


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what ran on real sites, and what did not and why."""
    told = config.stash[TOLD]
    for wanted, ends in told.ends.items():
        name = told.names.get(wanted)
        if name:
            how = ", ".join(f"{number} {end}" for end, number in sorted(ends.items()))
            seconds = f"{told.seconds[wanted]:.0f} s"
            terminalreporter.write_line(f"live: {name}: {how} in {seconds}")
        else:
            why = told.why.get(wanted, "see above")
            terminalreporter.write_line(f"live: {wanted} did not run: {why}")
    for wanted, why in told.why.items():
        if wanted not in told.ends:
            terminalreporter.write_line(
                f"live: {wanted} did not run, which is fine: {why} "
                "(tests/live/README.md tells more)"
            )
    if told.asked and not told.ends and not told.why:
        terminalreporter.write_line("live: no live tests were asked for")
