"""From files to a blueprint: read, composed, filled in, written out and checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from wpbridge.blueprint import library, said
from wpbridge.blueprint.boundary import Boundary
from wpbridge.blueprint.check import Check, Label
from wpbridge.blueprint.clashes import borrowed
from wpbridge.blueprint.compose import Composer
from wpbridge.blueprint.entry import Blueprint, Entry, Limits, Newcomers
from wpbridge.blueprint.expand import expand
from wpbridge.blueprint.files import Files
from wpbridge.blueprint.grammar import Entries, Table
from wpbridge.blueprint.inputs import answered, declared, missing
from wpbridge.blueprint.joining import auto_join
from wpbridge.blueprint.language import Fields, language
from wpbridge.blueprint.moments import Calendar, Unclear, calendar, clock
from wpbridge.blueprint.naming import called
from wpbridge.blueprint.node import Node, walk
from wpbridge.blueprint.people import People
from wpbridge.blueprint.posts import date_all, host_all, read_all
from wpbridge.blueprint.presets import Presets
from wpbridge.blueprint.problems import Problems
from wpbridge.blueprint.source import Sources, there
from wpbridge.blueprint.values import slug
from wpbridge.errors import Place, UsageError
from wpbridge.model import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

    from wpbridge.blueprint.grammar import Section
    from wpbridge.blueprint.inputs import Answer, Ask, Input
    from wpbridge.blueprint.refs import Scope
    from wpbridge.blueprint.roster import Roster


def load(
    *files: str | PathLike[str],
    sections: Iterable[Section],
    answers: Mapping[str, Answer] | None = None,
    as_of: str | datetime | None = None,
    ask: Ask | None = None,
    partial: bool = False,
    trust: Iterable[str | PathLike[str]] = (),
) -> Blueprint:
    """
    Read a blueprint; several files are one blueprint, the first one's includes.

    ``answers`` are those of the call, ``ask`` is asked for what is left, ``as_of`` sets
    the clock. With ``partial``, inputs may stay open. Files that they name lie in the
    folders of ``files``, the library, or a folder of ``trust``. Raises
    ``BlueprintError`` with every problem of every file.
    """
    if not files:
        raise UsageError("no blueprint is named")
    main, *others = (Path(each) for each in files)
    problems = Problems()
    sources = Sources(problems)
    boundary = Boundary.around((main, *others), trust)
    composer = Composer(sources, problems, boundary)
    root = _gathered(composer, main, others)
    inputs = declared(root, problems)
    own = root.child("answers")
    scope = answered(
        inputs,
        (answers or {}, own.fields() if own else {}),
        file=main.as_posix(),
        problems=problems,
        ask=ask,
        inherited=composer.inherited,
        partial=partial,
    )
    left = tuple(missing(inputs, scope))
    if left and not partial and not problems:
        problems.add(Place(main.as_posix()), _unanswered(left))
    whole = language(sections)
    groups = called(root.child("groups"), scope)
    root = expand(whole, root, scope)
    Check(problems, is_open=bool(left)).fields(whole, root, Label())
    borrowed(root, problems)
    days = calendar(root, problems)
    near = Files(boundary, sources, problems)
    rosters = _written_out(
        root, whole, days, People(root, near, groups, scope.tally), scope
    )
    problems.raise_any()
    return replace(
        _blueprint(main, root, whole, days),
        now=_now(as_of, days),
        clocked=as_of is not None,
        digests=sources.digests,
        rosters=rosters,
        open_inputs=left,
        zone=days.zone,
    )


def each_entry(blueprint: Blueprint, section: Section) -> Iterator[Entry]:
    """Every entry of a section, or its one value, wherever its path leads."""
    path = tuple(section.path.split("/"))
    for above, parents, node in walk(blueprint.root, path):
        if isinstance(section.type, Entries | Table):
            for key, child in node.fields().items():
                yield Entry(key, child, above, parents, blueprint, section.path)
        else:
            yield Entry("", node, above, parents, blueprint, section.path)


def _gathered(composer: Composer, main: Path, others: list[Path]) -> Node:
    if library.template(str(main)) and not there(main):
        raise UsageError(
            f"there is no file {main}; that is a template, to begin with: "
            f"`wpbridge new {main} FILE`"
        )
    root = composer.gather(main)
    for each in others:
        other = composer.gather(each)
        if root and other:
            composer.join(root, other)
    if root is None:
        composer.problems.raise_any()
        raise UsageError(f"{main} cannot be read")
    return root


def _unanswered(left: tuple[Input, ...]) -> str:
    names = ", ".join(f"{each.name} ({each.question})" for each in left)
    return (
        f"these inputs have no answer: {names}; use --set, --answers, or run "
        "`wpbridge new`"
    )


def _written_out(
    root: Node, whole: Fields, days: Calendar, people: People, scope: Scope
) -> tuple[Roster, ...]:
    """Give the tree what its words stand for: times, posts, people, authors, texts."""
    problems = scope.problems
    date_all(root, whole, days, problems)
    rosters = tuple(people.rosters(whole))
    people.doubles()
    types = said.record(root, whole, "newcomers").get("types", ())
    auto_join(root, types, {each.file.as_posix() for each in rosters}, scope)
    presets = Presets(root, whole, days, scope)
    for group in people.groups.fields().values():
        presets.write(group)
    host_all(root, whole)
    read_all(root, whole, people.files, scope)
    return rosters


def _blueprint(main: Path, root: Node, whole: Fields, days: Calendar) -> Blueprint:
    """What a written-out tree says of itself."""
    return Blueprint(
        file=main,
        root=root,
        now=datetime.now(UTC),
        owner=said.value(root, whole, "owner", slug(main.stem) or "blueprint"),
        name=said.value(root, whole, "name", ""),
        about=said.value(root, whole, "about", ""),
        host=said.value(root, whole, "host", UNSET),
        existing=said.value(root, whole, "existing", "fill"),
        newcomers=Newcomers(**said.record(root, whole, "newcomers")),
        limits=Limits(**said.record(root, whole, "limits")),
        prune=said.value(root, whole, "prune", ()),
        starts=days.at(days.starts) if days.starts and days.zone else None,
        ends=days.at(days.ends, time(23, 59)) if days.ends and days.zone else None,
        template=said.value(root, whole, "template", silent=False),
    )


def _now(as_of: str | datetime | None, days: Calendar) -> datetime:
    if isinstance(as_of, datetime):
        return as_of if as_of.tzinfo else as_of.replace(tzinfo=days.zone or UTC)
    if as_of is None:
        return datetime.now(UTC)
    try:
        return clock(days, as_of)
    except Unclear as error:
        raise UsageError(f"--as-of: {error}") from None
