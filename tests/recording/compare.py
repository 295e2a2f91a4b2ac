"""
Two answers to one request, compared: the recorded one and another site's.

Strict about status, shape, codes, totals and every plain value; only what stands in
``IGNORED`` may differ, and ids, which are compared by what they were saved as.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tests.recording.ids import Ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.recording.steps import Json


class Ignored(NamedTuple):
    """Where values may differ, and why. Types must agree there all the same."""

    request: str
    """A pattern for ``METHOD path``."""
    where: str
    """A pattern for the path in the body, keys joined by dots."""
    why: str


IGNORED = (
    Ignored(".*", r"message|data\.params\..*|.*\.message", "words, and translated"),
    Ignored("GET (/|site:/)$", "name", "the title of the site"),
    Ignored(
        r"\w+ /wp/v2/media.*",
        r"(.*\.)?(description\.rendered|sizes\.\w+\.filesize|media_details\.file)",
        "how a theme shows a file, how PHP packs it, and the month of the upload",
    ),
    Ignored(
        r"\w+ /wp/v2/navigation.*",
        r"(.*\.)?content\.rendered",
        "how blocks are shown",
    ),
    Ignored("GET /wpbridge/v1/status", r"php|version|now", "of the day and machine"),
    Ignored(r"\w+ /wpbridge/v1/(calls|collections/.*)", r"seconds", "how long it took"),
    Ignored(".*", r"(.*\.)?avatar_urls\..*|(.*\.)?user_avatar\..*", "a default face"),
)
SKIPPED = (
    Ignored(
        r"(?!GET ~/(groups|members)/\{\w+\}$)",
        r"(.*\.)?_links(\..*)?",
        "who looks at them looks at one group or member",
    ),
    Ignored(
        "OPTIONS .*",
        r"schema.*|endpoints\.\d+\.(allow_batch|args\.(?!types|member_type).*)",
        "long, and read by no client of ours",
    ),
    Ignored("POST /batch/v1", r"responses\.\d+\.headers.*", "as for other headers"),
    Ignored("GET (/|site:/)$", r"namespaces", "plugins and releases add to them"),
    Ignored(".*", r"data\.details.*", "the same as data.params, in other words"),
)
ID = re.compile(r"(.*_)?ids?$|ID$|parent$|item$|author$|page_(on_front|for_posts)$")
NUMBER = re.compile(r"\d+")
COUNTED = ("x-wp-total", "x-wp-totalpages")


@dataclass
class Comparison:
    """Compares, knowing which ids stand for one thing on both sites."""

    request: str
    ids: Ids = field(default_factory=Ids)

    def answers(self, recorded: Json, other: Json) -> Iterator[str]:
        """What differs between two whole answers."""
        if recorded["status"] != other["status"]:
            code = other["body"].get("code") if isinstance(other["body"], dict) else ""
            yield f"status {other['status']} {code}, not {recorded['status']}"
            return
        yield from self._headers(recorded["headers"], other["headers"])
        yield from self.values(_named(recorded["body"]), _named(other["body"]))

    def _headers(self, recorded: Json, other: Json) -> Iterator[str]:
        for name in COUNTED:
            if recorded.get(name) != other.get(name):
                yield f"{name} {other.get(name)}, not {recorded.get(name)}"
        if ("location" in recorded) != ("location" in other):
            yield f"location {other.get('location')}, not {recorded.get('location')}"
        kinds = [each.get("content-type", "").lower() for each in (recorded, other)]
        if kinds[0].replace(" ", "") != kinds[1].replace(" ", ""):
            yield f"content-type {kinds[1]}, not {kinds[0]}"
        if "html" in kinds[0] and recorded.get("link") != other.get("link"):
            yield f"link {other.get('link')}, not {recorded.get('link')}"

    def values(self, recorded: Json, other: Json, at: str = "") -> Iterator[str]:
        """What differs between two values that stand at one place."""
        if self._found(SKIPPED, at):
            return
        if kind(recorded) != kind(other):
            yield f"{at}: {other!r:.200}, not {recorded!r:.200}"
        elif isinstance(recorded, dict):
            yield from self._objects(recorded, other, at)
        elif isinstance(recorded, list):
            yield from self._lists(recorded, other, at)
        elif not (self._same(recorded, other, at) or self._found(IGNORED, at)):
            yield f"{at}: {other!r:.500}, not {recorded!r:.500}"

    def _objects(
        self, recorded: dict[str, Json], other: dict[str, Json], at: str
    ) -> Iterator[str]:
        for key in sorted(recorded.keys() | other.keys()):
            path = f"{at}.{key}" if at else key
            if self._found(SKIPPED, path):
                continue
            if key not in other:
                yield f"{path}: missing, not {recorded[key]!r:.200}"
            elif key not in recorded:
                yield f"{path}: {other[key]!r:.200}, not missing"
            else:
                yield from self.values(recorded[key], other[key], path)

    def _lists(self, recorded: list[Json], other: list[Json], at: str) -> Iterator[str]:
        if len(recorded) != len(other):
            yield f"{at}: {len(other)} elements, not {len(recorded)}"
        for number, pair in enumerate(zip(recorded, other, strict=False)):
            yield from self.values(*pair, f"{at}.{number}" if at else str(number))

    def _same(self, recorded: Json, other: Json, at: str) -> bool:
        if isinstance(recorded, str):
            return _plain(recorded) == _plain(other)
        keys = [each for each in at.split(".") if not each.isdigit()]
        if keys and ID.match(keys[-1]) and kind(recorded) == "number":
            return self.ids.agree(self.request, keys[-1], recorded, other)
        return bool(recorded == other)

    def _found(self, among: tuple[Ignored, ...], at: str) -> bool:
        """Whether ``at`` is one of those places, a list's element counting as it."""
        places = {at, re.sub(r"^\d+\.", "", at)}
        return any(
            re.match(each.request, self.request)
            and any(re.fullmatch(each.where, place) for place in places)
            for each in among
        )


def _named(body: Json) -> Json:
    """What the companion tells in rows and columns, by the columns' names."""
    if not isinstance(body, dict) or not body.keys() >= {"columns", "rows"}:
        return body
    rows = [dict(zip(body["columns"], row, strict=True)) for row in body["rows"]]
    return {**body, "rows": rows}


def kind(value: Json) -> str:
    """The JSON type of a value."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _plain(text: str) -> str:
    """A string as it is compared: addresses without the numbers in them."""
    return NUMBER.sub("#", text) if "https://site.example" in text else text
