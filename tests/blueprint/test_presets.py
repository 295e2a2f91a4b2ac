"""Presets: the posts that they write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.blueprint.test_expand import at

if TYPE_CHECKING:
    from tests.blueprint.conftest import Read
    from wpbridge.blueprint.entry import Blueprint

HEAD = """\
wpbridge: 1
host: jane
calendar: {starts: 2027-01-06, timezone: UTC, weeks: 3}
members: {ana: {name: Ana Ruiz}}
groups:
  film:
    host: cem
"""


def posts(made: Blueprint) -> dict[str, tuple[str, str, str]]:
    """When, who and what, by key."""
    return {
        key: (
            str(post.fields()["at"].value)[5:16],
            str(post.fields()["by"].value),
            str(post.fields()["text"].value),
        )
        for key, post in at(made, "groups/film/posts").fields().items()
    }


def test_a_rota_takes_turns(read: Read) -> None:
    """Skipped weeks use nobody's turn; someone may stand in."""
    made = read(
        HEAD.replace("weeks: 3", "weeks: 5")
        + """\
    rota:
      share:
        day: friday
        people: [ana, bob]
        skip: 2
        instead: {4: dora}
        by: bob
        text: $(person.name) in week $(week), $$(yes)
"""
    )

    assert posts(made) == {
        "share-week-1": ("01-08T09:00", "bob", "Ana Ruiz in week 1, $(yes)"),
        "share-week-3": ("01-22T09:00", "bob", "bob in week 3, $(yes)"),
        "share-week-4": ("01-29T09:00", "bob", "dora in week 4, $(yes)"),
        "share-week-5": ("02-05T09:00", "bob", "bob in week 5, $(yes)"),
    }


def test_prompts_begin_on_the_first_day(read: Read) -> None:
    """Days of week 1 that are before the start are left out."""
    made = read(
        HEAD
        + """\
    prompts:
      narrate: {days: [friday, tuesday], time: 15:00, weeks: 1 to 2, text: $(week)?}
"""
    )

    assert posts(made) == {
        "narrate-week-1-friday": ("01-08T15:00", "cem", "1?"),
        "narrate-week-2-tuesday": ("01-12T15:00", "cem", "2?"),
        "narrate-week-2-friday": ("01-15T15:00", "cem", "2?"),
    }


def test_a_short_chat_settles_in_faster(read: Read) -> None:
    """From minute 5 if under forty minutes; the end is its last minute."""
    made = read(
        HEAD
        + """\
    live_chats:
      chat:
        at: day 2 12:00
        minutes: 30
        questions: [Who?, What?]
        goodbye: Bye.
"""
    )

    assert posts(made) == {
        "chat-q1": ("01-07T12:05", "cem", "Q1. Who?"),
        "chat-q2": ("01-07T12:17", "cem", "Q2. What?"),
        "chat-goodbye": ("01-07T12:30", "cem", "Bye."),
    }


def test_the_host_writes_what_names_nobody(read: Read) -> None:
    """The group's before the blueprint's; comments too."""
    made = read(
        HEAD
        + """\
    posts:
      one: {text: One, comments: {first: {text: Two}}}
posts:
  three: {text: Three}
  four: {text: Four, by: ana}
"""
    )

    assert at(made, "groups/film/posts/one/by").value == "cem"
    assert at(made, "groups/film/posts/one/comments/first/by").value == "cem"
    assert at(made, "posts/three/by").value == "jane"
    assert at(made, "posts/four/by").value == "ana"
