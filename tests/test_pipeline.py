"""Planning is a function of its inputs, and observing leaves what was declared."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import FrozenInstanceError, replace
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests.conftest import Clock, opened
from wpbridge import engine
from wpbridge.apply import apply
from wpbridge.blueprint import library
from wpbridge.blueprint.load import load
from wpbridge.compare import make_plan
from wpbridge.rehearsal import App, create_app
from wpbridge.report import json

if TYPE_CHECKING:
    from pathlib import Path

    from wpbridge.inputs import Inputs

READY = sorted(library.folder().glob("*.yaml"))


def read(file: Path, app: App) -> Inputs:
    """Look at a site, and give all that planning needs."""
    blueprint = load(file, sections=engine.sections())
    with opened(app) as site:
        look = engine.observe(site, engine.declare(blueprint))
        return engine.gather(site, look)


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_plans_without_a_site(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that is closed is not missed, and equal inputs give equal plans."""
    with closing(create_app(":memory:", version=15, clock=Clock())) as app:
        fresh = read(file, app)
        with opened(app) as site:
            for _ in apply(make_plan(fresh), site):
                pass
        lived_in = read(file, app)

    def fail(*_: object, **__: object) -> NoReturn:
        pytest.fail("planning asked for a connection")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, fail)
    for inputs in (fresh, lived_in):
        first, second = make_plan(inputs), make_plan(replace(inputs))

        assert first == second
        assert json.plan(first) == json.plan(second)


def test_looking_twice_finds_the_same(tmp_path: Path) -> None:
    """A problem that only the first look shows is gone with it; none doubles."""
    file = tmp_path / "club.yaml"
    file.write_text(
        "wpbridge: 1\nmembers:\n  ana: {email: admin@example.org, name: Ana}\n"
    )
    with closing(create_app(":memory:", version=15, clock=Clock())) as app:
        declared = engine.declare(load(file, sections=engine.sections()))
        before = replace(declared)
        with opened(app) as site:
            look = partial(engine.observe, site, declared)
            first, second = look(), look()
            admin = next(iter(site.wp.walk("users", context="edit")))
            site.wp.post(f"users/{admin['id']}", email="other@example.org")
            third = look()

    assert declared == before
    assert first.problems == second.problems
    assert first.problems
    assert third.problems == ()


def test_inputs_cannot_be_changed() -> None:
    """Call order is no contract: there is nothing to append to."""
    with closing(create_app(":memory:", version=15, clock=Clock())) as app:
        inputs = read(READY[0], app)

    with pytest.raises(FrozenInstanceError):
        inputs.desired = ()  # type: ignore[misc]  # that is the point
