"""
What a blueprint says of itself, in Python's terms; what is unsound in it is left out.

The check has noted what is wrong by then. Reading goes on all the same, so that all
problems of a blueprint come to light at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wpbridge.blueprint.check import Check, Label
from wpbridge.blueprint.language import Fields
from wpbridge.blueprint.problems import Problems
from wpbridge.blueprint.values import convert

if TYPE_CHECKING:
    from wpbridge.blueprint.grammar import Type, Word
    from wpbridge.blueprint.node import Node


def value(root: Node, whole: Fields, name: str, silent: Any) -> Any:
    """What a word at the top says, or ``silent``."""
    node = root.child(name)
    if node is None or not sound(whole.words[name], node):
        return silent
    return convert(whole.words[name].type, node)


def record(root: Node, whole: Fields, name: str) -> dict[str, Any]:
    """What the fields of a word at the top say, by their names."""
    node, kind = root.child(name), whole.words[name].type
    if node is None or not isinstance(kind, Fields):
        return {}
    return {
        each: convert(word.type, child)
        for each, word in kind.words.items()
        if (child := node.child(each)) and sound(word, child)
    }


def sound(word: Word, node: Node) -> bool:
    """Tell whether a value is of its word's type, and holds no open reference."""
    mute = Problems()
    Check(mute).word(word, node, Label(word.name))
    return not mute and not open_in(node)


def sound_as(kind: Type, node: Node) -> bool:
    """Tell whether a value is of a type."""
    mute = Problems()
    Check(mute).value(kind, node, Label("it"), "it")
    return not mute


def open_in(node: Node) -> bool:
    """Tell whether a value still holds a reference, at any depth."""
    match node.value:
        case str() as text:
            return "$(" in text
        case list() as items:
            return any(map(open_in, items))
        case dict() as fields:
            return any(map(open_in, fields.values()))
        case None:
            return False
