"""Every case, on real sites."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.cases.case import cases
from tests.cases.playing import play, prepare
from wpbridge.site.open import open_site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cases.case import Case
    from tests.live.booting import Running

CASES = {case.name: case for case in cases()}
TITLE = (
    "UPDATE wp_options SET option_value = 'Rehearsal' WHERE option_name = 'blogname'"
)
PASSWORDS = """
    SELECT count(*) FROM wp_usermeta
    WHERE meta_key = '_application_passwords' AND meta_value LIKE '%password%'
"""


@pytest.mark.sampled
@pytest.mark.parametrize("name", [each for each in CASES if not CASES[each].companion])
def test_case(name: str, live: Running, tmp_path: Path) -> None:
    """It comes of a case what its file says; no password and no mail is left over."""
    _comes_of_it(CASES[name], live, tmp_path)


@pytest.mark.sampled
@pytest.mark.parametrize("name", [each for each in CASES if CASES[each].companion])
def test_case_with_the_companion(name: str, aided: Running, tmp_path: Path) -> None:
    """It comes of it what its file says, where the plugin is there."""
    case = CASES[name]
    aided.switch(**dict.fromkeys(case.switches, True))
    _comes_of_it(case, aided, tmp_path)


def _comes_of_it(case: Case, live: Running, tmp_path: Path) -> None:
    if case.only not in (None, live.version):
        pytest.skip(f"is about BuddyPress {case.only}")
    live.register(**case.types)
    live.database.rows(TITLE)
    door = partial(open_site, live.url, live.user, live.application_password)
    prepare(case, door, tmp_path)
    live.sent(forget=True)
    told = play(case, door, tmp_path)
    mails = sum(told.get("mails", {}).values())

    assert told == case.expected(live.version, network=live.network)
    assert (live.sent(), live.database.number(PASSWORDS)) == (mails, 1)
