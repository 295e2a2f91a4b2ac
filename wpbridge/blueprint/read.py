"""
YAML to nodes that know their place.

libyaml's events are walked, nothing is constructed: all scalars stay text. Events
rather than ``yaml.compose``, because they show anchors and tags, which are refused,
and take a sixth of the time and a quarter of the memory.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from wpbridge import limits
from wpbridge.blueprint.complaints import lines_of, translate
from wpbridge.blueprint.node import Empty, Node
from wpbridge.blueprint.refs import not_ours
from wpbridge.blueprint.source import UNREADABLE
from wpbridge.errors import Place

if TYPE_CHECKING:
    from wpbridge.blueprint.problems import Problems

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_REMARK = re.compile(r"[^\S\n]*(#?)")
_COLON = re.compile(r"\s*:")


def parse(
    text: str, file: str, problems: Problems, *, begin: str = "wpbridge: 1"
) -> Node | None:
    """
    A file's tree, or ``None`` where the text is no YAML or holds nothing.

    ``begin`` is what to tell whoever wrote none of ours that it begins with.
    """
    reader = _Reader(text, file, problems, begin)
    try:
        return reader.document()
    except yaml.MarkedYAMLError as error:
        problems.add(*translate(error, text, file))
    except yaml.reader.ReaderError as error:
        problems.add(Place(file), f"this is no YAML: {error.reason}")
    except _Unbounded as error:
        problems.add(*error.args)
    return None


class _Unbounded(Exception):
    """A text that nests further, or holds more, than any blueprint does."""


class _Reader:
    def __init__(self, text: str, file: str, problems: Problems, begin: str) -> None:
        self.text = text
        self.file = file
        self.begin = begin
        self.problems = problems
        self.next = _Loader(text).get_event
        self.values = 0

    def document(self) -> Node | None:
        self.next()
        if not isinstance(self.next(), yaml.DocumentStartEvent):
            self.problems.add(
                Place(self.file), f"the file is empty; begin it with `{self.begin}`"
            )
            return None
        root = self.node(self.next(), None, 0)
        self.next()
        after = self.next()
        if isinstance(after, yaml.DocumentStartEvent):
            self.problems.add(
                self.place(after),
                "a second document begins here; a blueprint is one, so take the `---` "
                "out, or make it a file of its own and `include` it",
            )
        if not isinstance(root.value, dict):
            self.problems.add(
                root.place,
                f"the file is to be a list of `word: value`; begin it with "
                f"`{self.begin}`",
            )
            return None
        return root

    def node(self, event: yaml.Event, key: Place | None, depth: int) -> Node:
        place = self.place(event)
        if depth > limits.NESTED_DEEP:
            raise _Unbounded(place, "this is nested too deeply to be meant")
        self.values += 1
        if self.values > limits.VALUES:
            raise _Unbounded(
                place,
                f"the file has more than {limits.VALUES:,} values up to here; make "
                "several blueprints of it",
            )
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, place, key or place)
        if isinstance(event, yaml.AliasEvent):
            self.refuse(place, "*", event.anchor)
            return Node("", place, key or place)
        if event.anchor or event.tag:  # type: ignore[attr-defined]  # untyped in stubs
            self.marked(event, place)
        node = Node(None, place, key or place)
        if isinstance(event, yaml.SequenceStartEvent):
            node.value = self.items(depth)
        else:
            fields = self.fields(node, event, depth)
            node.value = fields if node.value is None else node.value
        return node

    def scalar(self, event: yaml.ScalarEvent, place: Place, key: Place) -> Node:
        if event.anchor or event.tag:
            self.marked(event, place)
        text: str = event.value
        plain = not event.style
        if event.style == '"' and (bad := UNREADABLE.search(text)):
            self.problems.add(
                place, f"the text holds a character that none has, number {ord(bad[0])}"
            )
            text = UNREADABLE.sub("", text)
        if not text and plain:
            return Node(None, self.remark(place) or key, key)
        return Node(Empty() if plain and text == "empty" else text, place, key)

    def items(self, depth: int) -> list[Node]:
        found = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            found.append(self.node(event, None, depth + 1))
        return found

    def fields(self, node: Node, start: yaml.Event, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            place = self.place(event)
            if not isinstance(event, yaml.ScalarEvent):
                before = len(self.problems)
                key = self.node(event, None, depth + 1)
                self.node(self.next(), None, depth + 1)
                self.odd_key(node, key, before)
                continue
            name = event.value
            before = len(self.problems)
            value = self.node(self.next(), place, depth + 1)
            if value.value is None and start.flow_style:  # type: ignore[attr-defined]
                self.colonless(name, event, value)
            if value.value == "" and len(self.problems) > before:
                continue
            if name == "<<":
                self.problems.add(
                    place, "wpbridge has no `<<`; repeat with `each`, or use `extends`"
                )
            elif name in found:
                self.twice(name, place, found[name].key_place, node)
            else:
                found[name] = value
        return found

    def twice(self, name: str, place: Place, first: Place, node: Node) -> None:
        inside = self.name_at(node)
        self.problems.add(
            place,
            f"`{name}` is written twice{inside}, first at line {first.line}; put both "
            f"under one `{name}:`",
        )

    def name_at(self, node: Node) -> str:
        """`` in groups``, read from the source, since nodes know no name."""
        if node.key_place == node.place:
            return ""
        line = self.line(node.key_place.line)[node.key_place.column - 1 :]
        return f" in {line.split(':')[0].strip()}"

    def odd_key(self, node: Node, key: Node, before: int) -> None:
        """Say that a key is no word; ``{{ cohort }}`` is read as one in another."""
        rest = self.line(node.place.line)[node.place.column - 1 :]
        if curly := re.match(r"\{\{ *([\w.-]+)", rest):
            name = curly[1]
            del self.problems.found[before:]
            node.value = f"$({name})"
            self.problems.add(node.place, not_ours(f"{{{{ {name} }}}}", name))
        else:
            self.problems.add(key.place, "a word is wanted here, before a colon")

    def colonless(self, name: str, key: yaml.ScalarEvent, value: Node) -> None:
        end = key.end_mark
        if end and not _COLON.match(self.line(end.line + 1), end.column):
            self.problems.add(
                value.key_place,
                f"`{name}` has no value: between `{{` and `}}` a comma ends a text; "
                'put a text that holds one in "quotes"',
            )
            value.value = ""

    def marked(self, event: yaml.Event, place: Place) -> None:
        anchor, tag = event.anchor, event.tag  # type: ignore[attr-defined]
        sign, word = ("&", anchor) if anchor else ("!", tag.lstrip("!"))
        self.refuse(place, sign, word)

    def refuse(self, place: Place, sign: str, word: str | None) -> None:
        what = {"&": "anchors", "*": "aliases", "!": "tags"}[sign]
        self.problems.add(
            place,
            f"`{sign}{word}`: blueprints have no YAML {what}; put a text that begins "
            f'with `{sign}` in "quotes"',
        )

    def remark(self, place: Place) -> Place | None:
        """Where a remark stands in the place of a value, if one does."""
        found = _REMARK.match(self.line(place.line), place.column - 1)
        if not found or not found[1]:
            return None
        return Place(self.file, place.line, found.start(1) + 1)

    def line(self, number: int) -> str:
        lines = self._lines()
        return lines[number - 1] if number <= len(lines) else ""

    def _lines(self) -> list[str]:
        if not hasattr(self, "lines"):
            self.lines = lines_of(self.text)
        return self.lines

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)  # type: ignore[union-attr]  # events of a parser have one
