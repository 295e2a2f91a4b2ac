"""What an administrator of one site of a network can see, and may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.scripted import ADMIN, ME, URL, Reply, refusal, wordpress
from wpbridge.model import UNSET, Observed
from wpbridge.site.open import open_site
from wpbridge.site.people import Account, accounts
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.site.scripted import Script
    from wpbridge.site.open import Install

RIGHTS = {
    "activate_plugins": True,
    "create_users": True,
    "edit_users": True,
    "manage_options": True,
}
HERE = "/wp-json/wp/v2"


@pytest.fixture
def network(script: Script) -> Iterator[Install]:
    """A site of a network, as its administrator comes to it."""
    wordpress(script)
    script.on("GET", f"{HERE}/users/me", Reply({**ME, "capabilities": RIGHTS}))
    script.on("GET", f"{HERE}/plugins", refusal(403, "rest_cannot_view_plugins"))
    script.on("GET", "/wp-json/buddypress/v2/components", refusal(403, "no"))
    with open_site(URL, *ADMIN, transport=WsgiAdapter(script)) as site:
        script.heard.clear()
        yield site


def test_accounts_of_others_are_seen_from_outside(
    script: Script, network: Install
) -> None:
    """WordPress lists for editing only what the login may edit: its own account."""
    me = {"id": 1, "username": "admin", "email": "a@x.org", "name": "A", "roles": []}
    everyone = [{"id": 1, "name": "A"}, {"id": 7, "name": "Anna Ruiz"}]
    script.on("GET", f"{HERE}/users", Reply([me]), Reply(everyone))
    members = Reply([{"id": 7, "user_login": "anna"}])
    script.on("GET", "/wp-json/buddypress/v2/members", members)

    assert list(accounts(network, Observed())) == [
        Account(1, "admin", "a@x.org", "A", []),
        Account(7, "anna", UNSET, "Anna Ruiz", UNSET),
    ]


def test_components_are_switched_from_buddypresss_own_site(network: Install) -> None:
    """Who may not see them may not switch them."""
    assert network.can("components") == (
        "on this network of sites only a super admin, or an administrator of the site "
        "that BuddyPress lives on, switches components"
    )


@pytest.mark.parametrize(
    ("answer", "there"),
    [
        (Reply([{"id": 3}]), True),
        (Reply([]), False),
        (refusal(404, "rest_no_route"), False),
        (refusal(400, "rest_invalid_param"), False),
    ],
    ids=["there", "empty", "no route", "closed"],
)
def test_buddypresss_pages_are_on_its_own_site(
    script: Script, network: Install, answer: Reply, *, there: bool
) -> None:
    """It is asked once, when somebody wants to know."""
    script.on("GET", f"{HERE}/buddypress", answer)
    why = [network.can("directories") for _ in range(2)]

    assert [each is None for each in why] == [there, there]
    assert script.paths() == [f"{HERE}/buddypress"]
