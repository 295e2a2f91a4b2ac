"""
From files to a blueprint: read, composed, filled in, written out and checked.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wpbridge.blueprint.check import Check, Label
from wpbridge.blueprint.compose import Composer
from wpbridge.blueprint.entry import Blueprint, Entry, Limits, Newcomers
from wpbridge.blueprint.expand import expand
from wpbridge.blueprint.grammar import Entries, Table
from wpbridge.blueprint.inputs import answered, declared, missing
from wpbridge.blueprint.language import language
from wpbridge.blueprint.node import walk
from wpbridge.blueprint.problems import Problems
from wpbridge.blueprint.source import Sources
from wpbridge.blueprint.values import slug
from wpbridge.errors import Place, UsageError
from wpbridge.model import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

    from wpbridge.blueprint.grammar import Section
    from wpbridge.blueprint.inputs import Answer, Ask
    from wpbridge.blueprint.node import Node


def load(
    *files: str | PathLike[str],
    sections: Iterable[Section],
    answers: Mapping[str, Answer] | None = None,
    as_of: str | datetime | None = None,
    ask: Ask | None = None,
    partial: bool = False,
) -> Blueprint:
    """
    Read a blueprint; several files are one blueprint, the first one's includes.

    ``answers`` are those of the call, ``ask`` is asked for what is left, ``as_of`` sets
    the clock. With ``partial``, inputs may stay open. Raises ``BlueprintError`` with
    every problem of every file.
    """
    if not files:
        raise UsageError("no blueprint is named")
    problems = Problems()
    sources = Sources(problems)
    composer = Composer(sources, problems)
    main, *others = (Path(each) for each in files)
    root = composer.gather(main)
    for each in others:
        if (other := composer.gather(each)) and root:
            composer.join(root, other)
    if root is None:
        problems.raise_any()
        raise UsageError(f"{main} cannot be read")
    inputs = declared(root, problems)
    own = root.child("answers")
    scope = answered(
        inputs,
        (answers or {}, own.fields() if own else {}),
        file=main.as_posix(),
        problems=problems,
        ask=ask,
    )
    left = tuple(missing(inputs, scope))
    if left and not partial and not problems.found:
        names = ", ".join(f"{each.name} ({each.question})" for each in left)
        problems.add(
            Place(main.as_posix()),
            f"these inputs have no answer: {names}; use --set, --answers, or run "
            "`wpbridge new`",
        )
    whole = language(sections)
    root = expand(whole, root, scope)
    Check(problems, open=bool(left)).fields(whole, root, Label())
    problems.raise_any()
    return Blueprint(
        file=main,
        root=root,
        now=datetime.now(UTC),
        owner=slug(main.stem),
        digests=sources.digests,
    )


def each_entry(blueprint: Blueprint, section: Section) -> Iterator[Entry]:
    """Every entry of a section, or its one value, wherever its path leads."""
    path = tuple(section.path.split("/"))
    for above, parents, node in walk(blueprint.root, path):
        if isinstance(section.type, Entries | Table) and isinstance(node.value, dict):
            for key, child in node.value.items():
                yield Entry(key, child, above, parents, blueprint, section.path)
        else:
            yield Entry("", node, above, parents, blueprint, section.path)
