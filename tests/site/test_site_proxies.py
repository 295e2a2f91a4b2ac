"""Behind a proxy and over TLS, what may have been done is told from what was not."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from contextlib import contextmanager, nullcontext, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.site.scripted import Broken, get, post, session, trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
PIECE = 65536

pytestmark = pytest.mark.skipif(
    not shutil.which("openssl"), reason="openssl makes the certificate"
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that is its own authority, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    words = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out certificate.pem"
    )
    subprocess.run(  # noqa: S603 - our own words
        ["openssl", *words.split()],  # noqa: S607 - wherever it is
        check=True,
        capture_output=True,
        cwd=folder,
    )
    return folder / "certificate.pem"


@pytest.fixture
def context(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a site serves TLS with that the client trusts."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return made


class Proxy(StreamRequestHandler):
    """A proxy that tunnels, refuses (``REFUSAL``), or hangs up."""

    refusal: bytes | None = None

    def handle(self) -> None:
        """Answer CONNECT, and carry bytes both ways until one side ends."""
        _, target, _ = self.rfile.readline().split()
        while self.rfile.readline().strip():
            pass
        if self.refusal is not None:
            self.wfile.write(self.refusal)
            return
        host, port = target.decode().split(":")
        with socket.create_connection((host, int(port))) as site:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = Thread(target=carry, args=(site, self.connection))
            back.start()
            carry(self.connection, site)
            back.join()


def carry(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes, until nothing does."""
    with suppress(OSError):
        while data := source.recv(PIECE):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxied(
    monkeypatch: pytest.MonkeyPatch, refusal: bytes | None = None
) -> Iterator[None]:
    """Have requests go through a proxy on loopback."""
    handler = type("Handler", (Proxy,), {"refusal": refusal})
    with ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # quiet
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        for name in ("https_proxy", "http_proxy"):
            monkeypatch.setenv(name, address)
        monkeypatch.setenv("no_proxy", "")
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def secure(url: str) -> str:
    """The address that speaks TLS."""
    return url.replace("http:", "https:")


@pytest.mark.parametrize("behind", [False, True], ids=["direct", "behind a proxy"])
def test_a_site_that_read_and_hung_up_may_have_done_it(
    *, behind: bool, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is lost, be there a proxy on the way or not; a read is tried again."""
    broken = Broken(OK, b"")
    way = proxied(monkeypatch) if behind else nullcontext()
    with broken.serve(context) as url, session() as http, way:
        http.send(get(secure(url)))
        wrong = trouble(http, post(secure(url)))
        asked = broken.asked
        again = trouble(http, get(secure(url)))

    assert (wrong.sent, wrong.passing, asked) == (True, True, 2)
    assert "broke the connection before it answered" in str(wrong.error)
    assert (again.sent, broken.asked) == (True, 4)


def test_a_site_behind_a_proxy_answers(
    context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy of these tests is one."""
    with (
        Broken(OK).serve(context) as url,
        session() as http,
        proxied(monkeypatch),
    ):
        assert http.send(get(secure(url))).status == 200


@pytest.mark.parametrize(
    "refusal",
    [
        b"HTTP/1.1 403 Forbidden\r\n\r\n",
        b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
        b"",
        b"nonsense\r\n\r\n",
    ],
)
def test_what_a_proxy_refuses_never_reached_the_site(
    refusal: bytes, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is to be looked up, and the proxy is named."""
    broken = Broken(OK)
    with (
        broken.serve(context) as url,
        session() as http,
        proxied(monkeypatch, refusal),
    ):
        wrong = trouble(http, post(secure(url)))

    assert (wrong.sent, broken.asked) == (False, 0)
    assert "check HTTPS_PROXY and NO_PROXY" in str(wrong.error)


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("no_proxy", "")
    with session() as http:
        wrong = trouble(http, post("https://127.0.0.1:9"))

    assert not wrong.sent
    assert "check HTTPS_PROXY and NO_PROXY" in str(wrong.error)


def test_tls_that_breaks_after_the_request_is_a_lost_answer(
    context: ssl.SSLContext,
) -> None:
    """What comes back is no TLS any more; the request had been read by then."""
    heard: list[bytes] = []

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            with context.wrap_socket(self.connection, server_side=True) as safe:
                heard.append(safe.recv(PIECE))
                raw = safe.detach()
            with socket.socket(fileno=raw) as plain:
                plain.sendall(b"HTTP/1.1 500 no TLS\r\n\r\n" * 20)

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # quiet
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        with session() as http:
            url = f"https://127.0.0.1:{server.server_address[1]}"
            wrong = trouble(http, post(url))
        server.shutdown()
        thread.join()

    assert heard[0].startswith(b"POST ")
    assert wrong.sent
