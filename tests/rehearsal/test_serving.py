"""The rehearsal's server, which is for this computer alone."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from threading import Thread
from typing import TYPE_CHECKING

import pytest
import requests
from werkzeug.test import Client

from tests.rehearsal import community
from wpbridge.rehearsal.pages.serving import Guard, listening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.rehearsal import App

SCRIPT = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # shells may switch it off
from wpbridge.rehearsal import create_app
from wpbridge.rehearsal.pages.serving import serve
serve(create_app(":memory:"), ready=lambda url: print(url, flush=True))
print("ended")
"""
HOSTS = {
    "127.0.0.1:8474": 200,
    "localhost": 200,
    "LOCALHOST:1": 200,
    "[::1]:8474": 200,
    "127.8.9.1": 200,
    "": 421,
    "evil.example": 421,
    "localhost.evil.example": 421,
    "127.0.0.1.evil.example": 421,
    "localhost@evil.example": 421,
    "evil@localhost": 421,
    "localhost/x": 421,
    "0.0.0.0": 421,  # noqa: S104 - refused
    "192.168.1.4:8474": 421,
    "[::1": 421,
}


@pytest.fixture
def app() -> Iterator[App]:
    """The small community."""
    made = community.small()
    yield made
    made.close()


@pytest.mark.parametrize(("host", "status"), HOSTS.items())
@pytest.mark.parametrize("path", ["/", "/wp-json/"])
def test_only_loopback_names_are_answered(
    app: App, path: str, host: str, status: int
) -> None:
    """A name that was bent to this computer's address is refused, API and all."""
    environ = {"HTTP_HOST": host}

    assert Client(Guard(app)).get(path, environ_overrides=environ).status_code == status


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "192.168.1.4", "example.org", ""],  # noqa: S104 - refused
)
def test_it_binds_nothing_but_loopback(app: App, host: str) -> None:
    """No option opens it to others."""
    with pytest.raises(ValueError, match="not this computer's own address"):
        listening(app, host)


def test_it_serves_and_takes_its_address(app: App) -> None:
    """Port 0 is any that is free; the site then tells that address as its own."""
    server = listening(app)
    thread = Thread(target=server.serve_forever)
    thread.start()
    answer = requests.get(f"{app.url}/members/", timeout=20)
    server.shutdown()
    thread.join()

    assert app.url == f"http://127.0.0.1:{server.port}"
    assert "Ana Ruiz" in answer.text
    assert answer.headers["Server"] == "wpbridge"
    assert answer.headers["Link"].startswith(f"<{app.url}/wp-json/>")


def test_a_port_in_use_is_an_error_that_can_be_caught(app: App) -> None:
    """The caller may try another."""
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(OSError, match="in use"),
    ):
        listening(app, port=taken.getsockname()[1])


def test_ctrl_c_ends_it() -> None:
    """Without a traceback, and what comes after it is run."""
    with subprocess.Popen(  # noqa: S603 - the script above
        [sys.executable, "-c", SCRIPT],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        status = requests.get(url, timeout=20).status_code
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)

    assert (status, out, err, process.returncode) == (200, "ended\n", "", 0)
