"""Diffing: what is desired against what is there, field by field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpbridge.errors import Place
from wpbridge.kinds.groups import Group
from wpbridge.kinds.members import Member
from wpbridge.kinds.memberships import Membership
from wpbridge.kinds.typings import Typing
from wpbridge.model import UNSET, Address, Desired, Policy
from wpbridge.plan import Action, Change, Plan, Withheld, diff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpbridge.model import Spec

HERE = Place("club.yaml", 1, 1)
KEYS = st.from_regex(r"[a-z]{1,4}", fullmatch=True)
WORDS = st.text("abc", max_size=3) | st.just(UNSET)
SPECS: st.SearchStrategy[Spec] = st.one_of(
    st.builds(Group, slug=KEYS, name=WORDS, about=WORDS, access=WORDS, parent=WORDS),
    st.builds(Member, login=KEYS, email=WORDS, name=WORDS, role=WORDS),
    st.builds(Membership, group=KEYS, member=KEYS, role=WORDS),
    st.builds(Typing, member=KEYS, types=st.lists(KEYS).map(tuple)),
)
STATES = st.lists(SPECS, unique_by=lambda each: each.address)


def desired(specs: Sequence[Spec], **policies: Policy) -> list[Desired]:
    """What a blueprint would want that states these."""
    return [Desired(each, HERE, policies) for each in specs]


def state(specs: Sequence[Spec]) -> dict[Address, Spec]:
    """What a site would hold that has these."""
    return {each.address: each for each in specs}


def test_a_fresh_site_gets_everything() -> None:
    """What is nowhere is created, in the order in which it is desired."""
    specs = [Group("film", name="Film"), Member("ana", email="ana@example.org")]

    assert [each.address for each in diff(desired(specs), {})] == [
        Address("groups", "film"),
        Address("members", "ana"),
    ]


@given(STATES)
def test_a_state_does_not_differ_from_itself(specs: list[Spec]) -> None:
    """Nothing is to be done where all is so already."""
    assert list(diff(desired(specs), state(specs))) == []


@given(STATES, STATES)
def test_what_was_applied_does_not_differ(specs: list[Spec], there: list[Spec]) -> None:
    """Once each change's other side is there, nothing is left to do."""
    site = state(there)
    wanted = [each for each in desired(specs) if _alike(each.spec, site)]
    for change in diff(wanted, site):
        assert change.after is not None
        site[change.address] = change.after

    assert list(diff(wanted, site)) == []


def _alike(spec: Spec, site: dict[Address, Spec]) -> bool:
    return spec.address not in site or type(site[spec.address]) is type(spec)


@given(st.permutations([Group("a", name="A"), Group("b", name="B"), Group("c")]))
def test_the_order_of_what_is_desired_changes_no_change(specs: list[Spec]) -> None:
    """Only their order follows it."""
    there = state([Group("a", name="Z"), Group("c")])
    changes = {each.address: each.sets for each in diff(desired(specs), there)}

    assert changes == {
        Address("groups", "a"): {"name": "A"},
        Address("groups", "b"): {"name": "B"},
    }


@pytest.mark.parametrize(
    ("policy", "there", "sets"),
    [
        (Policy.MATCH, "Film", {}),
        (Policy.MATCH, "Other", {"name": "Film"}),
        (Policy.MATCH, "", {"name": "Film"}),
        (Policy.FILL, "Other", {}),
        (Policy.FILL, "", {"name": "Film"}),
        (Policy.FILL, UNSET, {}),
        (Policy.ON_CREATE, "Other", {}),
        (Policy.ON_CREATE, "", {}),
    ],
)
def test_a_field_is_held_by_its_policy(
    policy: Policy, there: Any, sets: dict[str, str]
) -> None:
    """Matched, filled where empty, or left alone once it is there."""
    wanted = desired([Group("film", name="Film")], name=policy)
    changes = list(diff(wanted, state([Group("film", name=there)])))

    assert [each.sets for each in changes] == ([sets] if sets else [])


@pytest.mark.parametrize(
    ("there", "after"),
    [
        ((), ("a", "b")),
        (("c",), ("c", "a", "b")),
        (("b", "c"), ("b", "c", "a")),
        (("a", "b", "c"), None),
    ],
)
def test_of_a_set_only_what_is_missing_is_added(
    there: tuple[str, ...], after: tuple[str, ...] | None
) -> None:
    """What others put there stays."""
    wanted = desired([Typing("ana", ("a", "b"))])
    changes = list(diff(wanted, state([Typing("ana", there)])))

    assert [each.sets["types"] for each in changes] == ([after] if after else [])


def test_what_is_settled_is_never_edited() -> None:
    """It is made once, whatever the blueprint says later."""
    wanted = [Desired(Group("film", name="New"), HERE, settled=True)]

    assert list(diff(wanted, state([Group("film", name="Old")]))) == []
    assert [each.action for each in diff(wanted, {})] == [Action.CREATE]


def test_what_cannot_be_read_is_written_unchecked() -> None:
    """A field that this login cannot see is set, and said to be so."""
    film = Group("film", name="Film")
    hidden = {film.address: frozenset({"name"})}
    (change,) = diff(desired([film]), state([film]), hidden)

    assert (change.sets, change.unchecked) == ({"name": "Film"}, True)
    assert Plan((change,)).converged


def test_a_change_has_both_sides() -> None:
    """Before it, after it, and what differs between them."""
    before = Group("film", name="Old", about="Words.", access="private")
    (change,) = diff(desired([Group("film", name="New")]), state([before]))

    assert change == Change(
        Action.UPDATE,
        before.address,
        before,
        replace(before, name="New"),
        {"name": "New"},
        HERE,
    )


def test_a_plan_with_something_withheld_has_not_converged() -> None:
    """Nothing may be left for anyone to decide."""
    film = Group("film")
    change = Change(Action.DELETE, film.address, film, None)

    assert Plan().converged
    assert not Plan((change,)).converged
    assert not Plan(withheld=(Withheld(change, "no", None),)).converged
