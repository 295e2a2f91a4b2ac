"""What the companion is for, on real sites: blueprints land whole, quietly, in time."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import wpbridge
from tests.community import HEAD
from tests.companion.site import Person, Site, one
from tests.live.commands import environment
from wpbridge.journal import Status
from wpbridge.text import unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.live.booting import Running
    from wpbridge import facade
    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.facade import SitePlan

BLUEPRINTS = Path(__file__).parents[2] / "blueprints"
STARTED = {"social-learning-centre": "2026-01-12", "workshop": "2026-03-16", "club": ""}
"""When what the shipped blueprints make has begun: long ago."""

CLUB = (
    HEAD.replace("ana", "anna")  # a network takes no login that is so short
    + """\
components: {groups: active}
newcomers: {types: [helper]}
group_types: {round: {name: Rounds}}
members:
  anna: {email: anna@example.org}
  bert: {email: bert@example.org}
  cemo: {email: cemo@example.org}
groups:
  news:
    name: News
    about: For news.
    who_posts: admins
    members: {anna: admin, bert: member}
    posts:
      hello: {at: 2026-03-02 09:00, text: "Hello @bert!"}
  film:
    name: Film
    about: For film.
    types: [round]
    membership: exact
    members: {anna: admin, bert: mod}
    posts:
      seen:
        at: 2026-03-03 10:00
        by: bert
        text: Seen it.
        comments:
          me: {by: anna, text: Me too.}
"""
)
GUESTS = """
wpbridge: 1
owner: guests
host: dora
members:
  dora: {email: dora@example.org}
roster:
  file: people.csv
  columns: {Login: login, E-mail: email, Groups: groups}
  leavers: leave
groups:
  walk:
    name: Walk
    about: For walks.
    membership: exact
    members: {dora: admin}
  choir:
    name: Choir
    about: For song.
    members: {dora: admin}
  film:
    belongs_to: club
    members: {dora: member}
"""
PEOPLE = """Login,E-mail,Groups
elia,elia@example.org,walk;choir
flor,flor@example.org,walk;choir
"""
LEAVER = "flor,flor@example.org,walk;choir\n"
ADDED = {
    ("choir", "dora"),
    ("choir", "elia"),
    ("choir", "flor"),
    ("film", "anna"),
    ("film", "bert"),
    ("film", "dora"),
    ("news", "anna"),
    ("news", "bert"),
    ("walk", "dora"),
    ("walk", "elia"),
    ("walk", "flor"),
}
"""Who is where once both blueprints are applied."""

LEFT = {("choir", "flor"), ("walk", "flor")}

SAID = """
    SELECT user_login, content, date_recorded FROM wp_bp_activity AS a
    JOIN wp_users AS u ON u.ID = a.user_id
    WHERE type IN ('activity_update', 'activity_comment')
"""
TYPES = """
    SELECT taxonomy, slug FROM wp_term_taxonomy AS x
    JOIN wp_terms AS t ON t.term_id = x.term_id
    WHERE taxonomy IN ('bp_member_type', 'bp_group_type')
"""
LINK = re.compile(r"<a [^>]*>|</a>")
LOGINS = "SELECT user_login, ID FROM wp_users"
GROUPS = "SELECT slug, id FROM wp_bp_groups"
POSTS = """
    SELECT slug, a.id FROM wp_bp_activity AS a JOIN wp_bp_groups AS g ON g.id = item_id
    WHERE component = 'groups' AND type = 'activity_update'
"""
MEMBERS = """
    SELECT slug, user_login FROM wp_bp_groups_members AS m
    JOIN wp_bp_groups AS g ON g.id = group_id JOIN wp_users AS u ON u.ID = user_id
    WHERE is_confirmed = 1
"""


@contextmanager
def opened(
    live: Running, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[facade.Site]:
    """Open a site as the command line does."""
    for name, value in environment(live, home).items():
        monkeypatch.setenv(name, value)
    with wpbridge.open_site(live.url) as bridge:
        yield bridge


def applied(bridge: facade.Site, blueprint: Blueprint) -> tuple[SitePlan, SitePlan]:
    """Apply all of a blueprint, without a failure; its plan, and the next."""
    allow = [each.allow or "" for each in bridge.plan(blueprint).withheld]
    draft = bridge.plan(blueprint, allow=allow)
    ends = [str(each) for each in draft.apply() if each.status is not Status.APPLIED]

    assert (ends, draft.withheld) == ([], ())
    return draft, bridge.plan(blueprint)


def of(plan: SitePlan, *kinds: str) -> list[Any]:
    """What a plan makes, of some kinds."""
    return [each.after for each in plan.changes if each.address.kind in kinds]


def expected(plan: SitePlan) -> list[tuple[str, ...]]:
    """Who is to have said what, and when, as the database has it."""
    return sorted(
        (each.by, each.text.replace("\n", "\\n"), f"{each.due:%Y-%m-%d %H:%M:%S}")
        for each in of(plan, "posts", "comments")
    )


def found(live: Running, query: str) -> list[tuple[str, ...]]:
    """What the database holds, sorted."""
    return sorted(map(tuple, live.database.rows(query)))


def said(live: Running) -> list[tuple[str, ...]]:
    """Who said what, and when, without marks and the links of mentions."""
    return sorted(
        (who, LINK.sub("", unmarked(text)[0]), when)
        for who, text, when in found(live, SAID)
    )


@pytest.mark.parametrize("name", STARTED)
def test_what_began_long_ago_lands_whole(
    name: str, aided: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Posts are their authors' and of their days; nobody is told, nothing is left."""
    if name == "club":
        file = tmp_path / "club.yaml"
        file.write_text(CLUB, "utf-8")
        blueprint = wpbridge.load(file)
    else:
        answers = {"starts": STARTED[name]}
        blueprint = wpbridge.load(BLUEPRINTS / f"{name}.yaml", answers=answers)
    aided.sent(forget=True)
    with opened(aided, tmp_path, monkeypatch) as bridge:
        draft, again = applied(bridge, blueprint)
    types = [
        (f"bp_{each.kind.removesuffix('-types')}_type", each.key)
        for each in of(draft, "member-types", "group-types")
    ]

    assert (draft.left_out, again.left_out, again.later) == ((), (), ())
    assert [str(each.address) for each in again.changes] == []
    assert said(aided) == expected(draft)
    assert found(aided, TYPES) == sorted(types)
    assert (sum(draft.mails.values()), aided.sent()) == (0, 0)


def numbers(live: Running, query: str) -> dict[str, int]:
    """The numbers of what has names."""
    return {name: int(number) for name, number in live.database.rows(query)}


def join(live: Running, group: str, login: str) -> None:
    """Put somebody into a group, as an admin does by hand."""
    site = Site(live)
    site.join(numbers(live, GROUPS)[group], Person(numbers(live, LOGINS)[login], login))


def person(site: Site, login: str) -> Person:
    """A member of a blueprint's, with a way in of their own."""
    known = Person(numbers(site.running, LOGINS)[login], login)
    password = site.php(
        f"wp_set_password('{known.cookie_password}', {known.id});"
        "[$p] = WP_Application_Passwords::create_new_application_password("
        f"{known.id}, ['name' => 'tests']); echo $p;"
    )
    return Person(known.id, login, password)


def test_news_is_closed_to_members(
    aided: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By REST, by calls, by the theme's forms, as a comment, and moved there."""
    (file := tmp_path / "club.yaml").write_text(CLUB, "utf-8")
    with opened(aided, tmp_path, monkeypatch) as bridge:
        applied(bridge, wpbridge.load(file))
    site = Site(aided)
    anna, bert = person(site, "anna"), person(site, "bert")
    news = numbers(aided, GROUPS)["news"]
    root = numbers(aided, POSTS)["news"]
    mine = one(site.post("mine", by=bert).json())["id"]
    before = found(aided, SAID)
    there: dict[str, Any] = {"component": "groups", "primary_item_id": news}
    under: dict[str, Any] = {"type": "activity_comment", "primary_item_id": root}
    path = f"{site.bp}/activity"
    moved = {"content": "moved", "type": "activity_update", **there}
    ways = [
        site.post("rest", news, by=bert).status_code,
        site.post("rest", by=bert, **under).status_code,
        site.ask("PUT", f"{path}/{mine}", moved, by=bert).status_code,
        site.call("POST", path, {"content": "as", **there}, **{"as": bert.id})[
            "status"
        ],
        site.call("POST", path, {"content": "as", **under}, **{"as": bert.id})[
            "status"
        ],
        site.call("PUT", f"{path}/{mine}", moved, **{"as": bert.id})["status"],
    ]
    form = {"object": "group", "item_id": news, "content": "form"}
    site.form(bert, "post_update", action="post_update", **form)
    reply = {"form_id": root, "comment_id": root, "content": "form"}
    site.form(bert, "new_activity_comment", action="new_activity_comment", **reply)

    assert ways == [403] * len(ways)
    assert found(aided, SAID) == before
    # The same doors let its admin in.
    site.form(anna, "post_update", action="post_update", **form)
    assert site.post("rest", news, by=anna).status_code == 200
    assert len(found(aided, SAID)) == len(before) + 2


def test_exact_groups_spare_what_others_add(
    aided: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two owners, each with an exact group and somebody in the other's."""
    files = {name: tmp_path / f"{name}.yaml" for name in ("club", "guests")}
    roster = tmp_path / "people.csv"
    files["club"].write_text(CLUB, "utf-8")
    files["guests"].write_text(GUESTS, "utf-8")
    roster.write_text(PEOPLE, "utf-8")
    with opened(aided, tmp_path, monkeypatch) as bridge:
        for name in ("club", "guests", "club", "guests"):
            _, again = applied(bridge, wpbridge.load(files[name]))
            assert list(map(str, again.changes)) == []
        added = found(aided, MEMBERS)
        join(aided, "film", "elia")
        join(aided, "news", "flor")
        roster.write_text(PEOPLE.replace(LEAVER, ""), "utf-8")
        for name in ("club", "guests"):
            applied(bridge, wpbridge.load(files[name]))
    left = found(aided, MEMBERS)

    assert added == sorted(ADDED)
    # Whom nobody added to an exact group goes, and who left the roster of any.
    assert left == sorted(ADDED - LEFT | {("news", "flor")})
