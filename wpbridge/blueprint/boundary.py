"""Where a blueprint's files may lie: its own folder, the library, or a trusted one."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from wpbridge.blueprint import library
from wpbridge.blueprint.source import real

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from wpbridge.blueprint.node import Node
    from wpbridge.blueprint.problems import Problems


@dataclass(frozen=True)
class Boundary:
    """
    The folders that a blueprint may name files in.

    They are those of the files that somebody named, of the library, and those that
    somebody trusts; a blueprint has no word for it. All are without symbolic links, and
    so is what is held against them. Where the blueprint itself is a link, its folder is
    that of the link, and not that of the file which the link leads to.
    """

    folders: tuple[Path, ...]

    @classmethod
    def around(
        cls, files: Iterable[Path], trust: Iterable[str | PathLike[str]] = ()
    ) -> Boundary:
        """
        Draw it around files.

        Args:
            files: Those that a person named, so that their folders are theirs to read.
            trust: Further folders, such as one of templates that a team shares.

        """
        own = (file.parent for file in files)
        folders = (*own, library.folder(), *map(Path, trust))
        return cls(tuple(dict.fromkeys(real(folder) for folder in folders)))

    def holds(self, path: Path) -> bool:
        """Whether a file lies within, wherever symbolic links lead."""
        return any(real(path).is_relative_to(folder) for folder in self.folders)

    def find(self, node: Node, problems: Problems) -> Path | None:
        """Find the path that a node names, from its own file on, if it lies within."""
        name = str(node.value)
        path = Path(node.place.file).parent / name
        if not PureWindowsPath(name).drive and self.holds(path):
            return path
        problems.add(
            node.place,
            f"`{name}` is outside the blueprint's folder; put the file in it, or, if "
            f"you trust the folder that it is in, add --trust {_shown(path)}",
        )
        return None


def _shown(path: Path) -> str:
    """The folder that a file is really in, as it is written in a command here."""
    folder = str(real(path).parent)
    with suppress(ValueError):  # it is on another drive
        near = os.path.relpath(folder)
        folder = near if len(near) < len(folder) else folder
    return shlex.quote(folder)
