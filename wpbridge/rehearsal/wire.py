"""Requests read as PHP and WordPress read them, and replies."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Request

from wpbridge.rehearsal.refusal import Refusal

METHODS_WITH_BODY = ("POST", "PUT", "PATCH", "DELETE")


@dataclass
class Reply:
    """What a route answers: JSON, a status, headers beside the usual ones."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def totals(total: int, size: int) -> dict[str, str]:
    """What WordPress tells of a list in headers: how many there are, and pages."""
    return {"X-WP-Total": str(total), "X-WP-TotalPages": str(-(-total // size))}


@dataclass
class Params:
    """A request's parameters by where they came from, in WordPress's order."""

    json: dict[str, Any] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    path: dict[str, Any] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)

    def sources(self) -> tuple[dict[str, Any], ...]:
        """WP_REST_Request::get_parameter_order: the body overrules the path."""
        return self.json, self.form, self.query, self.path, self.defaults

    def get(self, name: str) -> Any:
        """The first value that is not null."""
        for source in self.sources():
            if source.get(name) is not None:
                return source[name]
        return None

    def given(self, name: str) -> bool:
        """Whether the request itself says something of this."""
        return any(source.get(name) is not None for source in self.sources()[:4])

    def nulled(self, name: str) -> bool:
        """Whether the request says that there shall be nothing."""
        return name in self.json and self.json[name] is None


def _keys(name: str) -> list[str]:
    head, bracket, tail = name.partition("[")
    # PHP's own variable names know neither spaces nor dots.
    keys = [re.sub(r"[ .]", "_", head)]
    return keys + re.findall(r"\[([^\]]*)\]", bracket + tail)


def _settle(value: Any) -> Any:
    """Make a PHP array whose keys count from 0 a list."""
    if not isinstance(value, dict):
        return value
    settled = {key: _settle(each) for key, each in value.items()}
    if [*settled] == [str(i) for i in range(len(settled))]:
        return list(settled.values())
    return settled


def php_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Query or form pairs, with ``a[]=`` and ``a[b]=`` made into arrays."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        *parents, last = _keys(name)
        place = found
        for key in parents:
            step = place.setdefault(key or str(len(place)), {})
            if not isinstance(step, dict):
                step = place[key] = {}
            place = step
        place[last or str(len(place))] = value
    return {key: _settle(each) for key, each in found.items()}


def read_params(request: Request) -> Params:
    """Body and query of a request, before any checking."""
    params = Params(query=php_pairs(request.args.items(multi=True)))
    if request.mimetype == "application/json" or request.mimetype.endswith("+json"):
        params.json = _read_json(request.get_data(as_text=True))
    elif request.method in METHODS_WITH_BODY:
        params.form = php_pairs(request.form.items(multi=True))
    return params


def _read_json(text: str) -> dict[str, Any]:
    if not text:
        return {}
    try:
        body = json.loads(text)
    except ValueError:
        raise Refusal(
            "rest_invalid_json",
            "Invalid JSON body passed.",
            400,
            json_error_code=4,
            json_error_message="Syntax error",
        ) from None
    return body if isinstance(body, dict) else {}


def upload(request: Request) -> FileStorage | None:
    """The part named ``file``, which is the one BuddyPress looks at."""
    found = request.files.get("file")
    return found if found and found.filename else None


def pick_fields(body: Any, wanted: list[str]) -> Any:
    """``rest_filter_response_fields``, with its dots into nested objects."""
    if isinstance(body, list):
        return [pick_fields(each, wanted) for each in body]
    if not isinstance(body, dict):
        return body
    kept: dict[str, Any] = {}
    for name in wanted:
        head, dot, rest = name.partition(".")
        if head not in body:
            continue
        if not dot:
            kept[head] = body[head]
        elif isinstance(body[head], dict) and kept.get(head) is not body[head]:
            kept.setdefault(head, {}).update(pick_fields(body[head], [rest]) or {})
    # What PHP leaves of an array without keys is a list.
    return kept or []


def list_of(value: Any) -> list[Any]:
    """``wp_parse_list``: an array, or words between commas and spaces."""
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list):
        return value
    return [word for word in re.split(r"[\s,]+", str(value)) if word]
