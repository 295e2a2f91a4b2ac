"""A companion plugin that lacks an ability, as an older one does: the rest is done."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.community import HEAD
from wpbridge.facade import Site, load
from wpbridge.journal import Status
from wpbridge.rehearsal import create_app
from wpbridge.rehearsal.companion.status import ABILITIES
from wpbridge.site.open import open_site
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

    from wpbridge.facade import SitePlan
    from wpbridge.rehearsal import App

CLUB = (
    HEAD
    + """\
components: {groups: active, friends: active}
limits: {mails: 20}
site: {group_creation: admins, members_delete_accounts: no}
group_types: {open: {name: Open groups}}
newcomers: {types: [helper], directory: at once}
profile:
  work: {name: At work, fields: {camera: {name: Camera}}}
members:
  ana: {email: ana@example.org, profile: {camera: Leica}}
  bob: {email: bob@example.org}
friendships: [[ana, bob]]
groups:
  film:
    name: Film
    about: For film.
    types: [open]
    membership: exact
    who_invites: admins
    who_posts: mods
    members: {ana: admin, bob: mod}
    posts:
      hello:
        at: 2026-03-02 09:00
        text: Hello all.
        comments: {more: {by: ana, text: How are you?}}
      later: {at: 2199-03-02 09:00, text: Still here?}
"""
)
ROUTES = {
    "calls": "calls",
    "marks": "marks",
    "member-types": "member-types",
    "group-types": "group-types",
    "group-rules": "groups/",
    "last-activity": "members/",
    "fields": "fields/",
    "friendships": "friendships/",
    "favourites": "favourites",
    "options": "options",
    "queue": "queue",
    "collections": "collections/",
    "lease": "lease",
}
"""What there is no route for where an ability is missing."""

LEFT_OUT = {
    "member-types": {"member-types/helper"},
    "group-types": {"group-types/open"},
    "group-rules": {"groups/film"},
    "last-activity": {"members/ana", "members/bob"},
    "options": {"settings/group_creation", "settings/members_delete_accounts"},
}
"""What a plan has to do without, by the ability that is missing."""

AT_FIRST = {"last-activity": {"members/ana", "members/bob"}}
"""What of it is only ever done as something is made."""


class Older:
    """The embedded site, whose companion knows nothing of some ability."""

    def __init__(self, app: App, lacks: str) -> None:
        self.app = app
        self.lacks = lacks
        self.turned_away: list[str] = []

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer without it."""
        path = environ["PATH_INFO"]
        route = ROUTES.get(self.lacks)
        if route and f"/wpbridge/v1/{route}" in path:
            self.turned_away.append(path)
            start_response("404 Not Found", [("Content-Type", "application/json")])
            return [b'{"code": "rest_no_route", "data": {"status": 404}}']
        if not path.endswith("/wpbridge/v1/status"):
            return self.app(environ, start_response)
        began: list[Any] = []

        def begin(*said: Any) -> Callable[[bytes], object]:
            began.append(said)
            return _nowhere

        answer = self.app(environ, begin)
        told: dict[str, Any] = json.loads(b"".join(answer))
        told["abilities"].remove(self.lacks)
        start_response(began[0][0], [("Content-Type", "application/json")])
        return [json.dumps(told).encode()]


def _nowhere(_: bytes) -> None:
    """What nobody writes to."""


@pytest.fixture(params=ABILITIES)
def older(request: pytest.FixtureRequest, version: int) -> Iterator[Older]:
    """A site whose companion lacks one ability; all that it has is switched on."""
    made = create_app(":memory:", version=version, companion=True)
    made.switch("acting", "quiet", "dates")
    yield Older(made, request.param)
    made.close()


def planned(older: Older, folder: Path) -> tuple[Site, SitePlan]:
    """A plan for the club."""
    app = older.app
    transport = WsgiAdapter(older)
    way = partial(open_site, app.url, app.user, app.password, transport=transport)
    file = folder / "club.yaml"
    file.write_text(CLUB, encoding="utf-8")
    bridge = Site(way, folder / "journals")
    return bridge, bridge.plan(load(file))


def test_it_does_what_it_can(older: Older, tmp_path: Path) -> None:
    """Says what is left out, applies the rest, and finds nothing more to do."""
    bridge, draft = planned(older, tmp_path)
    with bridge:
        left = {str(each.address) for each in draft.left_out}
        outcomes = list(draft.apply())

        assert left == _left_out(older)
        bad = [str(each.change.address) for each in outcomes if each.message]
        assert bad == []
        assert {each.status for each in outcomes} == {Status.APPLIED}
    again, after = planned(older, tmp_path)
    with again:
        assert after.changes == ()
        ever = left - AT_FIRST.get(older.lacks, set())
        assert {str(each.address) for each in after.left_out} == ever
    assert older.turned_away == []
    passwords = "SELECT count(*) FROM application_passwords"
    assert older.app.store.value(passwords) == 1


def _left_out(older: Older) -> set[str]:
    """What it does without; BuddyPress 14 sees nobody who is logged in by itself."""
    if older.lacks == "login" and older.app.version.release.startswith("14."):
        return {"memberships/film:bob"}
    return LEFT_OUT.get(older.lacks, set())


def test_a_plan_says_why(tmp_path: Path) -> None:
    """That the plugin is too old, and what to do."""
    app = create_app(":memory:", companion=True)
    _, draft = planned(Older(app, "group-rules"), tmp_path)
    app.close()

    reasons = {each.why for each in draft.left_out}
    assert len(reasons) == 2
    for each in reasons:
        assert re.search(r"companion plugin there \(0\.1\.0\) is too old for it", each)
