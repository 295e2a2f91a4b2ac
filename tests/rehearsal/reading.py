"""Pages taken apart, so that tests can say what is on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["br", "hr", "img", "input", "link", "meta"])


@dataclass
class Seen:
    """What a browser would find in a page."""

    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    """Element, name and value of each."""
    words: str = ""
    left_open: list[str] = field(default_factory=list)


def seen(page: str) -> Seen:
    """Read a page or a part of one."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    reader.found.words = " ".join(reader.found.words.split())
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Seen()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.tags.append(tag)
        self.found.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.found.left_open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.found.left_open, f"</{tag}> closes nothing"
        assert self.found.left_open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.found.words += data
