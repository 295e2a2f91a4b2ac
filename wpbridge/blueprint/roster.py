"""
Rosters: CSV files of people, read row by row, with every bad row reported at once.

Columns are counted as in a spreadsheet, and so are rows: the heading is row 1.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from wpbridge import limits
from wpbridge.blueprint.grammar import Email, Key, Login
from wpbridge.blueprint.inputs import split
from wpbridge.blueprint.problems import suggest, then
from wpbridge.blueprint.values import wrong
from wpbridge.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from wpbridge.blueprint.node import Node
    from wpbridge.blueprint.problems import Problems

PLAIN = ("login", "email", "name", "groups", "types")
_LISTS = ("groups", "types")
_LISTED = 10
_MEANINGS = "login, email, name, groups, types, `profile KEY` or ignore"
_CHECKS = {"login": Login(), "email": Email()}

BROUGHT = "roster:"
"""How that begins which a site keeps of those whom a roster brought."""

LADDER = ("keep", "leave", "suspend", "delete")
"""What becomes of leavers, from the mildest on."""


@dataclass(frozen=True)
class Roster:
    """
    A roster that was read: whom it names, and what it says of those it does not.

    ``groups`` are those it fills, ``people`` keys of members: logins, or addresses of
    rows without one. ``by_login``: an account is found by its login, not its address.
    ``types``: it gives people member types.
    """

    file: Path
    place: Place
    groups: tuple[str, ...]
    people: tuple[str, ...]
    by_login: bool = False
    leavers: str = "keep"
    reassign_to: str | None = None
    types: bool = False

    @property
    def mark(self) -> str:
        """What a site keeps of those whom a row brought."""
        return BROUGHT + sha256(self.file.name.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell's text, and where it stands."""

    text: str
    place: Place

    def parts(self) -> tuple[str, ...]:
        """``film:mod; sound`` as a list."""
        return split(self.text.replace("|", ";"))


@dataclass(slots=True)
class Person:
    """
    One row: its cells by what their columns mean, the empty ones left out.

    ``sound``: nothing was found wrong with it.
    """

    place: Place
    sound: bool = True
    cells: dict[str, list[Cell]] = field(default_factory=dict)

    def text(self, meaning: str) -> str | None:
        """What a column says of the person."""
        found = self.cells.get(meaning)
        return found[0].text if found else None


class BadRows:
    """What is wrong with rows: one problem for all rows with the same mistake."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.found: dict[tuple[str, int], tuple[Place, str, list[int]]] = {}

    def add(self, sort: str, place: Place, message: str) -> None:
        """Note one; those of one sort and column are told together."""
        where = sort, place.column
        if where in self.found:
            self.found[where][2].append(place.line)
            return
        self.found[where] = place, message, []
        if len(self.found) >= limits.PROBLEMS:
            self.tell()

    def tell(self) -> None:
        """Turn them into problems."""
        for place, message, lines in self.found.values():
            more = ""
            if lines:
                rows = "row" if len(lines) == 1 else "rows"
                rest = ", …" if len(lines) > _LISTED else ""
                shown = ", ".join(map(str, lines[:_LISTED])) + rest
                more = f" (and {len(lines)} more {rows}: {shown})"
            self.problems.add(place, message + more)


def read(
    text: str,
    file: str,
    columns: Node | None,
    fields: AbstractSet[str],
    problems: Problems,
) -> Iterator[Person]:
    """
    Yield a person a row; what is wrong with rows is noted.

    ``columns`` says what headings mean, ``fields`` are the profile's.
    """
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    lines = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    bad = BadRows(problems)
    meanings: list[str | None] | None = None
    line = 1
    try:
        for row in lines:
            place, line = Place(file, line), lines.line_num + 1
            if line > limits.ROSTER_LINES:
                problems.stop(
                    place,
                    f"the roster has more than {limits.ROSTER_LINES:,} lines; take the "
                    "empty ones out",
                )
            if not any(map(str.strip, row)):
                continue
            if meanings is None:
                meanings = _meanings(row, place, columns, problems)
                if not meanings or not _fields_known(meanings, place, fields, problems):
                    return
            elif (person := _person(row, place, meanings, bad)) is not None:
                yield person
    except csv.Error as error:
        problems.add(Place(file, line), f"this row is not CSV: {error}")
    if meanings is None:
        problems.add(Place(file), "the roster is empty; its first row names columns")
    bad.tell()


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, one by one: ``StringIO`` takes four bytes a letter."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _person(
    row: list[str], place: Place, meanings: list[str | None], bad: BadRows
) -> Person | None:
    if len(row) > len(meanings):
        extra = Place(place.file, place.line, len(meanings) + 1)
        bad.add("long", extra, "the row has more cells than the heading has names")
        return None
    person = Person(place)
    for number, (meaning, raw) in enumerate(zip(meanings, row, strict=False), 1):
        written = raw.strip()
        if meaning is None or not written:
            continue
        cell = Cell(written, Place(place.file, place.line, number))
        if message := _wrong(meaning, cell):
            bad.add(meaning, cell.place, message)
            person.sound = False
        person.cells.setdefault(meaning, []).append(cell)
    if not person.cells.keys() & {"login", "email"}:
        bad.add("nobody", place, "the row has neither a login nor an e-mail address")
        return None
    return person


def _wrong(meaning: str, cell: Cell) -> str | None:
    if meaning == "email" and wrong(Email(), cell.text):
        return f"{cell.text} is not an e-mail address"
    if meaning == "login" and (message := wrong(Login(), cell.text)):
        return f"a login {message}"
    if meaning == "types":
        found = (wrong(Key(), each) for each in cell.parts())
        message = next(filter(None, found), None)
        return f"a member type {message}" if message else None
    return None


def _meanings(
    heading: list[str], place: Place, columns: Node | None, problems: Problems
) -> list[str | None] | None:
    """What each column means; ``None`` for one that is ignored."""
    if len(heading) > limits.ROSTER_COLUMNS:
        problems.add(
            place,
            f"the roster has {len(heading):,} columns, and {limits.ROSTER_COLUMNS:,} "
            "are the most",
        )
        return None
    names = [each.strip() for each in heading]
    said = _said(columns, problems)
    found: list[str | None] = []
    before = len(problems)
    if not any(said.get(name.lower(), _same_named(name)) for name in names) and not any(
        suggest(name, PLAIN) for name in names
    ):  # it may be no roster at all, and what is told may stand in a public log
        problems.add(
            place,
            "no heading in the first line is one that wpbridge knows; is this a "
            f"roster? If so, write `columns: {{HEADING: …}}`, with {_MEANINGS} for the "
            "dots",
        )
        return None
    for number, name in enumerate(names, 1):
        where = Place(place.file, place.line, number)
        meaning = said.get(name.lower(), _same_named(name))
        if meaning is None and name:
            near = suggest(name, [*PLAIN, *(columns.fields() if columns else ())])
            problems.add(
                where,
                f"the heading `{name}` says nothing to wpbridge"
                + then(
                    near,
                    f"write `columns: {{{name}: …}}`, with {_MEANINGS} for the dots",
                ),
            )
        elif meaning in found and meaning not in (None, *_LISTS, "ignore"):
            problems.add(where, f"two columns are the {meaning}; ignore one of them")
        found.append(meaning)
    if not {"login", "email"} & set(found) and len(problems) == before:
        problems.add(place, "no column is the `email` or the `login`; one must be")
    if len(problems) > before:
        return None
    return [None if each == "ignore" else each for each in found]


def _fields_known(
    meanings: list[str | None],
    place: Place,
    fields: AbstractSet[str],
    problems: Problems,
) -> bool:
    """Refuse columns for profile fields that are not there: once, not in every row."""
    before = len(problems)
    for number, meaning in enumerate(meanings, 1):
        head, _, key = (meaning or "").partition(" ")
        if head == "profile" and key not in fields:
            near = suggest(key, fields)
            problems.add(
                Place(place.file, place.line, number),
                f"`{key}` is no field under `profile`"
                + then(near, "declare it there, or ignore the column"),
            )
    return len(problems) == before


def _same_named(name: str) -> str | None:
    """A heading that is named as what it means needs no line."""
    lower = " ".join(name.lower().split())
    if lower in PLAIN or lower.startswith("profile "):
        return lower
    return None


def _said(columns: Node | None, problems: Problems) -> Mapping[str, str]:
    """What headings are said to mean; the file need not have them all."""
    found = {}
    for name, node in (columns.fields() if columns else {}).items():
        meaning = " ".join(str(node.value).split())
        head, _, key = meaning.partition(" ")
        if meaning not in (*PLAIN, "ignore") and not (
            head == "profile" and not wrong(Key(), key)
        ):
            near = suggest(meaning, (*PLAIN, "ignore"))
            problems.add(
                node.place,
                f"a column cannot be `{meaning}`"
                + then(
                    near,
                    "it is login, email, name, groups, types, `profile KEY` or ignore",
                ),
            )
        found[name.strip().lower()] = meaning
    return found
