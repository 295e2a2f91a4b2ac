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

from tests.cases.staging import stage, switch_on
from tests.conftest import VERSIONS, Clock, opened
from tests.equal_values import BEFORE, LIKENESSES, ODD, REFUSED, SHAPES
from tests.recording.pictures import png
from wpbridge import engine
from wpbridge.apply import apply
from wpbridge.blueprint.load import load
from wpbridge.errors import BlueprintError
from wpbridge.inputs import PlanOptions
from wpbridge.kinds import load as kinds
from wpbridge.rehearsal import create_app
from wpbridge.report.listing import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from wpbridge.site import SiteClient

    Door: TypeAlias = Callable[[], AbstractContextManager[SiteClient]]

HEAD = {"wpbridge": "1", "owner": "club", "host": "admin", "limits": {"mails": 20}}
FREELY = PlanOptions(allow=frozenset({"mails"}))
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
        held = BEFORE.get(kind, {})
        with door() as site:
            switch_on(site, ("groups",) if held else ())
        with door() as site:
            stage(site, held)
        reached, problems, left = play(path, door)

    assert kind in reached
    assert (problems, left) == ([], "")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ODD)
def test_an_odd_value_converges(name: str, version: int, tmp_path: Path) -> None:
    """Nor does what a site takes for nothing, or puts there by itself, come again."""
    path = write({**HEAD, "existing": "overwrite", **ODD[name]}, tmp_path)
    for companion in (False, True):
        with embedded(version, companion=companion) as door:
            _, problems, left = play(path, door)

        assert (problems, left) == ([], "")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("existing", ["keep", "fill", "overwrite"])
@settings(max_examples=5)
@given(data=st.data())
def test_so_does_a_name_from_a_roster(
    existing: str, version: int, data: st.DataObject
) -> None:
    """A row's name may be its login, or the first part of its address."""
    name = data.draw(st.sampled_from(LIKENESSES))("kira").replace('"', '""')
    with TemporaryDirectory() as folder:
        rows = f'login,email,name\nkira,kira@example.org,"{name}"\n'
        Path(folder, "people.csv").write_text(rows, "utf-8")
        said = {**HEAD, "existing": existing, "roster": "people.csv"}
        path = write(said, Path(folder))
        with embedded(version, companion=False) as door:
            reached, problems, left = play(path, door)

    assert "members" in reached
    assert (problems, left) == ([], "")


def test_a_name_that_is_only_the_login_is_still_filled(tmp_path: Path) -> None:
    """To whoever asks for another name it is as good as none."""
    kira = {"email": "kira@example.org"}
    with embedded(15, companion=False) as door:
        play(write({**HEAD, "members": {"kira": kira}}, tmp_path), door)
        named = {
            **HEAD,
            "existing": "fill",
            "members": {"kira": {**kira, "name": "K H"}},
        }
        path = write(named, tmp_path)
        with door() as site:
            blueprint = load(path, sections=engine.sections())
            told = listing(engine.plan(site, blueprint).changes)

    assert told == "~ members/kira\n    name: empty -> 'K H'"


@pytest.mark.parametrize("said", REFUSED.values(), ids=REFUSED)
def test_what_cannot_converge_is_refused(said: dict[str, Any], tmp_path: Path) -> None:
    """A value that no site would keep is a mistake of the file, found without one."""
    path = write({**HEAD, **said}, tmp_path)
    with pytest.raises(BlueprintError):
        engine.declare(load(path, sections=engine.sections()))


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
        first = engine.plan(site, blueprint, options=FREELY)
        reached = {each.address.kind for each in first.changes}
        reached |= {each.address.kind for each in first.left_out}
        ends = list(apply(first, site))
    with door() as site:
        again = engine.plan(site, blueprint, options=FREELY)
    problems = [
        f"{each.change.address}: {each.message}" for each in ends if each.message
    ]
    problems += [each.why for each in (*first.withheld, *again.withheld)]
    left = [each for each in again.changes if not each.unchecked]
    return reached, problems, listing(left)
