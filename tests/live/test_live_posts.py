"""Ordinary posts on real sites: with mentions, and with links."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from wpbridge.facade import Site
from wpbridge.site.open import open_site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.live.booting import Running

BLUEPRINT = """\
wpbridge: 1
owner: club
components: {groups: active}
members:
  anna.ruiz: {name: Anna Ruiz, email: anna@example.org}
  bert: {name: Bert Lee, email: bert@example.org}
groups:
  film:
    name: Film club
    about: For people who shoot film.
    access: public
    members: {bert: admin, anna.ruiz: member}
    posts:
      one: {by: bert, text: "Ask @anna.ruiz. Her address is anna@example.org."}
"""
SAID = "SELECT content FROM wp_bp_activity WHERE type = 'activity_update'"
TOLD = """
    SELECT COUNT(*) FROM wp_bp_notifications WHERE component_action = 'new_at_mention'
"""
LINKS = """\
wpbridge: 1
owner: club
components: {groups: active}
members:
  bert: {name: Bert Lee, email: bert@example.org}
groups:
  film:
    name: Film club
    about: For people who shoot film.
    members: {bert: admin}
    posts:
      one: {by: bert, text: "See https://example.org/1 and https://example.org/2 too."}
"""


@pytest.mark.versions(15, 14)
def test_a_dotted_login_is_mentioned(live: Running, tmp_path: Path) -> None:
    """The text links to her, she is told, and as many mails go out as were planned."""
    (tmp_path / "club.yaml").write_text(BLUEPRINT)
    door = partial(open_site, live.url, live.user, live.application_password)
    live.sent(forget=True)
    with Site(door, tmp_path / "journals") as site:
        plan = site.plan(tmp_path / "club.yaml", allow={"mails"})
        outcomes = plan.apply()
        again = site.plan(tmp_path / "club.yaml")
    ((text,),) = live.database.rows(SAID)

    assert [str(outcome) for outcome in outcomes.failed] == []
    assert again.changes == ()
    assert "/anna-ruiz/" in text
    assert "@anna-ruiz</a>. Her address is anna@example.org." in text
    assert live.database.rows(TOLD) == [["1"]]
    assert live.sent() == sum(plan.mails.values())


@pytest.mark.versions(15, 14)
def test_two_links_go_out_with_the_companion(aided: Running, tmp_path: Path) -> None:
    """What an administrator provisions is not moderated."""
    (tmp_path / "club.yaml").write_text(LINKS)
    aided.switch(acting=True, quiet=True)
    door = partial(open_site, aided.url, aided.user, aided.application_password)
    with Site(door, tmp_path / "journals") as site:
        outcomes = site.plan(tmp_path / "club.yaml").apply()
        again = site.plan(tmp_path / "club.yaml")
    ((text,),) = aided.database.rows(SAID)

    assert [str(outcome) for outcome in outcomes.failed] == []
    assert again.changes == ()
    assert text.count("https://example.org/") >= 2


@pytest.mark.versions(15, 14)
def test_two_links_are_foreseen_without_it(live: Running, tmp_path: Path) -> None:
    """The plan names the post, and the refusal names the setting."""
    (tmp_path / "club.yaml").write_text(LINKS)
    door = partial(open_site, live.url, live.user, live.application_password)
    with Site(door, tmp_path / "journals") as site:
        plan = site.plan(tmp_path / "club.yaml")
        outcomes = plan.apply()
    (failed,) = outcomes.failed

    assert any("Settings > Discussion" in note for note in plan.notes)
    assert str(failed.change.address) == "posts/film:one"
    assert "Settings > Discussion" in failed.message
    assert live.database.rows(SAID) == []
