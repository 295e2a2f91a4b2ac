"""Sites to talk to: scripted ones in this process, and broken ones on loopback."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qsl

from wpbridge.site.answer import Trouble
from wpbridge.site.http import Http
from wpbridge.site.secret import Login, Secret
from wpbridge.site.trying import Limits
from wpbridge.site.wire import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from ssl import SSLContext
    from wsgiref.types import StartResponse, WSGIEnvironment

URL = "http://site.invalid"
TLS = 0x16
"""What a TLS handshake begins with."""

ADMIN = ("admin", "abcd efgh ijkl mnop")
INDEX = {
    "name": "Club",
    "namespaces": ["wp/v2", "buddypress/v2"],
    "timezone_string": "Europe/Madrid",
    "gmt_offset": 1,
    "authentication": {
        "application-passwords": {
            "endpoints": {"authorization": f"{URL}/wp-admin/authorize-application.php"}
        }
    },
}
ME = {"id": 1, "username": "admin", "capabilities": {"bp_moderate": True}}


@dataclass(frozen=True)
class Said:
    """One request as a site heard it."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: bytes
    kind: str
    login: str
    override: str = ""
    cookie: str = ""
    nonce: str = ""


@dataclass(frozen=True)
class Reply:
    """What a scripted site answers; ``body`` is bytes or goes out as JSON."""

    body: Any = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    def send(self, start_response: StartResponse) -> Iterable[bytes]:
        """Answer so."""
        data = self.body if isinstance(self.body, bytes) else json.dumps(self.body)
        status = HTTPStatus(self.status)
        start_response(f"{status.value} {status.phrase}", list(self.headers))
        return [data if isinstance(data, bytes) else data.encode()]


Answers: TypeAlias = "Reply | Callable[[Said], Reply]"


@dataclass
class Script:
    """A WSGI application that answers by method and path, and remembers."""

    answers: dict[tuple[str, str], Answers] = field(default_factory=dict)
    turns: dict[tuple[str, str], list[Answers]] = field(
        default_factory=lambda: defaultdict(list)
    )
    heard: list[Said] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def on(self, method: str, path: str, *answers: Answers) -> None:
        """Answer so from now on, the last of them for good."""
        self.turns[method, path] = list(answers[:-1])
        self.answers[method, path] = answers[-1]

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Hear, and answer."""
        said = Said(
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"],
            tuple(parse_qsl(environ["QUERY_STRING"], keep_blank_values=True)),
            environ["wsgi.input"].read(),
            environ["CONTENT_TYPE"],
            environ.get("HTTP_AUTHORIZATION", ""),
            environ.get("HTTP_X_HTTP_METHOD_OVERRIDE", ""),
            environ.get("HTTP_COOKIE", ""),
            environ.get("HTTP_X_WP_NONCE", ""),
        )
        route = said.method, said.path
        with self.lock:
            self.heard.append(said)
            turns = self.turns[route]
            answer = turns.pop(0) if turns else self.answers.get(route, NO_ROUTE)
        reply = answer if isinstance(answer, Reply) else answer(said)
        return reply.send(start_response)

    def paths(self, method: str = "GET") -> list[str]:
        """What was asked, in order."""
        return [each.path for each in self.heard if each.method == method]


def refusal(status: int, code: str, message: str = "No.") -> Reply:
    """An error as WordPress words it."""
    body = {"code": code, "message": message, "data": {"status": status}}
    return Reply(body, status)


NO_ROUTE = refusal(404, "rest_no_route", "No route was found.")


def wordpress(script: Script, api: int = 2, **index: Any) -> None:
    """Make it a site with BuddyPress."""
    names = ["wp/v2", f"buddypress/v{api}"]
    script.on("GET", "/wp-json/", Reply({**INDEX, "namespaces": names, **index}))
    script.on("GET", "/wp-json/wp/v2/users/me", Reply(ME))
    plugin = {"plugin": "buddypress/bp-loader", "status": "active"}
    plugin["version"] = "15.0.0" if api > 1 else "14.5.2"
    script.on("GET", "/wp-json/wp/v2/plugins", Reply([plugin]))
    components = [{"name": "groups", "is_active": True}]
    components.append({"name": "friends", "is_active": False})
    route = f"/wp-json/buddypress/v{api}"
    script.on("GET", f"{route}/components", Reply(components))
    script.on("GET", f"{route}/members", Reply([]))


class Broken:
    """A server on loopback that sends given bytes to whoever asks."""

    def __init__(self, *says: bytes, hangs: bool = False) -> None:
        self.says = list(says)
        self.hangs = hangs
        self.asked = 0
        self.over = Event()
        self.port = 0

    @contextmanager
    def serve(self, context: SSLContext | None = None) -> Iterator[str]:
        """Serve it, with TLS where there is a context; yields the address."""
        broken = self

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                """Hear a request's head, or the first of TLS, then answer."""
                while (line := self.rfile.readline(80).strip()) and line[0] != TLS:
                    pass
                broken.asked += 1
                self.wfile.write(broken.says[min(broken.asked, len(broken.says)) - 1])
                if broken.hangs:
                    self.wfile.flush()
                    broken.over.wait(20)

        with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
            server.handle_error = lambda *_: None  # type: ignore[method-assign]  # quiet
            if context:
                server.socket = context.wrap_socket(server.socket, server_side=True)
            thread = Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_address[1]}"
            finally:
                self.over.set()
                server.shutdown()
                thread.join()


@contextmanager
def session(**options: Any) -> Iterator[Http]:
    """A session over the network that does not wait long."""
    limits = options.pop("limits", Limits(connect=1, read=0.3, tries=2))
    login = Login(ADMIN[0], Secret(ADMIN[1]))
    http = Http(login, limits=limits, sleep=lambda _: None, **options)
    try:
        yield http
    finally:
        http.close()


def get(url: str = URL) -> Request:
    """A read, which may be repeated."""
    return Request("GET", f"{url}/x", "/x", repeatable=True)


def post(url: str = URL) -> Request:
    """A write, which may not."""
    return Request("POST", f"{url}/x", "/x", b"{}", "application/json")


def trouble(http: Http, request: Request) -> Trouble:
    """What went wrong."""
    result = http.exchange(request)
    assert isinstance(result, Trouble), result
    assert "\n" not in str(result.error)
    return result
