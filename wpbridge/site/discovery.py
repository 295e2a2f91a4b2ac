"""
What a site is and may do, in two rounds of requests sent at once.

The first: the index, who is logged in, which plugins there are. The second: what
depends on the API's version. What the login may not ask stays unknown.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from wpbridge.errors import LoginRefused, NoAnswer, NotSupported, SiteError
from wpbridge.site import Facts, Me
from wpbridge.site.clock import ahead
from wpbridge.site.evidence import (
    OTHER,
    companion_of,
    is_network,
    sees_us,
    timezone,
    version,
)
from wpbridge.site.root import Index, ask, find, guess
from wpbridge.site.session import Session
from wpbridge.site.stripped import is_header_stripped
from wpbridge.site.wire import reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor, Future
    from datetime import timedelta

    from wpbridge.site.answer import Answer
    from wpbridge.site.http import Http
    from wpbridge.site.wire import Request

Question: TypeAlias = "tuple[str, dict[str, Any]]"

ME: Question = (
    "/wp/v2/users/me",
    {"context": "edit", "_fields": "id,username,capabilities"},
)
PLUGINS: Question = ("/wp/v2/plugins", {"_fields": "plugin,status,version"})
STATUS: Question = ("/wpbridge/v1/status", {})
USERS: Question = ("/wp/v2/users", {"per_page": 1, "_fields": "id"})
SUPER = frozenset({"bp_moderate", "manage_network_users"})
"""What a super admin of a network of sites may do, and is not listed."""

ENVIRONMENT: Question = ("/wp-abilities/v1/abilities/core/get-environment-info/run", {})


def discover(http: Http, url: str, pool: Executor) -> tuple[Facts, Me]:
    """Find out what a site is, and who we are there."""
    root = guess(url)
    first = pool.submit(ask, http, root)
    early = _Asking(http, root, pool)
    early.ask(ME, PLUGINS)
    index = first.result()
    if not isinstance(index, Index):
        index = find(http, url)
    url = urlsplit(url)._replace(scheme=urlsplit(index.root).scheme).geturl()
    asking = early if index.root == root else _Asking(http, index.root, pool)
    asking.url = url
    asking.ask(ME, PLUGINS)
    api = _api(index, url)
    me = _me(http, asking, index, url)
    return _facts(http, asking, index, api, me), Me(me["username"], me["id"])


class _Asking:
    """Questions under way, each asked once."""

    def __init__(self, http: Http, root: str, pool: Executor) -> None:
        self._http = http
        self._root = root
        self._pool = pool
        self._under_way: dict[str, Future[tuple[Answer, datetime]]] = {}
        self.url = ""

    def ask(self, *questions: Question) -> None:
        """Begin asking."""
        for route, params in questions:
            if route not in self._under_way:
                request = reading("GET", self._root, route, **params)
                self._under_way[route] = self._pool.submit(self._heard, request)

    def told(self, question: Question) -> Any:
        """The answer; raises what went wrong."""
        return self.heard(question)[0].body

    def heard(self, question: Question) -> tuple[Answer, datetime]:
        """The answer with its headers, and when it came; raises what went wrong."""
        self.ask(question)
        return self._under_way[question[0]].result()

    def _heard(self, request: Request) -> tuple[Answer, datetime]:
        return self._http.send(request), datetime.now(UTC)

    def allowed(self, question: Question) -> tuple[Any, bool]:
        """The answer or nothing, and whether one might make such things too."""
        try:
            self.told(question)
        except NoAnswer:
            raise
        except SiteError:
            return [], False
        answer, _ = self.heard(question)
        return answer.body, "POST" in answer.headers.get("Allow", "")

    def maybe(self, question: Question) -> Any:
        """The answer, or ``None`` where the site has none for us."""
        try:
            return self.told(question)
        except NoAnswer:
            raise
        except SiteError:
            return None


def _api(index: Index, url: str) -> int:
    for api in (2, 1):
        if f"buddypress/v{api}" in index.namespaces:
            return api
    raise NotSupported(
        f"there is no BuddyPress on {url}: install and activate it (12 or newer); if "
        "it is active, its REST API has been switched off"
    )


def _me(http: Http, asking: _Asking, index: Index, url: str) -> dict[str, Any]:
    try:
        me = asking.told(ME)
    except LoginRefused:
        pass
    else:
        return dict(me)
    raise LoginRefused(_why_not(http, index, url))


def _why_not(http: Http, index: Index, url: str) -> str:
    if isinstance(http.login, Session):
        return (
            f"{url} lets {http.login.user} in at its login page, and its REST API does "
            "not: does a plugin close it to cookies?"
        )
    if not index.password_page:
        return (
            f"application passwords are off on {url}: it needs https (behind a proxy, "
            "it must know that it has it), or a plugin or wp-config.php switches them "
            "off; `wpbridge login --cookie` does without"
        )
    stripped = is_header_stripped(http, url, http.login) if http.login else None
    wrong = (
        f"{url} does not take this login: check the user name and the application "
        "password (not the account's own one)"
    )
    remedy = (
        "the web server there strips the Authorization header; for Apache, put "
        '`SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1` into .htaccess, for '
        "nginx `fastcgi_param HTTP_AUTHORIZATION $http_authorization;` beside its "
        "fastcgi_pass; or log in with cookies (`wpbridge login --cookie`)"
    )
    if stripped is None:
        return f"{wrong}; if both are right, {remedy}"
    return f"the login is right, but {remedy}" if stripped else wrong


def _facts(
    http: Http, asking: _Asking, index: Index, api: int, me: Mapping[str, Any]
) -> Facts:
    bp = f"/buddypress/v{api}"
    components = (f"{bp}/components", {"context": "edit", "per_page": 100})
    blogs = (f"{bp}/blogs", {"per_page": 1, "_fields": "id"})
    other = (f"{bp}/members", {**OTHER, "exclude": [me["id"]]})
    has_companion = "wpbridge/v1" in index.namespaces
    cookies = isinstance(http.login, Session)
    blind = api == 1 and not has_companion and not cookies
    asks = ((STATUS, has_companion), (other, blind), (ENVIRONMENT, _abilities(index)))
    asking.ask(components, blogs, *(each for each, whether in asks if whether))
    plugins, installs = asking.allowed(PLUGINS)
    status = asking.maybe(STATUS) if has_companion else None
    companion = companion_of(status) if has_companion else None
    sees = api > 1 or (companion is not None and "login" in companion.abilities)
    if blind:
        sees = sees_us(asking.maybe(other), me["id"])
    network, has = _rights(asking, me, plugins, blogs, installs=installs)
    http.ahead = _ahead(asking, status)
    return Facts(
        url=asking.url,
        root=index.root,
        api=api,
        name=unescape(str(index.body.get("name", ""))),
        wordpress=_wordpress(asking, index),
        buddypress=version(plugins),
        sees_login=sees or cookies,
        sees_members=sees,
        multisite=network,
        adds_members=not network or asking.allowed(USERS)[1],
        timezone=timezone(index.body),
        components={
            each["name"]: bool(each["is_active"])
            for each in asking.maybe(components) or ()
        },
        capabilities=has,
        application_passwords=bool(index.password_page),
        password_page=index.password_page,
        plain="?" in index.root,
        companion=companion,
        ahead=http.ahead,
    )


def _rights(
    asking: _Asking,
    me: Mapping[str, Any],
    plugins: Any,
    blogs: Question,
    *,
    installs: bool,
) -> tuple[bool, frozenset[str]]:
    """Whether this is a network of sites, and which capabilities the login has."""
    held = (me.get("capabilities") or {}).items()
    has = frozenset(name for name, whether in held if whether)
    network = (
        is_network(plugins)
        or (not plugins and "activate_plugins" in has)  # a super admin's alone there
        or asking.maybe(blogs) is not None
    )
    runs_it = network and (installs or is_network(plugins))
    return network, has | SUPER if runs_it else has


def _ahead(asking: _Asking, status: Any) -> timedelta:
    """How far the site's clock is ahead of ours."""
    if isinstance(status, dict):
        return ahead(str(status.get("now", "")), *asking.heard(STATUS))
    return ahead("", *asking.heard(ME))


def _abilities(index: Index) -> bool:
    """Whether WordPress tells there what it runs on."""
    return "wp-abilities/v1" in index.namespaces


def _wordpress(asking: _Asking, index: Index) -> str:
    if not _abilities(index):
        return ""
    environment = asking.maybe(ENVIRONMENT)
    known = isinstance(environment, dict)
    return str(environment.get("wp_version", "")) if known else ""
