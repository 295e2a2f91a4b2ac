"""HTML from members, made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.rehearsal.reading import seen
from wpbridge.rehearsal.pages.safe import safe, shown

OWN = ["https://club.example:8443/sub"]
PIECES = (
    *("<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "&", ";", "\0"),
    *("a", "p", "b", "img", "svg", "script", "style", "textarea", "math", "td", "h1"),
    *(" ", "\n", "=", '"', "'", "`", "\\", "href", "src", "onload", "style", "title"),
    *("javascript:", "data:text/html,", "//evil.example", "&#106;", "&lt;", "x"),
)
KEPT = {
    "<b>x</b> & <i>y</i>": "<b>x</b> &amp; <i>y</i>",
    "a < b > c": "a &lt; b &gt; c",
    "<b><i>x</b>y": "<b><i>x</i></b>y",
    "x</div></p>": "x",
    "<p>a<ul><li>b</ul>": "<p>a</p><ul><li>b</li></ul>",
    "<script>alert(1)</script>x": "x",
    "<svg><b>x</b></svg>y": "y",
    "<!-- wpbridge a posts/b 0 -->x": "x",
    "<p class='c' style='d' onclick='e'>x</p>": "<p>x</p>",
    "<h1>x</h1>": "<h2>x</h2>",
    "<a name=x>y</a>": "<a>y</a>",
    "<a href='/a'>x<a href='/b'>y</a></a>": '<a href="/a">x</a><a href="/b">y</a>',
    '<img src="/wp-content/uploads/a.png" alt="A &quot;b&quot;">': (
        '<img src="/wp-content/uploads/a.png" alt="A &quot;b&quot;" loading="lazy">'
    ),
    '<img src="https://evil.example/a.png" alt="A">': (
        '<span class="elsewhere">Picture: A</span>'
    ),
}
ADDRESSES = {
    "javascript:alert(1)": None,
    " java\nscript:alert(1)": None,
    "&#106;avascript:alert(1)": None,
    "data:text/html,x": None,
    "vbscript:x": None,
    "//evil.example/": None,
    "/\\evil.example/": None,
    "https:evil": None,
    "http://[": None,
    "elsewhere.html": None,
    "mailto:ana@example.org": "mailto:ana@example.org",
    "/groups/film/": "/groups/film/",
    "http://rehearsal.invalid/members/ana/": "/members/ana/",
    "http://rehearsal-spring.invalid//evil.example/": "/evil.example/",
    "http://127.0.0.1:8474/groups/film/?page=2": "/groups/film/?page=2",
    "https://club.example:8443/members/ana/": "/members/ana/",
    "https://example.org/a?b=c&d": "https://example.org/a?b=c&amp;d",
}


@pytest.mark.parametrize(("given", "kept"), KEPT.items())
def test_what_is_kept(given: str, kept: str) -> None:
    """Known elements without attributes; all else as text or not at all."""
    assert safe(given) == kept


@pytest.mark.parametrize(("address", "kept"), ADDRESSES.items())
def test_where_links_lead(address: str, kept: str | None) -> None:
    """To the web, to mail, or to the pages being served."""
    told = f'<a href="{kept}"' if kept else "<a>"

    assert safe(f'<a href="{address}">x</a>', OWN).startswith(told)


def test_links_out_give_nothing_away() -> None:
    """Those on the site itself are left alone."""
    assert 'rel="nofollow noopener noreferrer"' in safe(
        "<a href='https://a.org/'>x</a>"
    )
    assert "rel=" not in safe("<a href='/a/'>x</a>")


def test_depth_has_an_end() -> None:
    """A thousand elements in one another are no thousand in the page."""
    assert seen(safe("<b>" * 1000 + "x")).tags == ["b"] * 24


def test_stored_text_is_dressed() -> None:
    """Lines become paragraphs, addresses links, and quotes bend."""
    text = 'She said: "go".\n\nhttps://example.org/a'

    assert shown(text) == (
        "<p>She said: \u201cgo\u201d.</p>\n"
        '<p><a href="https://example.org/a" rel="nofollow noopener noreferrer">'
        "https://example.org/a</a></p>\n"
    )


@given(some.lists(some.sampled_from(PIECES), max_size=40).map("".join))
def test_nothing_gets_through(text: str) -> None:
    """Whatever is put together, what comes out is closed, plain, and leads nowhere."""
    found = seen(safe(text, OWN))

    assert found.left_open == []
    assert {"script", "style", "svg", "math", "textarea"}.isdisjoint(found.tags)
    for _, name, value in found.attributes:
        assert name in ("href", "src", "alt", "title", "rel", "class", "loading")
        if name in ("href", "src"):
            assert value.startswith(("/", "http://", "https://", "mailto:"))
            assert not value.startswith("//")
