"""Who left a roster: what a plan says of them, and what becomes of their accounts."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest

from wpbridge.facade import Site, load
from wpbridge.journal import Status
from wpbridge.model import Address
from wpbridge.rehearsal import App, create_app
from wpbridge.rehearsal.companion import status
from wpbridge.site import Job
from wpbridge.site.door import bp, wp
from wpbridge.site.open import open_site
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wpbridge.facade import SitePlan
    from wpbridge.model import Call

COURSE = """\
wpbridge: 1
owner: course
limits: {{removed_from_a_group: 100%}}
components: {{groups: active}}
member_types: {{learner: {{name: Learners, singular: Learner}}}}
members: {{jane: {{email: jane@example.org}}}}
roster: {{file: people.csv, groups: [film], types: [learner], {leavers}}}
groups:
  film: {{name: Film club, about: For film., members: {{jane: admin}}}}
  sound: {{name: Sound, about: For sound., members: {{jane: admin}}}}
"""
SUSPEND = COURSE.format(leavers="leavers: suspend")
DELETE = COURSE.format(leavers="leavers: delete, reassign_to: jane")
EVERYONE = ("ana", "bob", "cem", "dora", "eli", "flo", "gil", "hal")
NOTE = (
    "{} keep the member type that people.csv gave; take it away in wp-admin, under "
    "Users, if it is to go."
)
KEEPS = "`leavers: suspend`: the account stays as it is: "


@pytest.fixture
def site(version: int) -> Iterator[App]:
    """A fresh site with the companion."""
    made = create_app(":memory:", version=version, companion=True)
    yield made
    made.close()


@pytest.fixture
def bridge(site: App, tmp_path: Path) -> Iterator[Site]:
    """That site, open."""
    with opened(site, tmp_path) as made:
        yield made


def opened(site: App, folder: Path) -> Site:
    """Open it anew."""
    way = partial(
        open_site, site.url, site.user, site.password, transport=WsgiAdapter(site)
    )
    return Site(way, folder / "journals")


class Course:
    """A blueprint in a folder, whose roster changes."""

    def __init__(self, bridge: Site, folder: Path, text: str) -> None:
        self.bridge = bridge
        self.folder = folder
        self.text = text

    def names(self, *logins: str, cells: str = "") -> None:
        """Write the roster."""
        rows = "".join(f"{each},{each}@example.org,{cells}\n" for each in logins)
        (self.folder / "people.csv").write_text(f"login,email,groups\n{rows}", "utf-8")

    def plan(self, *allow: str) -> SitePlan:
        """A plan for it."""
        file = self.folder / "blueprint.yaml"
        file.write_text(self.text, "utf-8")
        return self.bridge.plan(load(file), allow=allow)

    def apply(self, *allow: str) -> SitePlan:
        """It carried out, as far as it is not withheld; the plan that was."""
        plan = self.plan(*allow)
        ends = list(plan.apply(without_withheld=True))

        assert {each.status for each in ends} <= {Status.APPLIED}
        return plan


@pytest.fixture
def course(bridge: Site, tmp_path: Path) -> Course:
    """All eight are in, by the roster; whoever leaves is suspended."""
    made = Course(bridge, tmp_path, SUSPEND)
    made.names(*EVERYONE)
    made.apply()
    return made


def choir(bridge: Site, folder: Path) -> Course:
    """Another blueprint, on whose roster ana is."""
    folder.mkdir(exist_ok=True)
    text = "wpbridge: 1\nowner: choir\nroster: {file: people.csv, leavers: suspend}\n"
    made = Course(bridge, folder, text)
    made.names("ana")
    return made


def listed(plan: SitePlan) -> list[str]:
    """Changes in short."""
    return [f"{each.action.value} {each.address}" for each in plan.changes]


def roles(site: App, login: str) -> list[str]:
    """What somebody is on the site."""
    query = "SELECT roles FROM users WHERE login = ?"
    found: list[str] = json.loads(site.store.value(query, login) or '["nobody"]')
    return found


def send(course: Course, *calls: Call) -> None:
    """Have the site changed by somebody else."""
    site = course.bridge.client
    ids = {Address("members", e["slug"]): e["id"] for e in site.wp.walk("users")}
    done = list(site.carry([Job(Address("posts", "x"), calls, ())], ids))

    assert [each.error for each in done] == [None]


def number(site: App, table: str, column: str, key: str) -> int:
    """The number of a row."""
    query = f"SELECT id FROM {table} WHERE {column} = ?"  # noqa: S608 - our own words
    return int(site.store.value(query, key))


def test_the_letter_says_what_those_who_left_lose(course: Course, site: App) -> None:
    """In one sentence, and that nothing else of theirs goes."""
    course.names(*EVERYONE[2:])
    plan = course.apply()

    assert listed(plan) == [
        "~ members/ana",
        "~ members/bob",
        "- memberships/film:ana",
        "- memberships/film:bob",
    ]
    assert (
        "2 people left people.csv (ana and bob): they leave Film club and lose their "
        "role on the site, and can still log in." in str(plan)
    )
    assert "of the site: ana" not in str(plan)
    assert plan.notes == (NOTE.format("ana and bob"),)
    assert [roles(site, each) for each in EVERYONE[:3]] == [[], [], ["subscriber"]]
    again = course.plan()
    assert (again.changes, again.claims, again.notes) == ((), (), ())


def test_who_is_named_again_by_a_line_gets_the_role_too(
    course: Course, site: App
) -> None:
    """And is the line's from then on: no roster has them go."""
    course.names(*EVERYONE[1:])
    course.apply()
    course.text = SUSPEND.replace("members: {jane", "members: {ana: {}, jane", 1)
    back = course.apply()
    course.text = SUSPEND
    without = course.plan()

    assert listed(back) == ["~ members/ana"]
    assert "1 person has a role on the site again: ana." in str(back)
    assert roles(site, "ana") == ["subscriber"]
    assert (without.changes, without.left_out) == ((), ())


def test_a_roster_that_came_in_short_suspends_nobody(course: Course, site: App) -> None:
    """What is withheld is the whole of it, until its word is said."""
    course.names(*EVERYONE[:4])
    plan = course.apply()
    allowed = course.plan("roster:people.csv")
    why = (
        "4 of 8 people are not in people.csv any more, and the limit is 30%; look at "
        "the roster"
    )

    assert listed(plan) == []
    assert {(str(e.change.address), e.why, e.allow) for e in plan.withheld} == {
        (address, why, "roster:people.csv")
        for each in EVERYONE[4:]
        for address in (f"members/{each}", f"memberships/film:{each}")
    }
    assert (roles(site, "hal"), plan.notes) == (["subscriber"], ())
    assert len(allowed.changes) == 8
    assert "at the roster (eli, flo, gil and hal); apply with" in str(plan)


def test_new_people_do_not_make_up_for_those_who_are_gone(
    course: Course, site: App
) -> None:
    """Another course's roster has come under the name of this one's."""
    course.names(*(f"new{each}" for each in range(40)))
    plan = course.apply()

    assert {(each.change.address.key, each.allow) for each in plan.withheld} == {
        (key, "roster:people.csv")
        for each in EVERYONE
        for key in (each, f"film:{each}")
    }
    assert "8 of 8 people are not in people.csv any more" in str(plan)
    assert roles(site, "hal") == ["subscriber"]


def test_whom_two_rosters_name_counts_on_both(course: Course) -> None:
    """By login on one and by address on the other, four of 16 are few."""
    people = [*EVERYONE, *(f"more{each}" for each in range(8))]
    rows = [f"{each}@example.org" for each in people]
    sound = course.folder / "sound.csv"
    sound.write_text("\n".join(["email", *rows]), "utf-8")
    course.names(*people)
    course.text = SUSPEND.replace(
        "roster: {file: people.csv, groups: [film], types: [learner], "
        "leavers: suspend}",
        "roster:\n- {file: people.csv, groups: [film], leavers: suspend}\n"
        "- {file: sound.csv, groups: [sound], leavers: leave}",
    )
    course.apply()
    sound.write_text("\n".join(["email", *rows[4:]]), "utf-8")
    plan = course.plan()

    assert (len(listed(plan)), plan.withheld) == (4, ())


def test_an_empty_roster_suspends_nobody(
    bridge: Site, site: App, tmp_path: Path
) -> None:
    """Though there were but few on it."""
    course = Course(bridge, tmp_path, SUSPEND)
    course.names("ana", "bob")
    course.apply()
    course.names()
    plan = course.apply()

    assert listed(plan) == []
    assert (
        "people.csv has nobody in it, and 2 people came by it; look at the roster (ana "
        "and bob); apply with --allow roster:people.csv\n"
    ) in str(plan)
    assert roles(site, "ana") == ["subscriber"]


def test_no_line_is_offered_that_has_everybody_go(course: Course) -> None:
    """Each word is told, and what it does; nothing is there to be pasted."""
    course.text = DELETE.replace("100%", "5%")
    course.names()
    empty = str(course.plan())
    course.names(EVERYONE[0])
    nearly = str(course.plan())

    assert "  - people.csv has nobody in it.\n" in empty
    assert "All but the deletions at once" not in empty
    assert "All but the deletions at once: --allow roster:people.csv" in nearly


def test_an_empty_roster_is_told_before_anybody_is_on_it(
    bridge: Site, tmp_path: Path
) -> None:
    """Whatever becomes of leavers."""
    course = Course(bridge, tmp_path, SUSPEND.replace(", leavers: suspend", ""))
    course.names()

    assert course.plan().notes == ("people.csv has nobody in it.",)


def test_whom_a_blueprint_brought_that_is_called_otherwise(course: Course) -> None:
    """They stay, and a note says how they would not."""
    course.text = SUSPEND.replace("owner: course", "owner: nightly")
    course.names(*EVERYONE[:3])
    plan = course.plan()
    course.text = course.text.replace(
        "name: Film club, about: For film.", "belongs_to: course"
    )
    shared = course.plan()

    assert (plan.changes, shared.changes) == ((), ())
    note = (
        "5 people in Film club came by a roster of `course`, and stay: this blueprint "
        "is `nightly`. If it was called otherwise, write `owner: course`."
    )
    assert [each for each in plan.notes if "came by" in each] == [note]
    assert [each for each in shared.notes if "came by" in each] == []


def test_a_roster_that_shrinks_is_noted_where_nobody_can_be_taken_out(
    version: int, tmp_path: Path
) -> None:
    """Nobody had a type there either, so nobody keeps one."""
    site = create_app(":memory:", version=version)
    with opened(site, tmp_path) as bridge:
        course = Course(bridge, tmp_path, SUSPEND)
        course.names(*EVERYONE)
        course.apply()
        course.names(*EVERYONE[1:])
        slowly = course.plan()
        course.names(*EVERYONE[:3])
        plan = course.plan()
        course.text = SUSPEND.replace("about: For film.", "membership: exact")
        exact = course.plan()
    site.close()

    note = (
        "5 of 8 people in the groups of people.csv are not in the file, and it is to "
        "lose no more than 30% at once; look whether it came in short."
    )
    assert (plan.changes, note in plan.notes, note in slowly.notes) == ((), True, False)
    assert len(exact.withheld) == len(EVERYONE[3:])
    assert not any("member type" in each for each in exact.notes)


def test_nobody_loses_a_place_while_a_group_keeps_them(course: Course) -> None:
    """The account goes with the membership, or not at all."""
    course.text = SUSPEND.replace("100%", "5%")
    course.names(*EVERYONE[1:])
    plan = course.plan()

    assert listed(plan) == []
    assert {(str(e.change.address), e.allow) for e in plan.withheld} == {
        ("memberships/film:ana", "limit:groups/film"),
        ("members/ana", None),
    }
    assert "members/ana needs memberships/film:ana, which is withheld" in str(plan)
    assert plan.claims == ()


def test_a_part_of_a_plan_takes_the_groups_along(course: Course) -> None:
    """Whoever asks for the accounts only gets what comes before."""
    course.names(*EVERYONE[1:])
    plan = course.bridge.plan(
        load(course.folder / "blueprint.yaml"), only=["members/*"]
    )

    assert listed(plan) == ["~ members/ana", "- memberships/film:ana"]


def test_a_run_that_was_cut_off_is_made_whole(course: Course, site: App) -> None:
    """Out of the groups already, and an account still: that is known by its mark."""
    course.names(*EVERYONE[1:])
    film, ana = (
        number(site, "groups", "slug", "film"),
        number(site, "users", "login", "ana"),
    )
    send(course, bp.delete("groups", film, "members", ana))
    plan = course.apply()

    assert listed(plan) == ["~ members/ana"]
    assert "1 person left people.csv (ana): they lose their role on the site" in str(
        plan
    )
    assert roles(site, "ana") == []


def test_who_is_also_another_blueprints_keeps_the_account(
    course: Course, site: App, tmp_path: Path
) -> None:
    """Two rosters brought ana; one of them still does."""
    choir(course.bridge, tmp_path / "other").apply()
    course.names(*EVERYONE[1:])
    plan = course.apply()

    assert listed(plan) == ["- memberships/film:ana"]
    assert [(str(e.address), e.why) for e in plan.left_out] == [
        (
            "members/ana",
            f"{KEEPS}another blueprint's roster names this person too",
        )
    ]
    assert roles(site, "ana") == ["subscriber"]


def test_who_kept_the_account_once_keeps_it(course: Course, site: App) -> None:
    """Ana was in another group as she left; leaving that is her own affair."""
    sound, ana = (
        number(site, "groups", "slug", "sound"),
        number(site, "users", "login", "ana"),
    )
    send(course, bp.post("groups", sound, "members", user_id=ana))
    course.names(*EVERYONE[1:])
    plan = course.apply()
    send(course, bp.delete("groups", sound, "members", ana))
    again = course.plan()

    assert [each.why for each in plan.left_out] == [
        f"{KEEPS}it is in other groups too (sound)"
    ]
    assert (again.changes, again.left_out) == ((), ())


def test_who_stays_for_now_may_yet_lose_the_account(course: Course, site: App) -> None:
    """As long as a group keeps somebody, nothing is settled."""
    sound = number(site, "groups", "slug", "sound")
    ana = number(site, "users", "login", "ana")
    send(course, bp.post("groups", sound, "members", user_id=ana))
    course.text = SUSPEND.replace("100%", "5%")
    course.names(*EVERYONE[1:])
    plan = course.apply()
    send(course, bp.delete("groups", sound, "members", ana))
    course.text = SUSPEND

    assert (listed(plan), plan.claims) == ([], ())
    assert listed(course.plan()) == ["~ members/ana", "- memberships/film:ana"]


def test_whom_another_blueprint_has_in_the_group_stays_in_it(
    course: Course, tmp_path: Path
) -> None:
    """One membership, two owners."""
    (tmp_path / "other").mkdir()
    other = Course(
        course.bridge,
        tmp_path / "other",
        "wpbridge: 1\nowner: choir\n"
        "groups: {film: {belongs_to: course, members: {ana: member}}}\n",
    )
    other.apply()
    course.names(*EVERYONE[1:])
    plan = course.apply()

    assert listed(plan) == []
    assert [each.why for each in plan.left_out] == [
        f"{KEEPS}it is in other groups too (film)"
    ]


def test_a_role_that_cannot_be_given_back_is_tried_again(
    course: Course, site: App
) -> None:
    """Who was suspended stays known as such."""
    course.names(*EVERYONE[1:])
    course.apply()
    course.text = SUSPEND + "newcomers: {role: ghost}\n"
    course.names(*EVERYONE)
    ends = {str(each.change.address): each.status for each in course.plan().apply()}
    course.text = SUSPEND
    again = course.apply()

    assert ends == {
        "members/ana": Status.FAILED,
        "memberships/film:ana": Status.APPLIED,
    }
    assert listed(again) == ["~ members/ana"]
    assert roles(site, "ana") == ["subscriber"]


def test_a_suspension_that_fails_is_planned_again(course: Course, site: App) -> None:
    """Somebody was made an editor between plan and apply: the site says no."""
    course.names(*EVERYONE[1:])
    plan = course.plan()
    ana = number(site, "users", "login", "ana")
    send(course, wp.put("users", ana, roles=["editor"]))
    ends = {str(each.change.address): each.status for each in plan.apply()}
    again = course.plan()

    assert ends == {
        "members/ana": Status.FAILED,
        "memberships/film:ana": Status.APPLIED,
    }
    assert roles(site, "ana") == ["editor"]
    assert [each.why for each in again.left_out] == [
        f"{KEEPS}its role on the site is editor, and not only subscriber"
    ]


def test_accounts_are_deleted_one_by_one(course: Course, site: App) -> None:
    """Each by its own word; the pages go to whom the blueprint names."""
    course.text = DELETE
    course.names(*EVERYONE[2:])
    first = course.apply()
    second = course.apply("delete:members/ana")
    third = course.plan()
    course.names(*EVERYONE[3:])
    fourth = course.apply("delete:*")
    words = [(str(each.change.address), each.allow) for each in first.withheld]

    assert listed(first) == ["- memberships/film:ana", "- memberships/film:bob"]
    assert "2 people leave Film club but stay members of the site: ana" in str(first)
    assert words == [
        (f"members/{each}", f"delete:members/{each}") for each in ("ana", "bob")
    ]
    assert listed(second) == ["- members/ana"]
    assert (
        "1 person left people.csv (ana): they lose their account, and with that all "
        "they posted in the community." in str(second)
    )
    assert [roles(site, each) for each in EVERYONE[:4]] == [
        *[["nobody"]] * 3,
        ["subscriber"],
    ]
    assert [(str(e.change.address), e.allow) for e in third.withheld] == words[1:]
    assert [each for each in listed(fourth) if "members" in each] == [
        "- memberships/film:cem",
        "- members/bob",
        "- members/cem",
    ]


def test_accounts_that_nobody_allows_to_go_do_not_count_again(
    course: Course,
) -> None:
    """A roster that shrinks slowly does not come in short."""
    course.text = DELETE
    course.names(*EVERYONE[2:])
    course.apply()
    course.names(*EVERYONE[3:])
    plan = course.plan()

    assert listed(plan) == ["- memberships/film:cem"]
    assert [each.allow for each in plan.withheld] == [
        f"delete:members/{each}" for each in EVERYONE[:3]
    ]


def test_who_was_suspended_gets_the_role_whatever_becomes_of_leavers(
    course: Course, site: App
) -> None:
    """The blueprint is milder by now."""
    course.names(*EVERYONE[1:])
    course.apply()
    course.text = SUSPEND.replace(", leavers: suspend", "")
    course.names(*EVERYONE)
    plan = course.apply()
    again = course.plan()

    assert listed(plan) == ["~ members/ana", "+ memberships/film:ana"]
    assert roles(site, "ana") == ["subscriber"]
    assert (again.changes, again.claims) == ((), ())
    send(course, wp.put("users", number(site, "users", "login", "ana"), roles=[]))
    assert course.plan().changes == ()


def test_whom_a_line_still_names_keeps_the_account(course: Course) -> None:
    """Though it names her as somebody's friend only, or as an author."""
    course.text = SUSPEND + "friendships: [[ana, jane]]\n"
    course.text = course.text.replace(
        "groups: active", "groups: active, friends: active"
    )
    course.names(*EVERYONE[1:])
    plan = course.plan()

    assert listed(plan) == [
        "~ components/friends",
        "+ friendships/ana:jane",
        "- memberships/film:ana",
    ]
    assert plan.left_out == ()


def test_who_gets_the_pages_is_not_deleted(course: Course) -> None:
    """Though the roster had them, and does not any more."""
    course.text = DELETE.replace("reassign_to: jane", "reassign_to: ana")
    course.names(*EVERYONE[1:])
    plan = course.plan("delete:members/ana")

    assert listed(plan) == ["- memberships/film:ana"]
    assert [str(each.address) for each in plan.left_out] == ["members/ana"]


def test_whose_account_it_was_is_not_guessed(
    bridge: Site, site: App, tmp_path: Path
) -> None:
    """Nothing became of leavers before, so nobody noted who had an account."""
    course = Course(bridge, tmp_path, SUSPEND.replace(", leavers: suspend", ""))
    course.names(*EVERYONE)
    course.apply()
    course.text = SUSPEND
    course.names(*EVERYONE[1:])
    plan = course.apply()
    course.names(*EVERYONE[2:])
    then = course.apply()

    assert listed(plan) == ["- memberships/film:ana"]
    assert [each.why for each in plan.left_out] == [
        f"{KEEPS}it is not known to have been made for people.csv"
    ]
    assert (listed(then), then.left_out) == (
        ["~ members/bob", "- memberships/film:bob"],
        (),
    )
    assert [roles(site, each) for each in EVERYONE[:2]] == [["subscriber"], []]


def test_an_account_from_before_the_roster_stays(
    bridge: Site, site: App, tmp_path: Path
) -> None:
    """Ana was on the site before a row named her: she leaves the group alone."""
    send(
        Course(bridge, tmp_path, SUSPEND),
        wp.post("users", username="ana", email="ana@example.org", password="secret"),
    )
    course = Course(bridge, tmp_path, SUSPEND)
    course.names(*EVERYONE)
    course.apply()
    again = course.plan()
    course.names(*EVERYONE[2:])
    plan = course.apply()
    then = course.plan()

    assert (again.changes, again.claims) == ((), ())
    assert listed(plan) == [
        "~ members/bob",
        "- memberships/film:ana",
        "- memberships/film:bob",
    ]
    assert [(str(e.address), e.why) for e in plan.left_out] == [
        ("members/ana", f"{KEEPS}it is not known to have been made for people.csv")
    ]
    assert [roles(site, each) for each in EVERYONE[:2]] == [["subscriber"], []]
    assert (then.changes, then.left_out, then.claims) == ((), (), ())


def test_another_blueprint_that_names_a_person_in_a_row_is_heeded(
    course: Course, site: App, tmp_path: Path
) -> None:
    """Though it was applied elsewhere, and ana's account was there by then."""
    with opened(site, tmp_path / "other") as bridge:
        choir(bridge, tmp_path / "other").apply()
    course.names(*EVERYONE[1:])
    plan = course.apply()

    assert listed(plan) == ["- memberships/film:ana"]
    assert [each.why for each in plan.left_out] == [
        f"{KEEPS}another blueprint's roster names this person too"
    ]


def test_an_older_companion_only_has_them_leave(
    course: Course, site: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says so, each time, until it can."""
    older = tuple(each for each in status.ABILITIES if each != "suspend")
    monkeypatch.setattr(status, "ABILITIES", older)
    course.names(*EVERYONE[1:])
    with opened(site, course.folder) as bridge:
        plan = Course(bridge, course.folder, SUSPEND).apply()
        again = Course(bridge, course.folder, SUSPEND).plan()

    assert listed(plan) == ["- memberships/film:ana"]
    too_old = "the companion plugin there (0.1.0) is too old for it: update it"
    told = [each.why for each in (*plan.left_out, *again.left_out)]
    assert told == [KEEPS + too_old] * 2


def test_a_file_called_otherwise_takes_nobodys_role(
    course: Course, site: App, tmp_path: Path
) -> None:
    """It may be another roster: they leave the groups that it would have filled."""
    course.text = course.text.replace("people.csv", "staff.csv")
    rows = "".join(f"{each},{each}@example.org,\n" for each in EVERYONE[:-1])
    (tmp_path / "staff.csv").write_text(f"login,email,groups\n{rows}", "utf-8")
    plan = course.apply()

    assert listed(plan) == ["- memberships/film:hal"]
    assert str(plan.left_out[0].why).startswith(KEEPS)
    assert roles(site, "hal") == ["subscriber"]
