"""Shipped blueprints: they can be read, and are what ``wpbridge new`` would write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from wpbridge import engine
from wpbridge.blueprint import library
from wpbridge.blueprint.load import load
from wpbridge.blueprint.new import STARTER, from_template

if TYPE_CHECKING:
    from pathlib import Path

    from wpbridge.blueprint.inputs import Input
    from wpbridge.model import Desired

READY = sorted(library.folder().glob("*.yaml"))
TEMPLATES = sorted(library.folder().glob("templates/*.yaml"))


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_ready_ones_apply_as_they_are(file: Path) -> None:
    """Everyone they speak of is declared, with an address."""
    made = load(file, sections=engine.sections())
    declared = engine.declare(made)
    members = {each.spec.key: each.spec for each in declared.desired if _member(each)}

    assert made.open_inputs == ()
    assert all(getattr(each, "email", None) for each in members.values())
    assert {
        need.key
        for each in declared.desired
        for need in each.spec.needs
        if need.kind == "members"
    } <= members.keys()


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_ready_ones_say_no_more_than_new_would(file: Path) -> None:
    """A template, its answers, and the people that it needs."""
    said = yaml.safe_load(file.read_text(encoding="utf-8"))

    assert said.keys() <= {"wpbridge", "extends", "answers", "members", "roster"}


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_templates_are_sound_before_they_are_answered(file: Path) -> None:
    """Nothing is wrong with them but that questions are open."""
    made = load(file, sections=engine.sections(), partial=True)

    assert made.template
    assert made.open_inputs
    assert all(each.question.endswith("?") for each in made.open_inputs)


def test_new_asks_every_question_and_writes_the_answers(tmp_path: Path) -> None:
    """What it writes is read back with the same answers."""
    answers = {"cohort": "autumn", "starts": "2027-09-06", "facilitator": "jane"}
    asked = []

    def ask(question: Input) -> str | None:
        asked.append(question.name)
        return answers.get(question.name, question.default)

    file = tmp_path / "autumn.yaml"
    made = from_template("workshop", file, {"title": 'Working: "out loud"'}, ask)
    file.write_text(made.text, encoding="utf-8")
    (tmp_path / "people-autumn.csv").write_text(
        "login,email\nana,a@x.org\n", encoding="utf-8"
    )
    read = load(file, sections=engine.sections())

    assert asked == [
        "cohort",
        "starts",
        "timezone",
        "facilitator",
        "people",
        "with_chat",
        "rooms",
    ]
    assert read.owner == "workshop-autumn"
    group = read.root.fields()["groups"].fields()["workshop-autumn"]
    assert group.fields()["name"].value == 'Working: "out loud", autumn'


def test_the_small_one_to_start_from_is_sound(tmp_path: Path) -> None:
    """``wpbridge init`` writes a blueprint that can be applied."""
    file = tmp_path / "club.yaml"
    file.write_text(STARTER, encoding="utf-8")
    made = load(file, sections=engine.sections())

    assert len(STARTER.splitlines()) == 10
    assert {str(each.spec.address) for each in engine.declare(made).desired} == {
        "components/groups",
        "members/anna",
        "groups/film",
        "memberships/film:anna",
    }


def _member(desired: Desired) -> bool:
    return desired.spec.address.kind == "members"
