"""One blueprint from several files: what it extends, and what it includes."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from wpbridge import limits
from wpbridge.blueprint import library
from wpbridge.blueprint.node import Node
from wpbridge.blueprint.problems import Problems, suggest
from wpbridge.blueprint.read import parse
from wpbridge.blueprint.source import real
from wpbridge.errors import BlueprintError, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wpbridge.blueprint.boundary import Boundary
    from wpbridge.blueprint.source import Sources

_DEEPEST = 3
_OWN = ("extends", "include", "template")
"""Words that speak of the file they stand in and are not inherited."""
_SAYS_SO = re.compile(r"^[ \t]*[{\"']*wpbridge[\"']?[ \t]*:", re.MULTILINE)
"""The line by which a text says that it is a blueprint, where it is no YAML."""
_EACH_FILE = ("wpbridge", "name", "about")
"""Words that an included file may repeat for itself."""


class Composer:
    """
    Reads a blueprint's files and makes one tree of them.

    ``inherited`` names the files of templates, whose entries may be stated again.
    """

    def __init__(
        self, sources: Sources, problems: Problems, boundary: Boundary
    ) -> None:
        self.sources = sources
        self.boundary = boundary
        self.problems = problems
        self.inherited: set[str] = set()
        self._files = 0

    def gather(self, path: Path, trail: tuple[Path, ...] = ()) -> Node | None:
        """A file with all that it extends and includes."""
        return self._file(path, Place(path.as_posix()), trail)

    def _file(self, path: Path, asked: Place, trail: tuple[Path, ...]) -> Node | None:
        if real(path) in trail:
            self.problems.add(asked, f"{path} is reached again from itself")
            return None
        self._bound(asked, trail)
        text = self.sources.text(path, asked)
        root = text and self._parse(text, path.as_posix())
        if not root:
            if text == "":
                parse(text, path.as_posix(), self.problems)
            return None
        trail = (*trail, real(path))
        for each in _texts(root.child("include")):
            beside = self.boundary.find(each, self.problems)
            other = self._file(beside, each.place, trail) if beside else None
            if other:
                self.join(root, other)
        return self._extended(root, trail)

    def _parse(self, text: str, file: str) -> Node | None:
        """
        Parse a text that says that it is a blueprint.

        Of another nothing is told but that: it may be a list of passwords, and problems
        may stand in a public log.
        """
        problems = Problems()
        root = None
        with suppress(BlueprintError):  # too many problems
            root = parse(text, file, problems)
        known = root.child("wpbridge") if root else _SAYS_SO.search(text)
        if not known:
            problems = Problems()
            needs = "a blueprint needs `wpbridge` as its first line: `wpbridge: 1`"
            problems.add(Place(file, 1, 1), needs)
        for problem in problems.found:
            self.problems.add(*problem)
        return root if known else None

    def _bound(self, asked: Place, trail: tuple[Path, ...]) -> None:
        """Stop at a chain, or a number, of files that no blueprint needs."""
        self._files += 1
        if self._files > limits.FILES:
            self.problems.stop(
                asked,
                f"a blueprint includes up to {limits.FILES:,} files, one that is "
                "included twice counted twice; include fewer",
            )
        if len(trail) > limits.INCLUDED_DEEP:
            self.problems.stop(
                asked,
                f"files include each other up to {limits.INCLUDED_DEEP} deep; include "
                "them from one file",
            )

    def _extended(self, root: Node, trail: tuple[Path, ...]) -> Node | None:
        said = root.child("extends")
        if said is None or not isinstance(said.value, str):
            return root
        if len(trail) > _DEEPEST:
            self.problems.add(
                said.place,
                f"blueprints extend each other up to {_DEEPEST} deep; extend one "
                "further up",
            )
            return root
        parent_path = self._parent(said)
        parent = self._file(parent_path, said.place, trail) if parent_path else None
        self.inherited |= {each.key_place.file for each in _sections(parent)}
        if not parent:
            return None
        for word in _OWN:
            parent.fields().pop(word, None)
        return merge(parent, root)

    def _parent(self, said: Node) -> Path | None:
        name = str(said.value)
        if "://" in name:
            self.problems.add(
                said.place, "blueprints are extended from files, not from the network"
            )
            return None
        if name.endswith((".yaml", ".yml")) or "/" in name:
            return self.boundary.find(said, self.problems)
        found = library.template(name)
        if not found:
            known = library.templates()
            near = suggest(name, known) or f"; there are {', '.join(known)}"
            self.problems.add(
                said.place,
                f"there is no template `{name}`{near} "
                f"(for a file of your own, write `./{name}.yaml`)",
            )
        return found

    def join(self, root: Node, other: Node) -> None:
        """Put another file's sections beside those of a blueprint."""
        for name, section in other.fields().items():
            if name in _EACH_FILE:
                continue
            here = root.fields().setdefault(name, section)
            if here is section:
                continue
            if isinstance(here.value, dict) and isinstance(section.value, dict):
                for key, entry in section.value.items():
                    if here.value.setdefault(key, entry) is not entry:
                        self._overlap(f"{name}/{key}", entry, here.value[key])
            else:
                self._overlap(f"`{name}`", section, here)

    def _overlap(self, name: str, second: Node, first: Node) -> None:
        self.problems.add(
            second.key_place,
            f"{name} is in this blueprint already, at {first.key_place}; keep one of "
            "the two",
        )


def merge(parent: Node, child: Node) -> Node:
    """A child's words over its parent's, field by field; lists and texts replace."""
    if child.value is None and isinstance(parent.value, dict):
        return parent
    if not isinstance(parent.value, dict) or not isinstance(child.value, dict):
        return child
    found = dict(parent.value)
    for name, node in child.value.items():
        found[name] = merge(found[name], node) if name in found else node
    return Node(found, child.place, child.key_place)


def _sections(root: Node | None) -> Iterator[Node]:
    """The nodes at the top of a tree, and those below: all that can be restated."""
    for section in root.fields().values() if root else ():
        yield section
        yield from section.fields().values()


def _texts(node: Node | None) -> list[Node]:
    return (
        [each for each in node.items() if isinstance(each.value, str)] if node else []
    )
