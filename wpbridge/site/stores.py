"""
What answers in the place of WordPress: a cache on the way, as its headers tell.

Each read bears a parameter of its own, so no store can have an answer to it. Where one
answers all the same it takes no heed of the query; what it shows may be minutes old.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADER = re.compile(
    r"(?:x-.*cache.*|cf-cache-status|x-litespeed-cache|x-varnish-cache|x-drupal-cache"
    r"|cdn-cache|server-timing-cache|cache-status)",
    re.IGNORECASE,
)
_HIT = re.compile(r"\b(?:hit|stale|updating|revalidated)\b", re.IGNORECASE)
_TWO_REQUESTS = re.compile(r"\d+\s+\d+")
"""How Varnish numbers an answer: this request, and the one whose answer it was."""


def find_store(headers: Mapping[str, str]) -> str:
    """
    Name what says that an answer comes from a store, such as ``X-Cache: HIT``.

    Args:
        headers: Those of an answer to a read.

    Returns:
        The header and its value, in at most 80 characters; empty where there is none.
    """
    for name, value in headers.items():
        aged = name.lower() == "age" and value.strip().isdecimal() and int(value)
        stored = _HEADER.fullmatch(name) and _HIT.search(value)
        varnish = name.lower() == "x-varnish" and _TWO_REQUESTS.fullmatch(value.strip())
        if aged or stored or varnish:
            return f"{name}: {' '.join(value.split())}"[:80]
    return ""
