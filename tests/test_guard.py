"""What is withheld, and the words that let it go."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wpbridge import allowing, kinds
from wpbridge.blueprint.entry import Limits
from wpbridge.errors import UsageError
from wpbridge.guard import withhold
from wpbridge.kinds.groups import Group
from wpbridge.kinds.members import Member
from wpbridge.kinds.memberships import Membership
from wpbridge.kinds.posts import Post
from wpbridge.ownership import WORD
from wpbridge.plan import Action, Change, Risk, Withheld

if TYPE_CHECKING:
    from wpbridge.model import Spec

NOW = datetime(2027, 3, 22, 9, tzinfo=UTC)


def create(spec: Spec, risk: Risk | None = None) -> Change:
    """Make a change that creates something."""
    sets = dict(spec.stated())
    return Change(
        Action.CREATE, spec.address, None, spec, sets, needs=spec.needs, risk=risk
    )


def delete(spec: Spec) -> Change:
    """Make a change that deletes something."""
    return Change(Action.DELETE, spec.address, spec, None)


def held(
    changes: list[Change], *there: Spec, allow: tuple[str, ...] = ()
) -> list[tuple[str, str | None]]:
    """What is withheld, with the word that would let it go."""
    kept, withheld = withhold(
        changes,
        {each.address: each for each in there},
        kinds.load(),
        limits=Limits(),
        now=NOW,
        allow=frozenset(allow),
    )
    assert len(kept) + len({id(each.change) for each in withheld}) == len(changes)
    return [(str(each.change.address), each.allow) for each in withheld]


def people(number: int) -> list[Membership]:
    """An admin, and so many members beside."""
    members = [Membership("film", f"m{each}", "member") for each in range(number)]
    return [Membership("film", "jane", "admin"), *members]


@pytest.mark.parametrize(
    ("there", "gone", "withheld"), [(2, 2, 0), (3, 1, 0), (3, 2, 2), (11, 3, 0)]
)
def test_a_share_of_a_group_may_leave(there: int, gone: int, withheld: int) -> None:
    """A quarter of those there; where there are few, all but the last admin."""
    members = people(there)
    changes = [delete(each) for each in members[1 : 1 + gone]]

    assert [word for _, word in held(changes, *members)] == (
        ["limit:groups/film"] * withheld
    )


@pytest.mark.parametrize("word", ["limit:groups/film", "limit:*"])
def test_a_word_lets_them_go(word: str) -> None:
    """By the group's name, or for all groups."""
    members = people(4)

    assert held([delete(each) for each in members[1:]], *members, allow=(word,)) == []


def test_no_word_lets_the_last_admin_go() -> None:
    """A group keeps an admin, whatever anyone allows."""
    members = people(1)
    words = ("limit:*", "delete:*", "mails")

    assert held([delete(members[0])], *members, allow=words) == [
        ("memberships/film:jane", None)
    ]


def test_what_needs_something_withheld_is_withheld() -> None:
    """And what needs that, too."""
    boss = Member("boss", email="boss@example.org", role="administrator")
    changes = [
        create(boss, Risk("administrator", "boss would be an administrator")),
        create(Group("film", name="Film", creator="boss")),
        create(Group("arts", name="Arts", parent="film")),
        create(Group("news", name="News")),
    ]

    assert held(changes) == [
        ("members/boss", "administrator:members/boss"),
        ("groups/film", None),
        ("groups/arts", None),
    ]


def test_a_risk_is_allowed_by_its_word_and_address() -> None:
    """Not by that of another."""
    boss = Member("boss", email="boss@example.org")
    change = create(boss, Risk("administrator", "why"))

    assert held([change], allow=("administrator:members/boss",)) == []
    assert held([change], allow=("administrator:members/bob",)) != []


@pytest.mark.parametrize(("number", "withheld"), [(5, 0), (6, 6)])
def test_a_few_things_may_be_deleted_at_once(number: int, withheld: int) -> None:
    """More than five take a word."""
    posts = [Post("", f"p{each}", "club", "Text.", "ana") for each in range(number)]

    assert [word for _, word in held([delete(each) for each in posts])] == (
        ["limit:deleted"] * withheld
    )


@pytest.mark.parametrize(("number", "withheld"), [(3, 0), (4, 4)])
def test_a_flood_of_overdue_posts_is_withheld(number: int, withheld: int) -> None:
    """More than three in one stream are last year's."""
    due = NOW - timedelta(days=1)
    posts = [
        Post("film", f"p{each}", "club", "Text.", due=due) for each in range(number)
    ]

    assert [word for _, word in held([create(each) for each in posts])] == (
        ["late:groups/film"] * withheld
    )


def test_all_words_that_a_change_takes_are_told_at_once() -> None:
    """Mails are counted as if all else had been allowed; else they come as news."""
    due = NOW - timedelta(days=1)
    posts = [Post("film", f"p{each}", "club", "Hi!", due=due) for each in range(4)]
    late = [replace(create(each), mails={"mentions": 1}) for each in posts]
    boss = create(Member("boss", email="b@x.org"), Risk("administrator", "why"))

    assert held([*late, boss]) == [
        ("members/boss", "administrator:members/boss"),
        *((str(each.address), "late:groups/film") for each in late),
        *((str(each.address), "mails") for each in late),
    ]
    assert held(late, allow=("mails",)) == [
        (str(each.address), "late:groups/film") for each in late
    ]
    assert held(late, allow=("mails", "late:groups/film")) == []


GONE = [
    Withheld(delete(Member(each)), f"{each} goes", f"delete:members/{each}")
    for each in ("p07", "p09")
]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("p09", "; did you mean `delete:members/p09`?"),
        ("delte:members/p09", "; did you mean `delete:members/p09`?"),
        ("mail", "; did you mean `mails`?"),
        ("limt:groups/film", "; did you mean `limit:groups/film`?"),
        ("nonsense", ""),
        ("delete:", ""),
    ],
)
def test_what_can_be_no_word_is_refused(word: str, meant: str) -> None:
    """A slip of the pen does not pass for a word that is not needed."""
    with pytest.raises(UsageError) as error:
        allowing.validate_words([word], GONE)

    assert f"{error.value}".startswith(
        f"--allow: `{word}` is no word that allows anything{meant}"
    )


def test_a_word_that_is_not_needed_is_fine() -> None:
    """A job says the same ones every night, of people who are gone by then, too."""
    words = ["delete:members/zoe", "roster:people.csv", "mails", "limit:*", "mails:*"]
    allowing.validate_words(words, GONE)

    assert list(allowing.find_unused_words(words, GONE, ["people.csv"])) == []
    assert list(allowing.find_unused_words(["delete:members/p08"], GONE, [])) == []
    assert (
        list(allowing.find_unused_words(["delete:members/p9"], GONE, ["members/p9"]))
        == []
    )
    (note,) = allowing.find_unused_words(["delete:members/p9"], GONE, [])
    assert note == (
        "--allow delete:members/p9 allows nothing here; did you mean "
        "`delete:members/p09`?"
    )


def test_every_word_of_a_kind_is_known() -> None:
    """The others are the guard's own, and the owner's."""
    files = Path(allowing.__file__).parent.rglob("*.py")
    texts = [each.read_text("utf-8") for each in files]
    said = {word for text in texts for word in re.findall(r'Risk\(\s*"([^"]+)"', text)}

    assert {*said, "late", "limit", "roster", WORD} == {*allowing.BEGINNINGS}
