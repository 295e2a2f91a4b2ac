"""The embedded site as a WSGI application."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

from wpbridge.rehearsal import arguments
from wpbridge.rehearsal.auth import authenticate
from wpbridge.rehearsal.install import install
from wpbridge.rehearsal.mails import Mails
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.registry import registered
from wpbridge.rehearsal.routing import Router, build
from wpbridge.rehearsal.store import Store
from wpbridge.rehearsal.tables import TABLE
from wpbridge.rehearsal.versions import VERSIONS
from wpbridge.rehearsal.visit import Caller, Visit
from wpbridge.rehearsal.wire import (
    METHODS_WITH_BODY,
    Params,
    Reply,
    pick_fields,
    read_params,
    upload,
)
from wpbridge.rehearsal.wp_site import index

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


@dataclass
class Fault:
    """Requests that are to fail, so that a test can see what comes of it."""

    method: str
    path: str
    reply: Reply
    values: dict[str, Any]
    after: bool
    times: int | None
    cut: bool = False
    met: int = field(default=0)

    def meets(self, visit: Visit) -> bool:
        """Whether this request is one of them; counts it if so."""
        if self.times is not None and self.met >= self.times:
            return False
        if self.method not in (visit.method, "*") or self.path not in visit.route:
            return False
        if any(visit.get(name) != value for name, value in self.values.items()):
            return False
        self.met += 1
        return True


class LostConnection(ConnectionError):
    """Raised out of the application where a test asked for no answer."""


class App:
    """One site: its database, its clock, and what tests may do to it."""

    def __init__(
        self,
        database: Path | str,
        *,
        version: int = 15,
        clock: Callable[[], datetime] | None = None,
        url: str = "http://rehearsal.invalid",
    ) -> None:
        self.version = VERSIONS[version]
        self.url = url.rstrip("/")
        self.clock = clock or (lambda: datetime.now(UTC))
        self.store = Store(database)
        self.user, self.password = install(self.store, self.clock, self.url)
        """Login and application password of the first administrator."""
        self.mails = Mails(self.store)
        """Every mail that a real site would have sent."""
        self.router = Router(
            build(self.version, {**TABLE, "GET /": self._index}),
        )
        self._faults: list[Fault] = []

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

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    # -- a request ---------------------------------------------------------

    def __call__(
        self, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        request = Request(environ)
        return self.respond(request)(environ, start_response)

    def respond(self, request: Request) -> Response:
        """Answer one request."""
        route = self._route(request)
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
            visit = self._visit(method, route, params, caller)
            visit.upload = upload(request) if method in METHODS_WITH_BODY else None
            visit.headers = request.headers
            if visit.upload is None and method == "POST":
                visit.raw_body = request.get_data(cache=True)
            return self._filtered(visit, self._faulty(visit))
        except Refusal as refusal:
            return Reply(refusal.body(), refusal.status)

    def _visit(
        self, method: str, route: str, params: Params, caller: Caller | None
    ) -> Visit:
        return Visit(
            store=self.store,
            version=self.version,
            url=self.url,
            clock=self.clock,
            active=frozenset(self.store.option("bp-active-components", {})) | {"core"},
            caller=caller,
            method=method,
            route=route,
            params=params,
        )

    def _faulty(self, visit: Visit) -> Reply:
        fault = next((each for each in self._faults if each.meets(visit)), None)
        if fault is None:
            return self.dispatch(visit)
        if fault.after:
            self.dispatch(visit)
        if fault.cut:
            raise LostConnection(f"{visit.method} {visit.route}")
        return fault.reply

    def dispatch(self, visit: Visit) -> Reply:
        """``WP_REST_Server::dispatch``."""
        self._refuse_old_routes(visit)
        active = self._route_is_active(visit)
        if visit.method == "OPTIONS":
            return self._describe(visit, active)
        method = "GET" if visit.method == "HEAD" else visit.method
        found = self.router.match(method, visit.route, active)
        if not found:
            raise Refusal(
                "rest_no_route",
                "No route was found matching the URL and request method.",
                404,
            )
        _, endpoint, path = found
        visit.params.path = dict(path)
        visit.params.defaults = {
            each.name: each.default
            for each in endpoint.arguments
            if each.default is not None
        }
        arguments.check(endpoint.arguments, visit.params, registered(visit))
        if endpoint.action is None:  # pragma: no cover - build() keeps these out
            raise Refusal("rest_no_route", "No route.", 404)
        visit.again = self._within(visit)
        answer = endpoint.action(visit)
        return answer if isinstance(answer, Reply) else Reply(answer)

    def _index(self, visit: Visit) -> Any:
        return index(visit, self.router.routes)

    def _within(self, visit: Visit) -> Callable[[dict[str, Any]], Reply]:
        def again(asked: dict[str, Any]) -> Reply:
            params = Params(form=asked["body"], query=asked["query"])
            inner = self._visit(asked["method"], asked["path"], params, visit.caller)
            found = self.router.match(
                inner.method, inner.route, self._route_is_active(inner)
            )
            try:
                if found and not found[0].batch:
                    raise Refusal(
                        "rest_batch_not_allowed",
                        "The requested route does not support batch requests.",
                        400,
                    )
                return self._filtered(inner, self.dispatch(inner))
            except Refusal as refusal:
                return Reply(refusal.body(), refusal.status)

        return again

    def _refuse_old_routes(self, visit: Visit) -> None:
        # bp_rest_api_v1_dispatch_error, before anything else is looked at.
        if self.version.api == "v2" and "buddypress/v1" in visit.route:
            raise Refusal(
                "rest_no_route",
                "The V1 of the BuddyPress REST API is no longer supported, "
                "use the V2 instead.",
                404,
            )
        # bp_rest_api_signup_disabled_feature_dispatch_error
        if self.version.api == "v2" and "buddypress/v2/signup" in visit.route:
            raise Refusal(
                "rest_no_route",
                "BuddyPress: The user signup feature is currently disabled. "
                "Please activate this feature to proceed.",
                403,
            )

    @staticmethod
    def _route_is_active(visit: Visit) -> Callable[[str], bool]:
        return lambda component: component in visit.active

    def _describe(self, visit: Visit, active: Callable[[str], bool]) -> Reply:
        route = self.router.at(visit.route, active)
        if not route:
            return Reply([])
        told = route.describe(registered(visit), visit.root)
        return Reply(told, headers={"Allow": ", ".join(route.methods())})

    @staticmethod
    def _filtered(visit: Visit, reply: Reply) -> Reply:
        # rest_filter_response_fields leaves errors alone.
        if visit.fields and reply.status < 400:  # noqa: PLR2004 - HTTP's line
            links = visit.shows_links and _links(reply.body)
            reply.body = pick_fields(reply.body, visit.fields)
            if links and visit.route.startswith("/buddypress/"):
                reply.body = {**dict(reply.body), "_links": links}
        return reply

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


def _links(body: Any) -> Any:
    """The links of a single object."""
    return body.get("_links") if isinstance(body, dict) else None


def create_app(
    database: Path | str,
    *,
    version: int = 15,
    clock: Callable[[], datetime] | None = None,
    url: str = "http://rehearsal.invalid",
) -> App:
    """
    Open the embedded site in a database file, made on first use.

    ``version`` is BuddyPress's (14 or 15), ``clock`` tells its time, and
    ``url`` is where it believes to live.
    """
    return App(database, version=version, clock=clock, url=url)
