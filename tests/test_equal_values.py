"""What is said in the words of something else is there after one apply, and stays."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.cases.staging import stage
from tests.conftest import VERSIONS, Clock, opened
from tests.equal_values import BEFORE, LIKENESSES, SHAPES
from tests.recording.pictures import png
from wpbridge import engine
from wpbridge.apply import apply
from wpbridge.blueprint.load import load
from wpbridge.draft import Choices
from wpbridge.kinds import load as kinds
from wpbridge.rehearsal import create_app
from wpbridge.report.listing import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from wpbridge.site import Site

    Door: TypeAlias = Callable[[], AbstractContextManager[Site]]

HEAD = {"wpbridge": "1", "owner": "club", "host": "admin", "limits": {"mails": 20}}
FREELY = Choices(allow=frozenset({"mails"}))
SITES = st.sampled_from([(v, c) for v in VERSIONS for c in (False, True)])
EXISTING = st.sampled_from(["keep", "fill", "overwrite"])


def test_every_kind_is_held_to_it() -> None:
    """A kind that is new cannot be forgotten here."""
    assert SHAPES.keys() == kinds().keys()


@pytest.mark.parametrize("kind", SHAPES)
@settings(max_examples=12, phases=(Phase.explicit, Phase.generate))
@given(data=st.data(), sort=SITES, existing=EXISTING)
def test_a_value_like_another_converges(
    kind: str, data: st.DataObject, sort: tuple[int, bool], existing: str
) -> None:
    """It is so on each site, and whatever members' fields are held to."""

    def say(word: str) -> str:
        return data.draw(st.sampled_from(LIKENESSES))(word)

    said = {**HEAD, "existing": existing, **SHAPES[kind](say)}
    with TemporaryDirectory() as folder:
        path = write(said, Path(folder))
        version, companion = sort
        with embedded(version, companion=companion) as door:
            _, problems, left = play(path, door)

    assert problems == []
    assert left == ""


@pytest.mark.parametrize("kind", SHAPES)
def test_its_shape_has_something_of_a_kind(kind: str, tmp_path: Path) -> None:
    """What is held to it is of that kind indeed."""
    path = write({**HEAD, **SHAPES[kind](str)}, tmp_path)
    with embedded(15, companion=True) as door:
        with door() as site:
            stage(site, BEFORE.get(kind, {}))
        reached, problems, left = play(path, door)

    assert kind in reached
    assert (problems, left) == ([], "")


def write(said: dict[str, Any], folder: Path) -> Path:
    """Write a blueprint, with its pictures beside it."""
    (folder / "face.png").write_bytes(png(200, 200))
    (folder / "wide.png").write_bytes(png(1400, 400))
    path = folder / "club.yaml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")
    return path


@contextmanager
def embedded(version: int, *, companion: bool) -> Iterator[Door]:
    """Give a way into a new embedded site."""
    app = create_app(":memory:", version=version, clock=Clock(), companion=companion)
    if companion:
        app.switch("acting", "quiet", "dates")
    try:
        yield partial(opened, app)
    finally:
        app.close()


def play(path: Path, door: Door) -> tuple[set[str], list[str], str]:
    """
    Apply a blueprint, and plan it anew from elsewhere.

    Returns the kinds it spoke of, what failed, and what is left to change.
    """
    blueprint = load(path, sections=engine.sections())
    with door() as site:
        first = engine.plan(site, blueprint, choices=FREELY)
        reached = {each.address.kind for each in (*first.changes, *first.left_out)}
        ends = list(apply(first, site))
    with door() as site:
        again = engine.plan(site, blueprint, choices=FREELY)
    problems = [f"{each.change.address}: {each.message}" for each in ends if each.message]
    problems += [each.why for each in (*first.withheld, *again.withheld)]
    left = [each for each in again.changes if not each.unchecked]
    return reached, problems, listing(left)
