"""Files to text: size, encoding, and characters that no text has."""

from __future__ import annotations

import codecs
import hashlib
import re
from typing import TYPE_CHECKING

from wpbridge.errors import Place

if TYPE_CHECKING:
    from pathlib import Path

    from wpbridge.blueprint.problems import Problems

LARGEST = 5_000_000
"""Bytes that a blueprint, a roster or a text beside them may have."""

UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods, .xls


class Sources:
    """Reads files, each once, and keeps the SHA-256 of every file read."""

    def __init__(self, problems: Problems) -> None:
        self.digests: dict[str, str] = {}
        self._problems = problems

    def text(self, path: Path, asked: Place) -> str | None:
        """A file's text, or ``None`` with a problem noted; ``asked`` names the file."""
        data = self._bytes(path, asked)
        if data is None:
            return None
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

    def _bytes(self, path: Path, asked: Place) -> bytes | None:
        try:
            size = path.stat().st_size
            if path.is_dir():
                self._problems.add(asked, f"{path} is a folder, not a file")
            elif size > LARGEST:
                self._problems.add(
                    asked,
                    f"{path} has {size / 1e6:.1f} MB, and wpbridge reads files of up "
                    f"to {LARGEST // 1_000_000} MB; split it with `include`",
                )
            else:
                return path.read_bytes()
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


def _place(file: str, text: str, index: int) -> Place:
    line = text.count("\n", 0, index) + 1
    return Place(file, line, index - text.rfind("\n", 0, index))
