"""Texts are the same when a reader reads the same, whatever the site makes of them."""

from __future__ import annotations

import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wpbridge.model import Address
from wpbridge.rehearsal.kses import GROUP_TAGS, kses
from wpbridge.rehearsal.text import balance, encode_emoji, texturize
from wpbridge.text import Shown, digest, links, marked, unmarked, words

HELLO = Address("posts", "film:hello")
PROSE = st.text(
    st.sampled_from("abc XYZ éß ☺ 字 '\"&;.,!?-()\n") | st.characters(codec="utf-8"),
    max_size=60,
).filter(lambda text: not set(text) & set("<>\\@\x00"))
KEYS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


def saved(text: str) -> str:
    """A text as BuddyPress keeps it."""
    return encode_emoji(balance(kses(text, GROUP_TAGS)))


@given(PROSE)
def test_a_text_equals_itself_and_is_hashed_alike(text: str) -> None:
    """Equal texts have equal hashes, and neither is unequal."""
    assert Shown(text) == Shown(text)
    assert not Shown(text) != Shown(text)  # noqa: SIM202 - both are ours
    assert hash(Shown(text)) == hash(Shown(text))


@given(PROSE)
@example('Tom & Jerry\'s -- "best"...')
@example("AT&T and R&D; 5 > 3")
def test_what_buddypress_keeps_reads_the_same(text: str) -> None:
    """Entities, emoji and white space make no difference."""
    assert Shown(saved(text)) == Shown(text)


@given(PROSE)
@example("It's a \"test\" -- or 'two'... 9' x 4\"")
def test_typographers_quotes_read_the_same(text: str) -> None:
    """What WordPress does to quotes, dashes and dots makes no difference."""
    assert Shown(texturize(html.escape(text, quote=False))) == Shown(text)


@given(PROSE, KEYS, KEYS)
def test_a_mark_comes_off_as_it_went_on(text: str, owner: str, key: str) -> None:
    """A marked text gives back the text, its owner, its address and its digest."""
    address = Address("posts", key)
    found, mark = unmarked(marked(text, owner, address))

    assert mark == (owner, address, digest(text))
    assert found == Shown(text)


@given(PROSE, KEYS)
def test_a_mark_survives_what_buddypress_does(text: str, key: str) -> None:
    """Kept by the site, a text still tells whose it is, and equals what was sent."""
    address = Address("posts", key)
    found, mark = unmarked(saved(marked(text, "club", address)))

    assert mark == ("club", address, digest(text))
    assert found == Shown(text)


@given(PROSE, PROSE)
def test_with_a_mark_only_what_was_sent_is_equal(text: str, other: str) -> None:
    """A digest tells apart even what reads the same."""
    found, _ = unmarked(marked(text, "club", HELLO))

    assert (found == Shown(other)) == (digest(text) == digest(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hello.", "Hello!"),
        ("one two", "onetwo"),
        ('<a href="https://a.example">x</a>', '<a href="https://b.example">x</a>'),
        ('<a href="https://a.example">x</a>', "x"),
        ("", "x"),
    ],
)
def test_other_words_or_links_differ(one: str, other: str) -> None:
    """A reader would see it, so we do."""
    assert Shown(one) != Shown(other)


def test_a_mention_is_no_link() -> None:
    """BuddyPress links who is mentioned; the text is still the one that was sent."""
    kept = (
        "Ask <a class='bp-suggestions-mention' href='https://x.example/members/ana/'"
        " rel='nofollow'>@ana</a>."
    )

    assert links(kept) == ()
    assert Shown(kept) == Shown("Ask @ana.")


def test_the_last_mark_counts() -> None:
    """Whoever quotes a marked text does not take its place."""
    text = marked(marked("Hello.", "other", HELLO), "club", HELLO)

    assert unmarked(text)[1] == (
        "club",
        HELLO,
        digest(marked("Hello.", "other", HELLO)),
    )


def test_words_are_plain() -> None:
    """Tags, entities, typography and white space go."""
    text = " <b>It&#8217;s</b>\n &amp;amp; &#8220;fine&#8221;&#8230; "

    assert words(text) == 'It\'s & "fine"…'
