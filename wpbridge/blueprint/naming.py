"""
What a roster may call a group: its key, or something shorter that means but one.

A key such as ``small-$(cohort)-$(number)`` is another with each cohort, and whoever
clones a spreadsheet would have to edit every cell. So a cell may leave out what answers
filled in, ``small-1``, or all but the turn of ``each``, ``1``. A whole key goes before
both; what could be two groups is neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from wpbridge.blueprint.expand import turns
from wpbridge.blueprint.problems import Problems, listed, suggest
from wpbridge.blueprint.refs import show
from wpbridge.blueprint.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator, Mapping

    from wpbridge.blueprint.node import Node
    from wpbridge.blueprint.refs import Scope

_TOLD = 6


class Called(NamedTuple):
    """
    What answers say of groups.

    ``shorter`` has by a group's key what it may be called too; ``none`` why groups
    that could be there are not, such as ``rooms`` is 0.
    """

    shorter: Mapping[str, tuple[str, ...]]
    none: tuple[str, ...] = ()


class Names:
    """What the groups of a blueprint may be called."""

    def __init__(self, groups: Mapping[str, Node], called: Called) -> None:
        self.groups = groups
        self.shorter = called.shorter
        self.none = called.none
        self.meant: dict[str, list[str]] = defaultdict(list)
        self._unknown: dict[str, str] = {}
        for key, names in called.shorter.items():
            for name in dict.fromkeys(names) if key in groups else ():
                self.meant[name].append(key)

    def find(self, written: str) -> tuple[str, str | None]:
        """The key of a group, and what is wrong if none is meant, or more than one."""
        if written in self.groups:
            return written, None
        keys = self.meant.get(written, [])
        if len(keys) == 1:
            return keys[0], None
        if keys:
            ours = listed(f"`{self.best(each)}`" for each in keys)
            return written, f"`{written}` may be {ours}; write the one that is meant"
        if written not in self._unknown:  # a roster may say it in every row
            self._unknown[written] = self._near(written)
        return written, self._unknown[written]

    def _near(self, written: str) -> str:
        """That there is no such group, and which one may be meant."""
        known = {key: self.best(key) for key in self.groups}
        within = [each for each in known.values() if _within(each, written)]
        near = f"; did you mean `{within[0]}`?" if len(within) == 1 else ""
        near = near or suggest(written, known.values(), known)
        near = near or _there_are(known.values())
        why = f", as {listed(self.none, 'and')}" if self.none else ""
        return f"there is no group `{written}` in this blueprint{why}{near}"

    def best(self, key: str) -> str:
        """What to write for a group: without answers, if that means no other."""
        first, *_ = self.shorter.get(key, (key,))
        alone = self.meant.get(first) == [key] and first not in self.groups
        return first if alone else key


def called(groups: Node | None, scope: Scope) -> Called:
    """What each group whose key has references may be called too, or why none is."""
    mute = replace(scope, problems=Problems(), tally=Tally())
    found: dict[str, tuple[str, ...]] = {}
    none: dict[str, None] = {}
    for written, node in groups.fields().items() if groups else ():
        there = list(turns(written, node, mute)) if "$(" in written else []
        if "$(" in written and not there:
            none |= dict.fromkeys(_why_none(node, scope))
        for turn in there:
            key = turn.fill(written, node.key_place)
            names = _names(written, node, turn, mute.values)
            found[key] = tuple(each for each in names if each and "$(" not in each)
    return Called({key: names for key, names in found.items() if names}, tuple(none))


def _why_none(node: Node, scope: Scope) -> Iterator[str]:
    """The answers by which ``each`` has no turn at all: a number that is 0."""
    each = node.child("each")
    for over in each.fields().values() if each else ():
        for name in re.findall(r"\$\(([\w-]+)\)", str(over.value)):
            if scope.values.get(name) == "0":
                yield f"`{name}` is 0"


def _names(
    written: str, node: Node, turn: Scope, answers: Container[str]
) -> Iterator[str]:
    """The key without answers, then the turn alone."""
    each = node.child("each")
    looped = each.fields().keys() if each else ()
    blank = {name: "" for name in turn.values if name in answers}
    own = {name: turn.values[name] for name in looped if name in turn.values}
    bare = replace(turn, values={**blank, **own}).fill(written, node.key_place)
    yield re.sub("-{2,}", "-", bare).strip("-")
    yield from map(show, own.values())


def _within(name: str, written: str) -> bool:
    """Tell whether another cohort's key was written: it has all of a name's words."""
    words = iter(written.split("-"))
    return all(each in words for each in name.split("-"))


def _there_are(names: Collection[str]) -> str:
    """The groups that a row may name, as far as a reader takes them in."""
    known = list(names)
    if not known:
        return ""
    more = f" and {len(known) - _TOLD} more" if len(known) > _TOLD else ""
    are = ", ".join(known[:_TOLD]) if more else listed(known, "and")
    return f"; there {'is' if len(known) == 1 else 'are'} {are}{more}"
