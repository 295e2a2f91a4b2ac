"""
References: ``$(name)`` and ``$(table.column)``, filled in as text.

Values are put in after YAML was read, so that they cannot change its structure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

from wpbridge import limits
from wpbridge.blueprint.problems import suggest
from wpbridge.blueprint.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from wpbridge.blueprint.problems import Problems
    from wpbridge.errors import Place

_ANY = re.compile(r"\$\$\(|\$\(([^()]*)\)|\$\(|\{\{ *([A-Za-z_.-]+) *\}\}")
_WHOLE = re.compile(r"\s*\$\(([A-Za-z0-9_.-]+)\)\s*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)?")


class Open(Enum):
    """The type of :data:`OPEN`."""

    OPEN = "open"


OPEN: Final = Open.OPEN
"""An input that has no answer yet; references to it stay as they are."""


@dataclass(frozen=True)
class Row:
    """One row of a table that ``each`` goes over."""

    key: str
    columns: Mapping[str, str]


Value: TypeAlias = "str | bool | date | tuple[str, ...] | Row | Open"


@dataclass(frozen=True)
class Scope:
    """
    What names stand for here.

    ``held`` names are filled in later, by whoever reads the text. ``places`` tells
    where an answer was written, as files are sought beside the file that names them.
    ``inherited`` are files of templates: what they state may be stated again.
    ``tally`` counts all that is written out, in whatever loop.
    """

    values: Mapping[str, Value]
    problems: Problems
    held: frozenset[str] = frozenset()
    places: Mapping[str, Place] = field(default_factory=dict)
    inherited: AbstractSet[str] = frozenset()
    tally: Tally = field(default_factory=Tally)

    def also(self, name: str, value: Value) -> Scope:
        """Give the same names and one more, as a loop does."""
        return replace(self, values={**self.values, name: value})

    def hold(self, names: tuple[str, ...]) -> Scope:
        """Leave some names to be filled in later."""
        return replace(self, held=frozenset(names)) if names else self

    def whole(self, text: str) -> tuple[str, Value] | None:
        """The name and its value, if the text is one reference and nothing else."""
        found = _WHOLE.fullmatch(text)
        if found and found[1] in self.values and found[1] not in self.held:
            return found[1], self.values[found[1]]
        return None

    def fill(self, text: str, place: Place, *, prose: bool = False) -> str:
        """Fill in a text; in prose, a date reads ``Monday 15 March 2027``."""
        if "$(" not in text and "{{" not in text:
            return text
        pieces: list[str] = []
        length = end = 0
        for found in _ANY.finditer(text):
            pieces += text[end : found.start()], self._one(found, place, prose=prose)
            length += len(pieces[-2]) + len(pieces[-1])
            end = found.end()
            if length > limits.FILLED:
                break
        length += len(text) - end
        self.tally.add("characters", length, place, self.problems)
        if pieces and length > limits.FILLED:
            self.problems.add(
                place,
                f"filled in, this text has more than {limits.FILLED:,} characters, "
                "the most that one may have",
            )
            return text
        return "".join((*pieces, text[end:]))

    def _one(self, found: re.Match[str], place: Place, *, prose: bool) -> str:
        written = found[0]
        if written == "$$(":
            return written if self.held else "$("
        if found[2]:
            self.problems.add(place, not_ours(written, found[2]))
            return written
        name = found[1]
        if name is None or not _NAME.fullmatch(name):
            self.problems.add(
                place,
                f"`{written}`: between `$(` and `)` stands one name and nothing else; "
                "a plain `$(` is written `$$(`",
            )
            return written
        if name.partition(".")[0] in self.held:
            return written
        value = self.look(name, place)
        if value is OPEN:
            return written
        shown = show(value, prose=prose)
        return shown.replace("$(", "$$(") if self.held else shown

    def look(self, name: str, place: Place) -> Value:
        """Find what a name stands for; notes a problem where it is not known."""
        table, _, column = name.partition(".")
        value = self.values.get(table)
        if value is OPEN or (value is not None and not column):
            return value
        if isinstance(value, Row) and column in value.columns:
            return value.columns[column]
        known = [*self.values, *self.held]
        for each, row in self.values.items():
            if isinstance(row, Row):
                known += [f"{each}.{one}" for one in row.columns]
        near = suggest(name, known)
        near = near.replace("`", "`$(", 1)[:-2] + ")`?" if near else ""
        self.problems.add(place, f"`$({name})` is not known here{near}")
        return OPEN


def not_ours(written: str, name: str) -> str:
    """Say how wpbridge refers to what others write ``{{ name }}`` for."""
    return f"`{written}` is not how wpbridge refers to an input; write `$({name})`"


def show(value: Value, *, prose: bool = False) -> str:
    """Spell a value out, as it stands in a text or in a key."""
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            long = f"{value:%A} {value.day} {value:%B %Y}"
            return long if prose else value.isoformat()
        case tuple():
            return ", ".join(value)
        case Row():
            return value.key
        case Open():
            return ""
        case str():
            return value
