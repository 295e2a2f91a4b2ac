"""
What posts are given once their blueprint is written out: times, authors, texts, files.

Nothing here knows kinds: whatever entry has a word of a type gets what that type needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpbridge.blueprint.grammar import File, Login, Moment, Type, Word
from wpbridge.blueprint.language import Fields, paths
from wpbridge.blueprint.moments import Calendar, Unclear, iso
from wpbridge.blueprint.node import Node, walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from wpbridge.blueprint.files import Files
    from wpbridge.blueprint.problems import Problems
    from wpbridge.blueprint.refs import Scope


def date_all(root: Node, whole: Fields, calendar: Calendar, problems: Problems) -> None:
    """Put every moment in UTC; ``+`` counts from the entry written just above."""
    for path, fields in paths(whole):
        names = _of(fields, Moment)
        for _, _, section in walk(root, path) if names else ():
            above: datetime | None = None
            for entry in section.fields().values():
                for name in names:
                    node = entry.child(name)
                    moment = node and _moment(node, calendar, above, problems)
                    if node and moment:
                        above = moment
                        dated = Node(iso(moment), node.place, node.key_place)
                        entry.fields()[name] = dated


def _moment(
    node: Node, calendar: Calendar, above: datetime | None, problems: Problems
) -> datetime | None:
    if not isinstance(node.value, str) or "$(" in node.value:
        return None
    try:
        return calendar.moment(node.value, above)
    except Unclear as error:
        problems.add(node.place, str(error))
        return None


def host_all(root: Node, whole: Fields) -> None:
    """Have the host write what names no author: the group's, else the blueprint's."""
    for path, fields in paths(whole):
        word = fields.words.get("by")
        if word is None or not isinstance(word.type, Login):
            continue
        for _, parents, section in walk(root, path):
            hosts = (each.child("host") for each in (*reversed(parents), root))
            host = next(filter(None, hosts), None)
            if host is None:
                continue
            for entry in section.fields().values():
                if isinstance(entry.value, dict):
                    entry.value.setdefault("by", host)


def read_all(root: Node, whole: Fields, files: Files, scope: Scope) -> None:
    """Check each file that is named, and put texts in the place of their files."""
    for entry, word, node in _stated(root, whole, File):
        if not isinstance(node.value, str) or "$(" in node.value:
            continue
        kind = word.type
        if word.name != "text_from":
            files.check(node, kind.image if isinstance(kind, File) else None)
        elif entry.child("text"):
            scope.problems.add(
                node.key_place, "`text` and `text_from` say the same thing; keep one"
            )
        elif text := files.text(node):
            scope.tally.add("characters", len(text), node.place, scope.problems)
            filled = scope.fill(text, node.place, prose=True)
            entry.fields()["text"] = Node(filled, node.place, node.key_place)
            del entry.fields()["text_from"]


def _stated(
    root: Node, whole: Fields, kind: type[Type]
) -> Iterator[tuple[Node, Word, Node]]:
    """Each entry that states a word of a type: the entry, the word, what it says."""
    for path, fields in paths(whole):
        names = _of(fields, kind)
        for _, _, section in walk(root, path) if names else ():
            for entry in section.fields().values():
                for name in names:
                    if node := entry.child(name):
                        yield entry, fields.words[name], node


def _of(fields: Fields, kind: type[Type]) -> list[str]:
    return [name for name, word in fields.words.items() if isinstance(word.type, kind)]
