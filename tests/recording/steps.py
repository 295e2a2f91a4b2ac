"""
What is asked of a site, as data: steps, and the scenarios made of them.

In paths and bodies ``~`` stands for ``/buddypress/v1`` or ``/buddypress/v2``, a path
that begins with ``site:`` is not below the API, and ``{film}`` is what an earlier step
saved under that name. ``{password}`` is always there, and ``{bp}``, which is what
``~`` stands for.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

Json = Any  # whatever JSON can hold

ADMIN = "admin"
ANONYMOUS = "anonymous"
WRONG_PASSWORD = "wrong password"
NOBODY = "unknown login"


@dataclass(frozen=True, kw_only=True)
class Step:
    """
    One request.

    ``who`` is one of the constants above or the login of a member whose application
    password was saved as ``<login>.password``.
    """

    method: str
    path: str
    who: str = ADMIN
    query: dict[str, Json] = field(default_factory=dict)
    body: Json = None
    form: dict[str, str] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    text: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    save: dict[str, str] = field(default_factory=dict)
    wait: float = 0
    """Seconds to let pass first."""
    align: bool = False
    """Begin with a new second, so that the next step falls in the same one."""
    note: str = ""

    def data(self) -> dict[str, Json]:
        """The step as JSON, without what is as usual."""
        usual = asdict(Step(method="", path=""))
        return {key: each for key, each in asdict(self).items() if each != usual[key]}

    @classmethod
    def of(cls, data: dict[str, Json]) -> Step:
        """The step that ``data`` gave."""
        known = {each.name for each in fields(cls)}
        return cls(**{key: each for key, each in data.items() if key in known})


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """Steps that begin on a bare site, and what is set up by hand before them."""

    name: str
    about: str
    steps: tuple[Step, ...]
    setup: dict[str, Json] = field(default_factory=dict)
    """
    ``components`` to activate, then ``member_types`` and ``group_types``.

    ``companion``: its folder is among the plugins, and it is to be activated;
    ``switches`` are those to turn on.
    """


def get(path: str, **rest: Any) -> Step:
    """A GET."""
    return Step(method="GET", path=path, **rest)


def post(path: str, body: Json = None, **rest: Any) -> Step:
    """A POST of JSON, if any."""
    return Step(method="POST", path=path, body=body, **rest)


def put(path: str, body: Json = None, **rest: Any) -> Step:
    """A PUT of JSON, if any."""
    return Step(method="PUT", path=path, body=body, **rest)


def delete(path: str, **rest: Any) -> Step:
    """A DELETE."""
    return Step(method="DELETE", path=path, **rest)


def upload(path: str, action: str, width: int, height: int, **rest: Any) -> Step:
    """A POST of a made picture, as BuddyPress's own upload forms send it."""
    picture = {"name": "picture.png", "type": "image/png", "size": [width, height]}
    return Step(
        method="POST",
        path=path,
        form={"action": action} if action else {},
        files={"file": picture},
        **rest,
    )
