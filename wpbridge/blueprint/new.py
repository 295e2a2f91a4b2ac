"""Blueprints to begin with: a template's questions answered, or a small one."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from wpbridge.blueprint import library
from wpbridge.blueprint.boundary import Boundary
from wpbridge.blueprint.compose import Composer
from wpbridge.blueprint.inputs import answered, declared, flat, missing, split
from wpbridge.blueprint.node import Node
from wpbridge.blueprint.problems import Problems, suggest
from wpbridge.blueprint.refs import OPEN, show
from wpbridge.blueprint.source import Sources
from wpbridge.blueprint.stale import alone, named_itself
from wpbridge.errors import Place, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wpbridge.blueprint.inputs import Answer, Ask, Input
    from wpbridge.blueprint.refs import Scope

STARTER = """\
wpbridge: 1
components: {groups: active}
members:
  anna: {name: Anna Ruiz, email: anna@example.org}
groups:
  film:
    name: Film club
    about: For people who shoot film.
    access: private
    members: {anna: admin}
"""
"""A blueprint of one's own, to change from here."""

PLAIN = ("login", "email", "name", "groups")
"""Headings that a roster understands without being told."""

_OF_A_COHORT = ("key", "date")
_OF_A_ROUND = {"wpbridge", "extends", "answers", "members"}


class New(NamedTuple):
    """
    A blueprint to be written.

    ``rosters`` are the files of people that its answers name, with the headings that
    they are to have; ``same`` tells what it says of its cohort just as the one before.
    ``people``: the text ends with lines of people. ``stale`` tells where the one before
    names its cohort in so many words, which this one inherits.
    """

    text: str
    rosters: Mapping[Path, tuple[str, ...]]
    same: tuple[str, ...] = ()
    people: bool = False
    stale: tuple[str, ...] = ()
    beyond: tuple[Path, ...] = ()


class Round(NamedTuple):
    """A blueprint that says no more than ``new`` wrote: what it extends, and people."""

    extends: str
    people: Mapping[str, tuple[str, str]]


def from_template(
    name: str,
    file: Path,
    answers: Mapping[str, Answer] | None = None,
    ask: Ask | None = None,
    trust: Iterable[Path] = (),
) -> New:
    """
    What to write to a file that extends a template: its answers, written down.

    ``name`` is a library's or a file's. Every question that ``answers`` leave open is
    put to ``ask``, which is offered the file's own answer or the default; without it,
    those stand. ``trust`` are further folders that the template may name files in.
    Raises ``BlueprintError`` for answers that are wrong or missing.
    """
    template = _template(name)
    problems = Problems()
    boundary = Boundary.around((template, file), trust)
    root = Composer(Sources(problems), problems, boundary).gather(template)
    problems.raise_any()
    root = root or _nothing(template)
    inputs = declared(root, problems)
    own = root.child("answers")
    last = {each: flat(node) for each, node in (own.fields() if own else {}).items()}
    given = _given(inputs, last, answers or {}, ask)
    scope = answered(inputs, (given,), file=name, problems=problems)
    for each in missing(inputs, scope):
        if each.name not in given and each.default is None:
            problems.add(
                Place(name),
                f"{each.name} has no answer ({each.question}); write --set "
                f"{each.name}={each.example or '…'}, or --answers FILE",
            )
    problems.raise_any()
    lines = [_line(inputs[each], given[each]) for each in inputs if each in given]
    before = None if library.template(name) else _round(template)
    if before:
        name, template = before.extends, template.parent / before.extends
    first = ["wpbridge: 1", f"extends: {_quoted(_reached(name, template, file))}"]
    text = "\n".join([*first, *(["answers:", *lines] if lines else ()), ""])
    rosters = dict(_rosters(root, file.parent, scope))
    known = before.people if before else {}
    text += people(known, ()) if known else ""
    cohort = _cohort(inputs, last)
    same = tuple(f"{n} ({old})" for n, old in cohort.items() if given.get(n) == old)
    other = {n: old for n, old in cohort.items() if given.get(n, old) != old}
    stale = () if before else named_itself(template, other)
    within = library.template(name) or Boundary.around((file,)).holds(template)
    beyond = () if within else (template.parent,)
    return New(text, rosters, same, bool(known), tuple(stale), beyond)


def _round(file: Path) -> Round | None:
    """
    Read a blueprint that is the round before, if there is nothing of its own in it.

    The next round then extends what that one does: else they would hang on each other,
    term after term, until there are too many.
    """
    words = alone(file)
    if "extends" not in words or words.keys() - _OF_A_ROUND:
        return None
    found: dict[str, tuple[str, str]] = {}
    members = words.get("members")
    for login, member in members.fields().items() if members else ():
        if member.fields().keys() != {"name", "email"}:
            return None
        said = {name: str(each.value) for name, each in member.fields().items()}
        found[login] = (said["name"], said["email"])
    return Round(str(words["extends"].value), found)


def _template(name: str) -> Path:
    template = library.template(name) or Path(name)
    if not template.is_file():
        if "/" in name or template.suffix in {".yaml", ".yml"}:
            beside = (each.as_posix() for each in template.parent.glob("*.y*ml"))
            near = suggest(template.as_posix(), beside)
            raise UsageError(f"there is no file {name}{near}")
        known = library.templates()
        near = suggest(name, known) or f"; there are {', '.join(known)}"
        raise UsageError(f"there is no template `{name}`{near}")
    return template


def _given(
    inputs: Mapping[str, Input],
    last: Mapping[str, str],
    answers: Mapping[str, Answer],
    ask: Ask | None,
) -> dict[str, Answer]:
    """Answers to all questions that somebody, or a default, has one to."""
    given = dict(answers)
    for each in inputs.values():
        if each.name not in given:
            offered = replace(each, default=_offered(each, inputs, given, last))
            text = ask(offered) if ask else offered.default
            if text is not None:
                given[each.name] = text
    return given


def _offered(
    each: Input,
    inputs: Mapping[str, Input],
    given: Mapping[str, Answer],
    last: Mapping[str, str],
) -> str | None:
    """What was said the last time; where that was the default, today's default."""
    default = _default(each, inputs, given)
    if each.name not in last:
        return default
    usual = default is not None and last[each.name] == _default(each, inputs, last)
    return default if usual else last[each.name]


def _default(
    each: Input, inputs: Mapping[str, Input], given: Mapping[str, Answer]
) -> str | None:
    """A default, with the other answers in it; nothing while one of them is open."""
    others = {name: answer for name, answer in given.items() if name != each.name}
    found = answered(inputs, (others,), file="", problems=Problems()).values[each.name]
    return None if found is OPEN else show(found)


def _cohort(inputs: Mapping[str, Input], last: Mapping[str, str]) -> dict[str, str]:
    """What told the cohort before from others."""
    names = [each.name for each in inputs.values() if each.type in _OF_A_COHORT]
    return {name: last[name] for name in names if name in last}


def _rosters(
    root: Node, beside: Path, scope: Scope
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Each file of people that is named by an answer, and its headings."""
    groups = root.child("groups")
    for owner in (root, *(groups.fields().values() if groups else ())):
        said = owner.child("roster")
        for each in said.items() if said else ():
            whole = scope.whole(str((each.child("file") or each).value))
            if whole and isinstance(whole[1], str):
                columns = each.child("columns")
                yield beside / whole[1], tuple(columns.fields() if columns else PLAIN)


def _reached(name: str, template: Path, file: Path) -> str:
    """How the new file names its template: by its library name, or ``./mine.yaml``."""
    if library.template(name):
        return name
    path = Path(os.path.relpath(template, file.parent)).as_posix()
    return path if path.startswith(".") else f"./{path}"


def _nothing(template: Path) -> Node:
    raise UsageError(f"{template} is empty")


def _line(question: Input, answer: Answer) -> str:
    match answer:
        case Node():
            text = flat(answer)
        case str():
            text = answer
        case _:
            text = ", ".join(answer)
    if question.type == "list":
        items = ", ".join(_quoted(each, inside=True) for each in split(text))
        return f"  {question.name}: [{items}]"
    return f"  {question.name}: {_quoted(text)}"


def _quoted(text: str, *, inside: bool = False) -> str:
    """Write a text so that YAML reads it as it is; in quotes only where it must be."""
    plain = re.fullmatch(r"[\w./-][\w./@-]*" if inside else r"[\w./][\w ./,-]*", text)
    if plain and text == text.strip() and text != "empty":
        return text
    width = 10**6
    return str(
        yaml.dump(text, default_style='"', allow_unicode=True, width=width)
    ).strip()


def people(
    known: Mapping[str, tuple[str, str]], unknown: Iterable[str], *, more: bool = False
) -> str:
    """
    Lines for a blueprint that names people: their names and addresses, by login.

    Those of whom nothing is known stand in a remark: they need a line on a site that
    has no account of theirs. ``more``: there are such lines just before.
    """
    lines = [
        f"  {login}: {{name: {_inside(name)}, email: {_inside(email)}}}"
        for login, (name, email) in known.items()
    ]
    remarks = [
        f"#  {login}: {{name: {login.title()}, email: {login}@example.org}}"
        for login in unknown
    ]
    if remarks and not lines and not more:
        remarks.insert(0, "#members:")
    if remarks:
        remarks.insert(0, "# Whoever has no account on the site yet needs a line here:")
    begin = ["members:"] if lines and not more else []
    return "\n".join([*begin, *lines, *remarks, ""])


def _inside(text: str) -> str:
    """A text between braces, where a comma would end it."""
    return _quoted(text, inside="," in text or "@" in text)
