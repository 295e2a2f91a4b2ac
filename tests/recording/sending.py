"""Steps sent to a site: names filled in, logins chosen, answers as data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.recording import steps
from tests.recording.pictures import png

if TYPE_CHECKING:
    import requests

    from tests.recording.steps import Json, Step

NAME = re.compile(r"\{([a-z][\w. -]*)\}")
HEADERS = (
    "Allow",
    "Content-Type",
    "Link",
    "Location",
    "X-WP-Total",
    "X-WP-TotalPages",
)


@dataclass
class Target:
    """A site to send to, and what is known of it so far."""

    session: requests.Session
    root: str
    namespace: str
    """``buddypress/v1`` or ``buddypress/v2``."""
    password: str
    """The administrator's application password."""
    user: str = "admin"
    names: dict[str, Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names |= {"password": "Tulip-4-Sea", "bp": f"/{self.namespace}"}

    def send(self, step: Step) -> requests.Response:
        """Send one step; KeyError where it speaks of a name that nothing saved."""
        files = {
            part: (each["name"], png(*each["size"]), each["type"])
            for part, each in step.files.items()
        }
        return self.session.request(
            step.method,
            self._url(step.path),
            params=_flat(fill(step.query, self.names)),
            json=fill(step.body, self.names),
            data=step.text.encode() if step.text else fill(step.form, self.names),
            files=files or None,
            headers=step.headers,
            auth=self._login(step.who),
            allow_redirects=False,
            timeout=60,
        )

    def _url(self, path: str) -> str:
        path = str(fill(path, self.names, plain=False))
        if path.startswith("site:"):
            return self.root + path.removeprefix("site:")
        return f"{self.root}/wp-json" + path.replace("~", self.names["bp"], 1)

    def _login(self, who: str) -> tuple[str, str] | None:
        match who:
            case steps.ADMIN:
                return self.user, self.password
            case steps.ANONYMOUS:
                return None
            case steps.WRONG_PASSWORD:
                return self.user, "not the password"
            case steps.NOBODY:
                return "nobody-here", "not the password"
            case _:
                return who, str(self.names[f"{who}.password"])


def fill(value: Json, names: dict[str, Json], *, plain: bool = True) -> Json:
    """
    ``value`` with names filled in.

    Where a string is a name and nothing else, the thing itself takes its place, unless
    not ``plain``.
    """
    if isinstance(value, dict):
        return {
            fill(key, names, plain=False): fill(each, names, plain=plain)
            for key, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [fill(each, names, plain=plain) for each in value]
    if not isinstance(value, str):
        return value
    if plain and (whole := NAME.fullmatch(value)):
        return names[whole[1]]
    return NAME.sub(lambda found: str(names[found[1]]), value)


def _flat(query: dict[str, Json]) -> dict[str, Json]:
    """Booleans as PHP reads them."""
    return {
        key: str(each).lower() if isinstance(each, bool) else each
        for key, each in query.items()
    }


def body(answer: requests.Response) -> Json:
    """The JSON of an answer, or None where it is a page or nothing."""
    if "json" not in answer.headers.get("Content-Type", ""):
        return None
    return answer.json()


def headers(answer: requests.Response) -> dict[str, str]:
    """The headers that say something, in lower case."""
    return {
        each.lower(): answer.headers[each] for each in HEADERS if each in answer.headers
    }


def saved(step: Step, answer: Json) -> dict[str, Json]:
    """What the step saves, as far as the answer has it."""
    found = {name: dig(answer, path) for name, path in step.save.items()}
    return {name: each for name, each in found.items() if each is not None}


def dig(value: Json, path: str) -> Json:
    """
    What stands at ``path`` in ``value``, or None.

    A list where a key is looked up counts as its first element: ``buddypress/v1`` wraps
    single items so.
    """
    for key in path.split("."):
        if isinstance(value, list):
            at = int(key) if key.isdigit() else 0
            value = value[at] if at < len(value) else None
            if key.isdigit():
                continue
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value
