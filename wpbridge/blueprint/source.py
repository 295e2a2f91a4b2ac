"""Files to text: size, encoding, and characters that no text has."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from wpbridge import limits
from wpbridge.errors import Place
from wpbridge.regular import Unfit, read_regular, size

if TYPE_CHECKING:
    from wpbridge.blueprint.problems import Problems

UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods, .xls


class Sources:
    """Reads files, and keeps the SHA-256 of every file read."""

    def __init__(self, problems: Problems) -> None:
        self.digests: dict[str, str] = {}
        self._problems = problems
        self._read = 0

    def text(
        self, path: Path, asked: Place, most: int = limits.BLUEPRINT_BYTES
    ) -> str | None:
        """
        A file's text, or ``None`` with a problem noted.

        ``asked`` names the file, which has ``most`` bytes at the most.
        """
        data = self._bytes(path, asked, most)
        if data is None:
            return None
        self._read += len(data)
        if self._read > limits.ALL_BYTES:
            self._problems.stop(
                asked,
                f"with {path}, more than {size(limits.ALL_BYTES)} are read for one "
                "blueprint; name fewer or smaller files",
            )
        self.digests[path.as_posix()] = hashlib.sha256(data).hexdigest()
        text = self._decoded(data, path.as_posix())
        if text is None:
            return None
        if bad := UNREADABLE.search(text):
            place = _place(path.as_posix(), text, bad.start())
            self._problems.add(
                place,
                f"a character that no text has, number {ord(bad[0])}, is in the file "
                "here; remove it",
            )
            return None
        return text

    def _bytes(self, path: Path, asked: Place, most: int) -> bytes | None:
        try:
            return read_regular(path, most)
        except Unfit as error:
            self._problems.add(asked, f"{path} {error}")
        except FileNotFoundError:
            self._problems.add(asked, f"there is no file {path}")
        except OSError as error:
            self._problems.add(asked, f"{path} cannot be read: {error.strerror}")
        return None

    def _decoded(self, data: bytes, file: str) -> str | None:
        if data.startswith(_PACKED):
            self._problems.add(
                Place(file),
                "this is a workbook, not text, whatever it is called; save it in the "
                "spreadsheet as `CSV UTF-8`",
            )
            return None
        encoding = "utf-16" if data.startswith(_WIDE) else "utf-8-sig"
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self._problems.add(
                Place(file, line),
                "the text here is not UTF-8; save the file as UTF-8 "
                "(in a spreadsheet: `CSV UTF-8`)",
            )
            return None


def there(path: Path) -> bool:
    """Tell whether a file is there; a name that no file can have is none."""
    try:
        return path.is_file()
    except OSError:  # a name that is too long, before Python 3.12
        return False


def real(path: Path) -> Path:
    """A path without its symbolic links; links that go round are left as they are."""
    return Path(os.path.realpath(path))  # Path.resolve raises before Python 3.13


def _place(file: str, text: str, index: int) -> Place:
    line = text.count("\n", 0, index) + 1
    return Place(file, line, index - text.rfind("\n", 0, index))
