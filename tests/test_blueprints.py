"""The shipped blueprints, applied to a fresh embedded site: all of it is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

import wpbridge
from wpbridge import opening
from wpbridge.blueprint import library
from wpbridge.cli import playing
from wpbridge.facade import Site
from wpbridge.journal import Status

if TYPE_CHECKING:
    from pathlib import Path

    from wpbridge.rehearsal import App

READY = sorted(library.folder().glob("*.yaml"))


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WPBRIDGE_HOME", str(tmp_path))


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_before_it_begins_and_once_all_is_over(file: Path, app: App) -> None:
    """Planning again finds nothing, and as many mails went out as were told."""
    now = wpbridge.load(file)
    for wanted in (now, playing.to_the_end(now)):
        app.mails.clear()
        with Site(partial(opening.rehearsal, app)) as site:
            held = site.plan(wanted).withheld
            draft = site.plan(wanted, allow={e.allow for e in held if e.allow})
            ends = [each.status for each in draft.apply()]
            again = site.plan(wanted)

        assert set(ends) == {Status.APPLIED}
        assert (again.changes, again.withheld) == ((), ())
        assert len(app.mails) == sum(draft.mails.values())


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_played_through_day_by_day(file: Path, app: App) -> None:
    """Nothing fails, comes too late, or is left for later."""
    wanted = playing.to_the_end(wpbridge.load(file))
    with Site(partial(opening.rehearsal, app)) as site:
        drafts = playing.drafts(app, site, wanted)
        ends = [each.status for draft in drafts for each in draft.apply()]
        again = site.plan(wanted)

    assert set(ends) == {Status.APPLIED}
    assert (again.changes, again.withheld, again.later) == ((), (), ())
    assert not any("too late" in each for each in again.notes)
