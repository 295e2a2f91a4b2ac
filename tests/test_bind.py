"""Who the people of a roster are, once the site was read."""

from __future__ import annotations

from wpbridge.bind import bind, strangers, unknown
from wpbridge.errors import Place
from wpbridge.kinds.members import Member
from wpbridge.kinds.memberships import Membership
from wpbridge.model import Desired, Found, Observed, Spec

ROW = Place("people.csv", 2)
LINE = Place("club.yaml", 5, 3)


def seen(**emails: str) -> Observed:
    """A site with accounts of these logins and addresses."""
    site = Observed()
    for number, (login, email) in enumerate(emails.items(), 1):
        site.add(Found(Member(login, email), number))
    return site


def desired(*specs: Spec, place: Place = ROW) -> list[Desired]:
    """What a roster wants."""
    return [Desired(each, place) for each in specs]


def test_a_person_is_the_account_with_that_address() -> None:
    """Whatever it is called, and wherever the person is named."""
    person = "ana@example.org"
    wanted = desired(Member(person, person), Membership("film", person, "member"))
    bound, problems = bind(wanted, seen(aruiz="ana@example.org"))

    assert [each.spec for each in bound] == [
        Member("aruiz", person),
        Membership("film", "aruiz", "member"),
    ]
    assert problems == []


def test_a_new_person_is_called_by_what_stands_before_the_at() -> None:
    """With a number, where that is taken."""
    people = [Member(each, each) for each in ("ana@a.example", "ana@b.example")]
    bound, _ = bind(desired(*people), seen(bob="bob@example.org"))

    assert [each.spec.key for each in bound] == ["ana", "ana2"]


def test_a_row_and_a_line_of_one_person_are_joined() -> None:
    """What either says is said, if they agree."""
    person = "ana@example.org"
    wanted = [
        *desired(Member(person, person, name="Ana")),
        *desired(Member("aruiz", role="editor"), place=LINE),
    ]
    bound, problems = bind(wanted, seen(aruiz=person))

    assert [each.spec for each in bound] == [Member("aruiz", person, "Ana", "editor")]
    assert problems == []


def test_a_row_and_a_line_that_disagree_are_a_problem() -> None:
    """It says where both are."""
    person = "ana@example.org"
    wanted = [
        *desired(Member(person, person, name="Ana")),
        *desired(Member("aruiz", name="Anna"), place=LINE),
    ]
    _, problems = bind(wanted, seen(aruiz=person))

    assert [str(each) for each in problems] == [
        (
            "club.yaml:5:3: members/aruiz has another name, first at people.csv:2; "
            "make them agree"
        )
    ]


def test_another_persons_address_is_a_problem() -> None:
    """An address leads to one account."""
    wanted = desired(Member("bob", "ana@example.org"))

    assert [str(each) for each in strangers(wanted, seen(ana="ana@example.org"))] == [
        (
            "people.csv:2: ana@example.org belongs to the account `ana`, not to `bob`; "
            "write `ana`, or another address"
        )
    ]


def test_an_address_alone_names_nobody_where_none_can_be_read() -> None:
    """A new account for each would be a second one for some."""
    wanted = desired(Member("ana@example.org", "ana@example.org"), Member("bob"))

    assert [str(each) for each in unknown(wanted)] == [
        (
            "people.csv:2: ana@example.org stands without a login, and this login may "
            "not see whose account has that address; write the person's login beside it"
        )
    ]
