"""The scripted site, new and open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.scripted import ADMIN, URL, Script, wordpress
from wpbridge.site.http import Http
from wpbridge.site.open import Install, open_site
from wpbridge.site.secret import Login, Secret
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def script() -> Script:
    """A site that knows nothing yet."""
    return Script()


@pytest.fixture
def waits() -> list[float]:
    """Seconds that were slept."""
    return []


@pytest.fixture
def http(script: Script, waits: list[float]) -> Iterator[Http]:
    """A session with the scripted site."""
    login = Login(ADMIN[0], Secret(ADMIN[1]))
    session = Http(login, transport=WsgiAdapter(script), sleep=waits.append)
    yield session
    session.close()


@pytest.fixture(params=[1, 2], ids=["v1", "v2"])
def api(request: pytest.FixtureRequest) -> int:
    """Versions of BuddyPress's API."""
    return int(request.param)


@pytest.fixture
def site(script: Script, api: int, waits: list[float]) -> Iterator[Install]:
    """The scripted site, open, and with nothing heard."""
    wordpress(script, api)
    transport = WsgiAdapter(script)
    with open_site(URL, *ADMIN, transport=transport, sleep=waits.append) as opened:
        script.heard.clear()
        yield opened
