"""A written-out tree against the grammar: every word known, every value of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wpbridge.blueprint.core import ENTRY
from wpbridge.blueprint.grammar import Either, Many, Table, Type, Word
from wpbridge.blueprint.language import Fields, Keyed
from wpbridge.blueprint.node import Empty, Node
from wpbridge.blueprint.problems import listed, suggest, then
from wpbridge.blueprint.synonyms import REFUSED, RESERVED, SITE_WORDS
from wpbridge.blueprint.values import fitting, wrong

if TYPE_CHECKING:
    from wpbridge.blueprint.problems import Problems
    from wpbridge.errors import Place

_EVERYWHERE = {each.name for each in ENTRY}
_FEW = 4


class Label(NamedTuple):
    """What an entry is called in messages, such as ``posts/film:welcome``."""

    section: str = ""
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.section}/{':'.join(self.keys)}" if self.keys else self.section

    def within(self, section: str) -> Label:
        """Name a section of this entry."""
        return Label(section, self.keys)

    def entry(self, key: str) -> Label:
        """Name an entry of this section."""
        return Label(self.section, (*self.keys, key))


class Check:
    """Walks a tree beside the grammar; ``is_open``: some references stand unfilled."""

    def __init__(self, problems: Problems, *, is_open: bool = False) -> None:
        self.problems = problems
        self.is_open = is_open

    def fields(self, kind: Fields, node: Node, label: Label) -> None:
        """Check a map with a fixed set of words."""
        if node.value is not None and not isinstance(node.value, dict):
            what = f"{label} has fields" if label.section else "a blueprint has words"
            self.problems.add(node.place, f"{what}, written as `word: value`")
            return
        for name, child in node.fields().items():
            if word := kind.words.get(name):
                self.word(word, child, label)
            else:
                self.unknown(kind, name, child.key_place, label)
        for word in kind.words.values():
            if word.required and node.child(word.name) is None:
                where = f"{label} needs" if label.section else "a blueprint needs"
                hint = " as its first line: `wpbridge: 1`" if not label.section else ""
                self.problems.add(node.key_place, f"{where} `{word.name}`{hint}")

    def unknown(self, kind: Fields, name: str, place: Place, label: Label) -> None:
        """Say that there is no such word, and which one may be meant."""
        if name in REFUSED:
            self.problems.add(place, f"`{name}`: {REFUSED[name]}")
        elif name in RESERVED:
            self.problems.add(place, f"`{name}` is reserved for a later version")
        elif not label.section:
            near = _home(kind, name) or suggest(name, kind.words, SITE_WORDS)
            self.problems.add(place, f"`{name}` is not a section{near}")
        else:
            near = suggest(name, kind.words, SITE_WORDS)
            takes = ", ".join(sorted(kind.words.keys() - _EVERYWHERE))
            rest = then(near, f"it takes {takes}")
            self.problems.add(place, f"{label} has no field `{name}`{rest}")

    def word(self, word: Word, node: Node, label: Label) -> None:
        """Check one field's value."""
        if isinstance(node.value, Empty):
            if not word.clears:
                self.problems.add(
                    node.place,
                    f"`{word.name}` cannot be emptied; write a value, or drop the line "
                    "to leave it as it is",
                )
            return
        self.value(word.type, node, label.within(word.name), word.name)

    def value(self, kind: Type, node: Node, label: Label, name: str) -> None:
        """Check a value of any type; ``name`` is what messages call it."""
        match kind:
            case Fields():
                self.fields(kind, node, label)
            case Keyed():
                self.keyed(kind, node, label)
            case Table():
                self.table(kind, node, label)
            case Either():
                self.value(fitting(kind.types, node), node, label, name)
            case Many():
                self.many(kind, node, label, name)
            case _:
                self.scalar(kind, node, name)

    def keyed(self, kind: Keyed, node: Node, label: Label) -> None:
        """Check a section: its keys, and every entry."""
        if not isinstance(node.value, dict | None):
            self.problems.add(
                node.place,
                f"`{label.section}` holds entries, written as `key:` and their fields "
                "further in",
            )
            return
        for key, child in node.fields().items():
            self.key(kind.keys, key, child, label)
            self.fields(kind.fields, child, label.entry(key))

    def table(self, kind: Table, node: Node, label: Label) -> None:
        """Check a map of names to values, or the list of names in its place."""
        if isinstance(node.value, dict):
            for key, child in node.value.items():
                self.key(kind.keys, key, child, label)
                self.value(kind.values, child, label.entry(key), str(label.entry(key)))
        elif node.value is not None:
            self.problems.add(
                node.place, f"`{label.section}` is a map, written as `name: value`"
            )

    def many(self, kind: Many, node: Node, label: Label, name: str) -> None:
        """Check a list, or the one bare value in its place."""
        if node.value is None:
            self.scalar(kind, node, name)
        for item in node.items():
            self.value(kind.of, item, label, name)

    def key(self, kind: Type, key: str, node: Node, label: Label) -> None:
        """Check what an entry is called."""
        if self.is_open and "$(" in key:
            return
        if message := wrong(kind, key):
            self.problems.add(node.key_place, f"a key in {label.section} {message}")

    def scalar(self, kind: Type, node: Node, name: str) -> None:
        """Check one text."""
        text = node.value
        if text is None and node.place != node.key_place:
            self.problems.add(
                node.key_place,
                f"`{name}` has no value, and what follows `#` is a remark; put a text "
                'that begins with # in "quotes"',
            )
        elif not text and not isinstance(text, dict | list):
            self.problems.add(
                node.key_place,
                f"`{name}` is left empty; write a value, the word `empty` to clear "
                "it, or drop the line to leave it as it is",
            )
        elif not isinstance(text, str):
            shape = "a list" if isinstance(text, list) else "a map"
            self.problems.add(node.place, f"`{name}` is one value, and this is {shape}")
        elif self.is_open and "$(" in text:
            return
        elif message := wrong(kind, text):
            self.problems.add(node.place, f"{name} {message}")


def _home(top: Fields, name: str) -> str:
    """Say in which section a word belongs that stands beside them, if in few."""
    homes = [f"`{each}`" for each, word in top.words.items() if _takes(word.type, name)]
    few = 0 < len(homes) < _FEW
    return f"; it belongs further in, under {listed(homes)}" if few else ""


def _takes(kind: Type, name: str) -> bool:
    """Tell whether a word may stand in what is of a type, or in an entry of it."""
    match kind:
        case Fields():
            return name in kind.words
        case Keyed():
            return name in kind.fields.words
        case Many():
            return _takes(kind.of, name)
        case Either():
            return any(_takes(each, name) for each in kind.types)
        case _:
            return False
