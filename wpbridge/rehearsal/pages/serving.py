"""
The server: pages and API on loopback, for nobody but this computer.

Requests that call it by any other name than a loopback one are refused, so that
a page elsewhere cannot reach it by giving its own name this computer's address.
"""

import socket
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Response

from wpbridge.rehearsal.app import App

LOOPBACK = "127.0.0.1"


class Guard:
    """An application that answers only to loopback names."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Pass a request on, or refuse it (PEP 3333)."""
        if is_loopback(environ.get("HTTP_HOST", "")):
            return self._app(environ, start_response)
        refused = Response("This address is not served here.\n", 421)
        return refused(environ, start_response)


def is_loopback(host: str) -> bool:
    """Whether a Host header names this computer, such as ``localhost:8474``."""
    try:
        parts = urlsplit(f"//{host}")
        name = parts.hostname or ""
        exact = parts.netloc == host and not parts.username
    except ValueError:
        return False
    if not exact:
        return False
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request, nor what it runs on."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Keep quiet."""

    def version_string(self) -> str:
        """Name no versions."""
        return "wpbridge"


def listening(app: App, host: str = LOOPBACK, port: int = 0) -> BaseWSGIServer:
    """
    Make a server that is bound and not yet at work; the site takes its address.

    ``host`` is a loopback address or name; port 0 is any that is free. Raises
    ``ValueError`` for any other host, ``OSError`` for a port in use.
    """
    bare = f"[{host}]" if ":" in host else host
    if not is_loopback(bare):
        raise ValueError(f"{host} is not this computer's own address")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Bound here: werkzeug ends the process where a port is in use.
    with socket.create_server((host, port), family=family) as bound:
        server = make_server(
            host,
            bound.getsockname()[1],
            Guard(app),
            threaded=True,
            request_handler=_Quiet,
            fd=bound.fileno(),
        )
    app.url = f"http://{bare}:{server.port}"
    return server


def serve(
    app: App,
    host: str = LOOPBACK,
    port: int = 0,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a site until Ctrl-C; ``ready`` is told its address, once it listens."""
    server = listening(app, host, port)
    try:
        ready(app.url)
        server.serve_forever()  # it takes Ctrl-C as its end
    finally:
        server.server_close()
