"""
A site that runs already, named by whoever looks after it, and left as it was found.

``WPBRIDGE_LIVE_URL``, ``WPBRIDGE_LIVE_USER`` and ``WPBRIDGE_LIVE_PASSWORD`` name it.
All that is made bears a name that nobody else uses, mails nobody, and is deleted again.
On sites that are booted for it, the database is looked at too.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import pytest

import wpbridge
from tests.live.commands import environment
from tests.live.everything import ready
from wpbridge.journal import Status
from wpbridge.model import ME, Address, Ref
from wpbridge.site import Job
from wpbridge.site.door import bp, wp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.live.booting import Running
    from wpbridge.facade import Site

BLUEPRINT = """
wpbridge: 1
groups:
  {tag}:
    name: Trying wpbridge {tag}
    about: Made by a test, and deleted at its end.
    access: hidden
    posts:
      hello: {{by: {me}, text: Hello from a test.}}
pages:
  {tag}: {{title: Trying wpbridge {tag}, text: Made by a test., status: draft}}
"""
WORDS = ("URL", "USER", "PASSWORD")


LEFT = """
    SELECT 'activity', count(*) FROM wp_bp_activity WHERE type != 'last_activity'
    UNION SELECT 'its meta', count(*) FROM wp_bp_activity_meta
    UNION SELECT 'groups', count(*) FROM wp_bp_groups
    UNION SELECT 'their meta', count(*) FROM wp_bp_groups_groupmeta
    UNION SELECT 'memberships', count(*) FROM wp_bp_groups_members
    UNION SELECT 'notifications', count(*) FROM wp_bp_notifications
    UNION SELECT 'pages and revisions', count(*) FROM wp_posts
    UNION SELECT 'their meta ', count(*) FROM wp_postmeta
    UNION SELECT 'people', count(*) FROM wp_users
    UNION SELECT 'passwords', count(*) FROM wp_usermeta
    WHERE meta_key = '_application_passwords'
"""
MARKS = "SELECT count(*) FROM wp_wpbridge_marks WHERE gone IS NULL"
"""The companion tells for a month of what is gone."""


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Open the site that the environment names."""
    said = {word: os.environ.get(f"WPBRIDGE_LIVE_{word}", "") for word in WORDS}
    if not all(said.values()):
        pytest.skip("no running site is named by WPBRIDGE_LIVE_URL, _USER, _PASSWORD")
    monkeypatch.setenv("WPBRIDGE_HOME", str(tmp_path))
    monkeypatch.setenv("WPBRIDGE_SITE", said["URL"])
    monkeypatch.setenv("WPBRIDGE_USER", said["USER"])
    monkeypatch.setenv("WPBRIDGE_PASSWORD", said["PASSWORD"])
    with wpbridge.open_site(said["URL"]) as opened:
        yield opened


def test_one_that_is_booted_is_left_as_it_was(
    live: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left in its database, nor is a mail sent."""
    _is_left_as_it_was(live, tmp_path, monkeypatch)


def test_so_it_is_with_the_companion(
    aided: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the plugin keeps apart is gone too."""
    _is_left_as_it_was(aided, tmp_path, monkeypatch)

    assert aided.database.number(MARKS) == 0


def _is_left_as_it_was(
    live: Running, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(live, folder).items():
        monkeypatch.setenv(name, value)
    ready(live)
    before = live.database.rows(LEFT)
    with wpbridge.open_site(live.url) as bridge:
        _comes_and_goes(bridge, folder)

    assert (live.database.rows(LEFT), live.sent()) == (before, 0)


def test_it_converges_and_is_left_as_it_was(bridge: Site, tmp_path: Path) -> None:
    """A hidden group with a post, and a draft of a page, come and go."""
    _comes_and_goes(bridge, tmp_path)


def _comes_and_goes(bridge: Site, tmp_path: Path) -> None:
    if not bridge.facts.components.get("groups"):
        pytest.skip("BuddyPress's groups are off on the site that is named")
    tag = f"trial-{secrets.token_hex(4)}"
    file = tmp_path / "trial.yaml"
    file.write_text(BLUEPRINT.format(tag=tag, me=bridge.login), "utf-8")
    try:
        ends = list(bridge.plan(file).apply())
        again = bridge.plan(file)
    finally:
        _take_away(bridge, file, tag)
    once_more = bridge.plan(file)

    assert [str(each) for each in ends if each.status is not Status.APPLIED] == []
    assert list(again.changes) == []
    assert len(once_more.changes) == len(ends)


def _take_away(bridge: Site, file: Path, tag: str) -> None:
    """Delete the group, its post with it, and the page for good."""
    there = bridge.plan(file).ids
    group, page = Address("groups", tag), Address("pages", tag)
    deletes = {
        group: bp.delete("groups", Ref(group)),
        page: wp.delete("pages", Ref(page), force=True),
    }
    calls = tuple(call for address, call in deletes.items() if address in there)
    for done in bridge.client.carry([Job(ME, calls, ())], dict(there)):
        assert done.error is None, done.error
