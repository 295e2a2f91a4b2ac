"""
Tables of every word of the language, for the reference that people read.

``blueprints/README.md`` has them between two remarks; ``renewed`` puts them there anew.
"""

from __future__ import annotations

import re
from functools import singledispatch
from typing import TYPE_CHECKING

from wpbridge.blueprint.core import ENTRY
from wpbridge.blueprint.grammar import (
    Choice,
    Date,
    Either,
    Email,
    File,
    Key,
    Login,
    Many,
    Moment,
    Name,
    Number,
    Pattern,
    Prose,
    Share,
    Span,
    Table,
    Time,
    Type,
    YesNo,
    Zone,
)
from wpbridge.blueprint.language import Fields, Keyed, language
from wpbridge.blueprint.problems import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpbridge.blueprint.grammar import Section, Word

BEGIN = "<!-- words: made from the grammar, do not edit -->"
END = "<!-- end of words -->"
_EVERYWHERE = {each.name for each in ENTRY}
_FEW = 12
_WORDS: dict[type[Type], str] = {
    Date: "day",
    Email: "e-mail address",
    File: "file",
    Key: "key",
    Login: "login",
    Moment: "moment",
    Name: "name",
    Number: "number",
    Pattern: "pattern",
    Prose: "text ¶",
    Share: "share",
    Span: "`1 to 12`",
    Time: "time",
    YesNo: "yes or no",
    Zone: "time zone",
}


def renewed(text: str, sections: Iterable[Section]) -> str:
    """Put fresh tables between the two remarks of a text."""
    tables = "\n\n".join(reference(sections))
    pattern = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    return pattern.sub(lambda _: f"{BEGIN}\n\n{tables}\n\n{END}", text)


def reference(sections: Iterable[Section]) -> Iterator[str]:
    """Give one headed table for each place in a blueprint, the top level first."""
    yield _table("At the top level", language(sections).words.values())
    yield _table("In any entry of a section", ENTRY)
    seen: dict[tuple[str, ...], str] = {}
    for path, fields in _places(language(sections)):
        own = [each for each in fields.words.values() if each.name not in _EVERYWHERE]
        names = tuple(each.name for each in own)
        if names and names not in seen:
            seen[names] = path
            yield _table(f"In `{path}`", own)


def _places(fields: Fields, above: str = "") -> Iterator[tuple[str, Fields]]:
    for name, word in fields.words.items():
        for kind, ending in _opened(word.type):
            path = f"{above}{name}{ending}"
            yield path, kind
            yield from _places(kind, f"{path}/")


def _opened(kind: Type) -> Iterator[tuple[Fields, str]]:
    """What has fields within a type, and whether a key stands before them."""
    match kind:
        case Fields():
            yield kind, ""
        case Keyed():
            yield kind.fields, "/KEY"
        case Table():
            for inner, _ in _opened(kind.values):
                yield inner, "/KEY"
        case Many():
            yield from _opened(kind.of)
        case Either():
            for each in kind.types:
                yield from _opened(each)
        case _:
            pass


def _table(heading: str, words: Iterable[Word]) -> str:
    rows = [f"#### {heading}", "", "| word | takes | |", "|---|---|---|"]
    rows += [_row(each) for each in words]
    return "\n".join(rows)


def _row(word: Word) -> str:
    notes = [word.about]
    if word.required:
        notes.append("Required.")
    if word.default is not None:
        notes.append(f"Unless said: `{word.default}`.")
    if word.clears:
        notes.append("May be `empty`.")
    if word.ability:
        notes.append("Needs the companion plugin.")
    return f"| `{word.name}` | {_takes(word.type)} | {' '.join(notes)} |"


@singledispatch
def _takes(kind: Type) -> str:
    return _WORDS.get(kind.__class__, "text")


@_takes.register
def _(kind: Choice) -> str:
    words = [f"`{each}`" for each in kind.words]
    return listed(words) if len(words) <= _FEW else f"{', '.join(words[:_FEW])}, …"


@_takes.register
def _(kind: Many) -> str:
    within = _takes(kind.of)
    return f"{within}; or a list of them" if "map" in within else f"list of {within}"


@_takes.register
def _(kind: Either) -> str:
    return ", or ".join(_takes(each) for each in kind.types)


@_takes.register
def _(kind: Table) -> str:
    bare = f", or a list (all `{kind.bare}`)" if kind.bare else ""
    return f"map of {_takes(kind.keys)} to {_takes(kind.values)}{bare}"


@_takes.register(Keyed)
@_takes.register(Fields)
def _(_: Type) -> str:
    return "map (see below)"
