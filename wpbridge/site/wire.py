"""
How a request is written for WordPress's REST API; nothing here sends.

Lists and maps travel as PHP reads them (``user_ids[]=4``), booleans as the words
``true`` and ``false``, and what is ``None`` in a query is left out of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from mimetypes import guess_type
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import quote, urlencode

from wpbridge import limits
from wpbridge.errors import NotFound, NotSupported
from wpbridge.model import Fresh, Ref
from wpbridge.regular import Unfit, read_regular
from wpbridge.site.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from wpbridge.model import Address, Call, Part
    from wpbridge.site.secret import Credentials

Ids: TypeAlias = "Mapping[Address, int]"

SKEW = timedelta(minutes=2)
"""So much may a site's clock be behind what we take it for: it takes no future."""

READS = frozenset({"GET", "HEAD", "OPTIONS"})
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Request:
    """
    One request, ready to be sent.

    ``route`` is the part of its address that messages speak of. It goes out under the
    session's ``own`` login, under another one, or with ``None`` under none.
    """

    method: str
    url: str
    route: str
    body: bytes | None = field(default=None, repr=False)
    content_type: str | None = None
    repeatable: bool = False
    login: Credentials | Literal["own"] | None = "own"
    override: str | None = None

    def tunnelled(self) -> Request:
        """The same as a POST, for web servers that let no PUT and no DELETE through."""
        return replace(self, method="POST", override=self.method)

    def __str__(self) -> str:
        """``GET /wp/v2/users``."""
        return f"{self.override or self.method} {self.route}"


def reading(method: str, root: str, route: str, **params: Any) -> Request:
    """A request that changes nothing."""
    return Request(method, address(root, route, params), route, repeatable=True)


def writing(
    call: Call,
    root: str,
    prefix: str,
    ids: Ids,
    more: Mapping[str, Any],
    *,
    now: datetime | None = None,
) -> Request:
    """
    A call as a request, its refs filled in; ``more`` goes into the address.

    ``now`` is what the site's clock says, ours if left out.
    """
    route = prefix + join(call.path, ids)
    body, content_type = _content(call, fill(dict(call.values), ids, now))
    return Request(
        call.method,
        address(root, route, fill({**call.query, **more}, ids)),
        route,
        body,
        content_type,
        repeatable=call.repeatable,
    )


def _made_up(value: Fresh, now: datetime | None) -> str:
    if value is Fresh.FRESH:
        return token_urlsafe(24)
    return moment((now or datetime.now(UTC)) - SKEW)


def moment(when: datetime) -> str:
    """A moment as the companion reads it: ``2027-03-22T09:00:00Z``."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def join(path: Iterable[Part], ids: Ids) -> str:
    """``("groups", 5, "members")`` as ``/groups/5/members``."""
    return "".join(
        "/" + quote(str(fill(part, ids)).strip("/"), safe="/") for part in path
    )


def fill(value: Any, ids: Ids, now: datetime | None = None) -> Any:
    """A value with numbers for refs, words for secrets, and passwords made up."""
    match value:
        case Fresh():
            return _made_up(value, now)
        case Ref(address=wanted):
            if wanted not in ids:
                raise NotFound(f"{wanted} is not on the site (yet)")
            return ids[wanted]
        case Secret():
            return value.reveal()
        case dict():
            return {key: fill(each, ids, now) for key, each in value.items()}
        case list() | tuple():
            return [fill(each, ids, now) for each in value]
        case _:
            return value


def address(root: str, route: str, params: Mapping[str, Any]) -> str:
    """
    The URL of a route, with or without pretty permalinks.

    ``root`` is as WordPress gives it: ``https://x.org/wp-json/`` or
    ``https://x.org/?rest_route=/``.
    """
    url = root.rstrip("/") + ("" if "?" in root else "/")
    url += route if "?" in root else route.lstrip("/")
    query = urlencode(list(pairs(params)))
    return url + ("&" if "?" in url else "?") * bool(query) + query


def pairs(params: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Names and values as PHP reads them; ``_fields`` may be a list."""
    for name, value in params.items():
        if name == "_fields" and not isinstance(value, str):
            yield name, ",".join(value)
        else:
            yield from _spread(name, value)


def _spread(name: str, value: Any) -> Iterator[tuple[str, str]]:
    match value:
        case None:
            return
        case bool():
            yield name, "true" if value else "false"
        case dict():
            for key, each in value.items():
                yield from _spread(f"{name}[{key}]", each)
        case list() | tuple() | set() | frozenset():
            for each in value:
                yield from _spread(f"{name}[]", each)
        case _:
            yield name, str(value)


def _content(call: Call, values: dict[str, Any]) -> tuple[bytes | None, str | None]:
    if call.upload is not None:
        return _multipart(call.upload, values)
    if call.form:
        return urlencode(list(pairs(values))).encode("ascii"), FORM
    if values or call.method == "POST":
        return json.dumps(values).encode("ascii"), JSON
    return None, None


def upload(file: Path) -> bytes:
    """Read a file that goes to the site."""
    try:
        return read_regular(file, limits.UPLOAD_BYTES)
    except Unfit as error:
        raise NotSupported(f"{file} {error}") from error


def _multipart(file: Path, values: Mapping[str, Any]) -> tuple[bytes, str]:
    from urllib3.filepost import encode_multipart_formdata  # noqa: PLC0415 - heavy

    kind = guess_type(file.name)[0] or "application/octet-stream"
    fields: list[tuple[str, Any]] = list(pairs(values))
    fields.append(("file", (file.name, upload(file), kind)))
    return encode_multipart_formdata(fields)
