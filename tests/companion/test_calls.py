"""Many calls in one request."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
import requests

from tests.companion.site import Site, fresh, one

if TYPE_CHECKING:
    from tests.companion.site import Person

ME = {"method": "GET", "path": "/wp/v2/users/me"}


def probe(site: Site, what: str) -> dict[str, str]:
    """A call inside which something goes wrong."""
    return {"method": "GET", "path": f"{site.bp}/activity?search=probe-{what}"}


def test_status_says_what_is_there(shut: Site) -> None:
    """A new site has every switch off, and says which versions it runs."""
    status = shut.ask("GET", "/wpbridge/v1/status").json()

    assert status["wire"] == 1
    assert "calls" in status["abilities"]
    assert status["switches"] == dict.fromkeys(
        ("acting", "cookies", "quiet", "dates"), False
    )
    assert status["me"] == 1


def test_buddypress_knows_the_application_password(site: Site) -> None:
    """Sending a message, which takes BuddyPress's own idea of the login, works."""
    member = site.member()
    sent = site.ask(
        "POST",
        f"{site.bp}/messages",
        {"recipients": [member.id], "subject": "Hello", "message": "Welcome."},
    )

    assert sent.status_code == 200, sent.text
    assert site.value(
        "SELECT sender_id FROM wp_bp_messages_messages ORDER BY id DESC LIMIT 1"
    ) == str(site.admin.id)


def test_calls_are_answered_in_order(site: Site) -> None:
    """Reads and writes travel together, with their totals and their chosen fields."""
    slug = fresh("group")
    answers = site.calls(
        {
            "method": "POST",
            "path": f"{site.bp}/groups",
            "body": {"name": slug, "slug": slug, "description": "x", "creator_id": 1},
        },
        {"method": "GET", "path": f"{site.bp}/groups?_fields=slug&per_page=100"},
        {"method": "GET", "path": "/wp/v2/users?_fields=id&per_page=1"},
    )

    assert [each["state"] for each in answers] == ["ran"] * 3
    assert slug in [each["slug"] for each in answers[1]["body"]]
    assert set(answers[2]["body"][0]) == {"id"}
    assert int(answers[2]["headers"]["X-WP-Total"]) >= 1


def test_what_goes_wrong_stays_in_its_call(site: Site) -> None:
    """Throws, deaths, noise and changed users harm one call, and not the next."""
    wrong = ("throw", "die", "null", "echo", "buffer", "user", "nested")
    calls: list[dict[str, str]] = []
    for each in wrong:
        calls += [probe(site, each), ME]
    answers = site.calls(*calls)

    assert [each["body"]["id"] for each in answers[1::2]] == [1] * len(wrong)
    states = dict(zip(wrong, answers[::2], strict=True))
    assert states["throw"]["status"] == 500
    assert "secret" not in str(states["throw"])
    assert states["die"]["status"] == 500
    assert states["null"]["state"] == "ran"
    assert states["nested"]["status"] == 403


def test_a_permission_check_that_throws_ends_its_call(site: Site) -> None:
    """Even what decides about rights may throw."""
    path = f"{site.bp}/components?search=probe-permission"
    answers = site.calls({"method": "GET", "path": path}, ME)

    assert [each["status"] for each in answers] == [500, 200]


def test_a_missing_object_is_a_failed_call(site: Site) -> None:
    """An error of the route is told as the route tells it."""
    answer = site.call("GET", f"{site.bp}/groups/99999999")

    assert (answer["state"], answer["status"]) == ("failed", 404)
    assert answer["body"]["code"] == "bp_rest_group_invalid_id"


@pytest.mark.parametrize("count", [0, 101])
def test_too_many_or_none_are_refused(site: Site, count: int) -> None:
    """There are 1 to 100 calls in a request."""
    response = site.ask("POST", "/wpbridge/v1/calls", {"calls": [ME] * count})

    assert response.status_code == 400


def test_a_hundred_run(site: Site) -> None:
    """A hundred are not too many."""
    answers = site.calls(*[ME] * 100)

    assert {each["state"] for each in answers} == {"ran"}


@pytest.mark.parametrize("calls", [None, "x", {"0": ME, "a": ME}, {"method": "GET"}, 7])
def test_no_list_is_refused(site: Site, calls: object) -> None:
    """What is no list of calls is refused whole."""
    assert site.ask("POST", "/wpbridge/v1/calls", {"calls": calls}).status_code == 400


@pytest.mark.parametrize(
    "call",
    [
        "x",
        7,
        None,
        [],
        {},
        {"method": "GET"},
        {"path": "/wp/v2/users/me"},
        {"method": ["GET"], "path": "/wp/v2/users/me"},
        {"method": "GET", "path": ["/wp/v2/users/me"]},
        {"method": "GET", "path": "/wp/v2/users/me", "As": 2},
        {"method": "GET", "path": "/wp/v2/users/me", "headers": {}},
        {"method": "GET", "path": "/wp/v2/users/me", "body": {}},
        {"method": "GET", "path": "/wp/v2/users/me", "key": "abcdefgh"},
        {"method": "POST", "path": "/wp/v2/pages", "body": ["x"]},
        {"method": "POST", "path": "/wp/v2/pages", "body": "x"},
        {"method": "POST", "path": "/wp/v2/pages", "body": {}, "key": "short"},
        {"method": "POST", "path": "/wp/v2/pages", "body": {}, "key": 12345678},
        {"method": "POST", "path": "/wp/v2/pages", "body": {}, "quiet": "yes"},
        {"method": "POST", "path": "/wp/v2/pages", "body": {}, "password": "none"},
    ],
)
def test_a_malformed_call_is_refused(site: Site, call: object) -> None:
    """What is unknown or malformed is refused, not overlooked; the next call runs."""
    answers = site.calls(call, ME)  # type: ignore[arg-type]  # wrong on purpose

    assert (answers[0]["state"], answers[0]["status"] // 100) == ("failed", 4)
    assert answers[1]["state"] == "ran"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/wpbridge/v1/calls"),
        ("POST", "/batch/v1"),
        ("POST", "/buddypress/v1/signup"),
        ("POST", "/buddypress/v2/signup"),
        ("POST", "/wp/v2/settings"),
        ("GET", "/wp/v2/settings"),
        ("GET", "/wp/v2/plugins"),
        ("POST", "/wp/v2/users/1/application-passwords"),
        ("POST", "/wp/v2/users/1/Application-Passwords"),
        ("POST", "/wp/v2/users/me/application-passwords"),
        ("DELETE", "/wp/v2/users/1"),
        ("POST", "/wp/v2/media"),
        ("POST", "/buddypress/v1/members/1/avatar"),
        ("PUT", "/buddypress/v1/activity/1/favorite"),
        ("OPTIONS", "/wp/v2/users"),
        ("get", "/wp/v2/users"),
        ("GET", "/WP/v2/users"),
        ("GET", "wp/v2/users"),
        ("GET", "/wp/v2/users/../settings"),
        ("GET", "/wp/v2/users%2f1"),
        ("GET", "/wp/v2/users\n"),
        ("GET", "/wp/v2/users/1\n"),
        ("GET", "http:///"),
        ("GET", "//wp/v2/users"),
        ("GET", "/?rest_route=/wp/v2/settings"),
        ("GET", ""),
        ("GET", "/wp/v2/users#" + "x" * 5000),
    ],
)
def test_what_is_not_on_the_list_does_not_travel(
    site: Site, method: str, path: str
) -> None:
    """Routes for accounts, settings, uploads and batches cannot be called."""
    answer = site.call(method, path)

    assert (answer["state"], answer["status"] // 100) == ("failed", 4)
    assert answer["body"]["code"].startswith("wpbridge_refused_")


def test_no_route_slips_through_its_query(site: Site) -> None:
    """A method or a route in the query changes neither."""
    answer = site.call("GET", "/wp/v2/users/me?_method=DELETE&rest_route=/wp/v2/x")

    assert answer["body"]["id"] == 1
    assert site.call(**ME)["status"] == 200


def test_time_runs_out_between_calls(site: Site) -> None:
    """Calls are started within the budget; the rest can be sent again."""
    answers = site.calls(*[probe(site, "sleep")] * 6, seconds=0.5)
    states = [each["state"] for each in answers]

    assert states[0] == "ran"
    assert states[-1] == "not_run"
    assert states == sorted(states, key=["ran", "not_run"].index)


def test_no_time_at_all_runs_one(site: Site) -> None:
    """The first call is always tried, or nothing would ever come to an end."""
    answers = site.calls(ME, ME, seconds=0)

    assert [each["state"] for each in answers] == ["ran", "not_run"]


def group_call(site: Site, key: str) -> dict[str, Any]:
    """A call that makes a group, under a key."""
    slug = fresh("keyed")
    body = {"name": slug, "slug": slug, "description": "x", "creator_id": 1}
    return {"method": "POST", "path": f"{site.bp}/groups", "body": body, "key": key}


def test_a_key_makes_repetition_harmless(site: Site) -> None:
    """The second time, the first answer comes again and nothing is made."""
    call = group_call(site, fresh("key-abcdef"))
    first = site.calls(call)[0]
    second = site.calls(call)[0]

    assert second.pop("replayed") is True
    assert second == first
    name = call["body"]["name"]
    assert site.value(f"SELECT COUNT(*) FROM wp_bp_groups WHERE name = '{name}'") == "1"


def test_a_key_is_of_one_call(site: Site) -> None:
    """Another call under the same key is refused."""
    key = fresh("key-abcdef")
    site.calls(group_call(site, key))
    answer = site.calls(group_call(site, key))[0]

    assert (answer["status"], answer["body"]["code"]) == (409, "wpbridge_key_used")


def test_a_key_is_of_one_caller(site: Site) -> None:
    """Somebody else's answer is not given."""
    other = site.another_admin()
    call = group_call(site, fresh("key-abcdef"))
    mine = site.calls(call)[0]
    theirs = site.calls(call, by=other)[0]

    assert "replayed" not in theirs
    assert mine["state"] == "ran"


def test_a_cut_connection_loses_no_answer(site: Site) -> None:
    """The client hangs up; the answer is there when it asks again."""
    key = fresh("key-abcdef")
    call = group_call(site, key)
    slow = [probe(site, "sleep")] * 2
    with pytest.raises(requests.RequestException):
        requests.post(
            f"{site.url}/wp-json/wpbridge/v1/calls",
            json={"calls": [call, *slow]},
            auth=site.admin.auth,
            timeout=0.25,
        )
    time.sleep(2)
    again = site.calls(call)[0]

    name = call["body"]["name"]
    assert site.value(f"SELECT COUNT(*) FROM wp_bp_groups WHERE name = '{name}'") == "1"
    assert again["state"] == "ran"
    assert again["body"] != []


def test_a_call_that_was_cut_off_is_said_to_be(site: Site) -> None:
    """Where the process died inside a keyed call, nobody pretends to know its end."""
    call = {
        "method": "PUT",
        "path": f"{site.bp}/members/1?search=probe-exit",
        "body": {"name": "admin"},
        "key": fresh("key-abcdef"),
    }
    site.ask("POST", "/wpbridge/v1/calls", {"calls": [call]})
    answer = site.calls(call)[0]

    assert (answer["status"], answer["body"]["code"]) == (409, "wpbridge_unfinished")


def test_two_requests_at_once_make_nothing_twice(site: Site) -> None:
    """The same keyed calls, by the same caller, from several sides."""
    calls = [group_call(site, fresh("key-abcdef")) for _ in range(5)]

    def send(_: int) -> list[Any]:
        return Site(site.running).calls(*calls)

    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(send, range(4)))
    last = site.calls(*calls)

    for at, call in enumerate(calls):
        name = call["body"]["name"]
        made = f"SELECT id FROM wp_bp_groups WHERE name = '{name}'"
        assert len(site.sql(made)) == 1
        answers = [each[at] for each in rounds]
        first = [each for each in answers if each["state"] == "ran"]
        unfinished = [each for each in answers if each["state"] != "ran"]
        assert sum("replayed" not in each for each in first) == 1
        assert {each["body"]["code"] for each in unfinished} <= {"wpbridge_unfinished"}
        assert last[at]["replayed"] is True
        assert last[at]["state"] == "ran"


def test_two_requests_at_once_do_not_mix(site: Site) -> None:
    """Each acts as its own member, and each has its own date and quiet."""
    ana, ben = site.member(), site.member()

    def send(who: Person) -> list[Any]:
        call = {"method": "POST", "path": f"{site.bp}/activity", "as": who.id}
        own = Site(site.running)
        return own.calls(
            *({**call, "body": {"content": fresh(f"{who.login} ")}} for _ in range(8))
        )

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, (ana, ben)))

    for person, theirs in zip((ana, ben), answers, strict=True):
        assert {each["acted_as"] for each in theirs} == {person.id}
        assert {one(each["body"])["user_id"] for each in theirs} == {person.id}
        log = "SELECT COUNT(*), MIN(status) FROM wp_wpbridge_log WHERE member = "
        assert site.sql(f"{log}{person.id}") == [["8", "200"]]


@pytest.mark.parametrize(
    "path",
    [
        "/wp-admin/admin-ajax.php?action=rest-nonce&x=/wp-json/",
        "/wp-admin/admin-ajax.php?action=rest-nonce&rest_route=/",
        "/wp-admin/admin-ajax.php/wp-json/?action=rest-nonce",
    ],
)
def test_application_passwords_open_nothing_but_rest(site: Site, path: str) -> None:
    """Nobody is logged in at admin-ajax.php, whatever its query says."""
    response = site.http.get(site.url + path, auth=site.admin.auth, timeout=60)

    # Without a login, admin-ajax.php knows no action "rest-nonce" and answers 0.
    assert (response.text.strip(), response.status_code) in [("0", 400), ("0", 200)]


@pytest.mark.parametrize("path", ["/wp-admin/?rest_route=/", "/?x=/wp-json/", "/"])
def test_application_passwords_open_no_page(site: Site, path: str) -> None:
    """Nor is anybody at wp-admin or on the front page."""
    mine = site.browser(site.admin).get(site.url, timeout=60)
    response = site.http.get(site.url + path, auth=site.admin.auth, timeout=60)

    assert "wp-admin-bar-my-account" in mine.text
    assert "wp-admin-bar-my-account" not in response.text
    assert "/wp-admin/profile.php" not in response.text
