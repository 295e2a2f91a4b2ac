"""Whatever people write, once it is applied there is nothing left to change."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import VERSIONS, Clock, opened
from wpbridge import engine
from wpbridge.apply import apply
from wpbridge.blueprint.load import load
from wpbridge.rehearsal import create_app
from wpbridge.report.listing import listing

LETTERS = st.sampled_from("ab XY éß 字 '\"&;.,!?-()/:#%*_+=~") | st.characters(
    codec="utf-8", categories=("L", "N", "P", "S")
)
LINE = (
    st.text(LETTERS, min_size=1, max_size=30)
    .map(lambda text: f"A{text}z")
    .filter(lambda text: not set(text) & set("<>\\@$"))
)
PROSE = st.lists(LINE, min_size=1, max_size=3).map("\n\n".join)
NASTY = 'Tom & Jerry\'s "best" -- 9\' x 4"... &amp; [b] 50% 3 > 2 ☺ 5 &lt; 6'


def community(name: str, prose: str) -> dict[str, Any]:
    """A blueprint that says the same everywhere."""
    return {
        "wpbridge": "1",
        "components": {"groups": "active", "messages": "active"},
        "site": {"title": name, "tagline": name},
        "profile": {"work": {"name": name, "about": prose, "fields": _fields(name)}},
        "members": {"ana": {"email": "ana@example.org", "name": name, **_said(prose)}},
        "groups": {
            "film": {
                "name": name,
                "about": prose,
                "members": ["ana"],
                "posts": {"one": {"by": "ana", "text": prose}},
            }
        },
        "pages": {"rules": {"title": name, "text": prose}},
        "notices": {"opening": {"subject": name, "text": prose}},
    }


def _fields(name: str) -> dict[str, Any]:
    return {
        "line": {"name": name, "about": name},
        "text": {"name": "T", "type": "text"},
    }


def _said(prose: str) -> dict[str, Any]:
    return {"profile": {"line": prose.split("\n", maxsplit=1)[0], "text": prose}}


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=30, deadline=None)
@given(name=LINE, prose=PROSE)
@example(name=NASTY, prose=NASTY)
@example(name="A 'quoted' \"name\"", prose=f"{NASTY}\n\n{NASTY}\nand more")
def test_once_applied_nothing_differs(version: int, name: str, prose: str) -> None:
    """Names and texts of every kind come back as the same, whatever the site did."""
    app = create_app(":memory:", version=version, clock=Clock())
    door = partial(opened, app)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "club.yaml"
        said = yaml.safe_dump(community(name, prose), allow_unicode=True)
        path.write_text(said, "utf-8")
        blueprint = load(path, sections=engine.sections())
        with door() as site:
            ends = list(apply(engine.plan(site, blueprint), site))
        with door() as site:
            left = listing(engine.plan(site, blueprint).changes)
    app.close()

    assert [each.message for each in ends if each.message] == []
    assert left == ""
