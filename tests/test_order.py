"""In which order a blueprint says things makes no difference to what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.community import COMMUNITY
from tests.conftest import Clock, opened
from wpbridge import engine
from wpbridge.apply import apply
from wpbridge.blueprint.load import load
from wpbridge.rehearsal import create_app
from wpbridge.report.listing import listing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.site.open import Install


def read(folder: Path, text: str) -> Blueprint:
    """A blueprint of this text."""
    (folder / "club.yaml").write_text(text, "utf-8")
    return load(folder / "club.yaml", sections=engine.sections())


def shuffled(draw: st.DrawFn, value: Any) -> Any:
    """The same with the keys of all maps in another order."""
    if not isinstance(value, dict):
        return value
    keys = draw(st.permutations(list(value)))
    return {key: shuffled(draw, value[key]) for key in keys}


@st.composite
def anew(draw: st.DrawFn) -> str:
    """The community's blueprint in another order."""
    said = yaml.load(COMMUNITY, yaml.BaseLoader)  # noqa: S506 - it makes text alone
    return str(yaml.safe_dump(shuffled(draw, said), sort_keys=False, width=10_000))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the blueprints are."""
    return tmp_path_factory.mktemp("order")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Install]:
    """A site that is as the community's blueprint says."""
    app = create_app(":memory:", clock=Clock())
    with opened(app) as fresh:
        for _ in apply(engine.plan(fresh, read(folder, COMMUNITY)), fresh):
            pass
    with opened(app) as known:
        yield known
    app.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(anew())
def test_another_order_changes_nothing(site: Install, folder: Path, text: str) -> None:
    """Written in any other order, a blueprint finds the site as it should be."""
    plan = engine.plan(site, read(folder, text))

    assert listing(plan.changes) == ""
