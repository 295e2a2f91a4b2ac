"""``auto_join``: groups that everyone declared here joins, or some member types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpbridge.blueprint.node import Node

if TYPE_CHECKING:
    from collections.abc import Container

    from wpbridge.blueprint.refs import Scope

EVERYONE = "everyone"


def auto_join(
    root: Node, newcomers: tuple[str, ...], rosters: Container[str], scope: Scope
) -> None:
    """
    Make members of those who are to join; a role stated elsewhere wins.

    ``newcomers`` are the types of whoever has none. Whom a row of the ``rosters``
    names, and no line, that row has join.
    """
    groups, people = root.child("groups"), root.child("members")
    for group in groups.fields().values() if groups and people else ():
        said = group.child("auto_join")
        wanted = {str(each.value) for each in said.items()} if said else set()
        if said is None or people is None or not wanted:
            continue
        count = len(people.fields())
        scope.tally.add("memberships", count, said.place, scope.problems)
        members, invited = section(group, "members"), group.child("invites")
        without = members.keys() | (invited.fields() if invited else {}).keys()
        for key, member in people.fields().items():
            types = member.child("types")
            own = {str(each.value) for each in types.items()} if types else newcomers
            joins = EVERYONE in wanted or not wanted.isdisjoint(own)
            if joins and key not in without:
                by = member if member.key_place.file in rosters else said
                members[key] = Node("member", by.place, by.key_place)


def section(node: Node, name: str) -> dict[str, Node]:
    """The map under a name, which is made if it is not there."""
    if not isinstance(node.value, dict):
        node.value = {}
    here = node.value.setdefault(name, Node({}, node.place, node.key_place))
    if not isinstance(here.value, dict):
        here.value = {}
    return here.value
