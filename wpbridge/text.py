"""
Text as a reader sees it, and the marks that wpbridge leaves in it.

WordPress and BuddyPress rewrite what they are sent: entities, quotes, mentions, tags
that they do not allow. :class:`Shown` is a text that equals another when a reader
would read the same words and follow the same links, so that both sides of a diff can
be compared with ``==`` and the original is still there to be sent.
"""

from __future__ import annotations

import hashlib
import html
import re
from typing import TYPE_CHECKING, NamedTuple, Self

from wpbridge.model import Address

if TYPE_CHECKING:
    from collections.abc import Container

_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)  # as wide as WordPress's own
_OCTET = re.compile(r"%[0-9a-fA-F]{2}")  # what names lose (sanitize_text_field)
_LINK = re.compile(r"""<a\s[^>]*?href\s*=\s*["']([^"']*)["'][^>]*>""", re.IGNORECASE)
_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\xa0", "''\"\"-- ")
_DASHES = re.compile("-{2,}")
_MENTION = re.compile(r"@+([\w.@-]*\w)", re.ASCII)  # bp_activity_find_mentions
_MARK = re.compile(r"\s*<!-- wpbridge (\S+) ([a-z-]+)/(\S+) ([0-9a-f]+) -->")


def words(text: str) -> str:
    """Reduce a text to what is read: no tags, plain quotes, single spaces."""
    text = str(text)
    for _ in range(3):  # BuddyPress encodes "&" up to twice
        unescaped = html.unescape(text)
        if unescaped == text:
            break
        text = unescaped
    bare = _TAG.sub("", text).replace("\\", "").replace("<", "").replace("...", "…")
    while _OCTET.search(bare):
        bare = _OCTET.sub("", bare)
    plain = _DASHES.sub("-", bare.translate(_STRAIGHT))
    return " ".join(plain.split())


def links(text: str) -> tuple[str, ...]:
    """Give the addresses a text links to, mentions of members left out."""
    return tuple(
        html.unescape(found[1])
        for found in _LINK.finditer(text)
        if "bp-suggestions-mention" not in found[0]
    )


def mentioned(text: str, people: Container[str]) -> int:
    """Count the members whom a text names with an ``@``."""
    return sum(each in people for each in set(_MENTION.findall(text.lower())))


def digest(text: str) -> str:
    """Name a text as it was sent, white space aside: 12 hexadecimal digits."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


class Shown(str):
    """
    A text that equals another which reads the same.

    ``sent`` is the digest in the mark that a site's text carries: then the two are
    only equal if this very text was sent.
    """

    __slots__ = ("sent",)
    sent: str | None

    def __new__(cls, text: str, sent: str | None = None) -> Self:
        """Keep the text as it is."""
        made = super().__new__(cls, text)
        made.sent = sent
        return made

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str):
            return NotImplemented
        theirs = getattr(other, "sent", None)
        if self.sent and not theirs and self.sent != digest(other):
            return False
        if theirs and not self.sent and theirs != digest(self):
            return False
        if str.__eq__(self, other):
            return True
        return words(self) == words(other) and links(self) == links(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(words(self))


class Stopgap(Shown):
    """
    A text that a site puts where nobody said anything, such as the login for a name.

    It is as good as empty, and yet equal to whoever asks for the very same.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


class Mark(NamedTuple):
    """Whose a resource is, and the digest of the text that it was last given."""

    owner: str
    address: Address
    digest: str


def marked(text: str, owner: str, address: Address) -> str:
    """
    Put a mark at the end of a text's last line, where no reader sees it.

    A text that carried a mark before keeps the digest of what was first sent.
    """
    sent = getattr(text, "sent", None) or digest(text)
    return f"{text.rstrip()}<!-- wpbridge {owner} {address} {sent} -->"


def unmarked(text: str) -> tuple[Shown, Mark | None]:
    """Take a text and its mark apart; the last mark counts."""
    found = _MARK.findall(text)
    if not found:
        return Shown(text), None
    owner, kind, key, sent = found[-1]
    return Shown(_MARK.sub("", text), sent), Mark(owner, Address(kind, key), sent)
