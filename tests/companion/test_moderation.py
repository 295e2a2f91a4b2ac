"""Settings > Discussion, which holds for members and not for who moderates them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.companion.site import fresh

if TYPE_CHECKING:
    from tests.companion.site import Site

LINKS = "https://a.example https://b.example https://c.example "


def test_a_moderator_posts_links_as_a_member(site: Site) -> None:
    """It passes in the call, and no longer in the member's own request after it."""
    ana = site.member()
    path = f"{site.bp}/activity"
    body = {"content": fresh(LINKS), "type": "activity_update"}
    posted = site.good("POST", path, body, **{"as": ana.id})
    body = {"content": fresh(LINKS), "type": "activity_update"}
    refused = site.ask("POST", path, body, by=ana)

    assert posted
    assert refused.status_code == 500
    assert "bp_rest_user_cannot_create_activity" in refused.text


def test_a_member_gains_nothing(site: Site) -> None:
    """A call of their own is held against the setting, if it may be made at all."""
    ana = site.member()
    call = {
        "method": "POST",
        "path": f"{site.bp}/activity",
        "body": {"content": fresh(LINKS), "type": "activity_update"},
    }
    answer = site.ask("POST", "/wpbridge/v1/calls", {"calls": [call]}, by=ana)

    found = answer.json()
    assert answer.status_code in (401, 403) or found["answers"][0]["status"] == 500
