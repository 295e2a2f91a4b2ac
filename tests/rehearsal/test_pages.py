"""The pages that a rehearsal shows, and what keeps them harmless."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client, TestResponse

from tests.rehearsal import community
from tests.rehearsal.reading import seen
from wpbridge.rehearsal.pages import faces
from wpbridge.rehearsal.pages.answer import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.rehearsal import App

PAGES = {
    "/": "Learning is the work 3 members 3 groups2 posts 1 post within private groups",
    "/activity/": "Hello everyone.",
    "/activity/p/1/": "So do I!",
    "/members/": "Ana Ruiz @ana Trainer Facilitator",
    "/members/ana/": "Ana Ruiz @ana · joined Tue 12 Jan 2027",
    "/groups/": "The lounge Think aloud. 2 members · 1 post",
    "/groups/lounge/": "What did it teach you? 2 comments",
    "/groups/lounge/members/": "Administrators AR Ana Ruiz @ana Members BL Bob Lee",
    "/how-we-learn-here/": "How we learn here Nobody is tested.",
    "/nowhere/": "There is nothing here",
}
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    "<a href=\"javascript:alert(1)\" onclick=alert(1) style='color:red'>x</a>"
    "</div></main><svg onload=alert(1)><iframe src=//evil.example>{{ 7*7 }}&lt;b"
)
ATTRIBUTES = re.compile(
    "action|alt|aria-[a-z]+|autocomplete|charset|class|content|datetime|decoding|for|"
    "href|id|lang|loading|method|name|placeholder|rel|role|src|tabindex|title|type|"
    "value"
)


@pytest.fixture
def app() -> Iterator[App]:
    """The small community."""
    made = community.small()
    yield made
    made.close()


def get(app: App, path: str) -> TestResponse:
    """A page, as a browser asks for it."""
    return Client(app).get(path)


def words(app: App, path: str) -> str:
    """What is to be read on a page."""
    return seen(get(app, path).text).words


@pytest.mark.parametrize(("path", "text"), PAGES.items())
def test_every_page_shows_what_it_is_about(app: App, path: str, text: str) -> None:
    """It answers, has one heading of the first rank, and closes what it opens."""
    answer = get(app, path)
    found = seen(answer.text)

    assert answer.status_code == (404 if path == "/nowhere/" else 200)
    assert answer.content_type == "text/html; charset=UTF-8"
    assert text in found.words
    assert [found.tags.count(each) for each in ("h1", "main", "nav")][:2] == [1, 1]
    assert ("html", "lang", "en-US") in found.attributes
    assert found.left_open == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_for_anything_from_elsewhere(app: App, path: str) -> None:
    """Every address on it is a path of the site; there is no script."""
    found = seen(get(app, path).text)
    addresses = {
        value
        for _, name, value in found.attributes
        if name in ("href", "src", "action")
    }

    assert "script" not in found.tags
    assert [
        each for each in addresses if not re.match(r"/(?!/)|#|\?|data:,$", each)
    ] == []


@pytest.mark.parametrize(
    "path", [*PAGES, STYLE, "/wp-content/uploads/none.png", "/x.php"]
)
def test_every_answer_is_kept_harmless(app: App, path: str) -> None:
    """Headers say that nothing may run, frame or leave, and where the API is."""
    headers = get(app, path).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Link"] == f'<{app.url}/wp-json/>; rel="https://api.w.org/"'
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
)
def test_pages_can_only_be_read(app: App, method: str) -> None:
    """Anything but GET and HEAD is refused."""
    answer = Client(app).open("/members/", method=method)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_a_head_has_no_body(app: App) -> None:
    """It has the headers of the page."""
    answer = Client(app).head("/")

    assert (answer.status_code, answer.data) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(get(app, "/").data)


def test_there_is_no_xmlrpc(app: App) -> None:
    """Nor any other file of WordPress."""
    assert Client(app).post("/xmlrpc.php").status_code == 404


def test_what_is_hostile_stays_text() -> None:
    """Names, titles, posts, answers and types run nothing, wherever they are shown."""
    app = community.bare()
    store = app.store
    for option in ("blogname", "blogdescription"):
        store.set_option(option, HOSTILE)
    user = community.member(store, "eve", HOSTILE, kind=HOSTILE)
    group = community.group(store, "den", HOSTILE, about=HOSTILE, status="private")
    community.join(store, group, user)
    community.comment(store, user, community.post(store, user, HOSTILE), HOSTILE)
    community.post(store, user, HOSTILE, group=group)
    community.page(store, "lair", HOSTILE, HOSTILE)
    store.insert(
        "notices",
        subject=HOSTILE,
        message=HOSTILE,
        is_active=1,
        date_sent=community.THEN,
    )
    store.insert(
        "messages",
        thread_id=1,
        sender_id=user,
        subject=HOSTILE,
        message=HOSTILE,
        date_sent=community.THEN,
    )
    store.insert("message_recipients", user_id=user, thread_id=1)
    community.profile(store, user)
    store.run("UPDATE profile_data SET value = ?", HOSTILE)
    store.run("UPDATE profile_fields SET name = ?, description = ?", HOSTILE, HOSTILE)
    store.insert(
        "activity",
        user_id=user,
        component="x",
        type="x",
        action=HOSTILE,
        date_recorded=community.THEN,
    )
    paths = (
        *("/", "/activity/", "/activity/p/1/", "/members/", "/members/eve/"),
        *("/groups/", "/groups/den/", "/groups/den/members/", "/lair/", "/<script>/"),
        "/members/?s=<script>alert(1)</script>&type='\"><script>",
    )
    for path in paths:
        found = seen(get(app, path).text)
        names = {name for _, name, _ in found.attributes}
        links = [
            value for _, name, value in found.attributes if name in ("href", "src")
        ]
        assert {"script", "svg", "iframe", "style"}.isdisjoint(found.tags), path
        assert [each for each in names if not ATTRIBUTES.fullmatch(each)] == [], path
        assert [each for each in links if ":" in each] == ["data:,"], path
        assert "49" not in found.words, path
        assert found.left_open == [], path
    app.close()


@pytest.mark.parametrize(
    ("path", "badge", "who"),
    [
        ("/groups/lounge/", "", "Everyone may read this group"),
        ("/groups/team/", "Private", "Only its 1 member sees what is said here"),
        ("/groups/board/", "Hidden", "Only its 0 members know that this group exists"),
    ],
)
def test_a_group_says_who_sees_it(app: App, path: str, badge: str, who: str) -> None:
    """Private and hidden ones wear a badge."""
    page = get(app, path).text
    badges = re.findall(r'class="badge">(\w+)<', page)

    assert badges == [badge] * bool(badge)
    assert who in seen(page).words


def test_what_is_said_in_private_stays_there(app: App) -> None:
    """The stream of the site has it not, the group and its author have it."""
    shown = {
        path: "Among ourselves." in words(app, path)
        for path in ("/", "/activity/", "/groups/team/", "/members/bob/")
    }

    assert shown == {
        "/": False,
        "/activity/": False,
        "/groups/team/": True,
        "/members/bob/": True,
    }


def test_who_is_suspended_bears_a_mark(app: App) -> None:
    """In the directory and at home; and nobody else does."""
    app.store.run("UPDATE users SET roles = '[]' WHERE login = 'bob'")
    mark = "No role on the site"

    assert {
        page: mark in words(app, page) for page in ("/members/bob/", "/members/ana/")
    } == {
        "/members/bob/": True,
        "/members/ana/": False,
    }


def test_times_are_those_of_the_rehearsal(app: App) -> None:
    """Of its clock, in the site's zone, to people and to programs."""
    app.store.set_option("timezone_string", "Asia/Tokyo")
    page = get(app, "/groups/lounge/").text

    assert '<time datetime="2027-01-13T00:00:00+09:00">Wed 13 Jan 2027, 00:00<' in page
    assert "It is Sat 30 Jan 2027, 01:30 Asia/Tokyo" in seen(page).words


def test_a_site_that_moves_takes_its_api_along(app: App) -> None:
    """Its clock and its address can be set while it is open."""
    app.clock = lambda: datetime(2027, 5, 3, 9, 0, tzinfo=UTC)
    app.url = "http://127.0.0.1:8474"
    client = Client(app)
    index = client.get("/wp-json/?_fields=home,url").json
    login = f"{app.user}:{app.password}".encode()
    made = client.post(
        "/wp-json/buddypress/v2/activity",
        json={"content": "Later."},
        headers={"Authorization": f"Basic {b64encode(login).decode()}"},
    )

    assert index == {"home": app.url, "url": app.url}
    assert made.status_code == 200
    assert "Mon 3 May 2027, 09:00 Later." in words(app, "/activity/")


def test_a_profile_says_who_reads_each_answer(app: App) -> None:
    """What is not answered yet is shown with what there is to choose from."""
    found = words(app, "/members/ana/")

    assert "What I do Seen by everyone (their choice) Trainer" in found
    assert "Team Seen by all members Not answered yet" in found
    assert "to choose from: Design, Sales" in found


def test_comments_stand_below_what_they_answer(app: App) -> None:
    """However deep the talk goes, the page stays narrow, and loses nothing."""
    above = 1
    for number in range(60):
        text = f"Answer {number}."
        above = community.comment(app.store, 2, 1, text, above=above)
    page = get(app, "/activity/p/1/").text

    assert "62 comments" in page
    assert [f"Answer {number}." in page for number in range(60)] == [True] * 60
    assert page.count('<ol class="comments">') <= 6


def test_a_comment_of_a_post_that_is_gone_is_no_page(app: App) -> None:
    """Nor is a number that was never given."""
    lost = community.comment(app.store, 2, 999, "Where are you?")
    paths = (f"/activity/p/{lost}/", "/activity/p/999/", "/activity/p/" + "9" * 30)

    assert [get(app, path).status_code for path in paths] == [404, 404, 404]


def test_the_author_of_a_post_may_be_gone(app: App) -> None:
    """The post stays, without a link to nowhere."""
    app.store.run("DELETE FROM users WHERE login = 'bob'")

    assert "Someone who left" in words(app, "/activity/")


def test_members_are_shown_a_page_at_a_time() -> None:
    """Hundreds of them take no more queries than a few."""
    app = community.bare()
    counts = []
    for size in (3, 200):
        for number in range(size):
            community.member(app.store, f"m{size}-{number}", f"Member {number:03}")
        asked: list[str] = []
        app.store._connection.set_trace_callback(asked.append)  # noqa: SLF001
        get(app, "/members/")
        app.store._connection.set_trace_callback(None)  # noqa: SLF001
        counts.append(len(asked))
    last = get(app, "/members/?page=5&s=Member").text
    app.close()

    assert counts[0] == counts[1]
    assert 'href="?s=Member&amp;page=4"' in last
    assert last.count('class="cover"') == 203 - 4 * 48


def test_members_are_found_by_type_and_name(app: App) -> None:
    """A page that asks for nonsense is the first."""
    by_type = words(app, "/members/?type=facilitator&page=-1")
    by_name = words(app, "/members/?s=%25bob%25")

    assert ("Ana Ruiz" in by_type, "Bob Lee" in by_type) == (True, False)
    assert "0 members by the name of" in by_name
    assert "1 member by the name of" in words(app, "/members/?s=bob")


def test_what_is_private_is_told_to_the_previewer(app: App) -> None:
    """Friends and messages stand on the profiles of those they belong to."""
    store = app.store
    ana, bob = (
        store.value("SELECT id FROM users WHERE login = ?", each)
        for each in ("ana", "bob")
    )
    store.insert(
        "friends",
        initiator_user_id=ana,
        friend_user_id=bob,
        is_confirmed=1,
        date_created=community.THEN,
    )
    letter = {"thread_id": 1, "subject": "Welcome", "date_sent": community.THEN}
    store.insert("messages", sender_id=ana, message="Glad you are here.", **letter)
    store.insert("message_recipients", user_id=bob, thread_id=1)

    assert "Friends BLBob Lee" in words(app, "/members/ana/")
    found = words(app, "/members/bob/")
    assert "Friends ARAna Ruiz" in found
    assert "Messages Private AR Welcome Ana Ruiz, Tue 12 Jan 2027, 15:00" in found
    assert "Glad you are here." in found


def test_a_notice_is_on_the_front_page(app: App) -> None:
    """The one that is active."""
    sent = {"message": "See you <b>there</b>.", "date_sent": community.THEN}
    app.store.insert("notices", subject="Old", is_active=0, **sent)
    app.store.insert("notices", subject="Live chat & tea", is_active=1, **sent)
    found = words(app, "/")

    assert "Live chat & tea See you there." in found
    assert "Old" not in found


def test_what_is_switched_off_is_not_there(app: App) -> None:
    """Neither as a page nor as a way to one."""
    app.store.set_option("bp-active-components", {"members": 1})
    paths = ("/groups/", "/groups/lounge/", "/activity/", "/activity/p/1/")

    assert [get(app, path).status_code for path in paths] == [404] * 4
    assert 'href="/groups/"' not in get(app, "/").text
    assert get(app, "/members/ana/").status_code == 200


def test_a_page_stands_below_its_parent(app: App) -> None:
    """Its address has both slugs; WordPress's own untouched page is not listed."""
    parent = app.store.value("SELECT id FROM posts WHERE slug LIKE 'how%'")
    community.page(app.store, "more", "More of it", "Text.", parent=parent)
    front = get(app, "/").text

    assert 'href="/how-we-learn-here/more/"' in front
    assert "Sample Page" not in front
    assert get(app, "/how-we-learn-here/more/").status_code == 200
    assert get(app, "/more/").status_code == 404


@pytest.mark.parametrize(
    ("stored", "served", "kept"),
    [
        ("image/png", "image/png", None),
        ("image/svg+xml", "application/octet-stream", "attachment"),
        ("text/html", "application/octet-stream", "attachment"),
    ],
)
def test_uploads_are_pictures_or_nothing_to_open(
    app: App, stored: str, served: str, kept: str | None
) -> None:
    """What could hold a script is given to be kept, not shown."""
    path = "avatars/2/x-bpfull.png"
    app.store.insert(
        "uploads", path=path, owner="user/2/avatar", content_type=stored, body=b"x"
    )
    answer = get(app, f"/wp-content/uploads/{path}")

    assert answer.content_type == served
    assert answer.headers.get("Content-Disposition") == kept
    assert f'src="/wp-content/uploads/{path}"' in get(app, "/members/ana/").text


def test_the_front_page_of_a_fresh_site() -> None:
    """There is nothing yet, and it says so."""
    app = community.fresh()
    found = words(app, "/")
    app.close()

    assert "1 member" in found
    assert "Nothing has been said in the open yet." in found


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Small group 1, spring-2027", "S1"),
        ("Small group 12, spring-2027", "S12"),
        ("Social learning in practice, spring-2027", "SP"),
        (", spring", "S"),
        ("Darkroom", "D"),
    ],
)
def test_groups_are_told_apart_by_their_initials(name: str, initials: str) -> None:
    """The cohort, which all of them have behind a comma, does not count."""
    assert faces.initials(name, "group") == initials
