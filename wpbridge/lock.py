"""
One apply at a time on a site, from this machine.

Beside the lock lies a note of who holds it. A note without a lock was left by a run
that ended badly, or whose word that it is over did not reach the site; the next one
hears of it, and takes its token over.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from wpbridge import folders, limits, stage
from wpbridge.errors import Locked, UsageError
from wpbridge.regular import Unfit, read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class Held:
    """
    A lock that is ours; ``unclean`` says that the run before did not end well.

    ``token`` names the holder to the site; who was cut off is followed under the same.
    """

    path: Path
    unclean: bool
    token: str
    lasting: bool = False

    def keep(self) -> None:
        """Leave the token to the next run, as the site still goes by it."""
        self.lasting = True


@contextmanager
def hold(root: str, folder: Path | None = None) -> Iterator[Held]:
    """Keep others off the site with this REST root, or raise ``Locked``."""
    import filelock  # noqa: PLC0415 - only who writes waits for it

    path = _path(root, folder)
    note = path.with_suffix(".json")
    lock = filelock.FileLock(path, timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout:
        named = stage.told(root)
        where = _site(root) if named == root else named
        raise Locked(f"another apply is at work on {where}{_holder(note)}") from None
    except OSError as error:
        raise UsageError(
            f"{path.parent} cannot be written to: {error.strerror}; name another "
            "folder with WPBRIDGE_HOME"
        ) from error
    try:
        token = str(_noted(note).get("token") or token_hex(32))
        held = Held(path, note.exists(), token)
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        told = {"pid": os.getpid(), "since": now, "token": token}
        _keep(note, json.dumps(told))
        yield held
        if not held.lasting:
            note.unlink(missing_ok=True)
    finally:
        lock.release()


def _path(root: str, folder: Path | None) -> Path:
    folder = folder or folders.state() / "locks"
    return folder / f"{sha256(_site(root).encode()).hexdigest()[:20]}.lock"


def _site(root: str) -> str:
    """A site without what may differ from one command to the next."""
    parts = urlsplit(root)
    path = parts.path.removesuffix("/").removesuffix("/wp-json")
    return parts.netloc.lower() + path


def _holder(note: Path) -> str:
    known = _noted(note)
    if "pid" in known and "since" in known:
        return f": process {known['pid']}, since {known['since']}"
    return ""


def _keep(note: Path, text: str) -> None:
    """Write a note for no other account to read: its token lets one onto the site."""
    number = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(number, "w", encoding="utf-8") as file:  # noqa: PTH123 - has its rights
        note.chmod(0o600)  # one that was left here may have others
        file.write(text)


def _noted(note: Path) -> dict[str, Any]:
    """What a note says; nothing where there is none, or it cannot be read."""
    try:
        known = json.loads(read_regular(note, limits.STATE_BYTES))
    except (OSError, Unfit, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}
