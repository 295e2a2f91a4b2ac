"""
Reading regular files, up to a limit.

A pipe keeps its reader waiting for ever and ``/dev/zero`` never ends, and the size that
either tells is 0. So what is no regular file is not opened, and of what was opened it
is looked at again: a name may stand for another thing by then.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)  # Windows alone has it
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_NONBLOCK", 0)
)


class Unfit(Exception):
    """A file that is not read; its text goes after the file's name."""


@contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """
    Open a regular file to read bytes from it.

    Raises ``Unfit`` for what is none, and ``OSError`` where there is nothing to open.
    """
    _check(path.stat().st_mode)
    number = os.open(path, _FLAGS)
    with open(number, "rb") as file:  # noqa: PTH123 - has its flags
        _check(os.fstat(number).st_mode)
        yield file


def read_regular(path: Path, most: int) -> bytes:
    """Read a regular file; raises ``Unfit`` if it has more bytes than ``most``."""
    with open_regular(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Unfit(
            f"has more than {size(most)}, the most that is read of such a file; make "
            "several of it"
        )
    return data


def size(count: int) -> str:
    """``5 MB``."""
    return f"{count // 1_000_000} MB"


def _check(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise Unfit("is a folder, not a file")
    if not stat.S_ISREG(mode):
        raise Unfit("is a pipe, a device or a socket, not a file")
