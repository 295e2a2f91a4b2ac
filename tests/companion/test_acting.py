"""Acting in a member's name, quietly and at a date."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.companion.site import Person, Site, fresh, one

PAST = "2021-03-22T09:00:00Z"


def update(site: Site, text: str = "", group: int = 0, **more: Any) -> dict[str, Any]:
    """A call that posts."""
    body: dict[str, Any] = {"content": text or fresh("text ")}
    if group:
        body |= {"component": "groups", "primary_item_id": group}
    return {"method": "POST", "path": f"{site.bp}/activity", "body": body, **more}


def test_a_member_posts(site: Site) -> None:
    """The post is the member's, the answer says so; the log knows who did it."""
    member = site.member()
    group = site.group(member)
    answer = site.calls({**update(site, group=group), "as": member.id})[0]

    assert answer["state"] == "ran", answer
    assert answer["acted_as"] == member.id
    post = one(answer["body"])
    assert post["user_id"] == member.id
    row = site.sql(
        "SELECT caller, member, method, route, object_id, status, LENGTH(password) "
        "FROM wp_wpbridge_log ORDER BY id DESC LIMIT 1"
    )[0]
    route = f"{site.bp}/activity"
    assert row == ["1", str(member.id), "POST", route, str(post["id"]), "200", "36"]


def test_members_act_together(site: Site) -> None:
    """Friendship, message, comment, joining and leaving; the caller is back between."""
    ana, ben = site.member(), site.member()
    group = site.group()
    root = site.good("POST", f"{site.bp}/activity", {"content": fresh("root ")})["id"]
    me = {"method": "GET", "path": "/wp/v2/users/me"}
    comment = update(site)
    comment["body"] |= {"type": "activity_comment", "primary_item_id": root}
    answers = site.calls(
        {
            "method": "POST",
            "path": f"{site.bp}/friends",
            "body": {"initiator_id": ana.id, "friend_id": ben.id},
            "as": ana.id,
        },
        {
            "method": "PUT",
            "path": f"{site.bp}/friends/{ana.id}",
            "body": {},
            "as": ben.id,
        },
        me,
        {
            "method": "POST",
            "path": f"{site.bp}/messages",
            "body": {"recipients": [ben.id], "subject": "Hi", "message": "Hello."},
            "as": ana.id,
        },
        {**comment, "as": ben.id},
        {
            "method": "POST",
            "path": f"{site.bp}/groups/{group}/members",
            "body": {"user_id": ana.id},
            "as": ana.id,
        },
        {
            "method": "DELETE",
            "path": f"{site.bp}/groups/{group}/members/{ana.id}",
            "as": ana.id,
        },
        me,
    )

    assert [each["state"] for each in answers] == ["ran"] * 8, answers
    assert answers[2]["body"]["id"] == answers[7]["body"]["id"] == 1
    assert (
        site.value(
            "SELECT is_confirmed FROM wp_bp_friends "
            f"WHERE initiator_user_id = {ana.id} AND friend_user_id = {ben.id}"
        )
        == "1"
    )


def test_a_members_own_limits_hold(site: Site) -> None:
    """What the member may not do fails as it would for them."""
    member = site.member()
    group = site.group(status="private")
    answer = site.calls({**update(site, group=group), "as": member.id})[0]

    assert (answer["state"], answer["status"]) == ("failed", 403)


def test_acting_ships_off(shut: Site) -> None:
    """Neither acting nor quiet nor dates work until they are switched on."""
    member = shut.member()
    for wish in ({"as": member.id}, {"quiet": True}, {"date": PAST}):
        answer = shut.calls({**update(shut), **wish})[0]
        assert (answer["state"], answer["status"]) == ("failed", 403)


@pytest.mark.parametrize(
    "who", [0, -1, 99999999, "admin", "2", [2], {"id": 2}, True, 2.5, None]
)
def test_nobody_is_acted_as_by_another_name(site: Site, who: object) -> None:
    """Only a member's number will do, and nothing is posted otherwise."""
    text = fresh("never ")
    answer = site.calls({**update(site, text), "as": who})[0]

    assert answer["status"] in {400, 403}, answer
    assert (
        site.value(f"SELECT COUNT(*) FROM wp_bp_activity WHERE content = '{text}'")
        == "0"
    )


def test_headers_do_not_act(site: Site) -> None:
    """There is one way to ask, and a header is none."""
    member = site.member()
    names = ("X-WPBridge-As", "X-WP-User", "X-WPBridge-Quiet")
    for headers in ([names[0]], [names[1]], names):
        posted = site.ask(
            "POST",
            f"{site.bp}/activity",
            {"content": fresh("text ")},
            headers=dict.fromkeys(headers, str(member.id)),
        )
        assert one(posted.json())["user_id"] == 1


def test_nobody_acts_inside_a_call(site: Site) -> None:
    """A plugin that calls from within a member's call becomes nobody else."""
    member = site.member()
    answer = site.calls(
        {**update(site, "probe-nested"), "as": member.id},
        update(site, "probe-nested"),
    )

    assert [each["state"] for each in answer] == ["ran", "ran"], answer
    assert site.sql(
        "SELECT user_id, content FROM wp_bp_activity "
        "WHERE content LIKE '%nested%' ORDER BY id"
    ) == [
        [str(member.id), "probe-nested"],
        [str(member.id), "nested: 403"],
        ["1", "probe-nested"],
        ["1", "nested: 403"],
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/wp/v2/users/{id}",
        "/wp/v2/pages",
        "{bp}/members/{id}",
        "{bp}/groups",
        "{bp}/xprofile/1/data/{id}",
        "/wpbridge/v1/marks",
        "/wpbridge/v1/queue",
        "/wpbridge/v1/members/{id}",
    ],
)
def test_only_listed_writes_are_acted(site: Site, path: str) -> None:
    """No account, page, profile or mark is written in another's name."""
    member = site.member()
    where = path.format(bp=site.bp, id=member.id)
    for method in ("POST", "PUT"):
        answer = site.call(method, where, {"name": "x"}, **{"as": member.id})
        assert (answer["state"], answer["status"]) == ("failed", 403)


def test_nothing_is_read_in_a_members_name(site: Site) -> None:
    """Not even their messages."""
    member = site.member()
    for path in ("messages", "activity", "notifications", f"members/{member.id}"):
        answer = site.call("GET", f"{site.bp}/{path}", **{"as": member.id})
        assert answer["status"] == 403


def test_spammers_are_out_of_reach(site: Site) -> None:
    """Nobody speaks in the name of who was marked as a spammer."""
    spammer = site.member()
    column = "spam" if site.running.network else "user_status"
    site.sql(f"UPDATE wp_users SET {column} = 1 WHERE ID = {spammer.id}")
    answer = site.calls({**update(site), "as": spammer.id})[0]

    assert (answer["state"], answer["status"]) == ("failed", 403)


def test_rights_are_not_gained(site: Site) -> None:
    """
    Nobody is acted as who may do what the caller may not.

    A network's admin may do all, also what no plugin told WordPress of.
    """
    powerful = site.member()
    site.sql(
        "UPDATE wp_usermeta SET meta_value = "
        '\'a:2:{s:10:"subscriber";b:1;s:12:"launch_ships";b:1;}\' '
        f"WHERE meta_key = 'wp_capabilities' AND user_id = {powerful.id}"
    )
    answer = site.calls({**update(site), "as": powerful.id})[0]

    wanted = ("ran", 200) if site.running.network else ("failed", 403)
    assert (answer["state"], answer["status"]) == wanted


def moderator(site: Site) -> Person:
    """An editor who moderates the community, and no more."""
    person = site.member("editor")
    site.sql(
        "UPDATE wp_usermeta SET meta_value = "
        '\'a:2:{s:6:"editor";b:1;s:11:"bp_moderate";b:1;}\' '
        f"WHERE meta_key = 'wp_capabilities' AND user_id = {person.id}"
    )
    return person


def test_no_editor_becomes_an_admin(site: Site) -> None:
    """One who moderates but edits no users acts as nobody, least of all an admin."""
    editor, member = moderator(site), site.member()
    for target in (site.admin, member):
        answer = site.calls({**update(site), "as": target.id}, by=editor)[0]
        assert answer["state"] == "failed"
        assert answer["status"] == 403


def test_browsers_do_not_act(site: Site) -> None:
    """A cookie with a good nonce is refused, unless that is switched on too."""
    member = site.member()
    session = site.browser(site.admin)
    url = f"{site.url}/wp-json/wpbridge/v1/calls"
    wire = {"calls": [{**update(site), "as": member.id}]}
    refused = session.post(url, json=wire, timeout=60).json()["answers"][0]
    site.switch(acting=True, cookies=True)
    let = session.post(url, json=wire, timeout=60).json()["answers"][0]

    assert (refused["state"], refused["status"]) == ("failed", 403)
    assert let["state"] == "ran"


def test_nothing_is_embedded(site: Site) -> None:
    """Links are not followed in the member's name."""
    member = site.member()
    wire = update(site)
    wire["path"] += "?_embed=1"
    answer = site.calls({**wire, "as": member.id})[0]

    assert "_embedded" not in str(answer)


# Quiet.


def test_friendships_messages_and_promotions_are_quiet(site: Site) -> None:
    """No mail, notification or "X joined"; then the same again, loud as ever."""

    def act(ana: Person, ben: Person, *, quiet: bool) -> None:
        group = site.group()
        wires: list[dict[str, Any]] = [
            {
                "path": f"{site.bp}/friends",
                "body": {
                    "initiator_id": ana.id,
                    "friend_id": ben.id,
                    "force": True,
                },
            },
            {
                "path": f"{site.bp}/messages",
                "body": {"recipients": [ana.id], "subject": "Hi", "message": "Hello."},
            },
            {
                "path": f"{site.bp}/groups/{group}/members",
                "body": {"user_id": ana.id, "context": "view"},
                "as": ana.id,
            },
            {
                "path": f"{site.bp}/groups/invites",
                "body": {"user_id": ben.id, "group_id": group, "inviter_id": 1},
            },
            {
                "path": f"{site.bp}/activity",
                "body": {"content": f"Hello @{ana.login}"},
            },
        ]
        answers = site.calls(
            *({"method": "POST", "quiet": quiet, **each} for each in wires)
        )
        assert [each["state"] for each in answers] == ["ran"] * 5, answers

    def counts() -> tuple[int, ...]:
        return (
            site.mails(),
            int(site.value("SELECT COUNT(*) FROM wp_bp_notifications")),
            int(
                site.value(
                    "SELECT COUNT(*) FROM wp_bp_activity "
                    "WHERE type IN ('joined_group', 'friendship_created')"
                )
            ),
        )

    people = [site.member() for _ in range(4)]
    start = counts()
    act(*people[:2], quiet=True)
    quiet = counts()
    act(*people[2:], quiet=False)
    loud = counts()

    assert quiet == start
    assert loud[0] >= quiet[0] + 3
    assert loud[1] >= quiet[1] + 3
    assert loud[2] >= quiet[2] + 1


def test_quiet_ends_with_its_call(site: Site) -> None:
    """Even when a throw ends it; the next call mails."""
    before = site.mails()
    probe = f"{site.bp}/activity?search=probe-"
    site.calls({"method": "GET", "path": probe + "mail", "quiet": True})
    silent = site.mails()
    site.calls(
        {"method": "GET", "path": probe + "throw", "quiet": True},
        {"method": "GET", "path": probe + "mail"},
    )

    assert silent == before
    assert site.mails() == before + 1


def test_quiet_is_of_one_process(site: Site) -> None:
    """While one process is quiet, another mails."""
    probe = f"{site.bp}/activity?search=probe-"
    before = site.mails()
    quiet = [{"method": "GET", "path": probe + "sleep", "quiet": True}] * 4
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(site.calls, *quiet)
        other = Site(site.running)
        other.ask("GET", probe + "mail")
        slow.result()

    assert site.mails() == before + 1


def test_password_and_address_changes_mail(site: Site) -> None:
    """Nobody loses an account quietly."""
    member = site.member()
    before = site.mails()
    site.good(
        "PUT", f"/wp/v2/users/{member.id}", {"password": fresh("new")}, quiet=True
    )
    after = site.mails()
    site.good(
        "PUT",
        f"/wp/v2/users/{member.id}",
        {"email": fresh("new") + "@example.org"},
        quiet=True,
    )

    assert after == before + 1
    assert site.mails() == after + 1


def test_a_notification_is_not_made_quietly(site: Site) -> None:
    """What is asked for by name is not thrown away."""
    answer = site.call("POST", f"{site.bp}/notifications", {}, quiet=True)

    assert answer["status"] == 400


# Dates.


def test_posts_of_the_past(site: Site) -> None:
    """A post and its comment have their dates; the group follows its newest."""
    member = site.member()
    group = site.group(member)
    first = site.calls({**update(site, group=group, date=PAST), "as": member.id})[0]
    post = one(first["body"])["id"]
    reply = update(site, date="2021-03-23T11:00:00+02:00")
    reply["body"] |= {"type": "activity_comment", "primary_item_id": post}
    comment = one(site.calls(reply)[0]["body"])["id"]
    dates = site.sql(
        f"SELECT date_recorded FROM wp_bp_activity WHERE id IN ({post}, {comment})"
    )

    assert dates == [["2021-03-22 09:00:00"], ["2021-03-23 09:00:00"]]
    assert site.value(
        "SELECT meta_value FROM wp_bp_groups_groupmeta "
        f"WHERE group_id = {group} AND meta_key = 'last_activity'"
    ) == ("2021-03-22 09:00:00")


def test_the_latest_update_stays_the_latest(site: Site) -> None:
    """An old post does not become what its author last said."""
    member = site.member()
    new, old = fresh("new "), fresh("old ")
    site.calls({**update(site, new), "as": member.id})
    answer = site.calls({**update(site, old, date=PAST), "as": member.id})[0]

    assert answer["state"] == "ran", answer
    latest = site.value(
        "SELECT meta_value FROM wp_usermeta "
        f"WHERE user_id = {member.id} AND meta_key = 'bp_latest_update'"
    )
    assert new in latest
    assert old not in latest


def test_everything_else_has_dates_too(site: Site) -> None:
    """Groups, memberships, friendships and messages."""
    ana, ben = site.member(), site.member()
    slug = fresh("group")
    group = site.good(
        "POST",
        f"{site.bp}/groups",
        {"name": slug, "slug": slug, "description": "x", "creator_id": 1},
        date=PAST,
    )["id"]
    site.good(
        "POST",
        f"{site.bp}/groups/{group}/members",
        {"user_id": ana.id, "context": "edit"},
        date=PAST,
    )
    friends = {"initiator_id": ana.id, "friend_id": ben.id, "force": True}
    site.good("POST", f"{site.bp}/friends", friends, date=PAST, quiet=True)
    message = {"recipients": [ben.id], "subject": "Hi", "message": "Hello."}
    site.good("POST", f"{site.bp}/messages", message, date=PAST, **{"as": ana.id})

    stored = "2021-03-22 09:00:00"
    assert [
        site.value(f"SELECT date_created FROM wp_bp_groups WHERE id = {group}"),
        site.value(
            "SELECT date_modified FROM wp_bp_groups_members "
            f"WHERE group_id = {group} AND user_id = {ana.id}"
        ),
        site.value(
            f"SELECT date_created FROM wp_bp_friends WHERE friend_user_id = {ben.id}"
        ),
        site.value(
            f"SELECT date_sent FROM wp_bp_messages_messages WHERE sender_id = {ana.id}"
        ),
    ] == [stored] * 4


@pytest.mark.parametrize(
    "date",
    [
        "2099-01-01T00:00:00Z",
        "2021-02-30T00:00:00Z",
        "2021-03-22",
        "2021-03-22T09:00:00",
        "2021-03-22 09:00:00Z",
        "2021-03-22T25:00:00Z",
        "1969-03-22T09:00:00Z",
        "yesterday",
        "",
        0,
        1616403600,
        ["2021-03-22T09:00:00Z"],
        "2021-03-22T09:00:00Z\n",
        "2021-03-22T09:00:00Z'; --",
    ],
)
def test_no_other_date_is_taken(site: Site, date: object) -> None:
    """Nothing of the future, no nonsense, and then nothing is posted."""
    before = site.value("SELECT COUNT(*) FROM wp_bp_activity")
    answer = site.calls(update(site, date=date))[0]

    assert (answer["state"], answer["status"]) == ("failed", 400)
    assert site.value("SELECT COUNT(*) FROM wp_bp_activity") == before


def test_a_date_is_for_one_object(site: Site) -> None:
    """What another plugin makes beside it is of now."""
    answer = site.calls(update(site, fresh("probe-second "), date=PAST))[0]

    assert answer["state"] == "ran", answer
    assert site.sql(
        "SELECT date_recorded > '2022-01-01' FROM wp_bp_activity "
        "WHERE type = 'activity_update' ORDER BY id DESC LIMIT 2"
    ) == [["1"], ["0"]]


def test_an_edit_keeps_its_date(site: Site) -> None:
    """Dates are for what is new; a call that makes nothing takes none."""
    post = one(site.post(fresh("text ")).json())["id"]
    answer = site.call("PUT", f"{site.bp}/activity/{post}", {"content": "x"}, date=PAST)

    assert answer["status"] == 400


def test_favourites_do_not_leak(site: Site) -> None:
    """Whose favourites they are is asked anew for each call."""
    ana = site.member()
    root = one(site.post(fresh("root ")).json())["id"]
    site.good("PUT", "/wpbridge/v1/favourites", {"member": ana.id, "activity": root})
    reply = update(site)
    reply["body"] |= {"type": "activity_comment", "primary_item_id": root}
    read = {"method": "GET", "path": f"{site.bp}/activity/{root}"}
    answers = site.calls({**reply, "as": ana.id}, read)

    assert one(answers[1]["body"])["favorited"] is False


def test_mentions_survive_an_edit(site: Site) -> None:
    """After an edited post, the next post in the same request notifies as ever."""
    member = site.member()
    post = one(site.post(fresh("text ")).json())["id"]
    body = {"content": "edited", "type": "activity_update"}
    site.calls(
        {"method": "PUT", "path": f"{site.bp}/activity/{post}", "body": body},
        update(site, f"Hello @{member.login}"),
    )

    assert site.value(
        f"SELECT COUNT(*) FROM wp_bp_notifications WHERE user_id = {member.id}"
    ) == ("1")


# Passwords.


def test_a_link_opens_it(site: Site) -> None:
    """WordPress's own link sets a password, hashed in full, and that one opens it."""
    login = fresh("nobody")
    body = {
        "username": login,
        "email": f"{login}@example.org",
        "roles": ["subscriber"],  # a network gives an account none by itself
    }
    user = site.good("POST", "/wp/v2/users", body, password="none")["id"]
    person = Person(user, login)
    told = site.php(
        f"$u=get_userdata({user});$k=get_password_reset_key($u);"
        f"$c=check_password_reset_key($k,'{login}');"
        f"reset_password($c,'{person.cookie_password}');echo $c->ID;"
    )

    assert told == str(user)
    kept = site.value(f"SELECT user_pass FROM wp_users WHERE ID = {user}")
    assert kept.startswith(("$P$B", "$wp$2y$1"))
    site.browser(person)


def test_a_member_without_a_password(site: Site) -> None:
    """The hash opens to nothing, and nothing of it travels."""
    login = fresh("nobody")
    body = {"username": login, "email": f"{login}@example.org"}
    answer = site.call("POST", "/wp/v2/users", body, password="none")
    kept = site.value(f"SELECT user_pass FROM wp_users WHERE user_login = '{login}'")

    assert (answer["state"], answer["status"]) == ("ran", 201), answer
    assert kept.startswith("!")
    assert len(kept) == 65
    session = site.http.post(
        f"{site.url}/wp-login.php",
        {"log": login, "pwd": kept, "testcookie": "1"},
        cookies={"wordpress_test_cookie": "WP Cookie check"},
        allow_redirects=False,
        timeout=60,
    )
    assert session.status_code == 200


def test_no_password_is_of_members_made_here(site: Site) -> None:
    """Neither an update takes it, nor a create that brings a password."""
    member = site.member()
    kept = site.value(f"SELECT user_pass FROM wp_users WHERE ID = {member.id}")
    login = fresh("nobody")
    body = {"username": login, "email": f"{login}@example.org", "password": "a b c d"}
    for wire in (
        {"method": "PUT", "path": f"/wp/v2/users/{member.id}", "body": {}},
        {"method": "POST", "path": f"/wp/v2/users/{member.id}", "body": {}},
        {"method": "POST", "path": "/wp/v2/users", "body": body},
        {"method": "POST", "path": "/wp/v2/users?password=abc", "body": {}},
    ):
        assert site.calls({**wire, "password": "none"})[0]["status"] == 400
    assert site.value(f"SELECT user_pass FROM wp_users WHERE ID = {member.id}") == kept


def test_a_second_user_is_hashed_in_full(site: Site) -> None:
    """Whatever another plugin makes in the same call has a real password."""
    login = fresh("probetwo")
    body = {"username": login, "email": f"{login}@example.org"}
    site.good("POST", "/wp/v2/users", body, password="none")
    kept = site.value(
        f"SELECT user_pass FROM wp_users WHERE user_login = 'beside-{login}'"
    )

    assert kept.startswith(("$P$B", "$wp$2y$1"))


def test_no_password_and_a_key(site: Site) -> None:
    """Repeating it is harmless, although each time another hash is made."""
    login = fresh("nobody")
    wire = {
        "method": "POST",
        "path": "/wp/v2/users",
        "body": {"username": login, "email": f"{login}@example.org"},
        "password": "none",
        "key": fresh("key-abcdef"),
    }
    first, second = (site.calls(wire)[0] for _ in range(2))

    assert second["replayed"] is True
    assert first["body"]["id"] == second["body"]["id"]
