"""What a round says of itself in so many words, which the next one would inherit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpbridge.blueprint.problems import Problems
from wpbridge.blueprint.read import parse
from wpbridge.blueprint.source import Sources
from wpbridge.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from wpbridge.blueprint.node import Node


def alone(file: Path) -> Mapping[str, Node]:
    """What a file says by itself, word by word; nothing where something is wrong."""
    problems = Problems()
    text = Sources(problems).text(file, Place(file.as_posix()))
    root = parse(text or "", file.as_posix(), problems)
    return {} if problems or not root else root.fields()


def named_itself(file: Path, answers: Mapping[str, str]) -> Iterator[str]:
    """
    Say where a file has an old answer written out, and what to write instead.

    ``answers`` are those that are others by now, by the names of their inputs.
    """
    found: dict[tuple[int, str], str] = {}
    for word, node in alone(file).items():
        if word not in {"answers", "inputs", "members"}:
            for written, place in _texts(node):
                for name, old in answers.items():
                    if re.search(rf"(?<!\w){re.escape(old)}(?!\w)", written):
                        found[place.line, name] = old
    for (line, name), old in sorted(found.items()):
        where = Place(file.as_posix(), line)
        yield f"{where} names {old} itself; write `$({name})` there instead."


def _texts(node: Node) -> Iterator[tuple[str, Place]]:
    """All that is written in a tree: keys and texts, with their places."""
    match node.value:
        case dict():
            for key, child in node.value.items():
                yield key, child.key_place
                yield from _texts(child)
        case list():
            for child in node.value:
                yield from _texts(child)
        case str():
            yield node.value, node.place
        case None:
            pass
