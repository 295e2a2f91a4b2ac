"""A site with the companion plugin: what a blueprint gets there beyond the rest."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.community import HEAD
from wpbridge.facade import Site, load
from wpbridge.journal import Status
from wpbridge.kinds.settings import KIND as SETTINGS
from wpbridge.kinds.settings import Setting
from wpbridge.model import Address
from wpbridge.plan import Action
from wpbridge.rehearsal import App, create_app
from wpbridge.site import Companion, Job
from wpbridge.site.door import bp
from wpbridge.site.open import open_site
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wpbridge.facade import SitePlan

CLUB = (
    HEAD
    + """\
components: {groups: active}
newcomers: {types: [helper]}
members:
  ana: {email: ana@example.org}
  bob: {email: bob@example.org}
groups:
  film:
    name: Film
    about: For film.
    membership: exact
    who_posts: admins
    members: {ana: admin, bob: mod}
    posts:
      hello: {at: 2026-03-02 09:00, text: "Hello @bob!"}
"""
)
GUESTS = """\
wpbridge: 1
owner: guests
members:
  dora: {email: dora@example.org}
groups:
  film:
    belongs_to: club
    members: {dora: member}
"""


@pytest.fixture
def site(version: int) -> Iterator[App]:
    """A fresh site with the companion, and all of it switched on."""
    made = create_app(":memory:", version=version, companion=True)
    made.switch("acting", "quiet", "dates")
    yield made
    made.close()


@pytest.fixture
def bridge(site: App, tmp_path: Path) -> Iterator[Site]:
    """That site, open."""
    way = partial(
        open_site, site.url, site.user, site.password, transport=WsgiAdapter(site)
    )
    with Site(way, tmp_path / "journals") as opened:
        yield opened


def planned(bridge: Site, folder: Path, text: str) -> SitePlan:
    """A plan for a blueprint."""
    file = folder / "blueprint.yaml"
    file.write_text(text, encoding="utf-8")
    return bridge.plan(load(file))


def applied(bridge: Site, folder: Path, text: str) -> SitePlan:
    """It carried out, without a failure; the next plan."""
    outcomes = list(planned(bridge, folder, text).apply())

    assert {each.status for each in outcomes} <= {Status.APPLIED}
    return planned(bridge, folder, text)


def test_nothing_is_left_out_and_nobody_is_told(
    bridge: Site, site: App, tmp_path: Path
) -> None:
    """Types and rules are set; a promotion and a mention mail nobody."""
    draft = planned(bridge, tmp_path, CLUB)
    after = applied(bridge, tmp_path, CLUB)

    assert (dict(draft.mails), draft.left_out) == ({}, ())
    assert (after.changes, after.left_out) == ((), ())
    assert len(site.mails) == 0
    assert site.store.value("SELECT count(*) FROM application_passwords") == 1


def test_a_post_is_its_authors_and_of_its_day(
    bridge: Site, site: App, tmp_path: Path
) -> None:
    """With no password made for anybody."""
    applied(bridge, tmp_path, CLUB)
    (post,) = bridge.client.bp.walk("activity", type=["activity_update"])
    ana = site.store.value("SELECT id FROM users WHERE login = 'ana'")

    assert (post["user_id"], post["date"][:10]) == (ana, "2026-03-02")


def test_what_is_edited_is_known_by_the_mark_beside_it(
    bridge: Site, tmp_path: Path
) -> None:
    """Though its author edited the mark in it away; the text is put right."""
    applied(bridge, tmp_path, CLUB)
    (post,) = bridge.client.bp.walk("activity", type=["activity_update"])
    names = ("component", "type", "primary_item_id", "secondary_item_id")
    said = {name: post[name] for name in names}
    call = bp.put("activity", post["id"], content="Bye.", **said)
    list(bridge.client.carry([Job(Address("posts", "x"), (call,), ())], {}))
    (change,) = planned(bridge, tmp_path, CLUB).changes

    assert (str(change.address), change.action) == ("posts/film:hello", Action.UPDATE)
    assert applied(bridge, tmp_path, CLUB).changes == ()


def test_spam_is_not_said_again(bridge: Site, site: App, tmp_path: Path) -> None:
    """A moderator who marks a post as spam wants it gone."""
    applied(bridge, tmp_path, CLUB)
    site.store.run("UPDATE activity SET is_spam = 1 WHERE type = 'activity_update'")
    draft = planned(bridge, tmp_path, CLUB)

    assert draft.changes == ()
    assert "posts/film:hello was deleted on the site" in draft.notes[0]


def test_buddypress_s_options_are_set(bridge: Site, tmp_path: Path) -> None:
    """In plain words, and once."""
    words = "{group_creation: admins, seen_by: members, avatar_uploads: no}"
    options = f"wpbridge: 1\nsite: {words}\n"
    draft = planned(bridge, tmp_path, options)

    assert sorted((e.address.key, e.sets["value"]) for e in draft.changes) == [
        ("avatar_uploads", "no"),
        ("group_creation", "admins"),
        ("seen_by", "members"),
    ]
    assert applied(bridge, tmp_path, options).changes == ()
    told = bridge.client.companion.get("options")
    assert (told["group_creation"], told["community"]) == ("admins", "members")
    assert told["avatar_uploads"] is False


def test_mails_of_what_waits_are_counted(bridge: Site, tmp_path: Path) -> None:
    """Where the companion does not know how to let it go out quietly."""
    later = CLUB.replace("2026-03-02 09:00", "2199-03-02 09:00")
    said = 'text: "Hello @bob!"'
    later = f"{later}limits: {{mails: 2}}\n"
    later = later.replace(said, f"{said}, comments: {{a: {{by: bob, text: Yes.}}}}")
    bridge.client.facts = replace(
        bridge.client.facts,
        companion=without(bridge.client.facts.companion, "queue-quiet"),
    )
    draft = planned(bridge, tmp_path, later)

    assert dict(draft.mails) == {"mentions when due": 1, "comments when due": 1}


def test_what_waits_goes_out_quietly(bridge: Site, tmp_path: Path) -> None:
    """Where it can, and its switch is on; nobody is counted."""
    later = CLUB.replace("2026-03-02 09:00", "2199-03-02 09:00")
    companion = bridge.client.facts.companion
    assert companion
    knows = replace(companion, abilities=companion.abilities | {"queue-quiet"})
    bridge.client.facts = replace(bridge.client.facts, companion=knows)
    draft = planned(bridge, tmp_path, later)
    (post,) = (each for each in draft.changes if each.address.kind == "queued")

    assert dict(draft.mails) == {}
    assert post.calls[0].values["quiet"] is True


def without(companion: Companion | None, ability: str) -> Companion:
    """Give an older one, which lacks an ability."""
    assert companion
    return replace(companion, abilities=companion.abilities - {ability})


def test_exact_groups_spare_what_others_add(bridge: Site, tmp_path: Path) -> None:
    """Not what nobody added, nor what we did ourselves."""
    more = CLUB.replace("bob: mod", "bob: mod, cem: member")
    more = more.replace("members:\n", "members:\n  cem: {email: cem@example.org}\n", 1)
    applied(bridge, tmp_path, more)
    applied(bridge, tmp_path, GUESTS)
    leaving = planned(bridge, tmp_path, CLUB).changes

    assert [str(each.address) for each in leaving] == ["memberships/film:cem"]


def test_what_was_deleted_on_the_site_stays_so(bridge: Site, tmp_path: Path) -> None:
    """A moderator had a reason."""
    applied(bridge, tmp_path, CLUB)
    (post,) = bridge.client.bp.walk("activity", type=["activity_update"])
    call = bp.delete("activity", post["id"])
    list(bridge.client.carry([Job(Address("posts", "x"), (call,), ())], {}))
    draft = planned(bridge, tmp_path, CLUB)

    assert draft.changes == ()
    (note,) = draft.notes
    assert note.startswith("posts/film:hello was deleted on the site, and stays so;")


def test_registration_by_request_takes_the_companion() -> None:
    """It goes through it wherever it can; an open one over XML-RPC, too."""
    asked, opened = (Setting("registration", each) for each in ("requests", "open"))

    def can(ability: str) -> str | None:
        return "too old" if ability == "registration by request" else None

    assert SETTINGS.fit(asked, None, can, "admin") == (None, "too old")
    assert SETTINGS.fit(opened, None, can, "admin") == (opened, None)
    (call,) = SETTINGS.create(opened)
    assert (call.door, call.path) == ("wp", ("registration",))
    fitting, _ = SETTINGS.fit(asked, None, lambda _: None, "admin")
    assert fitting
    (call,) = SETTINGS.create(fitting)
    assert (call.door, call.path) == ("companion", ("options",))
    assert call.values == {"registration": "requests"}


def test_newcomers_are_welcomed_once(site: App, bridge: Site, tmp_path: Path) -> None:
    """Each gets one mail, asked for by the blueprint, however quiet the rest is."""
    text = (
        "wpbridge: 1\nowner: club\nnewcomers: {welcome: reset link}\nmembers:\n"
        "  ana: {email: ana@example.org, name: Ana Ruiz}\n"
        "  bob: {email: bob@example.org}\n"
    )
    plan = planned(bridge, tmp_path, text)
    ends = list(plan.apply())
    again = planned(bridge, tmp_path, text)

    assert "2 people are mailed how to log in: ana and bob." in str(plan)
    assert (dict(plan.mails), list(plan.withheld)) == ({"welcomes": 2}, [])
    assert {each.status for each in ends} == {Status.APPLIED}
    assert [(each.to, each.kind) for each in site.mails] == [
        ("ana@example.org", "reset link"),
        ("bob@example.org", "reset link"),
    ]
    assert list(again.changes) == []


ROSTER = """\
wpbridge: 1
owner: course
components: {groups: active}
roster: {file: people.csv, groups: [film], leavers: leave}
members: {ana: {email: ana@example.org}}
groups:
  film: {name: Film, about: For film., members: {ana: admin}}
"""
PEOPLE = "login,email\n" + "".join(
    f"{each},{each}@example.org\n" for each in ("bert", "cleo", "dora", "emil", "fay")
)


def test_who_leaves_a_roster_leaves_its_groups(bridge: Site, tmp_path: Path) -> None:
    """Who joined by themselves stays, though no row names them either."""
    roster = tmp_path / "people.csv"
    roster.write_text(PEOPLE, "utf-8")
    applied(bridge, tmp_path, ROSTER)
    applied(bridge, tmp_path, GUESTS.replace("belongs_to: club", "belongs_to: course"))
    roster.write_text(PEOPLE.replace("emil,emil@example.org\n", ""), "utf-8")
    plan = planned(bridge, tmp_path, ROSTER)
    after = applied(bridge, tmp_path, ROSTER)

    assert [f"{e.action.value} {e.address}" for e in plan.changes] == [
        "- memberships/film:emil"
    ]
    assert "1 person leaves Film but stays a member of the site: emil." in str(plan)
    assert (plan.left_out, after.changes) == ((), ())


def test_a_roster_that_came_in_short_throws_nobody_out(
    bridge: Site, tmp_path: Path
) -> None:
    """More than its limit are withheld, with the word that lets them go."""
    roster = tmp_path / "people.csv"
    roster.write_text(PEOPLE, "utf-8")
    limits = "limits: {removed_from_a_group: 100%}\n"
    applied(bridge, tmp_path, ROSTER + limits)
    roster.write_text("".join(PEOPLE.splitlines(keepends=True)[:3]), "utf-8")
    plan = planned(bridge, tmp_path, ROSTER + limits)
    short = (
        "3 of 5 people are not in people.csv any more, and the limit is 30%; look "
        "at the roster"
    )

    assert list(plan.changes) == []
    assert {(str(e.change.address), e.allow, e.why) for e in plan.withheld} == {
        (
            f"memberships/film:{each}",
            "roster:people.csv",
            short,
        )
        for each in ("dora", "emil", "fay")
    }
