"""Every case, on the embedded site, with both versions of BuddyPress's API."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.cases.case import Case, cases
from tests.cases.playing import plan, play, write, write_blueprint
from tests.cases.staging import stage, switch_on
from tests.conftest import opened
from wpbridge.apply import apply
from wpbridge.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from wpbridge.rehearsal import App

CASES = {case.name: case for case in cases()}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, version: int, app: App, tmp_path: Path) -> None:
    """It comes of a case what its file says; no password and no mail is left over."""
    case = CASES[name]
    if case.only not in (None, version):
        pytest.skip(f"is about BuddyPress {case.only}")
    prepare(case, app, tmp_path)
    app.mails.clear()
    told = play(case, partial(opened, app), tmp_path)
    mails = sum(told.get("mails", {}).values())
    left = app.store.value("SELECT count(*) FROM application_passwords")

    assert told == case.expected(version)
    assert (len(app.mails), left) == (mails, 1)


def prepare(case: Case, app: App, folder: Path) -> None:
    """Make the site what the case says it is before."""
    app.register_types(**case.types)
    with opened(app) as site:
        switch_on(site, case.components)
    with opened(app) as site:
        stage(site, case.site)
        write(case, folder)
        for text in _blueprints(case):
            write_blueprint(text, folder / "club.yaml")
            made = plan(site, replace(case, choices={"allow": ["mails"]}), folder)
            with Journal(folder / case.site.get("journal", "first")) as journal:
                ends = list(apply(made, site, journal=journal))
            wrong = [e.message for e in ends if e.message] + [
                each.why for each in made.withheld
            ]
            if wrong:
                pytest.fail(f"the first blueprint: {wrong}")


def _blueprints(case: Case) -> list[str]:
    first = case.site.get("blueprint", [])
    return [first] if isinstance(first, str) else list(first)
