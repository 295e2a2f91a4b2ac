"""Every case, on the embedded site, with both versions of BuddyPress's API."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.cases.case import cases
from tests.cases.playing import play, prepare
from tests.conftest import Clock, opened
from wpbridge.rehearsal import create_app

if TYPE_CHECKING:
    from pathlib import Path

CASES = {case.name: case for case in cases()}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, version: int, tmp_path: Path) -> None:
    """It comes of a case what its file says; no password and no mail is left over."""
    case = CASES[name]
    if case.only not in (None, version):
        pytest.skip(f"is about BuddyPress {case.only}")
    made = partial(create_app, ":memory:", version=version, clock=Clock())
    with closing(made(companion=case.companion)) as app:
        app.switch(*case.switches)
        app.register_types(**case.types)
        prepare(case, partial(opened, app), tmp_path)
        app.mails.clear()
        told = play(case, partial(opened, app), tmp_path)
        mails = sum(told.get("mails", {}).values())
        left = app.store.value("SELECT count(*) FROM application_passwords")

        assert told == case.expected(version)
        assert (len(app.mails), left) == (mails, 1)
