"""
Writing out: ``when``, ``each`` and references, guided by the grammar.

The grammar tells which maps hold entries, so that a member whose login is ``when`` is
no condition. What holds no reference is passed through and not copied.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from wpbridge.blueprint.compose import merge
from wpbridge.blueprint.grammar import Either, File, Many, Prose, Table, Text, Type
from wpbridge.blueprint.language import Fields, Keyed
from wpbridge.blueprint.node import Node
from wpbridge.blueprint.refs import OPEN, Row, show
from wpbridge.blueprint.values import YES, fitting, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.blueprint.refs import Scope, Value
    from wpbridge.errors import Place

_SPAN = re.compile(r"(\d{1,6}) to (\d{1,6})", re.ASCII)
_MOST_TURNS = 1000
# \S: else each space could be the last before the value, with all behind it to try
_WHEN = re.compile(r"(not +)?([A-Za-z0-9_.-]+)(?: +is( +not)? +(\S.*))?")


def expand(kind: Type, node: Node, scope: Scope) -> Node:
    """Write out one value of a type."""
    _count(node, scope)
    match kind:
        case Fields():
            return _fields(kind, node, scope)
        case Keyed():
            return _keyed(kind, node, scope.hold(kind.names))
        case Table():
            return _table(kind, node, scope)
        case Either():
            return expand(fitting(kind.types, node), node, scope)
        case Many():
            return _many(kind, node, scope)
        case _:
            return _scalar(kind, node, scope)


def _count(node: Node, scope: Scope) -> None:
    """Count a text that is written out, or the values of a map or a list."""
    match node.value:
        case str() as text:
            scope.tally.add("characters", len(text), node.place, scope.problems)
        case dict() | list() as within:
            scope.tally.add("values", len(within), node.place, scope.problems)
        case None:
            pass


def _fields(kind: Fields, node: Node, scope: Scope) -> Node:
    if not isinstance(node.value, dict):
        return node
    known = kind.words
    found = {
        name: expand(known[name].type, child, scope) if name in known else child
        for name, child in node.value.items()
    }
    return Node(found, node.place, node.key_place)


def _keyed(kind: Keyed, node: Node, scope: Scope) -> Node:
    if not isinstance(node.value, dict):
        return Node({}, node.place, node.key_place) if node.value is None else node
    found: dict[str, Node] = {}
    answers: dict[str, Place] = {}
    for key, child in node.value.items():
        if not _wanted(child, scope):
            continue
        for turn in turns(key, child, scope):
            name = turn.fill(key, child.key_place)
            _put(found, name, _entry(kind.fields, child, turn), scope)
            answers |= _answer(name, key, found[name], turn)
    found |= {
        name: replace(found[name], key_place=place) for name, place in answers.items()
    }
    return Node(found, node.place, node.key_place)


def _answer(name: str, key: str, node: Node, scope: Scope) -> dict[str, Place]:
    """Where a template's entry got its key from, if an answer is all of it."""
    whole = scope.whole(key) if node.key_place.file in scope.inherited else None
    place = scope.places.get(whole[0]) if whole else None
    return {name: place} if place and place.line else {}


def _put(found: dict[str, Node], name: str, node: Node, scope: Scope) -> None:
    """Add an entry; what a template states under this name is merged with it."""
    here = found.setdefault(name, node)
    if here is node:
        return
    place, first = node.key_place, here.key_place
    if first.file in scope.inherited and place.file != first.file:
        found[name] = merge(here, node)
        return
    also = f", first at {first}" if first != place else " by its `each`"
    scope.problems.add(place, f"`{name}` is written twice{also}")


def _entry(kind: Fields, node: Node, scope: Scope) -> Node:
    if node.value is None and node.place == node.key_place:
        return Node({}, node.place, node.key_place)
    stays = {
        name: child
        for name, child in node.fields().items()
        if name not in {"each", "when", "omit"}
    }
    if not isinstance(node.value, dict):
        return node
    _count(node, scope)
    return _fields(kind, Node(stays, node.place, node.key_place), scope)


def _wanted(node: Node, scope: Scope) -> bool:
    fields = node.fields()
    if "omit" in fields:
        said = fields["omit"]
        known = YES.get(str(said.value).lower())
        if known is None:
            scope.problems.add(said.place, "omit is yes, or is not there")
        return not known
    return "when" not in fields or _holds(fields["when"], scope)


def _holds(node: Node, scope: Scope) -> bool:
    text = node.value
    found = _WHEN.fullmatch(text.strip()) if isinstance(text, str) else None
    if not found or (found[1] and found[4]):
        scope.problems.add(
            node.place,
            "`when` takes `with_chat`, `not with_chat`, `size is large` or `size is "
            "not large`; for more, nest entries or ask another input",
        )
        return False
    value = scope.look(found[2], node.place)
    if value is OPEN:
        return True
    if found[4]:
        same = show(value) == scope.fill(found[4], node.place)
        return same is not bool(found[3])
    if not isinstance(value, bool):
        scope.problems.add(
            node.place,
            f"`{found[2]}` is not yes or no; write `{found[2]} is {show(value)}`",
        )
        return False
    return value is not bool(found[1])


def turns(key: str, node: Node, scope: Scope) -> Iterator[Scope]:
    """The names of each turn of an entry; of one without ``each`` there is but one."""
    each = node.child("each")
    if each is None:
        yield scope
        return
    fields = each.fields()
    if len(fields) != 1:
        scope.problems.add(
            each.place, "`each` has one name, as in `each: {week: 1 to 4}`"
        )
        return
    ((name, over),) = fields.items()
    if f"$({name})" not in key and f"$({name}." not in key:
        near = key if "$(" in key else slug(key) or key
        scope.problems.add(
            node.key_place,
            f"every turn of `each` makes the same key `{key}`; put `$({name})` in it, "
            f"as in `{near}-$({name})`",
        )
        return
    for value in _values(over, scope):
        scope.tally.add("turns", 1, each.place, scope.problems)
        yield scope.also(name, value)


def _values(node: Node, scope: Scope) -> Iterator[Value]:
    """What a loop goes over: numbers, a list, or a table of rows."""
    match node.value:
        case dict() as rows:
            for key, row in rows.items():
                _count(row, scope)
                columns = {
                    name: scope.fill(str(one.value), one.place, prose=True)
                    for name, one in row.fields().items()
                }
                yield Row(scope.fill(key, row.key_place), columns)
        case list() as items:
            for item in items:
                _count(item, scope)
                yield from _spread(item, scope)
        case str() as text:
            whole = scope.whole(text)
            if whole and isinstance(whole[1], tuple):
                yield from whole[1]
                return
            filled = scope.fill(text, node.place)
            if "$(" in filled:
                yield OPEN
                return
            yield from _numbers(filled, node, scope)
        case None:
            scope.problems.add(node.key_place, "`each` has nothing to go over")


def _numbers(text: str, node: Node, scope: Scope) -> Iterator[str]:
    found = _SPAN.fullmatch(text.strip())
    if not found:
        scope.problems.add(
            node.place,
            f"`each` cannot go over `{text}`; write `1 to 4`, a list, or a table",
        )
    elif int(found[2]) - int(found[1]) >= _MOST_TURNS:
        scope.problems.add(
            node.place, f"`each` takes up to {_MOST_TURNS} turns, and this is {text}"
        )
    else:
        yield from map(str, range(int(found[1]), int(found[2]) + 1))


def _spread(node: Node, scope: Scope) -> tuple[str, ...]:
    """One item of a list, or all that a list's name stands for."""
    if not isinstance(node.value, str):
        scope.problems.add(node.place, "`each` goes over a list of single words")
        return ()
    whole = scope.whole(node.value)
    if whole and isinstance(whole[1], tuple):
        return whole[1]
    return (scope.fill(node.value, node.place),)


def _table(kind: Table, node: Node, scope: Scope) -> Node:
    if isinstance(node.value, dict):
        pairs = [(key, child) for key, child in node.value.items()]
    elif kind.bare is not None and node.value is not None:
        pairs = [
            (each.value, Node(kind.bare, each.place, each.place))
            for each in node.items()
            if isinstance(each.value, str)
        ]
        if len(pairs) < len(node.items()):
            return node
    else:
        return Node({}, node.place, node.key_place) if node.value is None else node
    found: dict[str, Node] = {}
    for key, child in pairs:
        for name in _spread(Node(key, child.key_place, child.key_place), scope):
            _put(found, name, expand(kind.values, child, scope), scope)
    return Node(found, node.place, node.key_place)


def _many(kind: Many, node: Node, scope: Scope) -> Node:
    if isinstance(node.value, dict):
        return expand(kind.of, node, scope)
    if isinstance(node.value, str):
        return _bare(kind, node, scope)
    if node.value is None:
        return node
    found: list[Node] = []
    for item in node.value:
        made = _many(kind, item, scope) if isinstance(item.value, str) else None
        if made and isinstance(made.value, list):
            found += made.value
        else:
            found.append(made or expand(kind.of, item, scope))
    return Node(found, node.place, node.key_place)


def _bare(kind: Many, node: Node, scope: Scope) -> Node:
    """One word where a list is wanted; the name of a list stands for all of it."""
    whole = scope.whole(str(node.value)) if "$(" in str(node.value) else None
    if whole and isinstance(whole[1], tuple):
        items = [Node(each, node.place, node.place) for each in whole[1]]
        return Node(items, node.place, node.key_place)
    return expand(kind.of, node, scope)


def _scalar(kind: Type, node: Node, scope: Scope) -> Node:
    text = node.value
    if not isinstance(text, str) or ("$(" not in text and "{{" not in text):
        return node
    place = node.place
    if whole := scope.whole(text):
        answer = scope.places.get(whole[0], place)
        if answer.line or isinstance(kind, File):  # a default is the template's own
            place = answer
    filled = scope.fill(text, node.place, prose=isinstance(kind, Text | Prose))
    return Node(filled, place, node.key_place)
