"""Extending a template, answering it, and splitting a blueprint over files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.blueprint.test_expand import at, said

if TYPE_CHECKING:
    from tests.blueprint.conftest import Read
    from wpbridge.blueprint.inputs import Input

HEAD = "wpbridge: 1\n"
BASE = (
    HEAD
    + """
template: yes
owner: base
inputs: {who: {type: login}, starts: {type: date, default: 2027-03-15}}
members: {$(who): {types: [host]}}
groups:
  film:
    name: Film
    members: {$(who): admin}
    posts:
      week-$(n): {each: {n: 1 to 2}, text: Week $(n)}
      bye: {text: Bye}
"""
)
CLUB = (
    HEAD
    + """
extends: ./base.yaml
answers: {who: jane}
members: {jane: {name: Jane}}
groups:
  film:
    about: For all
    posts:
      week-$(n): {text: In week $(n)}
      bye: {omit: yes}
"""
)


def test_a_child_goes_over_its_parent_field_by_field(read: Read) -> None:
    """By keys as written, and, once filled in, by the keys they come to."""
    made = read(CLUB, {"base.yaml": BASE})

    assert said(made, "groups/film/name") == "Film"
    assert said(made, "groups/film/about") == "For all"
    assert list(at(made, "groups/film/posts").fields()) == ["week-1", "week-2"]
    assert said(made, "groups/film/posts/week-2/text") == "In week 2"
    assert said(made, "members/jane/name") == "Jane"
    assert at(made, "members/jane/types").items()[0].value == "host"


def test_words_about_the_file_are_not_inherited(read: Read) -> None:
    """What extends a template is none; the owner is inherited."""
    made = read(CLUB, {"base.yaml": BASE})

    assert (made.template, made.owner) == (False, "base")


def test_the_owner_is_the_file_unless_said(read: Read) -> None:
    """Its name, without the ending."""
    assert read(HEAD).owner == "club"


def test_answers_of_the_call_come_first(read: Read) -> None:
    """Then the file's, then the default, then whoever is there."""
    asked = []

    def ask(question: Input) -> str:
        asked.append(question.name)
        return "of person"

    made = read(
        HEAD
        + "inputs: {a: {}, b: {default: of input}, c: {default: of input}, d: {}}\n"
        + "answers: {a: of file, b: of file}\n"
        + "about: $(a), $(b), $(c), $(d)\n",
        answers={"a": "of call"},
        ask=ask,
    )

    assert made.about == "of call, of file, of input, of person"
    assert asked == ["d"]


def test_a_file_is_sought_beside_what_names_it(read: Read) -> None:
    """A template's default means a file beside the blueprint that extends it."""
    made = read(
        HEAD + "extends: ./base/base.yaml\n",
        {
            "base/base.yaml": HEAD
            + "inputs: {people: {type: file, default: people.csv}}\n"
            + "roster: $(people)\n",
            "people.csv": "login\nana\n",
        },
    )

    assert list(at(made, "members").fields()) == ["ana"]


def test_include_splits_a_blueprint(read: Read) -> None:
    """Sections of both files stand side by side, with one set of inputs."""
    made = read(
        HEAD + "include: more.yaml\ninputs: {x: {default: y}}\ngroups: {film: {}}\n",
        {"more.yaml": HEAD + "name: More\ngroups: {sound: {name: $(x)}}\n"},
    )

    assert list(at(made, "groups").fields()) == ["film", "sound"]
    assert said(made, "groups/sound/name") == "y"
    assert sorted(made.digests) == ["club.yaml", "more.yaml"]
