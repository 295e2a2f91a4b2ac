"""
Pages, articles, files and settings over XML-RPC, as WordPress's REST API words them.

- XML-RPC finds no slugs, so all are listed and the rest is passed over.
- What was made or changed is read again: the answer itself is but a number.
- An upload takes its slug from the file's name, so it is named afterwards; what a
  picture shows (``alt``) can be read and not be written.
- Time zone and front page cannot be set at all.
"""

from __future__ import annotations

from datetime import datetime
from mimetypes import guess_type
from typing import TYPE_CHECKING, Any
from xmlrpc.client import Binary, DateTime

from wpbridge.errors import NotSupported
from wpbridge.site.wire import fill, upload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wpbridge.model import Call
    from wpbridge.site import Facts
    from wpbridge.site.wire import Ids
    from wpbridge.site.xmlrpc import Xmlrpc

TYPES = {"pages": "page", "posts": "post", "media": "attachment"}
WORDS = {
    "slug": "post_name",
    "title": "post_title",
    "content": "post_content",
    "parent": "post_parent",
    "status": "post_status",
    "author": "post_author",
    "date_gmt": "post_date_gmt",
}
FIELDS = ["post_id", "post_type", *WORDS.values()]
SETTINGS = {"title": "blog_title", "description": "blog_tagline"}
REGISTRATION = "users_can_register"
HUNDRED = 100


class Papers:
    """What can be asked and told of one site over XML-RPC."""

    def __init__(self, xmlrpc: Xmlrpc, facts: Facts) -> None:
        self._xmlrpc = xmlrpc
        self._facts = facts

    def get(self, route: str) -> dict[str, Any]:
        """``settings``, or whether ``registration`` is open."""
        if route == "registration":
            return {"open": bool(int(self._options(REGISTRATION)[REGISTRATION]))}
        told = self._options(*SETTINGS.values())
        return {
            **{ours: told.get(theirs, "") for ours, theirs in SETTINGS.items()},
            "timezone": self._facts.timezone,
            "show_on_front": "posts",
            "page_on_front": 0,
        }

    def walk(self, route: str, params: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Items of a collection, of the slugs in question if some are named."""
        slugs = {each for each in str(params.get("slug", "")).split(",") if each}
        for post in self._listed(TYPES[route]):
            if not slugs or post["post_name"] in slugs:
                yield self._item(post)

    def write(self, call: Call, ids: Ids) -> Any:
        """Carry out a call that makes, sets or deletes."""
        route, *rest = (str(fill(part, ids)) for part in call.path)
        values = fill(dict(call.values), ids)
        if route == "settings":
            return self._set(values)
        if route == "registration":
            self._xmlrpc.call("wp.setOptions", {REGISTRATION: int(values["open"])})
            return self.get(route)
        if call.method == "DELETE":
            deleted = self._xmlrpc.call("wp.deletePost", int(rest[0]))
            if call.query.get("force") and route != "media":  # out of the trash, too
                deleted = self._xmlrpc.call("wp.deletePost", int(rest[0]))
            return {"deleted": deleted}
        number = int(rest[0]) if rest else self._make(route, call, values)
        if rest or call.upload:
            self._xmlrpc.call("wp.editPost", number, _wire(values))
        return self._item(self._xmlrpc.call("wp.getPost", number, FIELDS))

    def _make(self, route: str, call: Call, values: Mapping[str, Any]) -> int:
        if call.upload is None:
            post = {"post_type": TYPES[route], **_wire(values)}
            return int(self._xmlrpc.call("wp.newPost", post))
        kind = guess_type(call.upload.name)[0] or "application/octet-stream"
        bits = Binary(upload(call.upload))
        data = {"name": call.upload.name, "type": kind, "bits": bits}
        return int(self._xmlrpc.call("wp.uploadFile", data)["id"])

    def _set(self, values: Mapping[str, Any]) -> dict[str, Any]:
        for name in values.keys() - SETTINGS.keys():
            raise NotSupported(f"`{name}` cannot be set over XML-RPC")
        told = {SETTINGS[name]: value for name, value in values.items()}
        self._xmlrpc.call("wp.setOptions", told)
        return self.get("settings")

    def _options(self, *names: str) -> dict[str, Any]:
        told = self._xmlrpc.call("wp.getOptions", list(names))
        return {name: each["value"] for name, each in told.items()}

    def _listed(self, kind: str) -> Iterator[Mapping[str, Any]]:
        status = "inherit" if kind == "attachment" else "any"
        wanted = {"post_type": kind, "post_status": status, "number": HUNDRED}
        wanted |= {"orderby": "ID", "order": "ASC"}
        start, seen = 0, True
        while seen:
            found = self._xmlrpc.call(
                "wp.getPosts", {**wanted, "offset": start}, FIELDS
            )
            yield from found
            # Fewer than were asked for may be those that we must not edit.
            start, seen = start + HUNDRED, bool(found)

    def _item(self, post: Mapping[str, Any]) -> dict[str, Any]:
        """What is known of a post, in the words of ``wp/v2``."""
        number = int(post["post_id"])
        item: dict[str, Any] = {
            "id": number,
            "slug": post["post_name"],
            "title": {"raw": post["post_title"]},
            "content": {"raw": post["post_content"]},
            "parent": int(post["post_parent"] or 0),
            "status": post["post_status"],
            "author": int(post["post_author"] or 0),
            "date_gmt": _moment(post["post_date_gmt"]),
        }
        if post["post_type"] == "attachment":
            medium = self._xmlrpc.call("wp.getMediaItem", number)
            item["alt_text"] = medium.get("alt", "")
        return item


def _wire(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a call says, in the words of XML-RPC; what it has no words for is left."""
    told = {WORDS[name]: each for name, each in values.items() if name in WORDS}
    if "post_date_gmt" in told:
        told["post_date_gmt"] = DateTime(datetime.fromisoformat(told["post_date_gmt"]))
    return told


def _moment(when: DateTime) -> str:
    """``20260501T08:30:00`` as the REST API writes it."""
    text = str(when).rstrip("Z")
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
