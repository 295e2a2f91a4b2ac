"""
The whole grammar: the words of the language itself, and the kinds' sections.

A kind's sections are folded into one tree of :class:`Fields`, so that whoever walks a
blueprint knows at each step what may stand there. Adding a kind needs no edit here.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wpbridge.blueprint.core import AT, ENTRY, TEXT_FROM
from wpbridge.blueprint.grammar import (
    Either,
    Entries,
    Many,
    Record,
    Section,
    Table,
    Type,
    Word,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, eq=False)
class Fields(Type):
    """A map with these words and no others."""

    words: dict[str, Word]


@dataclass(frozen=True, eq=False)
class Keyed(Type):
    """A map of keys to entries that all have the same words."""

    keys: Type
    fields: Fields
    names: tuple[str, ...] = ()


def language(sections: Iterable[Section]) -> Fields:
    """Fold sections and the language's own words into one tree."""
    root = Fields({each.name: _folded(each) for each in AT[""]})
    for section in sorted(sections, key=lambda each: each.path.count("/")):
        *way, name = section.path.split("/")
        _take(_at(root, way), Word(name, _fold(section.type), section.about))
    for path, core in AT.items():
        fields = _at(root, path.split("/") if path else [])
        for each in core:
            fields.words.setdefault(each.name, _folded(each))
    return root


def paths(root: Fields) -> Iterator[tuple[tuple[str, ...], Fields]]:
    """Where maps of entries stand, and what the fields of those entries are."""
    for name, each in root.words.items():
        kind = each.type
        if isinstance(kind, Keyed):
            yield (name,), kind.fields
            for rest, fields in paths(kind.fields):
                yield (name, "*", *rest), fields
        elif isinstance(kind, Fields):
            for rest, fields in paths(kind):
                yield (name, *rest), fields


def _take(fields: Fields, new: Word) -> None:
    """Add a word; two kinds may each bring fields of one section."""
    known = fields.words.get(new.name)
    if known and isinstance(known.type, Keyed) and isinstance(new.type, Keyed):
        known.type.fields.words.update(new.type.fields.words)
    elif known and isinstance(known.type, Fields) and isinstance(new.type, Fields):
        known.type.words.update(new.type.words)
    else:
        fields.words[new.name] = new


def _at(root: Fields, way: list[str]) -> Fields:
    fields = root
    for name, star in zip(way, [*way, ""][1:], strict=True):
        if name == "*":
            continue
        if name not in fields.words:
            made = Keyed(Type(), _entry({})) if star == "*" else Fields({})
            fields.words[name] = Word(name, made, "")
        inner = fields.words[name].type
        if isinstance(inner, Keyed):
            inner = inner.fields
        if not isinstance(inner, Fields):
            raise TypeError(f"nothing can stand below {'/'.join(way)}")
        fields = inner
    return fields


def _entry(found: dict[str, Word]) -> Fields:
    return Fields(found | {each.name: each for each in ENTRY})


def _folded(each: Word) -> Word:
    return dataclasses.replace(each, type=_fold(each.type))


def _fold(kind: Type) -> Type:
    match kind:
        case Entries():
            return Keyed(kind.keys, _entry(_words(kind)), kind.names)
        case Record():
            return Fields(_words(kind))
        case Many():
            return Many(_fold(kind.of))
        case Table():
            return Table(kind.keys, _fold(kind.values), kind.bare)
        case Either():
            return Either(tuple(_fold(each) for each in kind.types))
        case _:
            return kind


def _words(kind: Entries | Record) -> dict[str, Word]:
    every = {**(words(kind.spec) if kind.spec else {})} | {
        each.name: each for each in kind.more
    }
    if kind.spec and "text" in every:
        every["text_from"] = TEXT_FROM
    return {name: _folded(each) for name, each in every.items()}
