"""Recordings keep nothing that is a secret, or new on every run."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.recording import scenarios
from tests.recording.pictures import png
from tests.recording.scrub import DUMMY, NOW, Scrub
from tests.recording.sending import dig, fill
from tests.recording.steps import Step

FIXTURES = Path(__file__).parents[1] / "fixtures"
OURS = re.compile(r"127\.0\.0\.1|localhost|Basic \w|on line \d|/htdocs|/var/")


@pytest.mark.parametrize(
    ("value", "scrubbed"),
    [
        ("http://here.test:81/groups/film/", "https://site.example/groups/film/"),
        ("//here.test:81/x", "//site.example/x"),
        ("/plugins/buddypress/src/bp-core/x.png", "/plugins/buddypress/bp-core/x.png"),
        ({"password": "aB3d eF5h iJ7l mN9p qR1t uV3x"}, {"password": DUMMY}),
        ({"password": "must not be empty"}, {"password": "must not be empty"}),
        ("2026-03-01T08:00:00", NOW),
        ("2026-03-01 08:00:00", NOW.replace("T", " ")),
        ("2001-02-03T00:00:00", "2001-02-03T00:00:00"),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00"),
        ("7 seconds ago", "1 second ago"),
        ("film-1846353", "film-000"),
        ("film-2", "film-2"),
        ("?_wpnonce=0a1b2c3d4e", "?_wpnonce=0000000000"),
        (
            {"id": 1, "_links": {"self": [], "bp-action-group-join": []}},
            {"id": 1, "_links": {"bp-action-group-join": []}},
        ),
        ({"id": 1, "_links": {"self": []}}, {"id": 1}),
        ([{"plugin": "bp-rest/bp-rest"}, {"plugin": "hello"}], [{"plugin": "hello"}]),
        ({"seconds": 0.042}, {"seconds": 0.1}),
        ({"seconds": 15}, {"seconds": 15}),
        ([4, None, True], [4, None, True]),
    ],
)
def test_answers_are_scrubbed(value: Any, scrubbed: Any) -> None:
    """Hosts, secrets and the present moment give way to fixed ones."""
    scrub = Scrub("http://here.test:81", datetime(2026, 3, 1, 9, tzinfo=UTC))

    assert scrub(value) == scrubbed


def test_uuids_keep_apart() -> None:
    """Two UUIDs become two, and one of them twice becomes one."""
    scrub = Scrub("http://here.test")
    one, other = (f"{each}a1b2c3d-0000-4abc-9def-000000000000" for each in "12")

    assert scrub([one, other, one]) == [
        "00000000-0000-4000-8000-000000000001",
        "00000000-0000-4000-8000-000000000002",
        "00000000-0000-4000-8000-000000000001",
    ]


@pytest.mark.parametrize(
    ("value", "filled"),
    [
        ("{film}", 4),
        ("~/groups/{film}", "~/groups/4"),
        ({"ids": ["{film}", 1]}, {"ids": [4, 1]}),
        ("{not a name}", "{not a name}"),
        ("{}", "{}"),
    ],
)
def test_names_are_filled_in(value: Any, filled: Any) -> None:
    """A name alone gives the thing itself, within words it gives its text."""
    assert fill(value, {"film": 4, "not a name": "{not a name}"}) == filled


@pytest.mark.parametrize(
    ("path", "found"),
    [("id", 4), ("0.id", 4), ("mods.1.id", 9), ("mods.7.id", None), ("no.id", None)],
)
def test_single_items_may_be_wrapped_in_a_list(path: str, found: Any) -> None:
    """A key looked up in a list is looked up in its first element."""
    assert dig([{"id": 4, "mods": [{"id": 8}, {"id": 9}]}], path) == found


def test_a_picture_is_one() -> None:
    """Pictures are made with the size that was asked for."""
    assert png(300, 200)[16:24] == b"\x00\x00\x01\x2c\x00\x00\x00\xc8"


def test_steps_survive_being_written_down() -> None:
    """Every step of every scenario is what its own data gives."""
    for scenario in scenarios.load().values():
        assert [Step.of(each.data()) for each in scenario.steps] == list(scenario.steps)


@pytest.mark.parametrize("version", ["12", "14", "15"])
def test_fixtures_hold_nothing_of_ours(version: str) -> None:
    """No addresses, folders or logins of whoever recorded them."""
    found = {
        each.name: match[0]
        for each in (FIXTURES / version).iterdir()
        if (match := OURS.search(each.read_text(encoding="utf-8")))
    }

    assert found == {}


@pytest.mark.parametrize("version", ["12", "14", "15"])
def test_every_scenario_is_recorded(version: str) -> None:
    """As many recordings as scenarios, of the same names."""
    recorded = {each.stem for each in (FIXTURES / version).iterdir()}

    assert recorded == scenarios.load().keys()
