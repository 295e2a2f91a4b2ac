"""What the companion does that BuddyPress's API cannot."""

from __future__ import annotations

import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from tests.companion.site import ANONYMOUS, Person, Site, fresh, one

if TYPE_CHECKING:
    from tests.companion.site import Json

OWN = "/wpbridge/v1"


def marks(site: Site, **wire: Any) -> Json:
    """The answer of the marks route."""
    response = site.ask("POST", f"{OWN}/marks", wire)
    assert response.status_code == 200, response.text
    return response.json()


# Marks.


def test_marks_of_every_kind(site: Site) -> None:
    """Set in one request, found by key in another; memberships and friendships too."""
    ana, ben = site.member(), site.member()
    group = site.group(ana)
    post = one(site.post(fresh("text ")).json())["id"]
    friends = {"initiator_id": ben.id, "friend_id": ana.id, "force": True}
    friendship = site.good("POST", f"{site.bp}/friends", friends, quiet=True)["id"]
    page = site.good("POST", "/wp/v2/pages", {"title": "x", "status": "publish"})["id"]
    owner = fresh("club")
    wanted: list[dict[str, Any]] = [
        {"kind": "groups", "name": "film", "id": group, "digest": "abc"},
        {"kind": "memberships", "name": "film:ana", "pair": [group, ana.id]},
        {"kind": "friendships", "name": "ana:ben", "pair": [ana.id, ben.id]},
        {"kind": "posts", "name": "film:welcome", "id": post},
        {"kind": "pages", "name": "start", "id": page},
        {"kind": "members", "name": "ext-4711", "id": ana.id},
        {"kind": "profile-fields", "name": "name", "id": 1},
    ]
    answer = marks(site, set=[{"owner": owner, **each} for each in wanted])
    assert (answer["set"], answer["refused"]) == (len(wanted), [])

    found = marks(site, find=[{"owner": owner}])["found"]
    by_kind = {each["kind"]: each for each in found}
    assert len(found) == len(wanted)
    assert all(each["exists"] for each in found)
    assert by_kind["groups"]["digest"] == "abc"
    assert by_kind["friendships"]["id"] == friendship
    one_more = marks(
        site, find=[{"owner": owner, "kind": "members", "names": ["ext-4711"]}]
    )
    assert [each["id"] for each in one_more["found"]] == [ana.id]


def test_a_mark_moves_and_goes(site: Site) -> None:
    """One name an object, one object a name; removing and re-marking are exact."""
    one_, two = site.group(), site.group()
    owner = fresh("club")
    base = {"owner": owner, "kind": "groups"}
    marks(site, set=[{**base, "name": "a", "id": one_}])
    marks(site, set=[{**base, "name": "b", "id": one_}])
    assert [e["name"] for e in marks(site, find=[{"owner": owner}])["found"]] == ["b"]
    marks(site, set=[{**base, "name": "b", "id": two}])
    assert [e["id"] for e in marks(site, find=[{"owner": owner}])["found"]] == [two]
    answer = marks(site, remove=[{**base, "name": "b"}], find=[{"owner": owner}])
    assert (answer["removed"], answer["found"]) == (1, [])


def test_what_was_deleted_is_said_to_be(site: Site) -> None:
    """A deleted post's mark says so; a missing object takes no mark."""
    post = one(site.post(fresh("text ")).json())["id"]
    owner = fresh("club")
    base = {"owner": owner, "kind": "posts"}
    answer = marks(
        site,
        set=[
            {**base, "name": "a", "id": post},
            {**base, "name": "b", "id": 99999999},
        ],
    )
    site.good("DELETE", f"{site.bp}/activity/{post}")
    found = marks(site, find=[{"owner": owner}])["found"]

    assert answer["refused"] == [{"at": 1, "code": "wpbridge_no_such_object"}]
    assert [(each["name"], each["exists"]) for each in found] == [("a", False)]


def test_a_membership_that_ended_is_said_to_have(site: Site) -> None:
    """So a blueprint knows who left."""
    ana = site.member()
    group = site.group(ana)
    owner = fresh("club")
    mark = {"owner": owner, "kind": "memberships", "name": "film:ana"}
    marks(site, set=[{**mark, "pair": [group, ana.id]}])
    site.good("DELETE", f"{site.bp}/groups/{group}/members/{ana.id}")

    found = marks(site, find=[{"owner": owner}])["found"]
    assert [each["exists"] for each in found] == [False]


def test_pairs_are_found_whatever_stands_beside_them(site: Site) -> None:
    """
    Each takes the mark of its own row.

    Of two rows the older, of two friendships the one as said.
    """
    people = [site.member().id for _ in range(3)]
    groups = [site.group(), site.group()]
    ana, ben, cem = people
    rows = [(groups[0], ana), (groups[1], ben), (groups[1], ben), (groups[1], cem)]
    for group, member in rows:
        site.sql(
            "INSERT INTO wp_bp_groups_members (group_id, user_id, inviter_id, "
            "user_title, date_modified, comments, is_confirmed) "
            f"VALUES ({group}, {member}, 0, '', '2024-01-01', '', 1)"
        )
    for one_, two in ((ben, ana), (ana, ben), (cem, ana)):
        site.sql(
            "INSERT INTO wp_bp_friends (initiator_user_id, friend_user_id, "
            "is_confirmed, is_limited, date_created) "
            f"VALUES ({one_}, {two}, 1, 0, '2024-01-01')"
        )
    owner = fresh("club")
    pairs = [("memberships", [groups[n], each]) for n in (0, 1) for each in people]
    pairs += [("friendships", pair) for pair in ([ana, ben], [ana, cem], [ben, cem])]
    base = {"owner": owner}
    answer = marks(
        site,
        set=[
            {**base, "kind": kind, "name": f"{pair[0]}:{pair[1]}", "pair": pair}
            for kind, pair in pairs
        ],
        find=[base],
    )
    membership = "SELECT MIN(id) FROM wp_bp_groups_members WHERE group_id = "
    friendship = "SELECT id FROM wp_bp_friends WHERE initiator_user_id = "
    wanted = {
        f"{groups[0]}:{ana}": f"{membership}{groups[0]} AND user_id = {ana}",
        f"{groups[1]}:{ben}": f"{membership}{groups[1]} AND user_id = {ben}",
        f"{groups[1]}:{cem}": f"{membership}{groups[1]} AND user_id = {cem}",
        f"{ana}:{ben}": f"{friendship}{ana} AND friend_user_id = {ben}",
        f"{ana}:{cem}": f"{friendship}{cem} AND friend_user_id = {ana}",
    }

    assert [each["at"] for each in answer["refused"]] == [1, 2, 3, 8]
    assert {each["name"]: each["id"] for each in answer["found"]} == {
        name: int(site.value(query)) for name, query in wanted.items()
    }


def test_many_marks_take_no_more_questions_than_a_few(site: Site) -> None:
    """The database is asked for all of them at once, to set and to remove."""
    group = site.group()
    asked = []
    for many in (2, 300):
        owner = fresh("club")
        site.sql(
            "INSERT INTO wp_bp_groups_members (group_id, user_id, inviter_id, "
            "user_title, date_modified, comments, is_confirmed) VALUES "
            + ", ".join(
                f"({group}, {200_000 + n}, 0, '', '2024-01-01', '', 1)"
                for n in range(many)
            )
        )
        told = site.php(
            "wp_set_current_user(1); rest_get_server(); global $wpdb;"
            "$ask = function ($body) use ($wpdb) { $before = $wpdb->num_queries;"
            f"$it = new WP_REST_Request('POST', '{OWN}/marks');"
            "$it->set_header('Content-Type', 'application/json');"
            "$it->set_body(json_encode($body));"
            "$told = rest_do_request($it)->get_data();"
            "return [$wpdb->num_queries - $before, $told['set'], $told['removed']]; };"
            f"$set = []; for ($n = 0; $n < {many}; ++$n) {{ $set[] = "
            f"['owner' => '{owner}', 'kind' => 'memberships', 'name' => \"g:$n\","
            f"'pair' => [{group}, 200000 + $n]]; }}"
            "$off = array_map(function ($each) { unset($each['pair']); return $each; },"
            "$set);"
            "echo json_encode([$ask(['set' => $set]), $ask(['remove' => $off])]);"
        )
        asked.append(json.loads(told))
    few, lots = asked

    assert [each[1:] for each in few] == [[2, 0], [0, 2]]
    assert [each[1:] for each in lots] == [[300, 0], [0, 300]]
    assert [each[0] for each in lots] == [each[0] for each in few]


@pytest.mark.parametrize(
    "wire",
    [
        {"set": [{"owner": "x", "kind": "groups", "name": "a"}]},
        {"set": [{"owner": "x", "kind": "groups", "name": "a", "id": "1"}]},
        {"set": [{"owner": "x", "kind": "groups", "name": "a", "pair": [1, 2]}]},
        {"set": [{"owner": "x", "kind": "memberships", "name": "a", "pair": [1]}]},
        {"set": [{"owner": "X y", "kind": "groups", "name": "a", "id": 1}]},
        {"set": [{"owner": "x", "kind": "users", "name": "a", "id": 1}]},
        {"set": [{"owner": "x", "kind": "wp_users", "name": "a", "id": 1}]},
        {"set": [{"owner": "x", "kind": "groups", "name": "", "id": 1}]},
        {"set": [{"owner": "x", "kind": "groups", "name": "a", "id": 1, "y": 2}]},
        {"set": [{"owner": "x", "kind": "groups", "name": "a", "id": -1}]},
        {"remove": [{"owner": "x"}]},
        {"find": [{}]},
        {"find": [{"names": "a"}]},
        {"find": [{"ids": ["1) OR 1=1"]}]},
        {"find": [{"owner": "x' OR '1'='1"}]},
        {"find": ["x"]},
    ],
)
def test_what_is_no_mark_is_refused(site: Site, wire: dict[str, Any]) -> None:
    """Nothing of a request with a malformed mark is done."""
    assert site.ask("POST", f"{OWN}/marks", wire).status_code == 400


def test_names_are_bound(site: Site) -> None:
    """A name may hold quotes, and stays a name."""
    group = site.group()
    name = 'it\'s "quoted" \\ 100% %s -- ünï'
    owner = fresh("club")
    mark = {"owner": owner, "kind": "groups", "name": name, "id": group}
    marks(site, set=[mark])
    find = [{"owner": owner, "kind": "groups", "names": [name]}]

    assert [each["name"] for each in marks(site, find=find)["found"]] == [name]


def test_marks_are_nobodys_business(site: Site) -> None:
    """Not the author's, not the group admin's, not a visitor's, by whatever route."""
    ana = site.member()
    group = site.group(ana)
    site.good(
        "PUT",
        f"{site.bp}/groups/{group}/members/{ana.id}",
        {"role": "admin", "action": "promote"},
        quiet=True,
    )
    post = one(site.post(fresh("text "), group, by=ana).json())["id"]
    secret = fresh("secret")
    site.good(
        "POST",
        f"{OWN}/marks",
        {
            "set": [
                {"owner": secret, "kind": "posts", "name": secret, "id": post},
                {"owner": secret, "kind": "groups", "name": secret, "id": group},
                {"owner": secret, "kind": "members", "name": secret, "id": ana.id},
            ]
        },
    )
    for person in (ana, ANONYMOUS):
        for path in (
            f"{site.bp}/activity/{post}?context=edit&_embed=1",
            f"{site.bp}/activity?context=edit&_fields=marks,meta,id,wpbridge",
            f"{site.bp}/groups/{group}?context=edit&_embed=1&populate_extras=true",
            f"{site.bp}/members/{ana.id}?_embed=1",
            f"/wp/v2/users/{ana.id}?context=edit",
            "/wp/v2/users/me?context=edit",
            "/?_embed=1",
        ):
            assert secret not in site.ask("GET", path, by=person).text
    rpc = site.http.post(
        f"{site.url}/xmlrpc.php",
        "<?xml version='1.0'?><methodCall><methodName>wp.getProfile</methodName>"
        "<params><param><value><int>1</int></value></param><param><value><string>"
        f"{ana.login}</string></value></param><param><value><string>"
        f"{ana.cookie_password}</string></value></param></params></methodCall>",
        timeout=60,
    )
    assert ana.login in rpc.text
    assert secret not in rpc.text


# Types.


@pytest.mark.parametrize(
    ("sort", "path", "argument"),
    [("member", "members", "member_type"), ("group", "groups", "types")],
)
def test_types_are_known_at_once(
    site: Site, sort: str, path: str, argument: str
) -> None:
    """Made, told, changed and dropped; the next request's arguments list it."""
    slug = fresh("type-")
    made = site.ask(
        "POST",
        f"{OWN}/{sort}-types",
        {"slug": slug, "name": "Guides", "singular": "Guide", "directory": True},
    )
    assert made.json() == {
        "slug": slug,
        "name": "Guides",
        "singular": "Guide",
        "directory": True,
        "list": False,
        "code": False,
    }
    endpoints = site.ask("OPTIONS", f"{site.bp}/{path}").json()["endpoints"]
    assert any(slug in str(each["args"].get(argument)) for each in endpoints)
    again = site.ask("POST", f"{OWN}/{sort}-types", {"slug": slug})
    assert again.status_code == 409
    changed = site.ask("PUT", f"{OWN}/{sort}-types/{slug}", {"singular": "A guide"})
    assert (changed.json()["name"], changed.json()["singular"]) == ("Guides", "A guide")
    all_of = site.ask("GET", f"{OWN}/{sort}-types").json()
    assert slug in [each["slug"] for each in all_of]
    dropped = site.ask("DELETE", f"{OWN}/{sort}-types/{slug}")
    assert dropped.json()["deleted"] is True
    gone = site.ask("DELETE", f"{OWN}/{sort}-types/{slug}")
    assert gone.status_code == 404


def test_a_type_is_given_in_the_same_request(site: Site) -> None:
    """One call makes it, the next gives it; the last takes it, which REST cannot."""
    slug, member = fresh("type-"), site.member()
    answers = site.calls(
        {"method": "POST", "path": f"{OWN}/member-types", "body": {"slug": slug}},
        {
            "method": "PUT",
            "path": f"{OWN}/members/{member.id}",
            "body": {"types": [slug]},
        },
        {"method": "PUT", "path": f"{OWN}/members/{member.id}", "body": {"types": []}},
    )

    assert [each["state"] for each in answers] == ["ran"] * 3, answers
    assert answers[1]["body"]["types"] == [slug]
    assert answers[2]["body"]["types"] == []


@pytest.mark.parametrize("slug", ["", "a b", "Any", "any", "_none", "x" * 60, "a/b"])
def test_no_other_name_makes_a_type(site: Site, slug: str) -> None:
    """Names that BuddyPress keeps, or that are none, are refused."""
    response = site.ask("POST", f"{OWN}/member-types", {"slug": slug})

    assert response.status_code == 400


# Rules of groups.


def rules(site: Site, group: int, **said: Any) -> Json:
    """Set a group's rules."""
    response = site.ask("PUT", f"{OWN}/groups/{group}", said)
    assert response.status_code == 200, response.text
    return response.json()


def test_a_news_group(site: Site) -> None:
    """Only its admins post: by REST, as comments, under any type, or moved into it."""
    ana, boss = site.member(), site.member()
    group = site.group(ana, boss)
    site.good(
        "PUT",
        f"{site.bp}/groups/{group}/members/{boss.id}",
        {"role": "admin", "action": "promote"},
        quiet=True,
    )
    mine = one(site.post(fresh("before "), group, by=ana).json())["id"]
    assert rules(site, group, posts="admins")["posts"] == "admins"

    def said() -> str:
        return site.value(
            "SELECT COUNT(*), MD5(GROUP_CONCAT(content)) FROM wp_bp_activity "
            "WHERE type <> 'last_activity' AND user_id <> "
            f"{boss.id}"
        )

    count = said()
    assert site.post(fresh("text "), group, by=ana).status_code == 403
    for kind in ("joined_group", "created_group", "activity_share", "new_member"):
        refused = site.post(fresh("text "), group, by=ana, type=kind)
        assert refused.status_code in {400, 403}, (kind, refused.text)
    comment = {"type": "activity_comment", "primary_item_id": mine}
    assert site.post(fresh("text "), by=ana, **comment).status_code == 403
    # An update with a primary item goes to that group, whatever its component says.
    stray = site.post(fresh("text "), by=ana, primary_item_id=group)
    assert stray.status_code == 403
    assert said() == count
    assert site.post(fresh("news "), group, by=boss).status_code == 200
    reply = site.post(fresh("news "), by=boss, **comment)
    assert reply.status_code == 200
    # A comment's parent alone does not hide where its root is.
    nested = {
        "type": "activity_comment",
        "primary_item_id": mine,
        "secondary_item_id": one(reply.json())["id"],
    }
    assert site.post(fresh("text "), by=ana, **nested).status_code == 403
    assert site.post(fresh("mod "), group).status_code == 200


def test_a_post_is_not_moved_into_a_news_group(site: Site) -> None:
    """Neither a post of one's own, nor one edited where one may no longer post."""
    ana = site.member()
    news, open_ = site.group(ana), site.group(ana)
    here = one(site.post(fresh("here "), news, by=ana).json())["id"]
    there = one(site.post(fresh("there "), open_, by=ana).json())["id"]
    loose = one(site.post(fresh("loose "), by=ana).json())["id"]
    rules(site, news, posts="admins")
    move = {
        "content": "moved",
        "component": "groups",
        "type": "activity_update",
        "primary_item_id": news,
    }
    for post in (here, there, loose):
        moved = site.ask("PUT", f"{site.bp}/activity/{post}", move, by=ana)
        assert moved.status_code == 403, moved.text
    assert (
        site.value(
            f"SELECT COUNT(*) FROM wp_bp_activity WHERE item_id = {news}"
            " AND content = 'moved'"
        )
        == "0"
    )
    # A moderator moves what they like.
    moved = site.ask("PUT", f"{site.bp}/activity/{loose}", {**move, "user_id": ana.id})
    assert moved.status_code == 200, moved.text


def test_the_row_is_not_saved_either(site: Site) -> None:
    """Past every permission check: the theme's own forms, to post and to comment."""
    ana = site.member()
    news, open_ = site.group(ana), site.group(ana)
    roots = [
        one(site.post(fresh("root "), each).json())["id"] for each in (news, open_)
    ]
    rules(site, news, posts="mods")
    saved = []
    for group, root in zip((news, open_), roots, strict=True):
        texts = fresh("formtext"), fresh("formtext")
        site.form(
            ana,
            "post_update",
            action="post_update",
            content=texts[0],
            object="group",
            item_id=group,
        )
        site.form(
            ana,
            "new_activity_comment",
            action="new_activity_comment",
            content=texts[1],
            form_id=root,
            comment_id=root,
        )
        count = "SELECT COUNT(*) FROM wp_bp_activity WHERE content = '{}'"
        saved += [site.value(count.format(text)) for text in texts]

    assert saved == ["0", "0", "1", "1"]


def test_moderators_of_a_group_post_where_mods_do(site: Site) -> None:
    """And members do again once the rule is gone."""
    ana, mod = site.member(), site.member()
    group = site.group(ana, mod)
    site.good(
        "PUT",
        f"{site.bp}/groups/{group}/members/{mod.id}",
        {"role": "mod", "action": "promote"},
        quiet=True,
    )
    rules(site, group, posts="mods")
    assert site.post(fresh("text "), group, by=mod).status_code == 200
    assert site.post(fresh("text "), group, by=ana).status_code == 403
    rules(site, group, posts="members")
    assert site.post(fresh("text "), group, by=ana).status_code == 200


def test_joining_is_no_posting(site: Site) -> None:
    """It is still told in a News group that Ana joined."""
    ana = site.member()
    group = site.group()
    rules(site, group, posts="admins")
    joined = site.ask(
        "POST",
        f"{site.bp}/groups/{group}/members",
        {"user_id": ana.id, "context": "view"},
        by=ana,
    )

    assert joined.status_code == 200, joined.text
    assert site.value(
        "SELECT COUNT(*) FROM wp_bp_activity "
        f"WHERE type = 'joined_group' AND item_id = {group}"
    ) == ("1")


def test_a_closed_group(site: Site) -> None:
    """Nobody joins, invites, asks or posts; a moderator may still add."""
    ana, ben = site.member(), site.member()
    group, private = site.group(ana), site.group(ana, status="private")
    for each in (group, private):
        assert rules(site, each, closed=True)["closed"] is True
    members = f"{site.bp}/groups/{group}/members"
    invite = {"user_id": ben.id, "inviter_id": ana.id, "group_id": group}
    tries = [
        site.ask("POST", members, {"user_id": ben.id}, by=ben),
        site.ask("POST", members, {"user_id": ben.id, "context": "edit"}, by=ben),
        site.ask("POST", f"{site.bp}/groups/invites", invite, by=ana),
        site.ask(
            "POST",
            f"{site.bp}/groups/membership-requests",
            {"user_id": ben.id, "group_id": private},
            by=ben,
        ),
        site.post(fresh("text "), group, by=ana),
    ]
    assert [each.status_code >= 400 for each in tries] == [True] * 5
    assert (
        site.value(
            f"SELECT COUNT(*) FROM wp_bp_groups_members WHERE user_id = {ben.id}"
        )
        == "0"
    )
    assert site.value("SELECT COUNT(*) FROM wp_bp_invitations") == site.value(
        "SELECT COUNT(*) FROM wp_bp_invitations "
        f"WHERE item_id NOT IN ({group}, {private})"
    )
    site.join(group, ben)
    rules(site, group, closed=False)
    assert site.post(fresh("text "), group, by=ana).status_code == 200


def test_who_invites(site: Site) -> None:
    """The policy is BuddyPress's own."""
    group = site.group()
    assert rules(site, group, invites="admins")["invites"] == "admins"
    assert site.value(
        "SELECT meta_value FROM wp_bp_groups_groupmeta "
        f"WHERE group_id = {group} AND meta_key = 'invite_status'"
    ) == ("admins")
    refused = site.ask("PUT", f"{OWN}/groups/{group}", {"invites": "everybody"})
    assert refused.status_code == 400


def test_what_a_group_cannot_clear(site: Site) -> None:
    """Its description, its parent, its forum; the creator and the rest stay."""
    parent = site.group()
    group = site.group(parent_id=parent, enable_forum=True)
    before = site.sql(
        f"SELECT creator_id, name, slug FROM wp_bp_groups WHERE id={group}"
    )
    answer = rules(site, group, description="", parent=0, forum=False)

    assert (answer["blank"], answer["parent"], answer["forum"]) == (True, 0, False)
    assert site.sql(
        "SELECT description, parent_id, enable_forum FROM wp_bp_groups "
        f"WHERE id = {group}"
    ) == [["", "0", "0"]]
    assert (
        site.sql(f"SELECT creator_id, name, slug FROM wp_bp_groups WHERE id={group}")
        == before
    )
    own = site.ask("PUT", f"{OWN}/groups/{group}", {"parent": group})
    assert own.status_code == 400
    assert site.ask("PUT", f"{OWN}/groups/99999", {"closed": True}).status_code == 404


# Members and profiles.


def test_last_activity_puts_a_member_in_the_directory(site: Site) -> None:
    """BuddyPress lists nobody who was never active."""
    member = site.member()
    path = f"{site.bp}/members?per_page=100&_fields=id"
    before = [each["id"] for each in site.ask("GET", path).json()]
    answer = site.ask(
        "PUT", f"{OWN}/members/{member.id}", {"last_activity": "2024-05-06T07:08:09Z"}
    ).json()
    after = [each["id"] for each in site.ask("GET", path).json()]

    assert answer["last_activity"] == "2024-05-06T07:08:09Z"
    assert member.id not in before
    assert member.id in after
    for wrong in ("2099-01-01T00:00:00Z", "now", ""):
        body = {"last_activity": wrong}
        refused = site.ask("PUT", f"{OWN}/members/{member.id}", body)
        assert refused.status_code == 400


def roles(site: Site, person: Person) -> list[str]:
    """What somebody is on the site."""
    path = f"/wp/v2/users/{person.id}?context=edit&_fields=roles"
    found: list[str] = site.ask("GET", path).json()["roles"]
    return found


def test_a_plain_subscriber_is_suspended(site: Site) -> None:
    """In a request of its own and among calls; WordPress gives the role back."""
    ana, ben = site.member(), site.member()
    site.php(f"(new WP_User({ben.id}))->add_role('bbp_participant');")
    alone = site.ask("PUT", f"{OWN}/members/{ana.id}", {"suspended": True})
    again = site.ask("PUT", f"{OWN}/members/{ana.id}", {"suspended": True})
    called = site.call("PUT", f"{OWN}/members/{ben.id}", {"suspended": True})
    without = roles(site, ana), roles(site, ben)
    site.ask("PUT", f"/wp/v2/users/{ana.id}", {"roles": ["subscriber"]})

    assert (alone.status_code, again.status_code) == (200, 200)
    assert (called["state"], called["status"]) == ("ran", 200)
    assert without == ([], [])
    assert roles(site, ana) == ["subscriber"]


def test_nobody_is_suspended_who_is_more_than_a_subscriber(site: Site) -> None:
    """Nor a subscriber with a second role, or with a right of their own."""
    others = {
        role: site.member(role)
        for role in ("contributor", "author", "editor", "administrator")
    }
    two, able = site.member(), site.member()
    site.php(
        f"(new WP_User({two.id}))->add_role('contributor');"
        f"(new WP_User({able.id}))->add_cap('edit_others_posts');"
    )
    everyone = {**others, "two": two, "able": able, "admin": site.admin}
    before = {role: roles(site, each) for role, each in everyone.items()}
    answers = {
        role: site.ask("PUT", f"{OWN}/members/{each.id}", {"suspended": True})
        for role, each in everyone.items()
    }

    codes = {role: each.json()["code"] for role, each in answers.items()}
    assert codes == {
        **dict.fromkeys((*others, "two", "able"), "wpbridge_no_subscriber"),
        "admin": "wpbridge_forbidden",
    }
    assert {each.status_code for each in answers.values()} == {403}
    assert {role: roles(site, each) for role, each in everyone.items()} == before


def test_only_who_runs_the_community_suspends(site: Site) -> None:
    """No member does, of whatever role, themselves or others, nor without a role."""
    ana = site.member()
    gone = site.member()
    site.ask("PUT", f"{OWN}/members/{gone.id}", {"suspended": True})
    asking = [
        *(site.member(each) for each in ("subscriber", "contributor", "editor")),
        gone,
        ANONYMOUS,
    ]
    refused = [
        site.ask("PUT", f"{OWN}/members/{whom}", {"suspended": True}, by=each)
        for each in asking
        for whom in (ana.id, each.id or site.admin.id)
    ]

    assert [each.status_code for each in refused] == [403] * 8 + [401] * 2
    assert roles(site, ana) == ["subscriber"]


def test_suspending_takes_both_rights_over_the_account(site: Site) -> None:
    """Who moderates the community, and may not give roles, does not take them."""
    mod, ana = site.member("subscriber"), site.member()
    site.php(
        f"$u=new WP_User({mod.id});$u->add_cap('bp_moderate');"
        "$u->add_cap('edit_users');$u->add_cap('manage_network_users');"
    )
    path, body = f"{OWN}/members/{ana.id}", {"suspended": True}
    refused = site.ask("PUT", path, body, by=mod)
    site.php(f"(new WP_User({mod.id}))->add_cap('promote_users');")
    allowed = site.ask("PUT", path, body, by=mod)
    own = site.ask("PUT", f"{OWN}/members/{mod.id}", body, by=mod)

    assert (refused.status_code, allowed.status_code) == (403, 200)
    assert own.status_code == 403


def test_what_suspends_is_told_in_full(site: Site) -> None:
    """Nothing else is taken for a yes."""
    ana = site.member()
    wrong: tuple[Any, ...] = (False, "for now", [], "", 2)
    path = f"{OWN}/members/{ana.id}"
    codes = [site.ask("PUT", path, {"suspended": each}).status_code for each in wrong]
    nobody = site.ask("PUT", f"{OWN}/members/99999", {"suspended": True})

    assert codes == [400] * len(wrong)
    assert nobody.status_code in {403, 404}
    assert roles(site, ana) == ["subscriber"]


def field(site: Site, **more: Any) -> int:
    """Make a profile field."""
    body = {"group_id": 1, "name": fresh("Field "), "type": "selectbox", **more}
    return int(site.good("POST", f"{site.bp}/xprofile/fields", body)["id"])


def test_a_member_hides_a_value(site: Site) -> None:
    """Per member and field; others no longer see it."""
    ana, ben = site.member(), site.member()
    which = field(site, type="textbox")
    data = f"{site.bp}/xprofile/{which}/data/{ana.id}"
    secret = fresh("secret")
    site.good("POST", data, {"value": secret})
    seen = site.ask("GET", data, by=ben).text
    answer = site.ask(
        "PUT",
        f"{OWN}/members/{ana.id}/visibility",
        {"levels": {str(which): "adminsonly"}},
    )
    hidden = site.ask("GET", data, by=ben).text

    assert answer.json()["levels"] == {str(which): "adminsonly"}, answer.text
    assert secret in seen
    assert secret not in hidden
    for levels in ({str(which): "nobody"}, {"99999": "public"}, {"x": "public"}):
        path = f"{OWN}/members/{ana.id}/visibility"
        assert site.ask("PUT", path, {"levels": levels}).status_code == 400


def test_a_field_is_no_longer_required(site: Site) -> None:
    """And its choices keep their numbers."""
    which = field(site, required=True, description="About it.")
    site.good(
        "POST",
        f"{site.bp}/xprofile/fields",
        {"group_id": 1, "parent_id": which, "type": "option", "name": "One"},
    )
    options = f"SELECT id, name FROM wp_bp_xprofile_fields WHERE parent_id = {which}"
    before = site.sql(options)
    answer = site.ask(
        "PUT",
        f"{OWN}/fields/{which}",
        {"required": False, "description": "", "signup": True},
    ).json()
    read = one(site.ask("GET", f"{site.bp}/xprofile/fields/{which}").json())

    assert answer == {
        "id": which,
        "required": False,
        "blank": True,
        "signup": True,
        "member_types": answer["member_types"],
    }
    assert read["is_required"] is False
    assert site.sql(options) == before != []


def test_a_field_is_for_some_types(site: Site) -> None:
    """Only members of that type have it."""
    slug, which = fresh("type-"), field(site)
    site.good("POST", f"{OWN}/member-types", {"slug": slug})
    answer = site.ask("PUT", f"{OWN}/fields/{which}", {"member_types": [slug]}).json()

    assert answer["member_types"] == [slug]


# Friendships and favourites.


def test_friendships_of_others(site: Site) -> None:
    """Accepted once, removed once, and counted right."""
    ana, ben = site.member(), site.member()
    body = {"initiator_id": ana.id, "friend_id": ben.id}
    which = site.good("POST", f"{site.bp}/friends", body, quiet=True)["id"]
    path = f"{OWN}/friendships/{which}"

    def friends() -> str:
        return site.value(
            "SELECT meta_value FROM wp_usermeta "
            f"WHERE user_id = {ana.id} AND meta_key = 'total_friend_count'"
        )

    for _ in range(2):
        answer = site.good("PUT", path, {"accepted": True}, quiet=True)
        assert answer["accepted"] is True
        assert friends() == "1"
    assert site.good("DELETE", path)["deleted"] is True
    assert friends() in {"0", ""}
    assert site.call("DELETE", path)["status"] == 404
    pending = site.good("POST", f"{site.bp}/friends", body, quiet=True)["id"]
    assert site.good("DELETE", f"{OWN}/friendships/{pending}")["deleted"] is True
    assert friends() in {"0", ""}


def test_a_favourite_twice_is_one(site: Site) -> None:
    """Saying it again changes nothing; of two members each has their own."""
    ana, ben = site.member(), site.member()
    post = one(site.post(fresh("text ")).json())["id"]

    def wire(person: Person, *, on: bool = True) -> dict[str, Any]:
        body = {"member": person.id, "activity": post, "favourite": on}
        return {"method": "PUT", "path": f"{OWN}/favourites", "body": body}

    answers = site.calls(wire(ana), wire(ben), wire(ana), wire(ben, on=False))
    count = site.value(
        "SELECT meta_value FROM wp_bp_activity_meta "
        f"WHERE activity_id = {post} AND meta_key = 'favorite_count'"
    )

    assert [each["body"]["changed"] for each in answers] == [True, True, False, True]
    assert count == "1"


# Options.


def test_options_of_buddypress(site: Site) -> None:
    """Each on and off again; what is not on the list is refused, whole."""
    before = site.ask("GET", f"{OWN}/options").json()
    turned = {
        name: (not value if isinstance(value, bool) else value)
        for name, value in before.items()
    } | {"community": "members", "group_creation": "admins"}
    assert site.ask("PUT", f"{OWN}/options", turned).json() == turned
    assert site.value(
        "SELECT option_value FROM wp_options "
        "WHERE option_name = 'bp-disable-account-deletion'"
    ) == ("1")
    assert site.ask("PUT", f"{OWN}/options", before).json() == before
    for wrong in (
        {"_bp_theme_package_id": "x"},
        {"bp-emails-unsubscribe-salt": "x"},
        {"default_role": "administrator"},
        {"avatar_uploads": "perhaps"},
        {"avatar_uploads": None},
        {"community": "nobody"},
        {"avatar_uploads": False, "siteurl": "x"},
        {},
    ):
        assert site.ask("PUT", f"{OWN}/options", wrong).status_code == 400
    assert site.ask("GET", f"{OWN}/options").json() == before


# The queue.


def queue(site: Site, author: Person, **more: Any) -> Json:
    """Queue a post that is due."""
    wire = {
        "owner": "club",
        "kind": "posts",
        "name": fresh("post-"),
        "as": author.id,
        "due": "2026-01-01T00:00:00Z",
        "content": fresh("queued"),
        **more,
    }
    response = site.ask("POST", f"{OWN}/queue", wire)
    assert response.status_code == 200, response.text
    return response.json()


def cron(site: Site) -> None:
    """Let WordPress's cron do what is due; it goes on after it has answered."""
    site.http.get(f"{site.url}/wp-cron.php?doing_wp_cron", timeout=60)
    left = (
        "SELECT COUNT(*) FROM wp_wpbridge_queue WHERE state = 'sending' "
        "OR state = 'waiting' AND due < UTC_TIMESTAMP()"
    )
    for _ in range(60):
        if site.value(left) == "0":
            break
        time.sleep(0.5)


def posted(site: Site, text: str) -> list[list[str]]:
    """Every post with a text: author, item and type."""
    return site.sql(
        "SELECT user_id, item_id, type FROM wp_bp_activity "
        f"WHERE content LIKE '%{text}%'"
    )


def test_what_is_due_goes_out_once(site: Site) -> None:
    """By cron, as its author, into its group, with its mark; and not again."""
    ana = site.member()
    group = site.group(ana)
    row = queue(site, ana, group=group, digest="d1")
    reply = queue(
        site,
        ana,
        kind="comments",
        reply_to={"owner": "club", "name": row["name"]},
        due="2026-01-01T00:00:01Z",
    )
    later = queue(site, ana, due="2099-01-01T00:00:00Z")
    assert posted(site, row["content"]) == []
    cron(site)
    cron(site)

    assert posted(site, row["content"]) == [
        [str(ana.id), str(group), "activity_update"]
    ]
    rows = {each["id"]: each for each in site.ask("GET", f"{OWN}/queue").json()["rows"]}
    assert rows[row["id"]]["state"] == "sent", rows
    assert rows[reply["id"]]["state"] == "sent", rows
    assert rows[later["id"]]["state"] == "waiting"
    assert len(posted(site, reply["content"])) == 1
    find = [{"owner": "club", "kind": "posts", "names": [row["name"]]}]
    mark = marks(site, find=find)["found"][0]
    assert (mark["digest"], mark["exists"]) == ("d1", True)
    assert site.ask("DELETE", f"{OWN}/queue/{later['id']}").json()["deleted"] is True


def test_many_are_queued_in_one_request(site: Site) -> None:
    """Each in its own name; one under a name that waits replaces it."""
    ana = site.member()
    name = fresh("post-")
    wire = {
        "owner": "club",
        "kind": "posts",
        "name": name,
        "as": ana.id,
        "due": "2099-01-01T00:00:00Z",
    }
    answers = site.calls(
        *(
            {
                "method": "POST",
                "path": f"{OWN}/queue",
                "body": {**wire, "content": content},
            }
            for content in ("one", "two")
        )
    )
    assert [each["state"] for each in answers] == ["ran"] * 2, answers
    rows = site.ask("GET", f"{OWN}/queue?owner=club").json()["rows"]
    assert [each["content"] for each in rows if each["name"] == name] == ["two"]


def test_calls_queue_for_members_as_they_act(site: Site) -> None:
    """The author is in the body, and only one who could be acted as by the caller."""
    ana = site.member()
    powerful = site.member()
    site.sql(
        "UPDATE wp_usermeta SET meta_value = "
        '\'a:2:{s:10:"subscriber";b:1;s:12:"launch_ships";b:1;}\' '
        f"WHERE meta_key = 'wp_capabilities' AND user_id = {powerful.id}"
    )
    wire = {
        "owner": "club",
        "kind": "posts",
        "due": "2026-01-01T00:00:00Z",
        "content": fresh("text "),
    }
    call = {"method": "POST", "path": f"{OWN}/queue"}
    authors = (ana, powerful, Person(99999999, "nobody"))
    answers = site.calls(
        *(
            {**call, "body": {**wire, "name": fresh("post-"), "as": each.id}}
            for each in authors
        ),
        {**call, "body": {**wire, "name": fresh("post-"), "as": 1}, "as": ana.id},
    )
    site.switch(quiet=True)
    body = {**wire, "name": fresh("post-"), "as": ana.id}
    answers += site.calls({**call, "body": body})
    site.switch(acting=True, quiet=True, dates=True)
    cron(site)

    able = [ana, powerful] if site.running.network else [ana]  # as a super admin may
    statuses = [200 if each in able else 403 for each in authors]
    assert [each["status"] for each in answers] == [*statuses, 403, 403]
    assert answers[0]["body"]["as"] == ana.id
    authors_of = [int(row[0]) for row in posted(site, wire["content"])]
    assert authors_of == [each.id for each in able]


def test_who_queued_it_must_still_be_there(site: Site) -> None:
    """Neither a spammer nor one who no longer moderates has posts go out for others."""
    ana = site.member()
    spammer, demoted = site.member("administrator"), site.member("administrator")
    rows = []
    for each in (spammer, demoted):
        if site.running.network:  # there an administrator does nothing for others
            site.php(f"grant_super_admin({each.id});")
        wire = {
            "owner": "club",
            "kind": "posts",
            "name": fresh("post-"),
            "as": ana.id,
            "due": "2026-01-01T00:00:00Z",
            "content": fresh("queued"),
        }
        queued = site.ask("POST", f"{OWN}/queue", wire, by=each)
        assert queued.status_code == 200, queued.text
        rows.append(queued.json())
    site.sql(f"UPDATE wp_users SET user_status = 1 WHERE ID = {spammer.id}")
    if site.running.network:
        site.php(f"revoke_super_admin({demoted.id});")
    site.ask("PUT", f"/wp/v2/users/{demoted.id}", {"roles": ["editor"]})
    cron(site)
    told = {each["id"]: each for each in site.ask("GET", f"{OWN}/queue").json()["rows"]}

    assert [told[row["id"]]["state"] for row in rows] == ["failed"] * 2
    assert [posted(site, row["content"]) for row in rows] == [[], []]


def test_a_queued_post_goes_out_as_quietly_as_it_was_queued(site: Site) -> None:
    """Said by the post or by its call; the next one mails whom it said it would."""
    ana, ben, cem = site.member(), site.member(), site.member()
    site.sql(
        "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) "
        f"VALUES ({cem.id}, 'notification_activity_new_mention', 'no')"
    )
    root = one(site.post(fresh("root ")).json())["id"]
    text = f"Hello @{ben.login} and @{cem.login}, {fresh('queued')}"

    def wires(stem: str, **more: Any) -> list[Json]:
        own = {
            "owner": "club",
            "as": ana.id,
            "due": "2026-01-01T00:00:00Z",
            "content": f"{text} {stem}",
            **more,
        }
        comment = {"kind": "comments", "reply_to": {"id": root}}
        return [
            {"kind": "posts", "name": fresh("post-"), **own},
            {"name": fresh("comment-"), **own, **comment},
        ]

    def queued(bodies: list[Json], **more: Any) -> list[Json]:
        call = {"method": "POST", "path": f"{OWN}/queue", **more}
        answers = site.calls(*({**call, "body": each} for each in bodies))
        assert [each["state"] for each in answers] == ["ran"] * len(bodies), answers
        return [each["body"] for each in answers]

    def counts() -> tuple[int, int]:
        told = "SELECT COUNT(*) FROM wp_bp_notifications"
        return site.mails(), int(site.value(told))

    before = counts()
    words = [fresh("one"), fresh("two"), fresh("three")]
    quiet = queued(wires(words[0]), quiet=True)
    quiet += queued(wires(words[1], quiet=True))
    cron(site)
    silent = counts()
    loud = queued(wires(words[2], quiet=False), quiet=True)
    cron(site)
    after = counts()

    nobody: Json = {"mention": [], "reply": []}
    assert [(each["quiet"], each["mails"]) for each in quiet] == [(True, nobody)] * 4
    assert [len(posted(site, word)) for word in words] == [2, 2, 2]
    assert silent == before
    assert [(each["quiet"], each["mails"]) for each in loud] == [
        (False, {"mention": [ben.id], "reply": []}),
        (False, {"mention": [ben.id], "reply": [1]}),
    ]
    assert after[0] == silent[0] + 3
    assert after[1] > silent[1]


def test_a_private_groups_strangers_are_not_counted(site: Site) -> None:
    """BuddyPress tells members only; of a comment it tells strangers as well."""
    ana, ben, stranger = site.member(), site.member(), site.member()
    group = site.group(ana, ben, status="private")
    root = one(site.post(fresh("root "), group).json())["id"]
    text = f"Hello @{ben.login} and @{stranger.login}"
    post = queue(site, ana, group=group, content=f"{text} {fresh('queued')}")
    comment = queue(
        site,
        ana,
        kind="comments",
        reply_to={"id": root},
        content=f"{text} {fresh('queued')}",
    )
    before = site.mails()
    ids = {post["id"], comment["id"]}
    told = [
        [each for each in site.ask("GET", path).json()["rows"] if each["id"] in ids]
        for path in (f"{OWN}/queue?mails=true", f"{OWN}/queue")
    ]
    cron(site)

    assert post["mails"] == {"mention": [ben.id], "reply": []}
    assert comment["mails"] == {"mention": [ben.id, stranger.id], "reply": [1]}
    assert told[0] == [post, comment]
    assert told[1] == [
        {name: value for name, value in each.items() if name != "mails"}
        for each in (post, comment)
    ]
    assert site.mails() == before + 4


def test_a_queued_post_fails_rather_than_to_mail(site: Site) -> None:
    """Where quiet is off it is not queued; switched off later, it does not go out."""
    ana = site.member()
    row = queue(site, site.admin, quiet=True, content=f"@{ana.login} {fresh('queued')}")
    site.switch(acting=True)
    wire = {
        "owner": "club",
        "kind": "posts",
        "name": fresh("post-"),
        "as": ana.id,
        "due": "2026-01-01T00:00:00Z",
        "content": "x",
        "quiet": True,
    }
    refused = site.ask("POST", f"{OWN}/queue", wire)
    before = site.mails()
    cron(site)
    told = {each["id"]: each for each in site.ask("GET", f"{OWN}/queue").json()["rows"]}

    assert refused.status_code == 403, refused.text
    assert told[row["id"]]["state"] == "failed"
    assert told[row["id"]]["reason"].startswith("wpbridge_refused_quiet: ")
    assert site.mails() == before


def test_two_crons_send_nothing_twice(site: Site) -> None:
    """Each post is taken by one process."""
    rows = [queue(site, site.admin) for _ in range(5)]
    command = site.running.command("do_action('wpbridge_companion_queue');")
    running = [subprocess.Popen(command) for _ in range(3)]
    assert [each.wait(60) for each in running] == [0, 0, 0]

    assert [len(posted(site, row["content"])) for row in rows] == [1] * 5


def test_a_queued_post_is_checked_again_when_it_is_due(site: Site) -> None:
    """Left the group, rule changed, acting switched off, author deleted: not posted."""
    ana, ben, cem = site.member(), site.member(), site.member()
    group, news = site.group(ana), site.group(ana)
    left = queue(site, ana, group=group)
    site.good("DELETE", f"{site.bp}/groups/{group}/members/{ana.id}")
    ruled = queue(site, ana, group=news)
    rules(site, news, posts="admins")
    gone = queue(site, cem)
    site.delete(cem)
    cron(site)
    off = queue(site, ben)
    site.switch()
    cron(site)
    rows = {each["id"]: each for each in site.ask("GET", f"{OWN}/queue").json()["rows"]}

    for row in (left, ruled, off):
        assert rows[row["id"]]["state"] == "failed", rows[row["id"]]
        assert rows[row["id"]]["reason"]
    assert gone["id"] not in rows
    assert [posted(site, row["content"]) for row in (left, ruled, gone, off)] == [
        []
    ] * 4


def test_nobody_is_queued_for_who_could_not_be_acted_as(shut: Site) -> None:
    """With acting off one queues for oneself only."""
    member = shut.member()
    wire = {
        "owner": "club",
        "kind": "posts",
        "name": fresh("post-"),
        "as": member.id,
        "due": "2026-01-01T00:00:00Z",
        "content": "x",
    }
    assert shut.ask("POST", f"{OWN}/queue", wire).status_code == 403
    assert queue(shut, shut.admin)["state"] == "waiting"
    for wrong in (
        {"due": "soon"},
        {"kind": "pages"},
        {"owner": "A B"},
        {"kind": "comments"},
        {"reply_to": {"id": 1}},
        {"as": "1 OR 1"},
    ):
        refused = shut.ask("POST", f"{OWN}/queue", {**wire, "as": 1, **wrong})
        assert refused.status_code == 400, wrong


# The lease.


def test_a_lease_that_is_prolonged_lets_nobody_in_between(site: Site) -> None:
    """However often its holder prolongs it while others ask."""
    token = site.ask("POST", f"{OWN}/lease", {"seconds": 60}).json()["token"]

    def ask(number: int) -> int:
        mine = {"token": token} if number % 2 else {}
        return Site(site.running).ask("POST", f"{OWN}/lease", mine).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(40)))
    given = site.ask("DELETE", f"{OWN}/lease", {"token": token}).json()

    assert answers == [409, 200] * 20
    assert given == {"deleted": True}


def test_one_writer_at_a_time(site: Site) -> None:
    """A lease is taken, prolonged, refused to others, given back, and runs out."""
    lease = site.ask("POST", f"{OWN}/lease", {"seconds": 60}).json()
    assert site.ask("POST", f"{OWN}/lease", {}).status_code == 409
    longer = site.ask("POST", f"{OWN}/lease", {"token": lease["token"], "seconds": 1})
    assert longer.json()["token"] == lease["token"]
    time.sleep(2.1)
    new = site.ask("POST", f"{OWN}/lease", {"seconds": 60}).json()
    assert new["token"] != lease["token"]
    old = site.ask("DELETE", f"{OWN}/lease", {"token": lease["token"]})
    assert old.json() == {"deleted": False}
    given = site.ask("DELETE", f"{OWN}/lease", {"token": new["token"]})
    assert given.json() == {"deleted": True}


def test_pages_are_found_once_their_component_is_on(site: Site) -> None:
    """Without a visit to Settings, Permalinks; and no longer once it is off."""
    found = []
    for action in ("deactivate", "activate"):
        switch = {"name": "groups", "action": action}
        site.ask("POST", f"{site.bp}/components", switch).raise_for_status()
        front = site.http.get(f"{site.url}/groups/", timeout=60)
        found.append(front.status_code)

    assert found == [404, 200]
