"""The routes of the site: which there are, and which one a path means."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from wpbridge.rehearsal.arguments import Argument, Registered, parse_argument
from wpbridge.rehearsal.versions import Version

if TYPE_CHECKING:
    from wpbridge.rehearsal.visit import Visit

Action = Callable[["Visit"], Any]
Table = Mapping[str, Action]
"""A module's routes: ``"GET ~/groups"`` to the function that answers."""

_PLACEHOLDERS = {
    "": r"[\d]+",
    "word": r"[\w-]+",
    "who": r"(?:[\d]+|me)",
    "plugin": r"[^.\/]+(?:\/[^.\/]+)?",
}
_VERBS = {"EDIT": ("POST", "PUT", "PATCH")}
# The component whose absence takes a route away, where the path's first
# word does not say it.
_COMPONENTS = {"sitewide-notices": "messages", "members": "", "components": ""}


@dataclass(frozen=True)
class Endpoint:
    """What one route does for some methods."""

    verb: str
    arguments: tuple[Argument, ...]
    action: Action

    @property
    def methods(self) -> tuple[str, ...]:
        """``("POST", "PUT", "PATCH")`` for EDIT."""
        return _VERBS.get(self.verb, (self.verb,))


@dataclass(frozen=True)
class Route:
    """A path of the API and its endpoints."""

    path: str
    pattern: str
    namespace: str
    component: str
    endpoints: tuple[Endpoint, ...]
    batch: bool

    def methods(self) -> list[str]:
        """Every method that the route knows."""
        return [each for one in self.endpoints for each in one.methods]

    def describe(self, registered: Registered, root: str) -> dict[str, Any]:
        """As the index lists it."""
        told: dict[str, Any] = {
            "namespace": self.namespace,
            "methods": self.methods(),
            "endpoints": [
                self._describe_endpoint(each, registered) for each in self.endpoints
            ],
        }
        if "(?P<" not in self.pattern:
            told["_links"] = {"self": [{"href": root + self.pattern}]}
        return told

    def _describe_endpoint(
        self, endpoint: Endpoint, registered: Registered
    ) -> dict[str, Any]:
        told: dict[str, Any] = {"methods": list(endpoint.methods)}
        if self.batch:
            told["allow_batch"] = {"v1": True}
        told["args"] = {
            each.name: each.describe(registered) for each in endpoint.arguments
        }
        return told


@cache
def _lines(file: str) -> tuple[str, ...]:
    text = files(__package__ or "").joinpath(file).read_text("utf-8")
    return tuple(
        line for line in text.splitlines() if line and not line.startswith("#")
    )


def versioned(file: str, version: Version) -> Iterator[str]:
    """The lines of a data file that hold for one release."""
    for line in _lines(file):
        if not line.startswith("@"):
            yield line
        elif line.startswith(f"@{version.alike} "):
            yield "  " + line.partition(" ")[2]


def _declared(version: Version) -> Iterator[tuple[str, str, tuple[Argument, ...]]]:
    path = ""
    for file in ("arguments.txt", "arguments-core.txt", "arguments-companion.txt"):
        for line in versioned(file, version):
            if not line.startswith(" "):
                path = line.strip()
                continue
            verb, _, rest = line.strip().partition(" ")
            yield path, verb, tuple(map(parse_argument, filter(None, rest.split("; "))))


def _pattern(path: str, version: Version) -> str:
    path = path.replace("~", f"/buddypress/{version.api}", 1)
    return re.sub(
        r"<(\w+):?(\w*)>",
        lambda found: f"(?P<{found[1]}>{_PLACEHOLDERS[found[2]]})",
        path,
    )


def build(version: Version, table: Table) -> list[Route]:
    """Every route of a release; those without a function answer 404."""
    found: dict[str, list[Endpoint]] = {}
    for path, verb, arguments in _declared(version):
        action = table.get(f"{verb} {path}")
        if action:
            found.setdefault(path, []).append(Endpoint(verb, arguments, action))
    return [
        Route(
            path=path,
            pattern=_pattern(path, version),
            namespace=_namespace(path, version),
            component=_component(path),
            endpoints=tuple(endpoints),
            batch=bool(re.match(_batched(version), path)),
        )
        for path, endpoints in found.items()
    ]


def _batched(version: Version) -> str:
    """Which routes ``/batch/v1`` takes; users since WordPress 6.6."""
    contents = "pages|posts|buddypress|navigation|menus|menu-items"
    if version.older_wordpress:
        return rf"/wp/v2/({contents})(/<id>)?$"
    # BuddyPress's members inherit it for their collection alone.
    return rf"(/wp/v2/(users|{contents})(/<id>)?|~/members)$"


def _namespace(path: str, version: Version) -> str:
    if path.startswith("~"):
        return f"buddypress/{version.api}"
    # /batch/v1 is registered without a namespace.
    return (
        "/".join(path.split("/")[1:3])
        if path.startswith(("/wp/", "/wpbridge/"))
        else ""
    )


def _component(path: str) -> str:
    if not path.startswith("~"):
        return ""
    word = path.removeprefix("~").strip("/").partition("/")[0]
    return _COMPONENTS.get(word, word)


class Router:
    """Finds the endpoint for a path and a method."""

    def __init__(self, routes: list[Route]) -> None:
        self.routes = routes
        self._compiled = [
            # Routes are matched without regard to case, as WordPress does.
            (re.compile(each.pattern + "$", re.IGNORECASE), each)
            for each in routes
        ]

    def match(
        self, method: str, path: str, active: Callable[[str], bool]
    ) -> tuple[Route, Endpoint, dict[str, str]] | None:
        """The first route of that path which knows the method."""
        for pattern, route in self._compiled:
            found = pattern.match(path)
            if not found or (route.component and not active(route.component)):
                continue
            for endpoint in route.endpoints:
                if method in endpoint.methods:
                    return route, endpoint, found.groupdict()
        return None

    def at(self, path: str, active: Callable[[str], bool]) -> Route | None:
        """The route of a path, whatever the method (for OPTIONS)."""
        for pattern, route in self._compiled:
            if pattern.match(path) and (not route.component or active(route.component)):
                return route
        return None
