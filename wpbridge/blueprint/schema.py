"""
JSON Schema of the language, for editors: completion, help on hover, squiggles.

Editors read YAML's own types, so a text may also be a number or yes or no. References
are allowed for any value. Draft 7 is what yaml-language-server knows best.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any, TypeAlias

from wpbridge import limits
from wpbridge.blueprint.grammar import (
    Choice,
    Date,
    Either,
    Email,
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
    Word,
    YesNo,
)
from wpbridge.blueprint.language import Fields, Keyed, language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wpbridge.blueprint.grammar import Section

Json: TypeAlias = "dict[str, Any]"

_REFERENCE: Json = {"type": "string", "pattern": r"\$\("}
_TEXT: Json = {"type": ["string", "number", "boolean"]}
_NAMES = {
    Key: r"^[a-z0-9]+(-[a-z0-9]+)*$",
    Login: r"^[A-Za-z0-9 _.@-]{1,60}$",
    Name: r"^[A-Za-z][A-Za-z0-9_-]*$",
    Email: r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    Date: r"^\d{4}-\d\d-\d\d$",
    Time: r"^([01]?\d|2[0-3]):[0-5]\d$",
    Share: r"^(100|\d{1,2}) ?%$",
    Span: r"^\d{1,4}( to \d{1,4})?$",
}
_MOMENTS = ["start 09:00", "1 week before start", "week 1 monday 09:00", "+10 minutes"]


def schema(sections: Iterable[Section]) -> Json:
    """Turn the whole grammar into one schema."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **_shape(language(sections)),
    }


@singledispatch
def _shape(kind: Type) -> Json:
    """What a value of a type looks like to an editor."""
    pattern = _NAMES.get(kind.__class__)
    return {**_TEXT, "pattern": _or_reference(pattern)} if pattern else dict(_TEXT)


@_shape.register
def _(kind: Choice) -> Json:
    numbers = [int(each) for each in kind.words if each.isdigit()]
    return {"anyOf": [{"enum": [*kind.words, *numbers]}, _REFERENCE]}


@_shape.register
def _(_: YesNo) -> Json:
    return {"anyOf": [{"enum": ["yes", "no", True, False]}, _REFERENCE]}


@_shape.register
def _(kind: Number) -> Json:
    number: Json = {"type": "integer", "minimum": kind.least}
    if kind.most is not None:
        number["maximum"] = kind.most
    return {"anyOf": [number, _REFERENCE]}


@_shape.register
def _(_: Pattern) -> Json:
    return {**_TEXT, "maxLength": limits.PATTERN}


@_shape.register
def _(_: Moment) -> Json:
    return {**_TEXT, "examples": _MOMENTS}


@_shape.register
def _(kind: Many) -> Json:
    item = _shape(kind.of)
    types = item.get("type")
    if isinstance(types, list) and "array" not in types:
        return {**item, "type": ["array", *types], "items": item}
    return {"anyOf": [{"type": "array", "items": item}, item]}


@_shape.register
def _(kind: Either) -> Json:
    return {"anyOf": [_shape(each) for each in kind.types]}


@_shape.register
def _(kind: Table) -> Json:
    table = {**_keys(kind.keys), "additionalProperties": _shape(kind.values)}
    if kind.bare is not None:
        table |= {"type": ["object", "array", "string"], "items": _shape(kind.keys)}
    return table


@_shape.register
def _(kind: Keyed) -> Json:
    entry = {"anyOf": [_shape(kind.fields), {"type": "null"}]}
    return {
        **_keys(kind.keys),
        "additionalProperties": entry,
        "type": ["object", "null"],
    }


@_shape.register
def _(kind: Fields) -> Json:
    made: Json = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _property(each) for name, each in kind.words.items()},
    }
    if required := [name for name, each in kind.words.items() if each.required]:
        made["required"] = required
    return made


def _keys(kind: Type) -> Json:
    pattern = _NAMES.get(kind.__class__)
    names = {"propertyNames": {"pattern": _or_reference(pattern)}} if pattern else {}
    return {"type": "object", **names}


def _or_reference(pattern: str) -> str:
    return rf"({pattern})|\$\("


def _property(word: Word) -> Json:
    made = _each() if word.name == "each" else _shape(word.type)
    if word.clears:
        made = {"anyOf": [made, {"const": "empty"}]}
    about = f"{word.about} May be cleared with `empty`." if word.clears else word.about
    if isinstance(word.type, Prose):
        about += " Goes below a `|` if it holds a colon and a space."
    made = {"description": about, **made}
    if word.default is not None:
        made["default"] = _default(word)
    return made


def _default(word: Word) -> str | int:
    text = word.default or ""
    return int(text) if isinstance(word.type, Number) else text


def _each() -> Json:
    """Loops go over numbers, a list, or a table of rows."""
    rows = {"type": "object"}
    over = {"anyOf": [_TEXT, {"type": "array"}, rows]}
    example = {"week": "1 to 4"}
    return {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": over,
        "examples": [example],
    }
