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
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Self

from wpbridge.model import Address

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)  # as wide as WordPress's own
_OCTET = re.compile(r"%[0-9a-fA-F]{2}")  # what names lose (sanitize_text_field)
_LINK = re.compile(r"""<a\s[^>]*?href\s*=\s*["']([^"']*)["'][^>]*>""", re.IGNORECASE)
_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\xa0", "''\"\"-- ")
_DASHES = re.compile("-{2,}")
_MENTION = re.compile(r"@+([\w.@-]*\w)", re.ASCII)  # bp_activity_find_mentions
_APART = re.compile(
    r"<(?P<tag>code|pre|a)\b.*?</(?P=tag)\s*>|<[^<>]*>|https?://\S+",
    re.DOTALL | re.IGNORECASE,
)
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


def rename_mentions(text: str, names: Mapping[str, str]) -> str:
    """
    Give a text with other names behind its ``@``, the longest that fits.

    Addresses of mail and of pages, code and links keep theirs.
    """
    at = _at(names)
    if at is None or "@" not in text:
        return str(text)
    known = {name.lower(): other for name, other in names.items()}
    parts, end = [], 0
    for apart in (*_APART.finditer(text), None):
        start = apart.start() if apart else len(text)
        piece = text[end:start]
        parts.append(at.sub(lambda found: f"@{known[found[1].lower()]}", piece))
        if apart:
            parts.append(apart[0])
            end = apart.end()
    return "".join(parts)


def _at(names: Mapping[str, str]) -> re.Pattern[str] | None:
    """Find any of some names behind an ``@``, where it does not go on."""
    if not names:
        return None
    longest = sorted(names, key=len, reverse=True)
    any_of = "|".join(re.escape(name) for name in longest)
    # A full stop or dash goes on with a name only if a letter follows it.
    return re.compile(
        rf"(?<![\w+@/-])@({any_of})(?!\w|[.@-]+\w)", re.IGNORECASE | re.ASCII
    )


def nicename(login: str) -> str:
    """Give the name that WordPress mentions a new login by (``sanitize_title``)."""
    kept = re.sub(r"[^a-z0-9 _-]", "", login[:50].lower().replace(".", "-"))
    return re.sub(r"-+", "-", re.sub(r"\s+", "-", kept.strip())).strip("-")


def find_free(name: str, taken: Container[str]) -> str:
    """Put ``-2``, ``-3`` … behind a name that is taken (``wp_insert_user``)."""
    found, number = name, 2
    while found in taken:
        found = f"{name[: 49 - len(str(number))]}-{number}"
        number += 1
    return found


def digest(text: str) -> str:
    """Name a text as it was sent, white space aside: 12 hexadecimal digits."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


class Shown(str):
    """
    A text that equals another which reads the same.

    ``sent`` is the digest in the mark that a site's text carries: then the two are
    only equal if this very text was sent. ``logins`` are whose logins differ from what
    mentions them, by the latter: either may stand behind an ``@``.
    """

    __slots__ = ("logins", "sent")
    sent: str | None
    logins: Mapping[str, str]

    def __new__(
        cls,
        text: str,
        sent: str | None = None,
        logins: Mapping[str, str] = MappingProxyType({}),
    ) -> Self:
        """Keep the text as it is."""
        made = super().__new__(cls, text)
        made.sent = sent
        made.logins = logins
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
        if links(self) != links(other):
            return False
        logins = {**getattr(other, "logins", {}), **self.logins}
        mine, other_words = words(self), words(other)
        return rename_mentions(mine, logins) == rename_mentions(other_words, logins)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(_MENTION.sub("@", words(self)))


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
