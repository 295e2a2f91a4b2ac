"""The shipped blueprints on real sites, and one of every kind: applied, all is done."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import wpbridge
from tests.live.commands import environment
from tests.live.everything import ready, swallowed, written
from wpbridge.journal import Status
from wpbridge.kinds import MENTIONS, load
from wpbridge.site.ability import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.live.booting import Running
    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.facade import Site, SitePlan
    from wpbridge.plan import Change, LeftOut

BLUEPRINTS = Path(__file__).parents[2] / "blueprints"
FILES = {each.stem: each for each in sorted(BLUEPRINTS.glob("*.yaml"))}
REQUESTS = """
wpbridge: 1
members: {anna: {email: anna@example.org}}
groups:
  film: {name: Film club, about: Films., requests: {anna: accept}}
"""
COMPANIONS = {"member-types", "group-types", "queued"}
"""Kinds that nothing but the companion makes."""
LOGINS = ("application-password", "cookie")
BLIND = 14
"""Up to this version BuddyPress sees nobody under an application password."""


@contextmanager
def _opened(
    live: Running, home: Path, login: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    for name, value in environment(live, home, login).items():
        monkeypatch.setenv(name, value)
    with wpbridge.open_site(live.url) as bridge:
        yield bridge


@pytest.mark.networks
@pytest.mark.parametrize(
    "login", [LOGINS[0], pytest.param(LOGINS[1], marks=pytest.mark.sampled)]
)
@pytest.mark.parametrize("name", FILES)
def test_a_shipped_one_converges(
    name: str,
    login: str,
    live: Running,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every change lands, as many mails go out as the plan says, nothing is left."""
    with _opened(live, tmp_path, login, monkeypatch) as bridge:
        _converges(FILES[name], live, bridge)


@pytest.mark.parametrize("login", LOGINS)
def test_every_kind_converges(
    login: str, live: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is with a larger one that has a bit of everything."""
    ready(live)
    with _opened(live, tmp_path, login, monkeypatch) as bridge:
        draft = _converges(written(tmp_path), live, bridge)
    told: Iterator[Change | LeftOut] = chain(draft.changes, draft.left_out)
    reached = {each.address.kind for each in told}

    assert load().keys() - reached == COMPANIONS


def test_so_it_does_with_the_companion(
    aided: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many calls travel in one request, in their authors' names, quietly."""
    ready(aided)
    with _opened(aided, tmp_path, LOGINS[0], monkeypatch) as bridge:
        draft = _converges(written(tmp_path), aided, bridge)

    assert list(draft.left_out) == []
    assert draft.mails.keys() <= {"invites", "messages", "answers"}, "as asked for"


@pytest.mark.parametrize("login", LOGINS)
def test_what_takes_cookies_is_said(
    login: str, live: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan leaves out what a version does only for cookies, and names them."""
    ready(live)
    file = tmp_path / "requests.yaml"
    file.write_text(REQUESTS, "utf-8")
    with _opened(live, tmp_path, login, monkeypatch) as bridge:
        draft = bridge.plan(file)
    unseen = [each for each in draft.left_out if UNSEEN in each.why]
    blind = login != "cookie" and live.version <= BLIND

    assert (bool(unseen), "wpbridge login --cookie" in str(draft)) == (blind, blind)


def _converges(file: Path, live: Running, bridge: Site) -> SitePlan:
    blueprint = wpbridge.load(file, as_of="2027-06-01 12:00")
    allow = _all_allowed(bridge, blueprint)
    draft = bridge.plan(blueprint, allow=allow)
    ends = list(draft.apply())
    again = bridge.plan(blueprint, allow=allow)
    failed = [str(each) for each in ends if each.status is not Status.APPLIED]

    assert (failed, list(draft.withheld)) == ([], [])
    assert [str(each.address) for each in again.changes] == []
    dropped = swallowed(live) if draft.mails.get(MENTIONS) else 0
    assert live.sent() == sum(draft.mails.values()) - dropped
    return draft


def _all_allowed(bridge: Site, blueprint: Blueprint) -> set[str]:
    """Allow what is withheld, and what comes to light then: late posts mail, too."""
    allow: set[str] = set()
    while True:
        held = {each.allow for each in bridge.plan(blueprint, allow=allow).withheld}
        more = {each for each in held if each} - allow
        if not more:
            return allow
        allow |= more
