"""The embedded site, opened in this process, by BuddyPress version."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.recording.held import HELD
from wpbridge.rehearsal import App, create_app
from wpbridge.site.open import Install, open_site
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSIONS = (15, 14)
pytest_plugins = ("tests.live.sites",)

settings.register_profile("calm", deadline=None)  # a busy machine is no fault
settings.load_profile("calm")


class Clock:
    """A clock that goes on by a second at each look, so that all times differ."""

    def __init__(self) -> None:
        self.now = datetime(2027, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        self.now += timedelta(seconds=1)
        return self.now


@contextmanager
def opened(app: App) -> Iterator[Install]:
    """Open a site that lives in this process, without waiting between tries."""
    with open_site(
        app.url,
        app.user,
        app.password,
        transport=WsgiAdapter(app),
        sleep=lambda _: None,
    ) as site:
        yield site


def pytest_configure(config: pytest.Config) -> None:
    """Have room for what is told at the end."""
    held: defaultdict[int, dict[str, int]] = defaultdict(dict)
    config.stash[HELD] = held


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say how many recorded exchanges the embedded site was held to."""
    told = [
        f"{version}: {sum(held.values())} exchanges in {len(held)} recordings"
        for version, held in config.stash[HELD].items()
    ]
    if told:
        terminalreporter.write_line(f"fixtures: {', '.join(told)}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the long ones among the live tests be asked for."""
    words = "run live tests at full length, which takes about an hour"
    parser.addoption("--live-all", action="store_true", help=words)


@pytest.fixture(autouse=True)
def _home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep locks and journals where no other run of the tests meets them."""
    home = tmp_path_factory.getbasetemp() / "wpbridge-home"
    monkeypatch.setenv("WPBRIDGE_HOME", str(home))


@pytest.fixture(params=VERSIONS, ids=[f"BuddyPress {each}" for each in VERSIONS])
def version(request: pytest.FixtureRequest) -> int:
    """Versions of BuddyPress: the second, and the first, of its API's."""
    return int(request.param)


@pytest.fixture
def app(version: int) -> Iterator[App]:
    """A fresh site."""
    made = create_app(":memory:", version=version, clock=Clock())
    yield made
    made.close()
