"""A network of sites with BuddyPress active for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.companion.site import Person, fresh, one

if TYPE_CHECKING:
    import requests

    from tests.companion.site import Site


def member(network: Site, role: str, blog: int = 1) -> Person:
    """Somebody who belongs to one site of the network only, by PHP."""
    login = fresh("m")
    told = network.php(
        "require_once ABSPATH.'wp-admin/includes/ms.php';"
        f"$id=wp_create_user('{login}','a pass phrase for tests',"
        f"'{login}@example.org');"
        f"remove_user_from_blog($id,1);add_user_to_blog({blog},$id,'{role}');"
        "[$p]=WP_Application_Passwords::create_new_application_password($id,"
        "['name'=>'tests']);echo \"$id $p\";"
    )
    number, password = told.split()
    return Person(int(number), login, password)


def without_a_role(network: Site) -> Person:
    """A super admin of the network who belongs to none of its sites."""
    boss = member(network, "subscriber")
    network.php(
        "require_once ABSPATH.'wp-admin/includes/ms.php';"
        f"grant_super_admin({boss.id});remove_user_from_blog({boss.id},1);"
    )
    assert network.php(f"echo count(get_blogs_of_user({boss.id}));") == "0"
    return boss


def text(network: Site) -> dict[str, object]:
    """A call that posts."""
    body = {"content": fresh("text ")}
    return {"method": "POST", "path": f"{network.bp}/activity", "body": body}


def asked_as(network: Site, who: Person, *, by: Person) -> requests.Response:
    """What comes of asking to post in somebody's name."""
    body = {"calls": [{**text(network), "as": who.id}]}
    return network.ask("POST", "/wpbridge/v1/calls", body, by=by)


def test_the_networks_admin_acts(network: Site) -> None:
    """As a member of this site."""
    ana = member(network, "subscriber")
    answer = network.calls({**text(network), "as": ana.id})[0]

    assert answer["state"] == "ran", answer
    assert one(answer["body"])["user_id"] == ana.id


@pytest.mark.parametrize("role", ["subscriber", "editor", "administrator"])
def test_a_super_admin_without_a_role_acts(network: Site, role: str) -> None:
    """As whoever belongs to this site: they could edit them in wp-admin."""
    boss, ana = without_a_role(network), member(network, role)
    wires = [{**text(network), "as": ana.id}, text(network)]
    answers = network.calls(*wires, by=boss)

    assert [each["state"] for each in answers] == ["ran"] * 2, answers
    assert [one(each["body"])["user_id"] for each in answers] == [ana.id, boss.id]


def test_a_super_admin_without_a_role_gains_nothing(network: Site) -> None:
    """Nobody of another site, no spammer, none who may what no super admin may."""
    boss = without_a_role(network)
    other, spammer = member(network, "editor", blog=2), member(network, "editor")
    alone, demoted = member(network, "editor"), member(network, "editor")
    network.sql(f"UPDATE wp_users SET spam = 1 WHERE ID = {spammer.id}")
    network.php(f"(new WP_User({alone.id}))->add_cap('probe_alone');")
    wires = [{**text(network), "as": each.id} for each in (other, spammer, alone)]
    refused = network.calls(*wires, by=boss)
    network.php(f"revoke_super_admin({boss.id});")
    later = asked_as(network, demoted, by=boss)

    assert [(each["state"], each["status"]) for each in refused] == [
        ("failed", 403)
    ] * 3, refused
    assert later.status_code == 403


def test_a_sites_admin_gets_in_nowhere(network: Site) -> None:
    """An administrator of one site moderates no community of a network."""
    boss = member(network, "administrator")
    for method, path in (
        ("POST", "/calls"),
        ("GET", "/status"),
        ("GET", "/options"),
        ("GET", "/collections/members"),
        ("GET", "/queue"),
    ):
        body = {"calls": [text(network)]} if method == "POST" else None
        answer = network.ask(method, f"/wpbridge/v1{path}", body, by=boss)
        assert answer.status_code == 403, path
    session = network.browser(boss)
    page = f"{network.url}/wp-admin/network/settings.php?page=wpbridge-companion"
    assert session.get(page, timeout=60).status_code == 403


def test_members_of_another_site_are_out_of_reach(network: Site) -> None:
    """Even for the network's own admin."""
    other = member(network, "subscriber", blog=2)
    answer = network.calls({**text(network), "as": other.id})[0]

    assert (answer["state"], answer["status"]) == ("failed", 403)


def test_a_call_that_leaves_for_another_site_is_brought_back(network: Site) -> None:
    """The next call of the request is about this site again."""
    lost = {"method": "GET", "path": f"{network.bp}/activity?search=probe-blog"}
    ana = member(network, "subscriber")
    answers = network.calls(lost, lost, {**text(network), "as": ana.id})

    assert [each["state"] for each in answers] == ["ran"] * 3
    assert answers[2]["acted_as"] == ana.id


def test_a_site_admin_who_moderates_acts_as_nobody(network: Site) -> None:
    """Even one whom somebody gave BuddyPress's own capability: super admins only."""
    boss, ana = member(network, "administrator"), member(network, "subscriber")
    network.php(f"(new WP_User({boss.id}))->add_cap('bp_moderate');")
    answer = asked_as(network, ana, by=boss)

    refused = [each["status"] for each in answer.json().get("answers", [])]
    assert answer.status_code == 403 or refused == [403]


def test_marks_stay_on_their_site(network: Site) -> None:
    """Another site of the network finds none of them."""
    ana = member(network, "subscriber")
    owner = fresh("club")
    mark = {"owner": owner, "kind": "members", "name": "ana", "id": ana.id}
    here = network.ask(
        "POST", "/wpbridge/v1/marks", {"set": [mark], "find": [{"owner": owner}]}
    ).json()
    there = network.http.post(
        f"{network.url}/two/?rest_route=/wpbridge/v1/marks",
        json={"find": [{"owner": owner}]},
        auth=network.admin.auth,
        timeout=60,
    ).json()

    assert len(here["found"]) == 1
    assert there["found"] == []


def test_a_member_without_a_password(network: Site) -> None:
    """WordPress makes and then updates the account here; it stays locked, and quiet."""
    login = fresh("nobody")
    body = {"username": login, "email": f"{login}@example.org"}
    before = network.mails()
    answer = network.call("POST", "/wp/v2/users", body, password="none", quiet=True)
    kept = network.value(f"SELECT user_pass FROM wp_users WHERE user_login = '{login}'")

    assert (answer["state"], answer["status"]) == ("ran", 201), answer
    assert kept.startswith("!")
    assert network.mails() == before


def test_a_member_is_suspended_on_one_site_of_the_network(network: Site) -> None:
    """Here and not there; and not who belongs to the other site only."""
    ana, other = member(network, "subscriber"), member(network, "subscriber", blog=2)
    boss = member(network, "administrator")
    network.php(f"add_user_to_blog(2,{ana.id},'subscriber');")
    answers = [
        network.ask("PUT", f"/wpbridge/v1/members/{whom}", {"suspended": True}, by=by)
        for whom, by in (
            (ana.id, boss),
            (other.id, None),
            (network.another_admin().id, None),
            (ana.id, None),
        )
    ]
    told = network.php(
        f"foreach([[1,{ana.id}],[2,{ana.id}],[2,{other.id}]] as [$b,$u])"
        "{switch_to_blog($b);echo implode(',',(new WP_User($u))->roles).' ';"
        "echo is_user_member_of_blog($u,$b)?'in ':'out ';restore_current_blog();}"
    )

    assert [each.status_code for each in answers] == [403, 403, 403, 200]
    assert told.split() == ["in", "subscriber", "in", "subscriber", "in"]


def test_the_networks_page(network: Site) -> None:
    """The settings are the network's."""
    session = network.browser(network.admin)
    page = network.ask("GET", "/wpbridge/v1/status").json()["page"]

    assert "/wp-admin/network/settings.php" in page
    assert "What wpbridge keeps" in session.get(page, timeout=60).text
