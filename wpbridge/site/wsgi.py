"""A site within this process: ``requests`` calls a WSGI application."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from wsgiref.types import WSGIApplication

    from requests import PreparedRequest, Response


class WsgiAdapter(BaseAdapter):
    """Answers requests out of a WSGI application, for tests and the rehearsal."""

    def __init__(self, application: WSGIApplication) -> None:
        super().__init__()
        self._application = application
        self._builder = HTTPAdapter()

    def send(  # noqa: PLR0917 - the signature is requests'
        self,
        request: PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002 - the same
        timeout: Any = None,
        verify: Any = True,  # noqa: FBT002 - the same
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> Response:
        """Call the application, and read all that it says."""
        del stream, timeout, verify, cert, proxies
        began: list[tuple[int, list[tuple[str, str]]]] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], _exc_info: Any = None
        ) -> Callable[[bytes], object]:
            began.append((int(status.partition(" ")[0]), headers))
            return pieces.append

        pieces: list[bytes] = []
        answer = self._application(_environment(request), start_response)
        try:
            pieces.extend(answer)
        finally:
            _close(answer)
        status, headers = began[-1]
        raw = HTTPResponse(
            BytesIO(b"".join(pieces)),
            HTTPHeaderDict(headers),
            status,
            preload_content=False,
            request_method=request.method,
        )
        return self._builder.build_response(request, raw)

    def close(self) -> None:
        """Nothing is held."""


def _close(answer: Iterable[bytes]) -> None:
    close = getattr(answer, "close", None)
    if close:
        close()


def _environment(request: PreparedRequest) -> dict[str, Any]:
    place = urlsplit(request.url or "")
    body = request.body or b""
    body = body.encode() if isinstance(body, str) else body
    names = {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in request.headers.items()
    }
    return {
        **names,
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "HTTP_HOST": place.netloc,
        "PATH_INFO": unquote_to_bytes(place.path or "/").decode("latin-1"),
        "QUERY_STRING": place.query,
        "REMOTE_ADDR": "127.0.0.1",
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "SERVER_NAME": place.hostname or "localhost",
        "SERVER_PORT": str(place.port or (443 if place.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.errors": sys.stderr,
        "wsgi.input": BytesIO(body),
        "wsgi.multiprocess": False,
        "wsgi.multithread": True,
        "wsgi.run_once": False,
        "wsgi.url_scheme": place.scheme,
        "wsgi.version": (1, 0),
    }
