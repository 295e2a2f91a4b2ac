"""What each BuddyPress allows is what it is known to allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.live.matrix import LEAD, ROWS, Cell
from tests.live.record import logged_in, target
from tests.recording import sending
from tests.recording.sending import Target, dig, fill

if TYPE_CHECKING:
    from tests.live.booting import Running
    from tests.live.matrix import Row


class WithCookies(Target):
    """A target to which the administrator has logged in with the form."""

    def _login(self, who: str) -> tuple[str, str] | None:
        del who
        return None


@dataclass
class Staged:
    """A site with the few people and things on it, and two ways to reach it."""

    live: Running
    dump: str
    password: Target
    cookies: WithCookies


@pytest.fixture(scope="session")
def staged(site_running: Running) -> Staged:
    """Put the people and things on a site, once."""
    live = site_running
    live.reset()
    password = target(live)
    for step in LEAD:
        answer = password.send(step)
        assert answer.ok, f"{step.method} {step.path}: {answer.text}"
        password.names.update(sending.saved(step, sending.body(answer)))
    cookies = WithCookies(logged_in(live), live.url, password.namespace, "")
    cookies.names = password.names
    return Staged(live, live.database.dump(), password, cookies)


@pytest.mark.parametrize("login", ["password", "cookies"])
def test_each_cell_is_as_known(staged: Staged, login: str) -> None:
    """A BuddyPress that allows more or less than it did is noticed."""
    door: Target = getattr(staged, login)
    version = staged.live.version
    found: dict[str, Cell] = {}
    known: dict[str, Cell] = {}
    touched = True
    for row in ROWS:
        cell = row.cell(version, cookie=login == "cookies")
        if cell is not None:
            if touched:
                staged.live.database.restore(staged.dump)
            known[row.does] = cell
            found[row.does] = _answer(row, door, cell)
            touched = row.step.method != "GET"

    assert found == known


def _answer(row: Row, door: Target, cell: Cell) -> Cell:
    """Send a row's request, and put its answer as its cell is put."""
    answer = door.send(row.step)
    if isinstance(cell, int) or not answer.ok:
        return answer.status_code
    path, _, wanted = cell.partition(" ")
    value: Any = dig(sending.body(answer), path)
    return cell if str(fill(wanted, door.names)) == str(value) else f"{path} {value}"
