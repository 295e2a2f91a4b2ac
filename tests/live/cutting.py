"""A way to a site on which connections are cut."""

from __future__ import annotations

import socket
import struct
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from requests import PreparedRequest, Response

PATIENCE = 60.0
HERE = ("127.0.0.1", 0)
AT_ONCE = struct.pack("ii", 1, 0)
"""Closes a connection without a farewell, as a cable does that is pulled."""


@dataclass
class Way:
    """Passes on what comes in, both ways, until it is cut."""

    site: tuple[str, int]
    entry: socket.socket = field(default_factory=lambda: socket.create_server(HERE))
    pairs: list[tuple[socket.socket, socket.socket]] = field(default_factory=list)
    asked: set[socket.socket] = field(default_factory=set)
    """Who sent something, and waits for an answer."""
    cuts: int = 0

    def serve(self) -> None:
        """Take connections until the entry is closed."""
        with suppress(OSError):
            while True:
                client, _ = self.entry.accept()
                site = socket.create_connection(self.site)
                self.pairs.append((client, site))
                for one, other in ((client, site), (site, client)):
                    self._begin(one, other, client)

    def _begin(self, one: socket.socket, other: socket.socket, who: object) -> None:
        words = (one, other, who)
        threading.Thread(target=self._pass, args=words, daemon=True).start()

    def _pass(
        self, one: socket.socket, other: socket.socket, client: socket.socket
    ) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                (self.asked.add if one is client else self.asked.discard)(client)
                other.sendall(data)
        self.asked.discard(client)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def cut(self, *, after: float) -> bool:
        """Cut all connections, some time after somebody asked and waits."""
        until = time.monotonic() + PATIENCE
        while not self.asked and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(after)
        hit = bool(self.asked)
        self.close()
        self.asked.clear()
        self.cuts += hit
        return hit

    def close(self) -> None:
        """Close all connections, at once."""
        for pair in self.pairs:
            for each in pair:
                with suppress(OSError):
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
        self.pairs.clear()


class Through(HTTPAdapter):
    """Sends by a way, to the site under its own name."""

    def __init__(self, way: Way) -> None:
        super().__init__()
        self._port = way.entry.getsockname()[1]

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Send to the way's entry, and say whom it is for."""
        url = str(request.url)
        host = urlsplit(url).netloc
        request.headers["Host"] = host
        request.url = url.replace(host, f"127.0.0.1:{self._port}", 1)
        return super().send(request, *args, **kwargs)


@contextmanager
def way(url: str) -> Iterator[Way]:
    """Open a way to a site."""
    there = urlsplit(url)
    made = Way((str(there.hostname), int(there.port or 80)))
    thread = threading.Thread(target=made.serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.entry.shutdown(socket.SHUT_RDWR)
        made.entry.close()
        thread.join(PATIENCE)
        made.close()
