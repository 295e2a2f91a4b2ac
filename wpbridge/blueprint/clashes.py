"""
Whose a resource is: what may be said of another blueprint's group, and clashes.

A resource has one owner. Another blueprint may add people and posts to a group if it
says ``belongs_to``; all else is for the owner to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wpbridge.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpbridge.blueprint.node import Node
    from wpbridge.blueprint.problems import Problems
    from wpbridge.model import Address

_ADDED = frozenset(
    {
        "auto_join",
        "belongs_to",
        "host",
        "invites",
        "live_chats",
        "members",
        "posts",
        "prompts",
        "roster",
        "rota",
    }
)
"""What a blueprint may say of a group that belongs to another."""


class Stated(NamedTuple):
    """
    That a blueprint states a resource as its own.

    ``blueprint`` is the file that was named: two of them may extend one template, and
    then their resources stand at the same ``place``.
    """

    address: Address
    owner: str
    place: Place
    blueprint: str

    @property
    def where(self) -> Place:
        """Its place, if that is in the blueprint's own file; else the file."""
        own = self.place.file == self.blueprint
        return self.place if own else Place(self.blueprint)


class Person(NamedTuple):
    """That a blueprint states a member, with an address for mail."""

    login: str
    email: str
    place: Place
    blueprint: str


def borrowed(root: Node, problems: Problems) -> None:
    """Note what is said of another's group beyond its people and posts."""
    groups = root.child("groups")
    for key, group in groups.fields().items() if groups else ():
        owner = group.child("belongs_to")
        if owner is None:
            continue
        for name, node in group.fields().items():
            if name not in _ADDED:
                problems.add(
                    node.key_place,
                    f"groups/{key} belongs to `{owner.value}`, which says its "
                    f"`{name}`; here stand only its people and posts",
                )


def two_owners(stated: Iterable[Stated]) -> Iterator[Problem]:
    """Find resources that several blueprints take for their own."""
    first: dict[Address, Stated] = {}
    for each in stated:
        other = first.setdefault(each.address, each)
        if other.blueprint != each.blueprint:
            yield Problem(each.where, _clash(each, other))


def _clash(each: Stated, other: Stated) -> str:
    if other.owner == each.owner:
        return (
            f"{each.address} is stated at {other.where} too, by a blueprint of "
            f"the same owner `{each.owner}`; keep one of the two"
        )
    add = f"write `belongs_to: {other.owner}` to add people and posts, or "
    return (
        f"{each.address} is `{other.owner}`'s at {other.where}, and `{each.owner}`'s "
        f"here; {add if each.address.kind == 'groups' else ''}say it in one of the two"
    )


def two_people(people: Iterable[Person]) -> Iterator[Problem]:
    """Find addresses that several members have, and members that have several."""
    logins: dict[str, Person] = {}
    emails: dict[str, Person] = {}
    for each in people:
        other = emails.setdefault(each.email, each)
        if other.login != each.login:
            yield Problem(
                each.place,
                f"{each.email} is the member {each.login} here, and {other.login} at "
                f"{other.place}; one person has one login",
            )
        other = logins.setdefault(each.login, each)
        if other.email != each.email and other.blueprint != each.blueprint:
            yield Problem(
                each.place,
                f"the member {each.login} has the address {each.email} here, and "
                f"{other.email} at {other.place}; keep one of the two",
            )
