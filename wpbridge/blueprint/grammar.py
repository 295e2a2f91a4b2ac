"""
The grammar's types and words, as data.

A kind says in these what may be written of it: a :class:`Word` for every field of its
spec, and a :class:`Section` for every place in a blueprint where its entries stand.
From them come the checks, the JSON Schema and the language reference.

Libraries were tried on a blueprint of 10,000 members. msgspec is fastest (0.02 s), and
tells only the first error. pydantic (0.05 s, 45 ms to import) tells all, by path, not
by line, in words that would all be replaced; and its models are closed, where a kind
is to bring its own place. This takes 0.2 s and has the line of all it looks at.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from wpbridge.model import UNSET, Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpbridge.model import Spec


@dataclass(frozen=True)
class Type:
    """What a value may be."""


@dataclass(frozen=True)
class Text(Type):
    """
    Words on one or more lines, sent as they are.

    ``zero``: a lone ``0`` can be said, which PHP may take for nothing (``empty``).
    """

    zero: bool = True


@dataclass(frozen=True)
class Prose(Type):
    """A text with paragraphs; may need ``|``."""


@dataclass(frozen=True)
class Key(Type):
    """
    ``[a-z0-9]+(-[a-z0-9]+)*``; ``of`` names what it points to, if anything.

    ``slug``: WordPress puts it into addresses, and keeps some of those for itself;
    ``never``: of which form it gives none, and what those would be taken for.
    """

    of: str | None = None  # a kind, as in Key(of="groups")
    refused: tuple[str, ...] = ()
    refused_prefix: str = ""
    slug: bool = False
    never: tuple[str, str] | None = None


@dataclass(frozen=True)
class Login(Type):
    """What WordPress accepts as a login; a person."""


@dataclass(frozen=True)
class Email(Type):
    """An e-mail address."""


@dataclass(frozen=True)
class YesNo(Type):
    """``yes``, ``no``, ``true`` or ``false``; becomes a ``bool``."""


@dataclass(frozen=True)
class Number(Type):
    """A whole number; becomes an ``int``."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Date(Type):
    """A day, ``2027-03-15``; becomes a ``date``."""


@dataclass(frozen=True)
class Time(Type):
    """A time of day, ``09:30``; becomes a ``time``."""


@dataclass(frozen=True)
class Moment(Type):
    """A point in time, also relative to the calendar; becomes a UTC ``datetime``."""


@dataclass(frozen=True)
class File(Type):
    """A file beside the blueprint; becomes a ``Path``. ``image``: its least size."""

    image: tuple[int, int] | None = None


@dataclass(frozen=True)
class Name(Type):
    """What an input, a loop or a role is called: ``with_chat``."""


@dataclass(frozen=True)
class Pattern(Type):
    """A regular expression, matched by RE2: see patterns.py."""


@dataclass(frozen=True)
class Zone(Type):
    """A time zone by its name, ``Europe/London``."""


@dataclass(frozen=True)
class Share(Type):
    """A share of some whole, ``25%``; becomes a ``float`` from 0 to 1."""


@dataclass(frozen=True)
class Span(Type):
    """Whole numbers from one to another, ``1 to 12``; becomes a ``range``."""


@dataclass(frozen=True)
class Choice(Type):
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Many(Type):
    """A list; one bare value is accepted too. Becomes a ``tuple``."""

    of: Type


@dataclass(frozen=True)
class Table(Type):
    """
    A map of names to values, such as ``members: {anna: admin}``.

    ``bare`` is the value that each name gets when a list is written in its place.
    """

    keys: Type
    values: Type
    bare: str | None = None


@dataclass(frozen=True)
class Entries(Type):
    """
    A section: key to entry, whose fields are the words of ``spec`` and ``more``.

    ``names`` may be referred to in its texts and are filled in by whoever reads them.
    """

    keys: Type
    spec: type[Spec] | None = None
    more: tuple[Word, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record(Type):
    """One entry with a fixed set of fields."""

    spec: type[Spec] | None = None
    more: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Either(Type):
    """The first of several types that the value's shape fits."""

    types: tuple[Type, ...]


@dataclass(frozen=True)
class Word:
    """
    A field that a blueprint may state.

    ``about`` is its hover help, a plain sentence; ``clears``: the bare word ``empty``
    is accepted and becomes ``None``; ``ability``: what the site must be able to do;
    ``required``: an entry without it is an error of the file.
    """

    name: str
    type: Type
    about: str
    default: str | None = None
    clears: bool = False
    policy: Policy = Policy.MATCH
    ability: str | None = None
    required: bool = False


@dataclass(frozen=True)
class Section:
    """
    Where in a blueprint a kind's entries stand.

    ``path`` is written with slashes and stars: ``groups``, ``groups/*/members``,
    ``groups/*/posts/*/comments``. Where ``type`` is :class:`Entries` or
    :class:`Table`, ``Kind.declare`` is called for each entry in it, else once.
    """

    path: str
    type: Type
    about: str


def word(
    type: Type,  # noqa: A002 - the grammar's own word
    about: str,
    *,
    default: str | None = None,
    clears: bool = False,
    policy: Policy = Policy.MATCH,
    ability: str | None = None,
) -> Any:
    """Make a spec's field that a blueprint may state."""
    made = Word("", type, about, default, clears, policy, ability)
    return dataclasses.field(
        default=UNSET, metadata={"word": made, "policy": policy, "ability": ability}
    )


def words(spec: type[Spec]) -> Mapping[str, Word]:
    """The words of a spec's fields, by name, in their order."""
    kind: Any = spec  # mypy does not see that classes can be hashed
    return _words(kind)


@cache
def _words(spec: Any) -> Mapping[str, Word]:
    return {
        each.name: dataclasses.replace(each.metadata["word"], name=each.name)
        for each in dataclasses.fields(spec)
        if "word" in each.metadata
    }
