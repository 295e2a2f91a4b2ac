"""
HTML from members, made harmless.

It is parsed, and written anew from what an allow-list names, so that whatever
is not understood ends as text: no attribute but addresses and titles, no
element left open, no address but of the web, of mail, or of this site.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from markupsafe import Markup

from wpbridge.rehearsal.text import clickable, paragraphs, strip_slashes, texturize


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_INLINE = _words(
    "a abbr b cite code del em i ins kbd mark q s small span strong sub sup u var"
)
_BLOCKS = _words(
    "blockquote dd div dl dt figcaption figure h2 h3 h4 h5 h6 hr li ol p pre table "
    "tbody td tfoot th thead tr ul"
)
_VOID = frozenset(["br", "hr", "img"])
_KEPT = _INLINE | _BLOCKS | _VOID
_OTHER_NAMES = {"h1": "h2", "strike": "s", "acronym": "abbr", "big": "span"}
_SILENT = _words(
    "script style template noscript iframe object embed svg math title textarea "
    "select noembed noframes xmp plaintext"
)
_DEPTH = 24
_LOOPBACK = frozenset(["127.0.0.1", "localhost", "::1"])
_UPLOADS = "/wp-content/uploads/"


def safe(text: str, own: Sequence[str] = ()) -> Markup:
    """
    Give HTML that can be shown on a page.

    Links to the site itself, under any of its ``own`` addresses, lead to the
    pages that are being served.
    """
    writer = _Writer([host for each in own if (host := urlsplit(each).netloc)])
    writer.feed(text.replace("\0", ""))
    writer.close()
    # Everything in it was escaped or chosen by the writer.
    return Markup(writer.written())  # noqa: S704


def shown(text: str, own: Sequence[str] = (), *, slashes: bool = False) -> Markup:
    """
    Give a stored text as WordPress dresses it: links, quotes, paragraphs.

    ``slashes`` are dropped where BuddyPress drops them from what it shows.
    """
    text = strip_slashes(text) if slashes and "\\" in text else text
    return safe(paragraphs(texturize(clickable(text))), own)


class _Writer(HTMLParser):
    def __init__(self, own: Iterable[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._own = frozenset(own)
        self._out: list[str] = []
        self._open: list[str] = []
        self._silent = ""

    def written(self) -> str:
        while self._open:
            self._shut()
        return "".join(self._out)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._out.append(escape(data))

    def handle_starttag(
        self, tag: str, attrs: Iterable[tuple[str, str | None]]
    ) -> None:
        tag = _OTHER_NAMES.get(tag, tag)
        if not self._silent and tag in _SILENT:
            self._silent = tag
        if self._silent or tag not in _KEPT or len(self._open) >= _DEPTH:
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._out.append(self._picture(given))
            return
        self._make_way(tag)
        told = self._attributes(tag, given)
        self._out.append(f"<{tag}{told}>")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(
        self, tag: str, attrs: Iterable[tuple[str, str | None]]
    ) -> None:
        # HTML knows no <b/>: browsers take it for <b>, and so it is here.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        tag = _OTHER_NAMES.get(tag, tag)
        if self._silent:
            self._silent = "" if tag == self._silent else self._silent
        elif tag in self._open:
            while self._shut() != tag:
                pass

    def _shut(self) -> str:
        tag = self._open.pop()
        self._out.append(f"</{tag}>")
        return tag

    def _make_way(self, tag: str) -> None:
        # A paragraph ends where a block begins, a link where another does.
        ends = "p" if tag in _BLOCKS else "a" if tag == "a" else ""
        if ends in self._open:
            while self._shut() != ends:
                pass

    def _attributes(self, tag: str, given: dict[str, str]) -> str:
        told = ""
        if tag == "a" and (address := self._address(given.get("href", ""))):
            told = f' href="{escape(address)}"'
            if not address.startswith("/"):
                told += ' rel="nofollow noopener noreferrer"'
        if given.get("title") and tag in ("a", "abbr"):
            told += f' title="{escape(given["title"])}"'
        return told

    def _picture(self, given: dict[str, str]) -> str:
        alt = escape(given.get("alt", ""))
        source = self._address(given.get("src", ""))
        if source.startswith(_UPLOADS):
            return f'<img src="{escape(source)}" alt="{alt}" loading="lazy">'
        # Nothing is fetched from elsewhere.
        return f'<span class="elsewhere">Picture{": " if alt else ""}{alt}</span>'

    def _address(self, text: str) -> str:
        """The address, on this site by its path alone; "" if it is not safe."""
        text = re.sub(r"[\x00-\x20\x7f]", "", text)
        try:
            parts = urlsplit(text)
            host = parts.hostname or ""
        except ValueError:
            return ""
        if parts.scheme == "mailto":
            return text
        if parts.scheme not in ("http", "https", "") or "\\" in text:
            return ""
        if host.endswith(".invalid") or host in _LOOPBACK or parts.netloc in self._own:
            query = f"?{parts.query}" if parts.query else ""
            return "/" + parts.path.lstrip("/") + query
        if not parts.scheme:
            return text if re.match(r"/(?!/)", text) else ""
        return text if host else ""
