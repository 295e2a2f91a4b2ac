"""
Administrators of one site of a network, who are no super admins.

``keeper`` looks after the site that BuddyPress lives on, ``warden`` after the network's
second one. What they may not is in the plan beforehand; what is planned lands.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

import wpbridge
from tests.live.commands import environment
from tests.recording.pictures import png
from wpbridge.journal import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.live.booting import Running
    from wpbridge.facade import Site
    from wpbridge.plan import Change, LeftOut

pytestmark = pytest.mark.networks(alone=True)

LIVED_IN = """
wpbridge: 1
owner: network
components: {groups: active, messages: active}
profile: {work: {name: Work, fields: {camera: {name: Camera}}}}
members: {anna: {email: anna@example.org, name: Anna Ruiz}}
groups:
  film: {name: Film, about: We shoot., access: hidden, members: {anna: member}}
notices: {open: {subject: Open, text: We are., active: yes}}
"""
"""What a super admin made before."""

WANTED = """
wpbridge: 1
host: $(me)
inputs: {me: {type: login}}
site: {title: Ours & yours, front_page: welcome, registration: open}
components: {friends: active}
directories: {members: {title: People}}
profile: {work: {name: Work, fields: {lens: {name: Lens}}}}
members:
  anna: {email: anna@example.org}
  bert: {email: bert@example.org, name: Bert Lee, avatar: face.png}
  $(me): {role: administrator}
groups:
  club: {name: Club, about: We meet., members: {$(me): admin, bert: member}}
notices: {shut: {subject: Shut, text: We are not., active: yes}}
pages:
  welcome: {title: Welcome, text: "It's <b>ours</b>."}
  rules: {title: Rules, parent: welcome, author: $(me), text: Be kind.}
blog: {first: {title: First, text: Hi.}}
media: {logo: {file: face.png, title: Logo}}
menus: {main: {name: Main, links: {Home: /}}}
navigation: {top: {title: Top, links: {Home: /}}}
posts:
  own: {text: "Hello, it's me."}
  theirs: {by: anna, text: Hello.}
"""
"""What a site's administrator would have."""


ADD_NEW_USERS = """
    DELETE FROM wp_sitemeta WHERE meta_key = 'add_new_users';
    INSERT INTO wp_sitemeta (site_id, meta_key, meta_value)
    VALUES (1, 'add_new_users', '1')
"""
MAY = (
    "media/logo",
    "menus/main",
    "navigation/top",
    "blog/first",
    "pages/welcome",
    "pages/rules",
    "menu-items/main:Home",
    "settings/title",
    "settings/front_page",
    "posts/own",
)
"""What the administrator of any site may."""
KEEPER = ("components/friends", "directories/members")
"""What only the one of BuddyPress's own site may beside."""
MAY_NOT = (
    "settings/registration",
    "members/bert",
    "notices/shut",
    "groups/club",
    "profile-fields/lens",
    "avatars/members:bert",
    "memberships/club:bert",
    "posts/theirs",
)
"""What takes a super admin."""


@pytest.fixture
def passwords(live: Running, tmp_path: Path) -> dict[str, str]:
    """Have a super admin make a community, and each site an administrator."""
    (tmp_path / "lived-in.yaml").write_text(LIVED_IN, "utf-8")
    (tmp_path / "wanted.yaml").write_text(WANTED, "utf-8")
    (tmp_path / "face.png").write_bytes(png(200, 200))
    with _opened(live, tmp_path) as bridge:
        list(bridge.plan(tmp_path / "lived-in.yaml", allow=["mails"]).apply())
    return live.admins()


class Case(NamedTuple):
    """An administrator, and what comes of it."""

    who: str
    path: str
    may: tuple[str, ...]
    may_not: tuple[str, ...]


@pytest.mark.parametrize(
    "case",
    [
        Case("keeper", "", KEEPER + MAY, MAY_NOT),
        Case("warden", "/second", MAY, (*KEEPER, "members/anna", *MAY_NOT)),
    ],
    ids=["of BuddyPress's own site", "of a second site"],
)
def test_what_they_may_not_is_left_out_and_the_rest_lands(
    case: Case, live: Running, passwords: dict[str, str], tmp_path: Path
) -> None:
    """Each with its reason; nothing fails, and nothing is mailed uncounted."""
    site = replace(
        live,
        url=f"{live.url}{case.path}",
        user=case.who,
        application_password=passwords[case.who],
    )
    live.sent(forget=True)
    blueprint = wpbridge.load(tmp_path / "wanted.yaml", answers={"me": case.who})
    with _opened(site, tmp_path) as bridge:
        draft = bridge.plan(blueprint)
        ends = list(draft.apply())
    with _opened(site, tmp_path) as bridge:
        again = bridge.plan(blueprint)
    failed = [str(each) for each in ends if each.status is not Status.APPLIED]

    assert _addresses(draft.changes) == sorted(case.may)
    assert _addresses(draft.left_out) == sorted(case.may_not)
    assert (failed, _addresses(again.changes)) == ([], [])
    assert live.sent() == sum(draft.mails.values())


def test_they_make_accounts_where_the_network_lets_them(
    live: Running, passwords: dict[str, str], tmp_path: Path
) -> None:
    """And see those of others, though neither their addresses nor their roles."""
    live.database.rows(ADD_NEW_USERS)
    keeper = replace(live, user="keeper", application_password=passwords["keeper"])
    live.sent(forget=True)
    blueprint = wpbridge.load(tmp_path / "wanted.yaml", answers={"me": "keeper"})
    with _opened(keeper, tmp_path) as bridge:
        draft = bridge.plan(
            blueprint, only=["members/anna", "members/bert"], allow=["mails"]
        )
        ends = list(draft.apply())
    with _opened(keeper, tmp_path) as bridge:
        again = bridge.plan(blueprint, only=["members/anna", "members/bert"])

    assert [str(each.change.address) for each in ends] == ["members/bert"]
    assert [each.status for each in ends] == [Status.APPLIED]
    assert _addresses(again.changes) == []
    assert (live.sent(), dict(draft.mails)) == (1, {"new accounts": 1})


def _addresses(several: Iterable[Change | LeftOut]) -> list[str]:
    return sorted(str(each.address) for each in several)


@contextmanager
def _opened(live: Running, home: Path) -> Iterator[Site]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(live, home).items():
            patch.setenv(name, value)
        with wpbridge.open_site(live.url) as bridge:
            yield bridge
