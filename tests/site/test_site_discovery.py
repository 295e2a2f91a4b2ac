"""Finding a site's REST root, and finding out what the site is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.site.scripted import ADMIN, INDEX, ME, URL, Reply, Script, refusal, wordpress
from wpbridge.accounts import password_page
from wpbridge.errors import LoginRefused, NotSupported, UsageError
from wpbridge.site import Companion, Facts
from wpbridge.site.ability import reason
from wpbridge.site.open import open_site
from wpbridge.site.root import tidy
from wpbridge.site.wsgi import WsgiAdapter


def discovered(script: Script, url: str = URL) -> Facts:
    """What was found out."""
    with open_site(url, *ADMIN, transport=WsgiAdapter(script)) as site:
        assert (site.me.login, site.me.id) == ("admin", 1)
        return site.facts


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("example.org", "https://example.org"),
        (" https://example.org/club/ ", "https://example.org/club"),
        ("https://example.org/wp-json/", "https://example.org"),
        ("https://example.org/club/wp-admin/", "https://example.org/club"),
        ("localhost:8080", "http://localhost:8080"),
        ("127.0.0.1:8115", "http://127.0.0.1:8115"),
    ],
)
def test_addresses_are_taken_as_people_type_them(typed: str, url: str) -> None:
    """Secure HTTP is meant, but on this machine."""
    assert tidy(typed) == url


@pytest.mark.parametrize("typed", ["", "ftp://x.org", "https://", "https://[::1"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    """Before anything is sent."""
    with pytest.raises(UsageError, match="no address of a site"):
        tidy(typed)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    """Addresses are shown and kept."""
    with pytest.raises(UsageError, match="leave user name and password out") as caught:
        tidy("https://ana:hush@example.org")
    assert "hush" not in str(caught.value)


def test_a_site_is_discovered_in_few_requests(script: Script, api: int) -> None:
    """Everything at the first guess, without drawing a page."""
    wordpress(script, api)
    facts = discovered(script)

    assert facts == Facts(
        url=URL,
        root=f"{URL}/wp-json/",
        api=api,
        name="Club",
        buddypress="15.0.0" if api == 2 else "14.5.2",
        sees_login=api == 2,
        sees_members=api == 2,
        timezone="Europe/Madrid",
        components={"groups": True, "friends": False},
        capabilities=frozenset({"bp_moderate"}),
        password_page=f"{URL}/wp-admin/authorize-application.php",
    )
    assert len(script.heard) == (5 if api == 2 else 6)


LINK = (("Link", f'<{URL}/api/>; rel="https://api.w.org/", <x>; rel=shortlink'),)
TAG = f"<html><link rel='https://api.w.org/' href='{URL}/api/' />".encode()
PLAIN = f"{URL}/index.php?rest_route=/"


@pytest.mark.parametrize("page", [Reply(b"<html>", headers=LINK), Reply(TAG)])
def test_a_moved_root_is_found_by_the_page(script: Script, page: Reply) -> None:
    """By its header, or in its markup."""
    wordpress(script)
    for method, path in list(script.answers):
        there = path.replace("/wp-json", "/api")
        script.answers[method, there] = script.answers.pop((method, path))
    script.on("GET", "/", page)

    assert discovered(script).root == f"{URL}/api/"


def routed(script: Script) -> Any:
    """A site with plain permalinks."""
    inner = Script(dict(script.answers))
    script.answers.clear()

    def application(environ: Any, start_response: Any) -> Any:
        query = environ["QUERY_STRING"]
        if query.startswith("rest_route="):
            route, _, rest = query.removeprefix("rest_route=").partition("&")
            environ = {**environ, "PATH_INFO": f"/wp-json{route}", "QUERY_STRING": rest}
            return inner(environ, start_response)
        return script(environ, start_response)

    return application


@pytest.mark.parametrize(
    ("page", "root"),
    [
        (
            Reply(b"", headers=(("Link", f'<{PLAIN}>; rel="https://api.w.org/"'),)),
            PLAIN,
        ),
        (Reply(b"<html>nothing"), f"{URL}/?rest_route=/"),
    ],
)
def test_plain_permalinks_do(script: Script, page: Reply, root: str) -> None:
    """With or without the page's word for it."""
    wordpress(script)
    application = routed(script)
    script.on("GET", "/", page)
    with open_site(URL, *ADMIN, transport=WsgiAdapter(application)) as site:
        assert site.facts.root == root
        assert site.facts.plain
        assert site.facts.components["groups"]


def test_a_page_that_is_no_wordpress_is_said(script: Script) -> None:
    """With where we looked."""
    script.on("GET", "/", Reply(b"<html>Hello"))
    with pytest.raises(NotSupported, match="does not look like a WordPress site"):
        discovered(script)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(b"<html>Hello", 200), "a web page came back instead of data: 'Hello'"),
        (Reply(b'{"name": "x', 200), "the answer is cut off, or is no JSON"),
        (Reply(b"<html>No", 403), "something before WordPress refuses"),
        (Reply(b"", 404), "there is no REST API at this address"),
        (Reply(b"<html>Oh", 500), "PHP broke down there; its error log says where"),
    ],
    ids=str,
)
def test_what_was_answered_instead_is_told(
    script: Script, reply: Reply, why: str
) -> None:
    """It is what says where to look: a firewall, PHP's log, the address."""
    script.on("GET", "/wp-json/", reply)
    script.on("GET", "/", Reply(b"<html>Hello"))
    with pytest.raises(NotSupported) as caught:
        discovered(script)

    assert why in str(caught.value)


def test_data_that_is_no_index_is_not_taken_for_one(script: Script) -> None:
    """Other software answers JSON too."""
    script.on("GET", "/wp-json/", Reply({"hello": "world"}))
    script.on("GET", "/", Reply(b"{}"))
    with pytest.raises(NotSupported, match="does not look like a WordPress site"):
        discovered(script)


def test_an_address_below_a_site_is_not_taken_for_it(script: Script) -> None:
    """A network answers at any address of its own, for its main site."""
    wordpress(script, home=URL, url=URL)
    link = f'<{URL}/wp-json/>; rel="https://api.w.org/"'
    script.on("GET", "/typo/wp-json/", refusal(404, "rest_no_route"))
    script.on("GET", "/typo/", Reply(b"", 404, headers=(("Link", link),)))
    with pytest.raises(UsageError, match=rf"typo is {URL} by its own account"):
        open_site(f"{URL}/typo", *ADMIN, transport=WsgiAdapter(script))


def test_a_root_elsewhere_is_not_told_the_password(script: Script) -> None:
    """The address is corrected by whoever typed it."""
    link = '<https://www.site.invalid/wp-json/>; rel="https://api.w.org/"'
    script.on("GET", "/", Reply(b"", headers=(("Link", link),)))
    with pytest.raises(UsageError, match=r"is https://www\.site\.invalid by its own"):
        discovered(script)


def test_a_site_without_buddypress_is_said(script: Script) -> None:
    """With what to do."""
    wordpress(script, namespaces=["wp/v2"])
    with pytest.raises(NotSupported, match="there is no BuddyPress on"):
        discovered(script)


@pytest.mark.parametrize(
    "code", ["rest_not_logged_in", "incorrect_password", "invalid_username"]
)
def test_a_wrong_login_is_said(script: Script, code: str) -> None:
    """Also that the header may have been stripped, which looks the same."""
    wordpress(script)
    script.on("GET", "/wp-json/wp/v2/users/me", refusal(401, code))
    with pytest.raises(LoginRefused, match=r"check the user.* strips the Auth"):
        discovered(script)


def test_a_wrong_login_may_close_even_the_index(script: Script) -> None:
    """WordPress's words and ours."""
    script.on("GET", "/wp-json/", refusal(401, "incorrect_password", "Invalid."))
    with pytest.raises(LoginRefused, match=r"Invalid\. .*; check the user name"):
        discovered(script)


FAULT = b"<methodResponse><fault>%s</fault></methodResponse>"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"<methodResponse><params/></methodResponse>", "the login is right, but the"),
        (FAULT % b"<int>403</int>", r"does not take this login: .*own one\)$"),
        (FAULT % b"<int>405</int>", r"check the user.* strips the Auth"),
        (b"<html>closed", r"check the user.* strips the Auth"),
    ],
)
def test_a_stripped_header_is_told_from_a_wrong_password(
    script: Script, answer: bytes, words: str
) -> None:
    """Where XML-RPC takes the same login, the header does not arrive."""
    wordpress(script)
    script.on("GET", "/wp-json/wp/v2/users/me", refusal(401, "rest_not_logged_in"))
    script.on("POST", "/xmlrpc.php", Reply(answer))
    with pytest.raises(LoginRefused, match=words) as caught:
        discovered(script)

    assert ADMIN[1] not in str(caught.value)
    asked = [each.body for each in script.heard if each.path == "/xmlrpc.php"]
    assert [b"abcd efgh" in each for each in asked] == [True]


def test_switched_off_application_passwords_are_said(script: Script) -> None:
    """They are the reason why no login is taken."""
    wordpress(script, authentication=[])
    script.on("GET", "/wp-json/wp/v2/users/me", refusal(401, "rest_not_logged_in"))
    with pytest.raises(LoginRefused, match="application passwords are off"):
        discovered(script)


def test_what_a_login_may_not_ask_stays_unknown(script: Script, api: int) -> None:
    """It is no reason to give up."""
    wordpress(script, api)
    script.on("GET", "/wp-json/wp/v2/plugins", refusal(403, "rest_cannot_view"))
    route = f"/wp-json/buddypress/v{api}/components"
    script.on("GET", route, refusal(403, "bp_rest_authorization_required"))
    facts = discovered(script)

    assert facts.buddypress == ""
    assert facts.components == {}


@pytest.mark.parametrize(
    ("links", "sees"),
    [
        ({"bp-action-add-friendship": [{"initiator_id": 1}]}, True),
        ({"bp-action-add-friendship": [{"initiator_id": 0}]}, False),
        ({"bp-action-delete-friendship": [{"href": "x"}]}, True),
        ({}, False),
    ],
)
def test_a_link_tells_whether_buddypress_sees_us(
    script: Script, links: Any, *, sees: bool
) -> None:
    """Where a plugin mends version 1's login."""
    wordpress(script, 1)
    members = Reply([{"id": 2, "_links": links}])
    script.on("GET", "/wp-json/buddypress/v1/members", members)

    assert discovered(script).sees_login is sees


def test_networks_are_known_by_their_plugins_or_blogs(script: Script) -> None:
    """WordPress does not say it outright."""
    wordpress(script)
    plugin = {"plugin": "x/bp-loader", "status": "network-active", "version": "15.1"}
    script.on("GET", "/wp-json/wp/v2/plugins", Reply([plugin]))
    assert discovered(script).multisite

    wordpress(script)
    script.on("GET", "/wp-json/buddypress/v2/blogs", Reply([]))
    assert discovered(script).multisite


def test_newer_wordpress_tells_its_version(script: Script) -> None:
    """Over its abilities."""
    wordpress(script, namespaces=["buddypress/v2", "wp-abilities/v1", "wpbridge/v1"])
    path = "/wp-json/wp-abilities/v1/abilities/core/get-environment-info/run"
    script.on("GET", path, Reply({"wp_version": "7.1"}))
    facts = discovered(script)

    assert facts.wordpress == "7.1"


STATUS = {
    "version": "0.1.0",
    "wire": 1,
    "abilities": ["calls", "login"],
    "switches": {"acting": True, "quiet": False},
    "limits": {"calls": 100},
    "page": "https://x.org/settings",
}


@pytest.mark.parametrize(
    ("status", "companion"),
    [
        (
            Reply(STATUS),
            Companion(
                "0.1.0",
                frozenset({"calls", "login"}),
                {"acting": True, "quiet": False},
                {"calls": 100},
                "https://x.org/settings",
            ),
        ),
        (
            Reply({**STATUS, "wire": 2}),
            Companion("0.1.0", page="https://x.org/settings"),
        ),
        (refusal(403, "rest_forbidden"), Companion()),
        (Reply(["?"]), Companion()),
    ],
    ids=["ours", "of another age", "not for this login", "no status"],
)
def test_the_companion_tells_of_itself(
    script: Script, status: Reply, companion: Companion
) -> None:
    """Its login counts where it has one: version 1 sees who comes then."""
    wordpress(script, 1, namespaces=["buddypress/v1", "wpbridge/v1"])
    script.on("GET", "/wp-json/wpbridge/v1/status", status)
    facts = discovered(script)

    assert facts.companion == companion
    assert facts.sees_login is bool(companion.abilities)


@pytest.mark.parametrize(
    ("name", "offset", "timezone"),
    [
        ("Asia/Kolkata", 5.5, "Asia/Kolkata"),
        ("", "0", "UTC"),
        ("", 5.5, "+05:30"),
        ("", "-3", "-03:00"),
        ("", -9.5, "-09:30"),
    ],
)
def test_time_zones_are_names_or_offsets(
    script: Script, name: str, offset: Any, timezone: str
) -> None:
    """A site has one or the other."""
    wordpress(script, timezone_string=name, gmt_offset=offset)

    assert discovered(script).timezone == timezone


def test_the_page_for_passwords_is_the_sites_own(script: Script) -> None:
    """It is told who asks; nobody logs in for it."""
    script.on("GET", "/wp-json/", Reply(INDEX))
    page = password_page(URL, transport=WsgiAdapter(script))

    assert page.startswith(
        f"{URL}/wp-admin/authorize-application.php?app_name=wpbridge"
    )
    assert {each.login for each in script.heard} == {""}

    script.on("GET", "/wp-json/", Reply({**INDEX, "authentication": []}))
    with pytest.raises(NotSupported, match="offers no application passwords"):
        password_page(URL, transport=WsgiAdapter(script))


def test_a_login_by_address_is_known_by_its_name(script: Script) -> None:
    """WordPress takes either."""
    wordpress(script)
    script.on("GET", "/wp-json/wp/v2/users/me", Reply({**ME, "username": "jane"}))
    transport = WsgiAdapter(script)
    with open_site(URL, "jane@x.org", "secret", transport=transport) as site:
        assert site.me.login == "jane"


ALLOW = (("Allow", "GET, POST"),)
NETWORK = {"plugin": "buddypress/bp-loader", "status": "network-active", "version": "1"}


def test_a_super_admin_is_known_by_the_plugins(script: Script) -> None:
    """Capabilities list nothing of it."""
    wordpress(script)
    has = {"activate_plugins": True, "edit_users": True}
    script.on("GET", "/wp-json/wp/v2/users/me", Reply({**ME, "capabilities": has}))
    script.on("GET", "/wp-json/wp/v2/plugins", Reply([NETWORK], headers=ALLOW))
    script.on("GET", "/wp-json/wp/v2/users", Reply([], headers=ALLOW))
    facts = discovered(script)

    assert (facts.multisite, facts.adds_members) == (True, True)
    assert reason(facts, "moderate") is None
    assert reason(facts, "post as") is None


def test_a_site_admin_of_a_network_may_less(script: Script) -> None:
    """Plugins are closed to who has the right to switch them: so it is a network."""
    wordpress(script)
    has = {"activate_plugins": True, "create_users": True, "edit_users": True}
    script.on("GET", "/wp-json/wp/v2/users/me", Reply({**ME, "capabilities": has}))
    script.on("GET", "/wp-json/wp/v2/plugins", refusal(403, "rest_cannot_view_plugins"))
    script.on("GET", "/wp-json/wp/v2/users", Reply([], headers=(("Allow", "GET"),)))
    facts = discovered(script)

    assert (facts.multisite, facts.adds_members) == (True, False)
    for ability in ("create members", "edit members", "post as", "moderate"):
        assert "super admin" in str(reason(facts, ability))
