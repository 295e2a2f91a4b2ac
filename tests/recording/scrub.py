"""
Answers made fit to keep: nothing secret, nothing that is new on every run.

The host becomes ``https://site.example``, and BuddyPress's pictures lie where a release
has them; the present moment, random suffixes and UUIDs become fixed ones; application
passwords a dummy. The plugin that a checkout of BuddyPress has beside it is left out.
Of ``_links`` only the ``bp-action-…`` relations stay, the others repeat addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tests.recording.steps import Json

ROOT = "https://site.example"
NOW = "2026-01-05T10:00:00"
DUMMY = "abcd EFGH ijkl MNOP qrst UVWX"
SPENT = 0.1  # seconds
NEAR = timedelta(days=2)

MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d:\d\d)")
AGO = re.compile(r"\b(?:\d+ (?:second|minute)s? ago|right now)\b")
STAMP = re.compile(r"\b1[78]\d{8}\b")
SUFFIX = re.compile(r"-\d{3,10}(?![\d-])(?!\w)")
UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b")
SECRET = re.compile(r"\w{4}(?: \w{4}){5}|\w{24}")
COVER = re.compile(r"/[0-9a-f]{13}-bp-cover-image")
NONCE = re.compile(r"((?:_wpnonce|nonce)=)[0-9a-f]{10}")


def _beside(value: Json) -> bool:
    """Whether it tells of the plugin that stands beside a checkout of BuddyPress."""
    return isinstance(value, dict) and value.get("plugin") == "bp-rest/bp-rest"


@dataclass
class Scrub:
    """What makes the answers of one site, at about one time, fit to keep."""

    root: str
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    uuids: list[str] = field(default_factory=list)

    def __call__(self, value: Json, key: str = "") -> Json:
        """``value``, scrubbed; ``key`` is where it stood."""
        if isinstance(value, dict):
            return self._object(value)
        if isinstance(value, list):
            return [self(each, key) for each in value if not _beside(each)]
        if key == "seconds" and isinstance(value, float):
            return SPENT
        if not isinstance(value, str):
            return value
        if key == "password" and SECRET.fullmatch(value):
            return DUMMY
        return self.text(value)

    def _object(self, value: dict[str, Json]) -> dict[str, Json]:
        scrubbed = {key: self(each, key) for key, each in value.items()}
        links = scrubbed.get("_links")
        if isinstance(links, dict):
            kept = {rel: links[rel] for rel in links if rel.startswith("bp-action")}
            scrubbed["_links"] = kept
            if not kept:
                del scrubbed["_links"]
        return scrubbed

    def text(self, text: str) -> str:
        """One string, scrubbed."""
        host = urlsplit(self.root).netloc
        text = text.replace(self.root, ROOT).replace(host, "site.example")
        text = text.replace("/plugins/buddypress/src/", "/plugins/buddypress/")
        text = UUID.sub(self._uuid, text)
        text = MOMENT.sub(self._moment, text)
        text = AGO.sub("1 second ago", text)
        text = STAMP.sub("1767607200", text)
        text = COVER.sub("/0000000000000-bp-cover-image", text)
        text = NONCE.sub(r"\g<1>0000000000", text)
        return SUFFIX.sub("-000", text).replace("127.0.0.1", "192.0.2.1")

    def _uuid(self, found: re.Match[str]) -> str:
        if found[0] not in self.uuids:
            self.uuids.append(found[0])
        return f"00000000-0000-4000-8000-{self.uuids.index(found[0]) + 1:012}"

    def _moment(self, found: re.Match[str]) -> str:
        """The moment, or the fixed one where it is about now."""
        try:
            moment = datetime.fromisoformat(found[0]).replace(tzinfo=UTC)
        except ValueError:
            return found[0]
        if abs(moment - self.now) > NEAR:
            return found[0]
        return NOW.replace("T", found[2])
