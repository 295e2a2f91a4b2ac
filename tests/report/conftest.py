"""A plan with something of everything in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wpbridge.kinds.groups import Group
from wpbridge.kinds.memberships import Membership
from wpbridge.model import Address
from wpbridge.plan import Action, Change, Later, LeftOut, Plan, Withheld
from wpbridge.report import Heading


@pytest.fixture
def heading() -> Heading:
    """Film club on a community site."""
    return Heading("film.yaml", "Community", "https://community.example", "jane")


@pytest.fixture
def plan() -> Plan:
    """Plan a new group, new words, one who leaves, and what is not done."""
    film = Group("film", about="Old words", access="private")
    darkroom = Group("darkroom", name="The darkroom", about="Quiet.", access="private")
    zoe = Membership("film", "zoe", "member")
    return Plan(
        changes=(
            Change(
                Action.CREATE,
                darkroom.address,
                None,
                darkroom,
                dict(darkroom.stated()),
            ),
            Change(
                Action.UPDATE,
                film.address,
                film,
                Group("film", about="For people who shoot film.", access="private"),
                {"about": "For people who shoot film."},
                mails={"group details": 3},
            ),
            Change(Action.DELETE, zoe.address, zoe, None),
        ),
        withheld=(
            Withheld(
                Change(Action.UPDATE, film.address, film, film, {"access": "public"}),
                "groups/film would go from private to public",
                "access:groups/film",
            ),
        ),
        left_out=(
            LeftOut(Address("group-types", "project"), "takes the companion plugin"),
            LeftOut(Address("group-types", "circle"), "takes the companion plugin"),
        ),
        later=(
            Later(Address("posts", "film:two"), datetime(2027, 3, 29, 8, tzinfo=UTC)),
            Later(Address("posts", "film:one"), datetime(2027, 3, 22, 9, tzinfo=UTC)),
        ),
        notes=("groups/lounge is no longer declared, and kept.",),
        names={film.address: "Film club", darkroom.address: "The darkroom"},
    )
