"""Whose a resource is, told without a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpbridge.blueprint.clashes import Stated, two_owners
from wpbridge.errors import Place
from wpbridge.model import Address

if TYPE_CHECKING:
    from tests.blueprint.conftest import Complain

NEWS = Address("groups", "news")


def test_blueprints_that_claim_the_same() -> None:
    """Of one owner or of two, the second is told where the first stands."""
    found = two_owners(
        [
            Stated(NEWS, "centre", Place("centre.yaml", 9, 3), "centre.yaml"),
            Stated(NEWS, "workshop", Place("workshop.yaml", 4, 3), "workshop.yaml"),
            Stated(NEWS, "centre", Place("more.yaml", 2, 3), "more.yaml"),
        ]
    )

    assert "\n".join(map(str, found)) == (
        "workshop.yaml:4:3: groups/news is `centre`'s at centre.yaml:9:3, and "
        "`workshop`'s here; write `belongs_to: centre` to add people and posts, or say "
        "it in one of the two\n"
        "more.yaml:2:3: groups/news is stated at centre.yaml:9:3 too, by a blueprint "
        "of the same owner `centre`; keep one of the two"
    )


def test_of_another_s_group_only_people_and_posts_are_said(complain: Complain) -> None:
    """The rest is its owner's."""
    (message,) = complain(
        "wpbridge: 1\n"
        "groups:\n"
        "  news: {belongs_to: centre, members: [ana], access: public}\n"
    )

    assert message == (
        "club.yaml:3:46: groups/news belongs to `centre`, which says its `access`; "
        "here stand only its people and posts"
    )
