"""Acting in a member's name, and leaving nothing behind."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.site.scripted import ADMIN, URL, Reply, Said, Script, refusal, wordpress
from wpbridge.errors import Refused, SiteError
from wpbridge.model import Address
from wpbridge.site import Done, Job
from wpbridge.site.door import bp
from wpbridge.site.open import Install, open_site
from wpbridge.site.secret import Login, Secret
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator

IDS = {Address("members", "ana"): 41, Address("members", "bob"): 42}
POSTS = "/wp-json/buddypress/v2/activity"


def passwords(user: int) -> str:
    """Where a member's application passwords are."""
    return f"/wp-json/wp/v2/users/{user}/application-passwords"


class Desk:
    """The part of a site that makes application passwords, and takes them back."""

    def __init__(self, script: Script) -> None:
        self.left: dict[str, dict[str, str]] = {}
        self.script = script
        for user in IDS.values():
            script.on("POST", passwords(user), self.make)
            script.on("GET", passwords(user), self.list)

    def list(self, said: Said) -> Reply:
        """Show those of a member."""
        return Reply([row for row in self.left.values() if row["path"] == said.path])

    def make(self, said: Said) -> Reply:
        """Give one out."""
        uuid = f"uuid-{len(self.left)}"
        path = said.path
        self.left[uuid] = {"uuid": uuid, "path": path, **json.loads(said.body)}
        self.script.on("DELETE", f"{path}/{uuid}", self.revoke)
        return Reply({"uuid": uuid, "password": f"pass of {path}"}, 201)

    def revoke(self, said: Said) -> Reply:
        """Take it back."""
        uuid = said.path.rpartition("/")[2]
        if uuid not in self.left:
            return refusal(404, "rest_application_password_not_found")
        del self.left[uuid]
        return Reply({"deleted": True})


@pytest.fixture
def desk(script: Script) -> Desk:
    """A site where members post."""
    wordpress(script)
    script.on("POST", POSTS, Reply({"id": 9}))
    return Desk(script)


@pytest.fixture
def opened(script: Script, desk: Desk) -> Iterator[Install]:
    """That site, open."""
    del desk
    transport = WsgiAdapter(script)
    with open_site(URL, *ADMIN, transport=transport, sleep=lambda _: None) as site:
        script.heard.clear()
        yield site


def post(site: Install, *authors: str) -> list[Done]:
    """Let each say something."""
    call = bp.post("activity", content="Hello")
    jobs = [
        Job(Address("posts", str(number)), (replace(call, as_member=author),), ())
        for number, author in enumerate(authors)
    ]
    return list(site.carry(jobs, dict(IDS)))


def test_each_author_gets_one_password_for_the_run(
    opened: Install, script: Script, desk: Desk
) -> None:
    """Named after it, told of before it is made and used, revoked at its end."""
    events: list[tuple[str, int, str]] = []
    opened.under(
        "2026-05-01-a7",
        lambda user, uuid: events.append(("minted", user, uuid)),
        lambda user, uuid: events.append(("revoked", user, uuid)),
    )
    done = post(opened, *["ana", "bob"] * 10)

    assert [each.error for each in done] == [None] * 20
    assert {each["name"] for each in desk.left.values()} == {"wpbridge 2026-05-01-a7"}
    assert len(script.paths("POST")) == 22
    logins = {each.login for each in script.heard if each.path == POSTS}
    assert logins == {
        Login(name, Secret(f"pass of {passwords(user)}")).header
        for name, user in (("ana", 41), ("bob", 42))
    }
    opened.close()
    assert desk.left == {}
    minted = {each[1:] for each in events if each[0] == "minted"}
    assert {each[1:] for each in events if each[0] == "revoked"} == minted
    assert {each for each in minted if " " in each[1]} == {
        (41, "wpbridge 2026-05-01-a7"),
        (42, "wpbridge 2026-05-01-a7"),
    }
    assert len(minted) == 4


def test_one_that_was_being_made_is_swept_by_its_name(
    opened: Install, desk: Desk
) -> None:
    """A run that was killed never heard the uuid of the password it asked for."""
    opened.under("killed", lambda *_: None)
    post(opened, "ana")
    assert len(desk.left) == 1

    assert opened.sweep([(41, "wpbridge killed"), (42, "wpbridge killed")]) == 1
    assert desk.left == {}


def test_the_acting_account_needs_no_other_login(
    opened: Install, script: Script
) -> None:
    """Its own does."""
    (done,) = post(opened, "admin")

    assert done.error is None
    assert script.paths("POST") == [POSTS]


def test_whoever_is_not_there_cannot_be_acted_for(opened: Install) -> None:
    """The error names them."""
    (done,) = post(opened, "cem")

    assert "members/cem is not on the site" in str(done.error)


def test_a_refused_password_fails_what_needed_it(
    opened: Install, script: Script
) -> None:
    """With the site's words."""
    code = "application_passwords_disabled"
    script.on("POST", passwords(41), refusal(501, code, "Off."))
    (done,) = post(opened, "ana")

    assert isinstance(done.error, Refused)
    assert done.error.code == code
    assert done.lost == -1


def test_a_lost_password_is_found_by_its_name_and_revoked(
    opened: Install, script: Script, desk: Desk
) -> None:
    """Those of others and of other runs stay."""
    opened.under("this", lambda *_: None)

    def lose(said: Said) -> Reply:
        desk.make(said)
        return Reply(b"", 504)

    script.on("POST", passwords(41), lose)
    that = {"uuid": "other", "name": "wpbridge that", "path": passwords(41)}
    desk.left["other"] = that
    (done,) = post(opened, "ana")
    assert done.error is not None
    assert done.lost == -1  # the post itself was never sent
    opened.close()

    assert list(desk.left) == ["other"]


def test_one_that_was_made_twice_is_revoked_twice(
    opened: Install, script: Script, desk: Desk
) -> None:
    """A proxy delivered the request twice, and told of the second alone."""
    opened.under("this", lambda *_: None)

    def deliver_twice(said: Said) -> Reply:
        desk.make(said)
        return desk.make(said)

    script.on("POST", passwords(41), deliver_twice)
    (done,) = post(opened, "ana")
    assert (done.error, len(desk.left)) == (None, 2)
    opened.close()

    assert desk.left == {}


def test_what_a_crash_left_is_swept(
    opened: Install, script: Script, desk: Desk
) -> None:
    """As far as it is still there."""
    desk.make(Said("POST", passwords(41), (), b'{"name": "wpbridge x"}', "", ""))
    script.on("DELETE", f"{passwords(42)}/gone", refusal(404, "rest_not_found"))

    assert opened.sweep([(42, "gone"), (41, "uuid-0")]) == 1
    assert desk.left == {}


def test_one_that_cannot_be_revoked_keeps_no_other(
    opened: Install, script: Script, desk: Desk
) -> None:
    """It is told of at the end, and connections are let go of all the same."""
    post(opened, "ana", "bob")
    script.on("DELETE", f"{passwords(41)}/uuid-0", refusal(403, "rest_no"))
    script.on("DELETE", f"{passwords(42)}/uuid-0", refusal(403, "rest_no"))
    with pytest.raises(SiteError, match="rest_no"):
        opened.close()

    assert list(desk.left) == ["uuid-0"]


def test_nothing_shows_a_members_password(opened: Install) -> None:
    """Not even looking at the parts."""
    post(opened, "ana")
    acting = opened._acting  # noqa: SLF001 - that is what is looked at

    assert "pass of" not in repr(vars(acting)) + repr(vars(opened))
