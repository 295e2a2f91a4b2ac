"""Rehearsals by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wpbridge import stage
from wpbridge.errors import UsageError
from wpbridge.opening import application
from wpbridge.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("rehearsal", Stage()),
        ("rehearsal:spring", Stage("spring")),
        ("rehearsal@14", Stage("", 14)),
        ("rehearsal+companion", Stage("", 15, companion=True)),
        ("rehearsal:spring@14+companion", Stage("spring", 14, companion=True)),
        ("rehearsals.example.org", None),
    ],
)
def test_a_name_says_which_is_meant(name: str, found: Stage | None) -> None:
    """What a name says is what it is told as."""
    assert stage.named(name) == found
    assert found is None or (str(found), stage.told(found.url)) == (name, name)


def test_an_address_is_told_as_what_it_is_of() -> None:
    """One that nobody named is told as no name, which could be asked for again."""
    urls = [Stage("14-spring", 14).url, stage.passing().url, "http://club.invalid"]

    assert [*map(stage.told, urls)] == [
        "rehearsal:14-spring@14",
        "gone afterwards",
        "http://club.invalid",
    ]


@pytest.mark.parametrize("name", ["rehearsal@9", "rehearsal+plugin", "rehearsal:"])
def test_a_name_that_is_none_is_an_error(name: str) -> None:
    """It was meant to be one."""
    with pytest.raises(UsageError, match="names no rehearsal"):
        stage.named(name)


def test_those_that_were_opened_are_kept_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One with the companion is another site than one without."""
    monkeypatch.setenv("WPBRIDGE_HOME", str(tmp_path))
    named = [Stage("spring"), Stage("spring", companion=True)]
    for each in named:
        application(each).close()

    assert set(stage.kept()) == set(named)
    assert [each.delete() for each in named] == [True, True]
    assert list(stage.kept()) == []
