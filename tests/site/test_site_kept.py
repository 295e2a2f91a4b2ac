"""What the companion keeps for us: claims, the lease, the queue, whole collections."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.scripted import ADMIN, URL, Reply, Said, Script, refusal, wordpress
from wpbridge.errors import Locked
from wpbridge.model import Address, Claim, Claimed, Observed
from wpbridge.site import collections, people, queue, stream
from wpbridge.site.communities import Community, communities
from wpbridge.site.open import Install, open_site
from wpbridge.site.people import Account, Bond, Seat
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = "/wp-json/wpbridge/v1"
STATUS = {
    "version": "0.1.0",
    "wire": 1,
    "abilities": ["calls", "collections", "lease", "marks", "queue"],
    "switches": {"acting": True, "quiet": True, "dates": True},
    "limits": {"calls": 100},
}
RIGHTS = {"bp_moderate": True, "list_users": True}
FILM, HELLO = Address("groups", "film"), Address("posts", "film:hello")
SEAT, ANA = Address("memberships", "film:ana"), Address("members", "ana")
TAKEN = refusal(409, "wpbridge_leased", "Somebody else is writing.")


@pytest.fixture
def site(script: Script, waits: list[float]) -> Iterator[Install]:
    """A site with the companion, open, and with nothing heard."""
    wordpress(script, 2, namespaces=["wp/v2", "buddypress/v2", "wpbridge/v1"])
    me = {"id": 1, "username": "admin", "capabilities": RIGHTS}
    script.on("GET", "/wp-json/wp/v2/users/me", Reply(me))
    script.on("GET", f"{OURS}/status", Reply(STATUS))
    transport = WsgiAdapter(script)
    with open_site(URL, *ADMIN, transport=transport, sleep=waits.append) as opened:
        script.heard.clear()
        yield opened


def test_claims_are_read_page_by_page(site: Install, script: Script) -> None:
    """Ours of some kinds, and everybody's of others."""
    first = {"owner": "club", "kind": "posts", "name": "film:hello", "id": 3}
    other = {"owner": "spring", "kind": "groups", "name": "film", "id": 1}
    script.on(
        "POST",
        f"{OURS}/marks",
        Reply({"found": [{**first, "exists": False}], "next": 17}),
        Reply({"found": [{**other, "exists": True}], "next": None}),
    )
    found = list(site.claims("club", ["posts"], ["groups"]))

    assert found == [Claim("club", HELLO, False), Claim("spring", FILM, True)]  # noqa: FBT003
    assert [json.loads(each.body) for each in script.heard] == [
        {
            "find": [{"owner": "club", "kind": "posts"}, {"kind": "groups"}],
            "after": after,
        }
        for after in (0, 17)
    ]


def test_what_is_claimed_is_named_by_its_number_or_a_pair(
    site: Install, script: Script
) -> None:
    """What is not there after all is left out."""
    script.on("POST", f"{OURS}/marks", Reply({"set": 2, "found": [], "next": None}))
    mine = [Claimed(FILM), Claimed(SEAT, (FILM, ANA)), Claimed(HELLO)]
    site.claim("club", mine, {FILM: 5, ANA: 7}, drop=[HELLO])
    first, second = (json.loads(each.body) for each in script.heard)

    assert first["set"] == [
        {"owner": "club", "kind": "groups", "name": "film", "id": 5},
        {"owner": "club", "kind": "memberships", "name": "film:ana", "pair": [5, 7]},
    ]
    assert second["remove"] == [
        {"owner": "club", "kind": "posts", "name": "film:hello"}
    ]


def test_a_lease_is_taken_and_given_back(site: Install, script: Script) -> None:
    """Under a token of our own, so that asking twice is asking once."""
    script.on("POST", f"{OURS}/lease", Reply({"token": "x", "until": "x"}))
    script.on("DELETE", f"{OURS}/lease", Reply({"deleted": True}))
    with site.lease("a token"):
        assert script.paths("POST") == [f"{OURS}/lease"]
    taken, given = script.heard

    assert dict(given.query)["token"] == "a token"
    assert json.loads(taken.body)["token"] == "a token"


@pytest.mark.parametrize("heard", [True, False], ids=["heard", "lost"])
def test_a_lease_that_may_still_hold_is_told(
    site: Install, script: Script, *, heard: bool
) -> None:
    """So that the next run, which is to come under its token, is not kept off."""
    kept: list[str] = []
    script.on("POST", f"{OURS}/lease", Reply({"token": "x", "until": "x"}))
    gone = Reply({"deleted": True}) if heard else Reply(b"<p>Oops</p>", 500)
    script.on("DELETE", f"{OURS}/lease", gone)
    with site.lease("a token", lambda: kept.append("a token")):
        assert kept == []

    assert kept == ([] if heard else ["a token"])


def test_who_comes_second_waits(site: Install, script: Script) -> None:
    """And does not give back what is another's."""
    script.on("POST", f"{OURS}/lease", TAKEN)
    with pytest.raises(Locked, match="somebody else is writing"), site.lease("t"):
        pass

    assert script.paths("DELETE") == []


def test_a_queue_is_read_to_its_end(site: Install, script: Script) -> None:
    """By owner."""

    def page(said: Said) -> Reply:
        last = dict(said.query)["after"] == "9"
        return Reply({"rows": [{"id": 10 if last else 9}], "next": None if last else 9})

    script.on("GET", f"{OURS}/queue", page)

    assert [each["id"] for each in queue.rows(site, "club")] == [9, 10]
    asked = dict(script.heard[0].query)
    assert len(asked.pop("wpbridge")) == 12  # by which no two reads are alike
    assert asked == {"owner": "club", "after": "0"}


def collection(columns: list[str], *pages: list[list[object]]) -> list[Reply]:
    """Pages of a collection."""
    last = len(pages) - 1
    return [
        Reply({"columns": columns, "rows": page, "next": None if n == last else n + 1})
        for n, page in enumerate(pages)
    ]


def test_accounts_come_by_the_thousand(site: Install, script: Script) -> None:
    """Column by name, whatever else there is."""
    columns = ["id", "login", "x", "name", "email", "roles", "types", "profile"]
    ana = [7, "ana", 0, "Ana", "ana@x.org", ["editor"], ["helper"], {"3": "Film"}]
    bob = [8, "bob", 0, "bob", "bob@x.org", [], [], []]
    script.on("GET", f"{OURS}/collections/members", *collection(columns, [ana], [bob]))

    assert list(people.accounts(site, Observed())) == [
        Account(7, "ana", "ana@x.org", "Ana", ["editor"]),
        Account(8, "bob", "bob@x.org", "bob", []),
    ]


def test_seats_are_of_those_who_are_in(site: Install, script: Script) -> None:
    """Not of who was only asked; the banned are there, and somebody gone is not."""
    columns = ["id", "group", "member", "role", "since", "confirmed"]
    rows = [
        [1, 5, 7, "admin", None, True],
        [2, 5, 8, "member", None, False],
        [3, 5, 9, "banned", None, False],
        [4, 5, 99, "member", None, True],
    ]
    script.on("GET", f"{OURS}/collections/memberships", *collection(columns, [*rows]))
    ids = {ANA: 7, Address("members", "bob"): 8, Address("members", "cem"): 9}

    assert list(people.seats(site, Observed(ids=ids), {5: "film"})) == [
        Seat("film", "ana", 7, "admin"),
        Seat("film", "cem", 9, "banned"),
    ]
    assert dict(script.heard[0].query)["group"] == "5"


def test_many_people_are_read_at_once(
    site: Install, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their types and what they say of themselves."""
    monkeypatch.setattr(people, "MANY", 0)
    columns = ["id", "types", "profile"]
    rows = [[7, ["helper"], {"3": "Film", "4": ["a", "b"]}], [8, [], []]]
    script.on("GET", f"{OURS}/collections/members", *collection(columns, rows))

    seen = Observed(ids={ANA: 7})

    assert list(people.types(site, seen, ["ana"])) == [("ana", 7, ["helper"])]
    assert list(people.answers(site, seen, ["ana"])) == [
        ("ana", 3, "Film"),
        ("ana", 4, ["a", "b"]),
    ]
    assert len(script.heard) == 1


def test_what_was_read_for_one_kind_serves_the_next(
    site: Install, script: Script
) -> None:
    """However few they are; another look reads anew."""
    columns = ["id", "login", "name", "email", "roles", "types", "profile"]
    ana = [7, "ana", "Ana", "ana@x.org", [], ["helper"], {"3": "Film"}]
    script.on("GET", f"{OURS}/collections/members", *collection(columns, [ana]) * 2)
    seen = Observed(ids={ANA: 7})
    list(people.accounts(site, seen))

    assert list(people.types(site, seen, ["ana"])) == [("ana", 7, ["helper"])]
    assert list(people.answers(site, seen, ["ana"])) == [("ana", 3, "Film")]
    assert len(script.heard) == 1
    list(people.accounts(site, Observed()))
    assert len(script.heard) == 2


def test_rows_come_as_many_a_page_as_the_companion_gives(
    site: Install, script: Script
) -> None:
    """It says how many that is."""
    told = {**STATUS, "limits": {"rows": 5000}}
    script.on("GET", f"{OURS}/status", Reply(told))
    script.on("GET", f"{OURS}/collections/friendships", *collection(["id"], [[1]]))
    with open_site(URL, *ADMIN, transport=WsgiAdapter(script)) as roomy:
        list(collections.rows(roomy, Observed(), "friendships"))
    list(collections.rows(site, Observed(), "friendships"))
    asked = [e for e in script.heard if e.path.endswith("friendships")]

    assert [dict(each.query)["limit"] for each in asked] == ["5000", "2000"]


BONDS = ["id", "initiator", "friend", "accepted", "date"]


def test_friends_of_many_are_read_at_once(site: Install, script: Script) -> None:
    """And of a few, one by one."""
    rows: list[list[object]] = [[1, 7, 8, True, None], [2, 8, 9, False, None]]
    script.on("GET", f"{OURS}/collections/friendships", *collection(BONDS, rows))
    item = {"id": 1, "initiator_id": 7, "friend_id": 8, "is_confirmed": True}
    script.on("GET", "/wp-json/buddypress/v2/friends", Reply([item]))
    few = list(people.bonds(site, Observed(), [7]))
    many = list(people.bonds(site, Observed(), list(range(1, 12))))

    assert few == [Bond(1, 7, 8, True)]  # noqa: FBT003
    assert many == [Bond(1, 7, 8, True), Bond(2, 8, 9, False)]  # noqa: FBT003


GROUPS = [
    "id",
    "slug",
    "name",
    "description",
    "status",
    "creator",
    "parent",
    "forum",
    "created",
    "last_activity",
    "invites",
    "posts",
    "closed",
    "types",
]


def test_groups_come_with_their_rules(site: Install, script: Script) -> None:
    """In one request, however many are ruled."""
    film = [5, "film", "Film", "For film.", "private", 7, 0, False, None, None]
    rows = [[*film, "mods", "admins", False, ["club"]]]
    script.on("GET", f"{OURS}/collections/groups", *collection(GROUPS, rows))

    assert list(communities(site, Observed(), {"film"})) == [
        Community(
            id=5,
            slug="film",
            name="Film",
            about="For film.",
            access="private",
            parent=0,
            creator=7,
            types=["club"],
            who_invites="mods",
            who_posts="admins",
        )
    ]
    assert len(script.heard) == 1


POSTS = [
    "id",
    "member",
    "component",
    "type",
    "item",
    "parent",
    "date",
    "hidden",
    "content",
    "marks",
]
UPDATE, COMMENT = "activity_update", "activity_comment"


def told(number: int, content: str, *marks: list[str], kind: str = UPDATE) -> Any:
    """A row of the collection of posts."""
    comment = kind == COMMENT
    place = ["activity", kind, 3, 3] if comment else ["groups", kind, 5, 0]
    return [number, 7, *place, None, False, content, list(marks)]


def test_posts_are_known_by_the_mark_beside_them(site: Install, script: Script) -> None:
    """Whatever became of the one in their text, and before all that only say so."""
    mark = "<!-- wpbridge {} posts/film:{} 0123456789ab -->"
    rows = [
        told(1, "Copied." + mark.format("club", "hello")),
        told(2, "Old." + mark.format("club", "old")),
        told(3, "Edited.", ["club", "posts", "film:hello", ""]),
        told(4, "Not ours." + mark.format("spring", "hello")),
        told(5, "Yes.", ["club", "comments", "film:hello:a", ""], kind=COMMENT),
        told(6, "Other." + mark.format("club", "x"), ["club", "posts", "film:y", ""]),
    ]
    script.on("GET", f"{OURS}/collections/posts", *collection(POSTS, rows))
    seen = Observed()
    found = list(stream.posts(site, seen, "club", []))

    assert [(e.id, e.name, e.kept, str(e.text), e.text.sent) for e in found] == [
        (3, "film:hello", True, "Edited.", None),
        (6, "film:y", True, "Other.", None),
        (2, "film:old", False, "Old.", "0123456789ab"),
    ]
    assert found[0].wire == {
        "type": UPDATE,
        "component": "groups",
        "primary_item_id": 5,
        "secondary_item_id": 0,
        "hidden": False,
    }
    (comment,) = stream.comments(site, seen, "club")
    assert (comment.id, comment.name, comment.item) == (5, "film:hello:a", 3)
    assert len(script.heard) == 1
    assert dict(script.heard[0].query)["owner"] == "club"
