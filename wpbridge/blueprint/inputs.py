"""
Inputs and their answers.

The first of these answers: the call (``--set``, then ``--answers``), the blueprint's
``answers``, the ``default``, a question to whoever is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from wpbridge import limits
from wpbridge.blueprint.core import DAYS, INPUT_TYPES
from wpbridge.blueprint.grammar import (
    Choice,
    Date,
    Email,
    File,
    Key,
    Login,
    Number,
    Pattern,
    Text,
    Time,
    Type,
    YesNo,
    Zone,
)
from wpbridge.blueprint.node import Node
from wpbridge.blueprint.patterns import fits
from wpbridge.blueprint.problems import Problems, suggest
from wpbridge.blueprint.read import parse
from wpbridge.blueprint.refs import OPEN, Scope
from wpbridge.blueprint.source import UNREADABLE, Sources, there
from wpbridge.blueprint.values import YES, wrong
from wpbridge.errors import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from wpbridge.blueprint.refs import Value

Answer: TypeAlias = "str | Sequence[str] | Node"
Ask: TypeAlias = "Callable[[Input], str | None]"

_TYPES: Mapping[str, Type] = dict(
    zip(
        INPUT_TYPES,
        (
            Text(),
            Key(),
            Number(),
            Date(),
            Time(),
            Zone(),
            YesNo(),
            Text(),
            Text(),
            Login(),
            Email(),
            File(),
        ),
        strict=True,
    )
)
_NEAREST = 3


@dataclass(frozen=True)
class Input:
    """A question that a blueprint asks, with what an answer may be."""

    name: str
    place: Place
    ask: str = ""
    type: str = "text"
    default: str | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""
    hint: str = ""
    example: str = ""
    weekday: str = ""

    @property
    def question(self) -> str:
        """The question in words, or the input's name where it has none."""
        return self.ask or f"{self.name}?"

    def wrong(self, text: str) -> str | None:
        """Say what is wrong with an answer, in words that follow its name."""
        return next(filter(None, self._complaints(text)), None)

    def _complaints(self, text: str) -> Iterator[str | None]:
        yield _unbounded(split(text) if self.type == "list" else (text,))
        if bad := UNREADABLE.search(text):
            yield f"holds a character that no text has, number {ord(bad[0])}"
        if self.type == "list":
            yield None if split(text) else "needs at least one, as in `anna, bert`"
            return
        if not text and self.default != "":
            yield "is left empty; write a value"
        if self.choices:
            yield wrong(Choice(self.choices), text)
        yield wrong(_TYPES.get(self.type, Text()), text)
        if self.type == "date" and self.weekday:
            yield _off_day(date.fromisoformat(text), self.weekday)
        if self.pattern and not fits(self.pattern, text):
            example = f", as in `{self.example}`" if self.example else ""
            yield f"cannot be `{text}`: it must fit `{self.pattern}`{example}"

    def value(self, text: str) -> Value:
        """Turn an answer that is not wrong into what references stand for."""
        match self.type:
            case "list":
                return split(text)
            case "date":
                return date.fromisoformat(text)
            case "yes or no":
                return YES[text.lower()]
            case _:
                return text


def split(text: str) -> tuple[str, ...]:
    """``anna, bert; cemal`` as a list."""
    return tuple(each.strip() for each in re.split("[,;\n]", text) if each.strip())


def declared(root: Node, problems: Problems) -> dict[str, Input]:
    """The inputs of a blueprint, by name; the grammar's check comes later."""
    found = {}
    section = root.child("inputs")
    if section and len(section.fields()) > limits.INPUTS:
        problems.stop(
            section.key_place,
            f"a blueprint asks up to {limits.INPUTS} questions, and this has "
            f"{len(section.fields()):,}",
        )
    for name, node in (section.fields() if section else {}).items():
        said = {
            each: child.value
            for each, child in node.fields().items()
            if isinstance(child.value, str)
        }
        default = node.child("default")
        choices = node.child("choices")
        found[name] = Input(
            name,
            node.key_place,
            ask=said.get("ask", "").strip(),
            type=said.get("type", "choice" if choices else "text"),
            default=None if default is None else flat(default),
            choices=_texts(choices) if choices else (),
            pattern=_pattern(node, problems),
            hint=said.get("hint", "").strip(),
            example=said.get("example", ""),
            weekday=said.get("weekday", "") if said.get("weekday") in DAYS else "",
        )
    return found


def flat(node: Node) -> str:
    """An answer as one text; a list is written with commas."""
    return ", ".join(_texts(node)) if isinstance(node.value, list) else str(node.value)


def answered(
    inputs: Mapping[str, Input],
    given: Sequence[Mapping[str, Answer]],
    *,
    file: str,
    problems: Problems,
    ask: Ask | None = None,
    inherited: AbstractSet[str] = frozenset(),
    partial: bool = False,
) -> Scope:
    """
    Names and what they stand for; inputs without an answer are :data:`OPEN`.

    ``given`` has answers from the strongest to the weakest. With ``partial``, a file
    that is not there yet leaves its input open.
    """
    values: dict[str, Value] = {}
    places: dict[str, Place] = {}
    scope = Scope(values, problems, places=places, inherited=inherited)
    _strangers(inputs, given, file, problems)
    for name, each in inputs.items():
        found = next((one[name] for one in given if name in one), None)
        text, place = _said(found, file)
        if text is None and each.default is not None:
            text, place = _default(each, scope, file, partial=partial), each.place
        elif text is None and ask:
            text = ask(each)
        values[name] = OPEN
        if text is None:
            continue
        if message := each.wrong(text):
            colon = ":" if re.match(r"\d", message) else ""
            problems.add(place, f"{name}{colon} {message}")
            continue
        values[name] = each.value(text)
        places[name] = place if isinstance(found, Node) else Place(file)
    return scope


def _default(each: Input, scope: Scope, file: str, *, partial: bool) -> str | None:
    text = scope.fill(each.default or "", each.place)
    absent = each.type == "file" and not there(Path(file).parent / text)
    return None if "$(" in text or (partial and absent) else text


def _said(found: Answer | None, file: str) -> tuple[str | None, Place]:
    match found:
        case None:
            return None, Place(file)
        case Node():
            return flat(found), found.place
        case str():
            return found, Place("--set")
        case _:
            return ", ".join(found), Place("--set")


def _strangers(
    inputs: Mapping[str, Input],
    given: Sequence[Mapping[str, Answer]],
    file: str,
    problems: Problems,
) -> None:
    for name, answer in ((name, one[name]) for one in given for name in one):
        if name not in inputs:
            place = answer.key_place if isinstance(answer, Node) else Place("--set")
            near = suggest(name, inputs)
            problems.add(place, f"`{name}` is no input of {file}{near}")


def read_answers(path: Path) -> dict[str, Answer]:
    """Read a file of answers, by the inputs' names; raises what is wrong with it."""
    problems = Problems()
    text = Sources(problems).text(path, Place(path.as_posix()))
    file = path.as_posix()
    root = None if text is None else parse(text, file, problems, begin="name: answer")
    problems.raise_any()
    return dict(root.fields()) if root else {}


def missing(inputs: Mapping[str, Input], scope: Scope) -> Iterator[Input]:
    """Inputs that nobody answered."""
    for name, each in inputs.items():
        if scope.values[name] is OPEN:
            yield each


def _off_day(day: date, weekday: str) -> str | None:
    off = (day.weekday() - DAYS.index(weekday)) % 7
    if not off:
        return None
    near = day - timedelta(off if off <= _NEAREST else off - 7)
    is_a = DAYS[day.weekday()].title()
    return f"{day} is a {is_a} and must be a {weekday}; did you mean {near}?"


def _pattern(node: Node, problems: Problems) -> str:
    said = node.child("pattern")
    if said is None or not isinstance(said.value, str):
        return ""
    if message := wrong(Pattern(), said.value):
        problems.add(said.place, f"pattern {message}")
        return ""
    return said.value


def _unbounded(parts: tuple[str, ...]) -> str | None:
    """Say that an answer is too long, or one of those in a list."""
    longest = max(map(len, parts), default=0)
    if longest > limits.ANSWER:
        return f"has {longest:,} characters, and {limits.ANSWER:,} are the most"
    if sum(map(len, parts)) > limits.FILLED:
        return f"has more than {limits.FILLED:,} characters in all"
    return None


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(each.value for each in node.items() if isinstance(each.value, str))
