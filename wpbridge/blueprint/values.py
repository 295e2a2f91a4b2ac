"""
One value in Python's terms, and what is wrong with it if it is not of its type.

``convert`` trusts that a value was checked; ``wrong`` says in words why it fails.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from wpbridge.blueprint import patterns
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
    Text,
    Time,
    Type,
    YesNo,
    Zone,
)
from wpbridge.blueprint.node import Empty
from wpbridge.blueprint.problems import listed, suggest
from wpbridge.blueprint.synonyms import SITE_WORDS
from wpbridge.text import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wpbridge.blueprint.node import Node

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# what sanitize_user( …, true ) leaves as it is
LOGIN = re.compile(r"[A-Za-z0-9_.@-]+(?: [A-Za-z0-9_.@-]+)*")
# what is_email() takes
EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,}"
)
_SPAN = re.compile(r"(\d{1,4})(?: to (\d{1,4}))?", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SHARE = re.compile(r"(100|\d{1,2}) ?%", re.ASCII)
YES = {"yes": True, "true": True, "no": False, "false": False}
FIRST_YEAR, LAST_YEAR = 1900, 2199
_LONGEST_KEY = 200  # characters that WordPress has room for in a slug
_LONGEST_LOGIN = 60
_LONGEST_EMAIL = 100
_FEEDS = ("feed", "rdf", "rss", "rss2", "atom", "embed")


def slug(text: str) -> str:
    """The key nearest to a text; empty where none of it can be in one."""
    return "-".join(re.findall("[a-z0-9]+", text.lower().replace("'", "")))


def convert(type: Type, node: Node) -> Any:  # noqa: A002 - the grammar's own word
    """Turn a checked value into Python's terms; the bare word ``empty`` is ``None``."""
    value = node.value
    if isinstance(value, Empty):
        return None
    match type:
        case Many(of=each):
            return tuple(convert(each, item) for item in node.items())
        case Table():
            return _table(type, node)
        case Either(types=types):
            return convert(fitting(types, node), node)
        case File():
            return Path(node.place.file).parent / str(value)
        case _:
            return _plain(type, value)


def _plain(kind: Type, value: Any) -> Any:
    made = _CONVERT.get(kind.__class__)
    return made(value) if made and isinstance(value, str) else value


def fitting(types: tuple[Type, ...], node: Node) -> Type:
    """Find the first type that a value's shape fits."""
    for each in types:
        structured = isinstance(node.value, dict | list)
        if structured is not isinstance(each, tuple(_RULES)):
            return each
    return types[0]


def wrong(type: Type, text: str) -> str | None:  # noqa: A002 - the grammar's own word
    """Say what is wrong with a text, as in ``cannot be `closed`; it is …``."""
    rule = _RULES.get(type.__class__)
    return rule(type, text) if rule else None


def _table(kind: Table, node: Node) -> dict[Any, Any]:
    if isinstance(node.value, dict):
        return {
            _CONVERT.get(kind.keys.__class__, str)(key): convert(kind.values, each)
            for key, each in node.value.items()
        }
    return {str(each.value): kind.bare for each in node.items()}


def _span(text: str) -> range:
    first, _, last = text.partition(" to ")
    return range(int(first), int(last or first) + 1)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


_CONVERT: Mapping[type[Type], Callable[[str], Any]] = {
    Text: str.rstrip,
    Prose: str.rstrip,
    YesNo: lambda text: YES[text.lower()],
    Number: int,
    Date: date.fromisoformat,
    Time: lambda text: time.fromisoformat(text.rjust(5, "0")),
    Moment: _moment,
    Share: lambda text: float(text.rstrip("% ")) / 100,
    Span: _span,
}


def _key(kind: Key, text: str) -> str | None:
    if not KEY.fullmatch(text):
        near = slug(text)
        example = f"; write `{near}`" if near else ", as in `film-club`"
        return (
            f"cannot be `{text}`: a key has small letters, digits and single dashes"
            + example
        )
    if text in kind.refused:
        return f"cannot be `{text}`, which BuddyPress keeps for itself; choose another"
    if kind.refused_prefix and text.startswith(kind.refused_prefix):
        return (
            f"cannot be `{text}`: BuddyPress cuts `{kind.refused_prefix}` off the "
            "beginning; choose another"
        )
    return _no_slug(kind, text)


def _no_slug(kind: Key, text: str) -> str | None:
    """Why WordPress would make another of it (``wp_unique_post_slug``)."""
    if len(text) > _LONGEST_KEY:
        return f"cannot be `{text[:20]}…`: a key has at most {_LONGEST_KEY} characters"
    if kind.slug and text in _FEEDS:
        return f"cannot be `{text}`, which WordPress keeps for itself; choose another"
    if kind.never and re.fullmatch(kind.never[0], text):
        return (
            f"cannot be `{text}`, which WordPress would take for {kind.never[1]}; "
            "choose another"
        )
    return None


def _login(_: Type, text: str) -> str | None:
    if len(text) <= _LONGEST_LOGIN and LOGIN.fullmatch(text):
        return None
    if "," in text:
        return f"cannot be `{text}`: write several as a list, `[{text}]`"
    return (
        f"cannot be `{text}`: a login has up to 60 letters without accents, digits, "
        "and . - _ @"
    )


def _email(_: Type, text: str) -> str | None:
    if "&" in text:  # wp_filter_kses, among the filters of pre_user_email
        return f"cannot be `{text}`: WordPress makes another address of one with `&`"
    if len(text) <= _LONGEST_EMAIL and EMAIL.fullmatch(text):
        return None
    return f"cannot be `{text}`, which is not an e-mail address"


def _yes_or_no(_: Type, text: str) -> str | None:
    return None if text.lower() in YES else f"is yes or no, not `{text}`"


def _number(kind: Number, text: str) -> str | None:
    if text.isascii() and text.isdigit() and len(text) < 10:  # noqa: PLR2004 - an id's
        number = int(text)
        if kind.least <= number and (kind.most is None or number <= kind.most):
            return None
    upwards = f" of {kind.least} or more" if kind.least else ""
    reach = f" from {kind.least} to {kind.most}" if kind.most else upwards
    return f"is a whole number{reach}, not `{text}`"


def _date(_: Type, text: str) -> str | None:
    if not _DATE.fullmatch(text):
        return f"is a day, written as 2027-03-15, not `{text}`"
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return f"cannot be {text}: there is no such day"
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return f"cannot be {text}: that is too far away to be meant"
    return None


def _time(_: Type, text: str) -> str | None:
    if _TIME.fullmatch(text):
        return None
    return f"is a time of day, written as 09:30, not `{text}`"


def _choice(kind: Choice, text: str) -> str | None:
    if text in kind.words:
        return None
    near = suggest(text, kind.words, SITE_WORDS)
    return f"cannot be `{text}`; it is {listed(kind.words)}{near}"


def _name(_: Type, text: str) -> str | None:
    if NAME.fullmatch(text):
        return None
    return f"cannot be `{text}`: a name has letters, digits, - and _, as in `with_chat`"


def _zone(_: Type, text: str) -> str | None:
    if text in _zones():
        return None
    near = suggest(text, _zones()) or "; write it as in Europe/London"
    return f"cannot be `{text}`: there is no such time zone{near}"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _pattern(_: Type, text: str) -> str | None:
    return patterns.complaint(text)


def _share(_: Type, text: str) -> str | None:
    if _SHARE.fullmatch(text):
        return None
    return f"is a share, written as 25%, not `{text}`"


def _weeks(_: Type, text: str) -> str | None:
    found = _SPAN.fullmatch(text)
    if found and (found[2] is None or int(found[1]) <= int(found[2])):
        return None
    return f"goes from one number to another, written as `1 to 12`, not `{text}`"


def _text(kind: Text, text: str) -> str | None:
    """Take any text that a reader would see something of."""
    if not words(text):
        return f"cannot be `{text}`, of which nothing can be read; write words"
    if kind.zero or words(text) != "0":
        return None
    return f"cannot be `{text}`, which a site takes for nothing; write words"


def _any(_: Type, __: str) -> None:
    """Take any text."""


_RULES: Mapping[type[Type], Callable[[Any, str], str | None]] = {
    Text: _text,
    Prose: _any,
    File: _any,  # needs the disk: see files.py
    Moment: _any,  # needs the calendar: see moments.py
    Key: _key,
    Login: _login,
    Email: _email,
    YesNo: _yes_or_no,
    Number: _number,
    Date: _date,
    Time: _time,
    Choice: _choice,
    Name: _name,
    Zone: _zone,
    Pattern: _pattern,
    Share: _share,
    Span: _weeks,
}
