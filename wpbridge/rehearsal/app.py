"""The embedded site as a WSGI application."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

from wpbridge.rehearsal.auth import authenticate
from wpbridge.rehearsal.companion.access import OPTION
from wpbridge.rehearsal.faults import Fault, LostConnection
from wpbridge.rehearsal.install import install
from wpbridge.rehearsal.mails import Mails
from wpbridge.rehearsal.refusal import Fatal, Refusal
from wpbridge.rehearsal.server import Server
from wpbridge.rehearsal.store import Store
from wpbridge.rehearsal.versions import VERSIONS
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import (
    METHODS_WITH_BODY,
    Reply,
    read_params,
    upload,
)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class App:
    """One site: its database, its clock, and what tests may do to it."""

    def __init__(
        self,
        database: Path | str,
        *,
        version: int = 15,
        clock: Callable[[], datetime] | None = None,
        url: str = "http://rehearsal.invalid",
        companion: bool = False,
    ) -> None:
        self.version = VERSIONS[version]
        url, clock = url.rstrip("/"), clock or (lambda: datetime.now(UTC))
        self.store = Store(database)
        self.user, self.password = install(self.store, clock, url)
        """Login and application password of the first administrator."""
        self.mails = Mails(self.store)
        """Every mail that a real site would have sent."""
        self.server = Server(self.store, self.version, clock, url, companion=companion)
        self.server.play = self._faulty
        self._faults: list[Fault] = []

    @property
    def url(self) -> str:
        """Where the site believes to live; it moves when that is set."""
        return self.server.url

    @url.setter
    def url(self, url: str) -> None:
        self.server.url = url

    @property
    def clock(self) -> Callable[[], datetime]:
        """What tells its time; it can be set while the site is open."""
        return self.server.clock

    @clock.setter
    def clock(self, clock: Callable[[], datetime]) -> None:
        self.server.clock = clock

    # -- for tests ---------------------------------------------------------

    def refuse(
        self,
        method: str,
        path: str,
        *,
        status: int = 500,
        code: str = "internal_server_error",
        times: int | None = None,
        after: bool = False,
        **values: Any,
    ) -> Fault:
        """
        Make matching requests fail, before or ``after`` doing their work.

        ``path`` is part of a route, ``values`` are parameters it must have.
        """
        body = {"code": code, "message": "Refused.", "data": {"status": status}}
        fault = Fault(method, path, Reply(body, status), values, after, times)
        self._faults.append(fault)
        return fault

    def cut(
        self,
        method: str,
        path: str,
        *,
        times: int | None = 1,
        after: bool = True,
        **values: Any,
    ) -> Fault:
        """Lose the answer to matching requests: ``LostConnection`` is raised."""
        fault = Fault(method, path, Reply(None), values, after, times, cut=True)
        self._faults.append(fault)
        return fault

    def mend(self) -> None:
        """Take back every ``refuse`` and ``cut``."""
        self._faults.clear()

    def register_types(
        self, *, member: Iterable[str] = (), group: Iterable[str] = ()
    ) -> None:
        """Register member and group types, as code does on real sites."""
        with self.store.lock:
            for kind, slugs in (("member", member), ("group", group)):
                for slug in slugs:
                    self.store.run(
                        "INSERT OR IGNORE INTO types (kind, slug) VALUES (?, ?)",
                        kind,
                        slug,
                    )

    def switch(self, *names: str) -> None:
        """Turn on these of the companion's switches, and no others."""
        with self.store.lock:
            self.store.set_option(OPTION, list(names))

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    # -- a request ---------------------------------------------------------

    def __call__(
        self, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        with Request(environ) as request:
            return self.respond(request)(environ, start_response)

    def respond(self, request: Request) -> Response:
        """Answer one request."""
        with self.store.lock:
            self.server.catch_up()
        route = self._route(request)
        if request.path == "/wp-cron.php":
            return Response("", mimetype="text/html")
        if route is None:
            # A rehearsal that nobody looks at needs no templates.
            from wpbridge.rehearsal.pages import answer  # noqa: PLC0415

            return answer(self.store, self.url, self.clock, request)
        with self.store.lock:
            if request.method not in ("GET", "HEAD", "OPTIONS"):
                self.store.begin()
            try:
                reply = self._answer(request, route)
            except LostConnection:
                raise
            except Fatal:
                return Response(Fatal.page, 500, mimetype="text/html")
            except BaseException:
                self.store.rollback()
                raise
            finally:
                # WordPress has no transactions: what was written before an
                # error stays. A lost answer is an answer that came too late.
                self.store.commit()
        return self._response(request, reply)

    @staticmethod
    def _route(request: Request) -> str | None:
        # Plain permalinks pass the route in the query (rest_api_loaded).
        if "rest_route" in request.args:
            return "/" + request.args["rest_route"].strip("/")
        if request.path == "/wp-json" or request.path.startswith("/wp-json/"):
            return "/" + request.path[9:].strip("/")
        return None

    def _answer(self, request: Request, route: str) -> Reply:
        try:
            params, method = read_params(request), request.method
            # WP_REST_Server::serve_request: the query overrules the header.
            override = request.headers.get("X-HTTP-Method-Override", "")
            method = str(params.query.get("_method") or override or method).upper()
            caller = authenticate(self.store, request, self.clock)
            visit = self.server.visit(method, route, params, caller)
            visit.upload = upload(request) if method in METHODS_WITH_BODY else None
            visit.headers = request.headers
            if visit.upload is None and method == "POST":
                visit.raw_body = request.get_data(cache=True)
            return self.server.filtered(visit, self._faulty(visit))
        except Refusal as refusal:
            return Reply(refusal.body(), refusal.status)

    def _faulty(self, visit: Visit) -> Reply:
        fault = next((each for each in self._faults if each.meets(visit)), None)
        if fault is None:
            return self.server.dispatch(visit)
        if fault.after:
            self.server.dispatch(visit)
        if fault.cut:
            raise LostConnection(f"{visit.method} {visit.route}")
        return fault.reply

    def _response(self, request: Request, reply: Reply) -> Response:
        body = b"" if request.method == "HEAD" else json.dumps(reply.body).encode()
        response = Response(body, reply.status, mimetype="application/json")
        response.headers["Content-Type"] = "application/json; charset=UTF-8"
        link = f'<{self.url}/wp-json/>; rel="https://api.w.org/"'
        response.headers["Link"] = link
        response.headers["X-Robots-Tag"] = "noindex"
        for name, value in reply.headers.items():
            if name == "Link":
                response.headers.add(name, value)
            else:
                response.headers[name] = value
        if request.authorization:
            response.headers["Cache-Control"] = "no-cache, must-revalidate, max-age=0"
        return response


def create_app(
    database: Path | str,
    *,
    version: int = 15,
    clock: Callable[[], datetime] | None = None,
    url: str = "http://rehearsal.invalid",
    companion: bool = False,
) -> App:
    """
    Open the embedded site in a database file, made on first use.

    ``version`` is BuddyPress's (12, 14 or 15), ``clock`` tells its time, and
    ``url`` is where it believes to live. With ``companion`` the companion plugin is
    active on it, all of its switches off until ``App.switch`` turns them on.
    """
    return App(database, version=version, clock=clock, url=url, companion=companion)
