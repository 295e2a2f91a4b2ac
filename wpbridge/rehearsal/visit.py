"""One request, as the function of a route sees it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from werkzeug.datastructures import FileStorage

from wpbridge.rehearsal import dates
from wpbridge.rehearsal.fields import filtered
from wpbridge.rehearsal.kses import Rules
from wpbridge.rehearsal.mails import Mail
from wpbridge.rehearsal.refusal import Refusal, denied
from wpbridge.rehearsal.roles import capabilities
from wpbridge.rehearsal.scope import Scope
from wpbridge.rehearsal.store import Row, Store
from wpbridge.rehearsal.versions import Version
from wpbridge.rehearsal.wire import Params, Reply, totals


@dataclass(frozen=True)
class Caller:
    """Who sent a request."""

    id: int
    login: str
    roles: tuple[str, ...]
    password_uuid: str
    """Which application password they came by."""


@dataclass
class Visit:
    """A request on its way through the site, and the site it meets."""

    store: Store
    version: Version
    url: str
    clock: Callable[[], datetime]
    active: frozenset[str]
    """Names of the active components."""
    caller: Caller | None
    method: str
    route: str
    params: Params
    upload: FileStorage | None = None
    raw_body: bytes = b""
    headers: Any = None
    again: Callable[..., Reply | None] | None = None
    """Runs a request within this one, for ``/batch/v1``."""
    scope: Scope = field(default_factory=Scope)
    within: Callable[..., Reply] | None = None
    """Runs a request within this one, in a scope of its own."""

    def has_component(self, name: str) -> bool:
        """Whether a component is active."""
        return name in self.active

    # -- who ---------------------------------------------------------------

    @property
    def me(self) -> int:
        """WordPress's ``get_current_user_id()``."""
        return self.caller.id if self.caller else 0

    @property
    def bp_me(self) -> int:
        """BuddyPress's ``bp_loggedin_user_id()``, 0 on 14 (facts of Version)."""
        return self.me if self.version.knows_application_passwords else 0

    @property
    def anonymous(self) -> bool:
        """Nobody is logged in."""
        return self.caller is None

    def can(self, capability: str) -> bool:
        """``current_user_can``."""
        return self.caller is not None and capability in capabilities(
            [*self.caller.roles]
        )

    @property
    def moderates(self) -> bool:
        """``bp_current_user_can( 'bp_moderate' )``, which asks WordPress."""
        return self.can("bp_moderate")

    @property
    def item_admin(self) -> bool:
        """
        ``bp_is_item_admin()``, which is what ``bp_loggedin_user_id()`` of 0 meets.

        It is set on pages, and never for who came by application password.
        """
        return False

    def denied(self, message: str = "", code: str = "") -> Refusal:
        """The refusal for lack of rights, to raise."""
        default = "Sorry, you are not allowed to perform this action."
        return denied(self.anonymous, message or default, code)

    # -- what --------------------------------------------------------------

    def get(self, name: str, default: Any = None) -> Any:
        """One parameter, wherever it came from."""
        value = self.params.get(name)
        return default if value is None else value

    def number(self, name: str) -> int:
        """One parameter as PHP's ``(int)`` would have it."""
        value = self.params.get(name)
        try:
            return int(float(value)) if value not in (None, "") else 0
        except (TypeError, ValueError):
            return 0

    @property
    def context(self) -> str:
        """view, edit or embed."""
        writes = self.method in ("POST", "PUT", "PATCH", "DELETE")
        if writes and self.version.writes_edit:
            return "edit"
        return str(self.params.get("context") or "view")

    @cached_property
    def fields(self) -> list[str]:
        """Names in ``_fields``; none = all."""
        asked = self.params.get("_fields") or []
        names = asked if isinstance(asked, list) else str(asked).split(",")
        return [each.strip() for each in names if each.strip()]

    def wants(self, *names: str) -> bool:
        """Whether a reply shows any of these (whole fields, as BuddyPress asks)."""
        return not self.fields or any(name in self.fields for name in names)

    @property
    def shows_links(self) -> bool:
        """
        Whether BuddyPress's links are in the reply.

        Lists carry them as data, which ``_fields`` filters; single objects
        have them on the response, which it does not see.
        """
        listing = self.method == "GET" and (
            "per_page" in self.params.defaults or self.route.endswith("/me")
        )
        wrapped = self.version.wraps and "/members" not in self.route
        return self.wants("_links") or not (listing or wrapped)

    def rules(self, rules: Rules) -> Rules:
        """What may stay of HTML, as this release's WordPress writes it."""
        return replace(rules, double_quotes=self.version.double_quotes)

    # -- when and where ----------------------------------------------------

    @cached_property
    def now(self) -> datetime:
        """The moment of the request."""
        return self.clock().astimezone(UTC)

    @property
    def stamp(self) -> str:
        """The moment, as tables hold it."""
        return dates.stored(self.now)

    def dated(self, what: str) -> str:
        """The date of a new row: the companion's for this call, or the moment."""
        return self.scope.spend(what) or self.stamp

    @cached_property
    def zone(self) -> Any:
        """The site's time zone."""
        return dates.site_zone(
            self.store.option("timezone_string", ""),
            float(self.store.option("gmt_offset", 0)),
        )

    def local(self, stamp: str | None) -> str | None:
        """A stored date by the site's clock."""
        if self.zone is UTC:
            return dates.rfc3339(stamp)
        return dates.local(stamp, self.zone)

    def since(self, stamp: str | None) -> str:
        """``2 hours, 5 minutes ago``."""
        return dates.since(stamp, self.now)

    @property
    def root(self) -> str:
        """Address of the API, without a slash at its end."""
        return f"{self.url}/wp-json"

    @cached_property
    def _directories(self) -> dict[str, str]:
        return {
            row["template"]: row["slug"]
            for row in self.store.rows(
                "SELECT template, slug FROM posts WHERE type = 'buddypress'"
            )
        }

    def directory(self, component: str) -> str:
        """Address of a component's pages, which are where its directory page is."""
        return f"{self.url}/{self._directories.get(component, component)}"

    def api(self, path: str) -> str:
        """Address of one of BuddyPress's routes."""
        return f"{self.root}/buddypress/{self.version.api}/{path}"

    # -- how it answers ----------------------------------------------------

    def shaped(
        self, schema: str, data: dict[str, Any], context: str = ""
    ) -> dict[str, Any]:
        """Leave what the schema shows in this request's context."""
        return filtered(self.version, schema, data, context or self.context)

    def single(self, item: dict[str, Any]) -> Any:
        """One object, in a list of its own on v1."""
        return [item] if self.version.wraps else item

    def page(self, items: list[Any], total: int) -> Reply:
        """A collection, with ``bp_rest_response_add_total_headers``."""
        per_page = self.number("per_page")
        if not total or not per_page:
            return Reply(items)
        return Reply(items, headers=totals(total, per_page))

    def listed(
        self,
        table: str,
        where: str,
        values: list[Any],
        *,
        order: str,
        tell: Callable[["Visit", Row], Any],
        bounded: bool = False,
    ) -> Reply:
        """
        A page of a table's rows, with the totals that WordPress tells of them.

        ``bounded``: a page behind the last is refused.
        """
        total = self.store.value(f"SELECT count(*) FROM {table} WHERE {where}", *values)
        per_page, start = self.slice
        if bounded and total and start >= total:
            message = (
                "The page number requested is larger than the number of pages "
                "available."
            )
            raise Refusal("rest_post_invalid_page_number", message, 400)
        rows = self.store.rows(
            f"SELECT * FROM {table} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
            *values,
            per_page,
            self.number("offset") or start,
        )
        told = [tell(self, row) for row in rows]
        return Reply(told, headers=totals(total, per_page))

    @property
    def slice(self) -> tuple[int, int]:
        """LIMIT and OFFSET of the page asked for."""
        per_page = self.number("per_page") or 10
        return per_page, (max(self.number("page"), 1) - 1) * per_page

    def mail(self, user_id: int, kind: str, *, loud: bool = False) -> None:
        """Note a mail that the real site would send; a ``loud`` one at any rate."""
        if self.scope.quiet and not loud:
            return
        address = self.store.value("SELECT email FROM users WHERE id = ?", user_id)
        Mail(address or "", kind, self.stamp).keep(self.store)

    def notify(
        self, user_id: int, component: str, action: str, item: int, second: int = 0
    ) -> None:
        """Make a notification, when that component is active."""
        if "notifications" in self.active and not self.scope.quiet:
            self.store.insert(
                "notifications",
                user_id=user_id,
                component=component,
                action=action,
                item_id=item,
                secondary_item_id=second,
                date_notified=self.stamp,
            )

    def user(self, identity: int) -> Row | None:
        """An account by its id."""
        return self.store.row("SELECT * FROM users WHERE id = ?", identity)
