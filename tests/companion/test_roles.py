"""Who gets in, by role and by the way they came, at every route of the companion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.companion.site import ANONYMOUS

if TYPE_CHECKING:
    import requests

    from tests.companion.site import Person, Site

IN = "gets in"
ROUTES = (
    ("GET", "/status"),
    ("POST", "/calls"),
    ("POST", "/marks"),
    ("GET", "/member-types"),
    ("POST", "/member-types"),
    ("PUT", "/member-types/x"),
    ("DELETE", "/member-types/x"),
    ("GET", "/group-types"),
    ("POST", "/group-types"),
    ("PUT", "/group-types/x"),
    ("DELETE", "/group-types/x"),
    ("GET", "/groups/1"),
    ("PUT", "/groups/1"),
    ("PUT", "/members/1"),
    ("GET", "/members/1/visibility"),
    ("PUT", "/members/1/visibility"),
    ("GET", "/fields/1"),
    ("PUT", "/fields/1"),
    ("PUT", "/friendships/1"),
    ("DELETE", "/friendships/1"),
    ("PUT", "/favourites"),
    ("GET", "/options"),
    ("PUT", "/options"),
    ("GET", "/queue"),
    ("POST", "/queue"),
    ("DELETE", "/queue/1"),
    ("GET", "/collections/members"),
    ("GET", "/collections/groups"),
    ("GET", "/collections/memberships"),
    ("GET", "/collections/posts"),
    ("GET", "/collections/friendships"),
    ("POST", "/lease"),
    ("DELETE", "/lease"),
)
BODY = {
    "calls": [{"method": "GET", "path": "/wp/v2/users/me"}],
    "slug": "x",
    "member": 1,
    "activity": 1,
    "favourite": True,
    "levels": {},
    "accepted": True,
    "token": "0" * 64,
    "owner": "x",
    "kind": "posts",
    "name": "x",
    "as": 1,
    "due": "2030-01-01T00:00:00Z",
    "content": "x",
}
"""Enough for each route to come as far as the question of who asks."""


@pytest.fixture(scope="module")
def ranks(bare: Site) -> dict[str, Person]:
    """Somebody of each role; who administrates one site of a network is no more."""
    people = {
        role: bare.member(role)
        for role in ("subscriber", "author", "editor", "administrator")
    }
    people["group admin"] = bare.member()
    bare.join(bare.group(), people["group admin"], "admin")
    if bare.running.network:
        people["super admin"] = bare.another_admin()
    return people


GATES = {
    "wpbridge_forbidden",
    "rest_cookie_invalid_nonce",
    "rest_not_logged_in",
    "incorrect_password",
}
"""How whoever asks is kept out; any other error is about what was asked."""


def at_all_routes(site: Site, session: requests.Session, **more: Any) -> str:
    """Whether somebody gets in everywhere; or with which answers they do not."""
    found = set()
    for method, path in ROUTES:
        answer = session.request(
            method,
            f"{site.url}/wp-json/wpbridge/v1{path}?context=edit&_embed=1",
            json=None if method == "GET" else BODY,
            timeout=60,
            **more,
        )
        code = answer.json()["code"] if answer.status_code in {401, 403} else ""
        found.add(str(answer.status_code) if code in GATES else IN)
    return ", ".join(sorted(found))


def let_in(ranks: dict[str, Person], site: Site) -> dict[str, str]:
    """Who is to get in: the moderators of this site's community."""
    top = "super admin" if site.running.network else "administrator"
    return {role: IN if role == top else "403" for role in ranks}


def test_application_passwords(site: Site, ranks: dict[str, Person]) -> None:
    """No route answers a visitor, a member or an editor, whatever the context."""
    found = {
        role: at_all_routes(site, site.http, auth=person.auth)
        for role, person in {**ranks, "anonymous": ANONYMOUS}.items()
    }

    assert found == {**let_in(ranks, site), "anonymous": "401"}


def test_cookies(site: Site, ranks: dict[str, Person]) -> None:
    """With a good nonce the capability decides; without one nobody is anybody."""
    good, bad, none = {}, {}, {}
    for role, person in ranks.items():
        session = site.browser(person)
        good[role] = at_all_routes(site, session)
        session.headers["X-WP-Nonce"] = "0123456789"
        bad[role] = at_all_routes(site, session)
        del session.headers["X-WP-Nonce"]
        none[role] = at_all_routes(site, session)

    assert good == let_in(ranks, site)
    assert bad == dict.fromkeys(ranks, "403")
    assert none == dict.fromkeys(ranks, "401")


def test_a_wrong_password_is_nobodys(site: Site, ranks: dict[str, Person]) -> None:
    """Nor does a login name with somebody else's password open anything."""
    for wrong in ("", "abcd efgh ijkl mnop qrst uvwx", ranks["subscriber"].password):
        auth = (site.admin.login, wrong)
        assert at_all_routes(site, site.http, auth=auth) == "401"
