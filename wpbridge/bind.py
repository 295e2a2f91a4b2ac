"""
What only the site can answer: who a roster's people are, and what was renamed.

A roster row without a login is ``members/<address>`` until the site was read. Then it
is the account that has this address, or else a new login made of what stands before
the ``@``.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from wpbridge.errors import Problem
from wpbridge.kinds.members import Member
from wpbridge.model import Address, Desired, Observed, Policy, Spec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PEOPLE = ("login", "member", "by", "author", "creator", "of")
T = TypeVar("T", bound=Spec)


class Rule(NamedTuple):
    """What logins are made of."""

    never: str
    least: int


SINGLE = Rule(r"[^a-z0-9_.-]", 1)
NETWORK = Rule(r"[^a-z0-9]", 4)


def bind(
    desired: Sequence[Desired], seen: Observed, *, network: bool = False
) -> tuple[list[Desired], list[Problem]]:
    """
    Put logins in the place of addresses, once the members were read.

    Who is then stated twice is one person, if both agree. ``network``: logins are made
    as a network of sites takes them.
    """
    logins = _logins(desired, seen, NETWORK if network else SINGLE)
    if not logins:
        return list(desired), []
    return _joined(
        replace(
            each,
            spec=_renamed(each.spec, logins),
            only_new=each.only_new and _member(each.only_new, logins),
        )
        for each in desired
    )


def _joined(desired: Iterable[Desired]) -> tuple[list[Desired], list[Problem]]:
    joined: dict[Address, Desired] = {}
    problems: list[Problem] = []
    for each in desired:
        address = each.spec.address
        first = joined.setdefault(address, each)
        if first is each:
            continue
        said, more = _spoken(first, each), _spoken(each, first)
        differ = [
            name for name in said.keys() & more.keys() if said[name] != more[name]
        ]
        if differ:
            what = f"{address} has another {min(differ)}, first at {first.place}"
            problems.append(Problem(each.place, f"{what}; make them agree"))
        else:
            spec = replace(first.spec, **{**more, **said})  # type: ignore[type-var]  # every Spec is a dataclass
            policies = {**_policies(each, more), **_policies(first, said)}
            joined[address] = replace(first, spec=spec, policies=policies)
    return list(joined.values()), problems


def _spoken(one: Desired, other: Desired) -> dict[str, object]:
    """What one says, without the role of newcomers where the other says a role."""
    said = dict(one.spec.stated())
    theirs = dict(other.spec.stated())
    for name in said.keys() & theirs.keys():
        at_first = one.policies.get(name) is Policy.ON_CREATE
        if at_first and other.policies.get(name) is not Policy.ON_CREATE:
            del said[name]
    return said


def _policies(one: Desired, names: Iterable[str]) -> dict[str, Policy]:
    return {name: one.policies[name] for name in names if name in one.policies}


def strangers(desired: Sequence[Desired], seen: Observed) -> Iterator[Problem]:
    """Each member whose address belongs to another account."""
    owners = _owners(seen)
    for each in desired:
        if isinstance(each.spec, Member) and each.spec.email:
            owner = owners.get(each.spec.email.lower(), each.spec.login)
            if owner != each.spec.login and each.spec.address not in seen.specs:
                message = (
                    f"{each.spec.email} belongs to the account `{owner}`, not to "
                    f"`{each.spec.login}`; write `{owner}`, or another address"
                )
                yield Problem(each.place, message)


def unknown(desired: Sequence[Desired]) -> Iterator[Problem]:
    """Each person whom nothing but an address names, where no address can be read."""
    for each in desired:
        if isinstance(each.spec, Member) and each.spec.login == each.spec.email:
            message = (
                f"{each.spec.email} stands without a login, and this login may not see "
                "whose account has that address; write the person's login beside it"
            )
            yield Problem(each.place, message)


def _owners(seen: Observed) -> dict[str, str]:
    return {
        spec.email.lower(): spec.login
        for spec in seen.specs.values()
        if isinstance(spec, Member) and spec.email
    }


def _logins(desired: Sequence[Desired], seen: Observed, rule: Rule) -> dict[str, str]:
    """Address of a person without a login, to that person's login."""
    owners = _owners(seen)
    members = [each.spec for each in desired if isinstance(each.spec, Member)]
    taken = {each.login for each in members} | set(owners.values())
    logins: dict[str, str] = {}
    for each in members:
        provisional = "@" in each.login and each.login == each.email
        if provisional and each.address not in seen.specs:
            owner = owners.get(each.login.lower()) or _free(each.login, taken, rule)
            taken.add(owner)
            logins[each.login] = owner
    return logins


def _free(email: str, taken: set[str], rule: Rule) -> str:
    name = re.sub(rule.never, "", email.partition("@")[0].lower())
    if len(name) < rule.least:
        name += "member"
    login, number = name, 1
    while login in taken:
        number += 1
        login = f"{name}{number}"
    return login


def _renamed(spec: T, logins: Mapping[str, str]) -> T:
    changes: dict[str, object] = {}
    for each in fields(spec):  # type: ignore[arg-type]  # every Spec is a dataclass
        value = getattr(spec, each.name)
        if each.name not in PEOPLE:
            continue
        if isinstance(value, Address):
            changes[each.name] = _member(value, logins)
        elif value in logins:
            changes[each.name] = logins[value]
    return replace(spec, **changes) if changes else spec  # type: ignore[type-var]


def _member(address: Address, logins: Mapping[str, str]) -> Address:
    if address.kind != "members":
        return address
    return Address("members", logins.get(address.key, address.key))
