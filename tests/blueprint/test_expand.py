"""References, each, when: what stands for what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wpbridge import engine

if TYPE_CHECKING:
    import random

    from tests.blueprint.conftest import Read
    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.blueprint.node import Node

HEAD = "wpbridge: 1\n"


def at(blueprint: Blueprint, path: str) -> Node:
    """What stands at a path such as ``groups/film/name``."""
    node = blueprint.root
    for part in path.split("/"):
        node = node.fields()[part]
    return node


def said(blueprint: Blueprint, path: str) -> str:
    """The text at a path."""
    return str(at(blueprint, path).value)


def test_values_are_text(read: Read) -> None:
    """What YAML takes for numbers, dates and truth is what was written."""
    made = read(HEAD + "posts: {a: {text: 007}, b: {text: no}, c: {text: 2027-03-15}}")

    assert [said(made, f"posts/{key}/text") for key in "abc"] == [
        "007",
        "no",
        "2027-03-15",
    ]


def test_a_date_reads_well_in_texts_and_short_in_keys(read: Read) -> None:
    """``Monday 15 March 2027`` for people, ``2027-03-15`` for addresses."""
    made = read(
        HEAD
        + "inputs: {starts: {type: date, default: 2027-03-15}}\n"
        + "posts: {from-$(starts): {text: It starts on $(starts).}}\n"
    )

    assert said(made, "posts/from-2027-03-15/text") == (
        "It starts on Monday 15 March 2027."
    )


def test_values_cannot_change_the_structure(read: Read) -> None:
    """An answer is text, whatever YAML or references it holds."""
    made = read(
        HEAD + "inputs: {x: {}}\nposts: {a: {text: $(x)}}",
        answers={"x": "}\n  b: {text: '*'} $$(y)"},
    )

    assert list(at(made, "posts").fields()) == ["a"]


def test_a_doubled_dollar_is_a_plain_one(read: Read) -> None:
    """So that a text can speak of references."""
    assert said(read(HEAD + "name: Write $$(x)"), "name") == "Write $(x)"


def test_each_goes_over_numbers_lists_and_tables(read: Read) -> None:
    """Keys and fields of every turn."""
    made = read(
        HEAD
        + """
inputs: {people: {type: list, default: "ana, bob"}, none: {default: "0"}}
groups:
  n-$(n): {each: {n: 2 to 3}, name: No $(n)}
  p-$(p): {each: {p: $(people)}, name: "$(p)'s"}
  l-$(l): {each: {l: [x, $(people)]}}
  t-$(t): {each: {t: {a: {title: Ah}}}, name: $(t.title)}
  z-$(z): {each: {z: 1 to $(none)}}
"""
    )

    assert list(at(made, "groups").fields()) == [
        "n-2",
        "n-3",
        "p-ana",
        "p-bob",
        "l-x",
        "l-ana",
        "l-bob",
        "t-a",
    ]
    assert said(made, "groups/p-bob/name") == "bob's"
    assert said(made, "groups/t-a/name") == "Ah"


def test_entries_with_each_nest(read: Read) -> None:
    """An inner loop sees the outer one's name."""
    made = read(
        HEAD
        + """
groups:
  g-$(a):
    each: {a: 1 to 2}
    posts: {p-$(a)-$(b): {each: {b: 1 to $(a)}, text: $(a) of $(b)}}
"""
    )

    assert list(at(made, "groups/g-2/posts").fields()) == ["p-2-1", "p-2-2"]


def test_when_leaves_entries_out(read: Read) -> None:
    """Yes and no, a choice, and their opposites."""
    made = read(
        HEAD
        + """
inputs:
  chat: {type: yes or no, default: no}
  size: {choices: [small, large], default: large}
groups:
  a: {when: chat}
  b: {when: not chat}
  c: {when: size is large}
  d: {when: size is not large}
"""
    )

    assert list(at(made, "groups").fields()) == ["b", "c"]


def test_a_word_of_the_language_can_be_a_login(read: Read) -> None:
    """In a map of members, ``when`` and ``omit`` are people."""
    made = read(HEAD + "groups: {film: {members: {when: admin, omit: mod}}}")

    assert list(at(made, "groups/film/members").fields()) == ["when", "omit"]


def test_a_list_stands_for_all_of_its_members(read: Read) -> None:
    """As a key it gives everyone that role; in a list it is spread out."""
    made = read(
        HEAD
        + """
inputs: {people: {type: list, default: "ana, bob"}}
groups:
  a: {members: {$(people): mod}}
  b: {members: [cem, $(people)]}
  c: {members: $(people)}
"""
    )

    assert [list(at(made, f"groups/{key}/members").fields()) for key in "abc"] == [
        ["ana", "bob"],
        ["cem", "ana", "bob"],
        ["ana", "bob"],
    ]


def test_an_open_blueprint_keeps_its_references(read: Read) -> None:
    """A template is checked as far as it goes."""
    made = read(
        HEAD
        + """
inputs: {cohort: {type: key}, starts: {type: date}}
calendar: {starts: $(starts), timezone: Europe/London, weeks: 2}
groups:
  club-$(cohort):
    members: {$(cohort): admin}
    posts: {hi: {text: Hi, at: week 1 monday}}
    rota: {r: {day: monday, people: ana, text: "$(person)"}}
""",
        partial=True,
    )

    assert [each.name for each in made.open_inputs] == ["cohort", "starts"]
    assert said(made, "groups/club-$(cohort)/posts/hi/at") == "week 1 monday"
    assert "posts/club-$(cohort):hi" in {
        str(each.spec.address) for each in engine.declare(made).desired
    }


FIELDS = {
    "name": "A $(x)",
    "about": "B",
    "access": "private",
    "members": {"ana": "admin", "bob": "mod"},
    "posts": {"one": {"text": "1", "by": "ana"}, "two": {"text": "2", "by": "bob"}},
}


@given(st.randoms(use_true_random=False))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=30,
    deadline=None,
)
def test_the_order_of_keys_does_not_matter(read: Read, chance: random.Random) -> None:
    """However the lines are shuffled, the same specs come out, each time."""
    whole = {
        "wpbridge": "1",
        "inputs": {"x": {"default": "y"}},
        "members": {"ana": {"name": "Ana"}, "bob": {"name": "Bob"}},
        "groups": {"b-$(n)": {"each": {"n": "1 to 3"}, **FIELDS}, "a": FIELDS},
    }
    plain = specs(read(json.dumps(whole)))
    shuffled = json.dumps(_shuffled(whole, chance))

    assert specs(read(shuffled)) == specs(read(shuffled)) == plain


def specs(blueprint: Blueprint) -> set[str]:
    """All specs, but which admin is named first."""
    return {str(each.spec) for each in engine.declare(blueprint).desired}


def _shuffled(value: object, chance: random.Random) -> object:
    if not isinstance(value, dict):
        return value
    keys = list(value)
    chance.shuffle(keys)
    return {key: _shuffled(value[key], chance) for key in keys}
