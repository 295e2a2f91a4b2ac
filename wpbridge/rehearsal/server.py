"""From a request to the function that answers it, after WP_REST_Server."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from wpbridge.rehearsal import checks
from wpbridge.rehearsal.companion import TABLE as COMPANION
from wpbridge.rehearsal.companion.sending import send_due
from wpbridge.rehearsal.options import heed
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.registry import registered
from wpbridge.rehearsal.routing import Endpoint, Router, build
from wpbridge.rehearsal.scope import Scope
from wpbridge.rehearsal.store import Store
from wpbridge.rehearsal.tables import TABLE
from wpbridge.rehearsal.versions import Version
from wpbridge.rehearsal.visit import Caller, Visit
from wpbridge.rehearsal.wire import Params, Reply, pick_fields
from wpbridge.rehearsal.wp_site import index

_ERRORS = 400


class Server:
    """The routes of one site, and the way to them."""

    def __init__(
        self,
        store: Store,
        version: Version,
        clock: Callable[[], datetime],
        url: str,
        *,
        companion: bool = False,
    ) -> None:
        self.store = store
        # The companion brings BuddyPress's copy of the user in step.
        self.version = (
            replace(version, knows_application_passwords=True) if companion else version
        )
        self.clock = clock
        self.url = url
        self.companion = companion
        self.play: Callable[[Visit], Reply] = self.dispatch
        """How requests within a batch are answered."""
        table = {
            **TABLE,
            "GET /": self._index,
            "GET ~": self._namespace,
            "GET /wp/v2": self._namespace,
            **(COMPANION if companion else {}),
        }
        self.router = Router(build(version, table))

    def visit(
        self, method: str, route: str, params: Params, caller: Caller | None
    ) -> Visit:
        """A request, with the site it meets."""
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

    def catch_up(self) -> None:
        """Do what the site does by itself when it is time."""
        if self.companion:
            visit = self.visit("GET", "/", Params(), None)
            visit.within = partial(self._scoped, play=self.dispatch)
            send_due(visit)

    def dispatch(self, visit: Visit) -> Reply:
        """``dispatch``: find the route, check the arguments, act."""
        self._refuse_old_routes(visit)
        if visit.method == "OPTIONS":
            return self._describe(visit)
        endpoint = self._prepared(visit)
        heed(visit)
        visit.again = self._within(visit)
        visit.within = self._scoped
        answer = endpoint.action(visit)
        return answer if isinstance(answer, Reply) else Reply(answer)

    def _prepared(self, visit: Visit) -> Endpoint:
        """The endpoint for a request whose arguments are in order."""
        method = "GET" if visit.method == "HEAD" else visit.method
        found = self.router.match(method, visit.route, visit.has_component)
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
        checks.check(endpoint.arguments, visit.params, registered(visit))
        return endpoint

    def _index(self, visit: Visit) -> Any:
        return index(visit, self.router.routes)

    def _namespace(self, visit: Visit) -> Any:
        """``get_namespace_index``."""
        name = visit.route.strip("/")
        told = index(visit, self.router.routes).get("routes", {})
        routes = {
            path: each for path, each in told.items() if each["namespace"] == name
        }
        up = [{"href": f"{visit.root}/"}]
        return {"namespace": name, "routes": routes, "_links": {"up": up}}

    def _within(self, visit: Visit) -> Callable[..., Reply | None]:
        """What runs, or only checks, one request of a batch."""

        def again(asked: dict[str, Any], *, only_check: bool = False) -> Reply | None:
            params = Params(form=asked["body"], query=asked["query"])
            inner = self.visit(asked["method"], asked["path"], params, visit.caller)
            try:
                self._refuse_batch(inner)
                if only_check:
                    self._prepared(inner)
                    return None
                return self.filtered(inner, self.play(inner))
            except Refusal as refusal:
                return Reply(refusal.body(), refusal.status)

        return again

    def _scoped(
        self,
        asked: dict[str, Any],
        caller: Caller | None,
        scope: Scope,
        play: Callable[[Visit], Reply] | None = None,
    ) -> Reply:
        """Answer one of the companion's calls, in its scope."""
        params = Params(json=asked["body"], query=asked["query"])
        inner = self.visit(asked["method"], asked["path"], params, caller)
        inner.scope = scope
        try:
            return self.filtered(inner, (play or self.play)(inner))
        except Refusal as refusal:
            return Reply(refusal.body(), refusal.status)

    def _refuse_batch(self, visit: Visit) -> None:
        found = self.router.match(visit.method, visit.route, visit.has_component)
        if found and not found[0].batch:
            raise Refusal(
                "rest_batch_not_allowed",
                "The requested route does not support batch requests.",
                400,
            )

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

    def _describe(self, visit: Visit) -> Reply:
        route = self.router.at(visit.route, visit.has_component)
        if not route:
            return Reply([])
        told = route.describe(registered(visit), visit.root)
        return Reply(told, headers={"Allow": ", ".join(route.methods())})

    @staticmethod
    def filtered(visit: Visit, reply: Reply) -> Reply:
        """``rest_filter_response_fields``, which leaves errors alone."""
        if visit.fields and reply.status < _ERRORS:
            links = visit.shows_links and _links(reply.body)
            reply.body = pick_fields(reply.body, visit.fields)
            if links and visit.route.startswith("/buddypress/"):
                reply.body = {**dict(reply.body), "_links": links}
        return reply


def _links(body: Any) -> Any:
    """The links of a single object."""
    return body.get("_links") if isinstance(body, dict) else None
