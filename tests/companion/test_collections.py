"""Whole collections, ten thousand rows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.companion.site import fresh, one

if TYPE_CHECKING:
    from tests.companion.site import Json, Site

MANY = 10_000
FIRST = 100_001  # the numbers of what is put in by SQL
DIGITS = "(SELECT 0 n" + "".join(f" UNION SELECT {n}" for n in range(1, 10)) + ")"
NUMBERS = (
    "(SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n AS n FROM "
    f"{DIGITS} a, {DIGITS} b, {DIGITS} c, {DIGITS} d)"
)


POST = "user_id, component, type, content, item_id, date_recorded, action, primary_link"
ROWS = (
    (
        "users",
        "ID, user_login, user_nicename, user_email, display_name, user_registered",
        (
            "{id}, CONCAT('u', n), CONCAT('u', n), CONCAT('u', n, '@example.org'),"
            "CONCAT('U ', n), '2024-01-01'"
        ),
    ),
    (
        "usermeta",
        "user_id, meta_key, meta_value",
        "{id}, 'wp_capabilities', 'a:1:{{s:10:\"subscriber\";b:1;}}'",
    ),
    (
        "bp_xprofile_data",
        "field_id, user_id, value, last_updated",
        "1, {id}, CONCAT('U ', n), '2024-01-01'",
    ),
    (
        "bp_groups_members",
        (
            "group_id, user_id, inviter_id, user_title, date_modified, comments,"
            "is_confirmed"
        ),
        "{group}, {id}, 0, '', '2024-01-01', '', 1",
    ),
    (
        "bp_activity",
        POST,
        (
            "{id}, 'groups', 'activity_update', CONCAT('Post ', n), {group},"
            "'2024-01-01', '', ''"
        ),
    ),
    (
        "bp_activity",
        POST,
        "{id}, 'members', 'last_activity', '', 0, '2024-05-06 07:08:09', '', ''",
    ),
    (
        "bp_friends",
        "initiator_user_id, friend_user_id, is_confirmed, is_limited, date_created",
        "{id}, 1, 1, 0, '2024-01-01'",
    ),
)


@pytest.fixture(scope="module")
def crowded(bare: Site) -> Site:
    """Ten thousand members with a profile value, a membership, a post and a friend."""
    group = bare.group()
    for table, columns, values in ROWS:
        chosen = values.format(id=f"{FIRST} + n", group=group)
        bare.sql(
            f"INSERT INTO wp_{table} ({columns}) SELECT {chosen} FROM {NUMBERS} all_of"
        )
    return bare


def walk(site: Site, name: str, **query: int) -> tuple[list[Json], float]:
    """Every row of a collection, and for how many seconds the server worked."""
    rows: list[Json] = []
    seconds, after = 0.0, 0
    while True:
        asked = {"limit": 5000, **query, "after": after}
        path = f"/wpbridge/v1/collections/{name}"
        response = site.ask("GET", path, params=asked)
        assert response.status_code == 200, response.text
        assert "no-store" in response.headers["Cache-Control"]
        page = response.json()
        seconds += page["seconds"]
        rows += [dict(zip(page["columns"], row, strict=True)) for row in page["rows"]]
        if page["next"] is None:
            return rows, seconds
        after = page["next"]


@pytest.mark.parametrize(
    "name", ["members", "memberships", "posts", "friendships", "groups"]
)
def test_ten_thousand_rows(crowded: Site, name: str) -> None:
    """Read whole, each once; how long the server worked is printed."""
    rows, seconds = walk(crowded, name)
    ids = [row["id"] for row in rows]
    print(f"{crowded.running} {name}: {len(rows)} rows in {seconds:.2f} s")  # noqa: T201  # for whoever looks

    assert ids == sorted(set(ids))
    assert len(rows) >= (1 if name == "groups" else MANY)


def test_what_a_member_looks_like(crowded: Site) -> None:
    """With profile, types, roles and last activity."""
    slug, login = fresh("type-"), fresh("m")
    crowded.good("POST", "/wpbridge/v1/member-types", {"slug": slug})
    body = {
        "username": login,
        "email": f"{login}@example.org",
        "name": "It's M",
        "roles": ["subscriber"],
    }
    user = crowded.good("POST", "/wp/v2/users", body, password="none")["id"]
    crowded.good("PUT", f"/wpbridge/v1/members/{user}", {"types": [slug]})
    field = {"group_id": 1, "name": fresh("Many "), "type": "checkbox"}
    many = crowded.good("POST", f"{crowded.bp}/xprofile/fields", field)["id"]
    for option in ("One", "Two"):
        choice = {"group_id": 1, "parent_id": many, "type": "option", "name": option}
        crowded.good("POST", f"{crowded.bp}/xprofile/fields", choice)
    data = f"{crowded.bp}/xprofile/{{}}/data/{user}"
    crowded.good("POST", data.format(many), {"value": "One,Two"})
    crowded.good("POST", data.format(1), {"value": "It's M"})
    row = next(each for each in walk(crowded, "members")[0] if each["id"] == user)

    assert row.pop("registered").endswith("Z")
    assert row == {
        "id": user,
        "login": login,
        "slug": login,
        "name": "It's M",
        "email": f"{login}@example.org",
        "status": 0,
        "last_activity": None,
        "roles": ["subscriber"],
        "types": [slug],
        "profile": {"1": "It's M", str(many): ["One", "Two"]},
    }
    old = next(each for each in walk(crowded, "members")[0] if each["id"] == FIRST)
    assert old["last_activity"] == "2024-05-06T07:08:09Z"


def test_members_far_apart_are_found(crowded: Site) -> None:
    """By numbers with gaps between them, whole; and one whose role was taken away."""
    last = FIRST + 5 * MANY
    crowded.sql(
        "INSERT INTO wp_users (ID, user_login, user_nicename, user_email) "
        f"VALUES ({last}, 'far{last}', 'far{last}', 'far@example.org')"
    )
    crowded.sql(
        "INSERT INTO wp_bp_xprofile_data (field_id, user_id, value, last_updated) "
        f"VALUES (1, {last}, 'Far', '2024-01-01')"
    )
    crowded.sql(  # without it a network takes nobody for a member of its site
        "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) "
        f"VALUES ({last}, 'wp_capabilities', 'a:0:{{}}')"
    )
    rows = {each["id"]: each for each in walk(crowded, "members")[0]}

    assert (rows[last]["roles"], rows[last]["profile"]) == ([], {"1": "Far"})
    for number in (0, 1, 19, 20, 21, MANY - 1):
        row = rows[FIRST + number]
        assert (row["roles"], row["profile"], row["last_activity"]) == (
            ["subscriber"],
            {"1": f"U {number}"},
            "2024-05-06T07:08:09Z",
        )


def test_no_object_is_made_of_a_profile_value(crowded: Site) -> None:
    """Whatever a member writes into a field stays text."""
    user = FIRST + 5
    for text in (
        'O:8:"stdClass":1:{s:1:"a";i:1;}',
        'a:1:{i:0;O:8:"stdClass":0:{}}',
        "i:5;",
    ):
        crowded.sql(
            f"UPDATE wp_bp_xprofile_data SET value = '{text}' WHERE user_id = {user}"
        )
        path = f"/wpbridge/v1/collections/members?after={user - 1}&limit=1"
        profile = crowded.ask("GET", path).json()["rows"][0][-1]
        assert profile["1"] in (text, [])


def test_posts_come_with_their_marks(crowded: Site) -> None:
    """Of one group, with comments; of all without."""
    group = crowded.group()
    post = one(crowded.post('It\'s "said"', group).json())["id"]
    reply = {"type": "activity_comment", "primary_item_id": post}
    comment = one(crowded.post(fresh("reply "), **reply).json())["id"]
    mark = {"owner": "club", "kind": "posts", "name": fresh("post-"), "digest": "d"}
    crowded.good("POST", "/wpbridge/v1/marks", {"set": [{**mark, "id": post}]})
    rows = {each["id"]: each for each in walk(crowded, "posts", group=group)[0]}

    assert set(rows) == {post, comment}
    assert rows[post]["marks"] == [["club", "posts", mark["name"], "d"]]
    assert rows[post]["content"] == 'It\'s "said"'
    assert rows[comment]["item"] == post


def test_one_groups_memberships(crowded: Site) -> None:
    """With their roles."""
    ana, ben = crowded.member(), crowded.member()
    group = crowded.group(ana)
    crowded.join(group, ben, "mod")
    rows, _ = walk(crowded, "memberships", group=group)

    assert {each["member"]: each["role"] for each in rows} == {
        1: "admin",
        ana.id: "member",
        ben.id: "mod",
    }


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 5001},
        {"after": -1},
        {"after": "1 OR 1=1"},
        {"group": "x"},
    ],
)
def test_pages_have_limits(crowded: Site, query: dict[str, object]) -> None:
    """What is no number, or too many, is refused."""
    path = "/wpbridge/v1/collections/members"
    assert crowded.ask("GET", path, params=query).status_code == 400


def test_other_collections_are_not_there(crowded: Site) -> None:
    """A name is one of five."""
    path = "/wpbridge/v1/collections/users"
    assert crowded.ask("GET", path).status_code == 404
