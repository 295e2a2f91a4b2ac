"""The embedded site, opened in this process, by BuddyPress version."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the long ones among the live tests be asked for."""
    words = "run live tests at full length, which takes about an hour"
    parser.addoption("--live-all", action="store_true", help=words)


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
