"""
Where passwords are kept: the system's keyring, or a file for the owner's eyes only.

Some keyrings only pretend to keep what they are given, so it is asked for again.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from wpbridge import limits
from wpbridge.errors import UsageError
from wpbridge.regular import Unfit, read_regular
from wpbridge.site.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVICE = "wpbridge"
KEYRING = "the system's keyring"


class Vault:
    """Passwords by name, such as ``jane@https://example.org``."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "passwords.json"

    def keep(self, entry: str, password: Secret) -> str:
        """Keep a password; says in words where."""
        if _to_keyring(entry, password):
            self._drop(entry)
            return KEYRING
        save(self._file, {**load(self._file), entry: password.reveal()})
        who = "your Windows account" if sys.platform == "win32" else "you"
        return f"{self._file}, which only {who} can read (there is no keyring)"

    def find(self, entry: str) -> tuple[Secret, str] | None:
        """Find a password, and where it was; the keyring takes longer to ask."""
        _check_private(self._file)
        password = load(self._file).get(entry)
        if password is not None:
            return Secret(password), str(self._file)
        password = _from_keyring(entry)
        return None if password is None else (Secret(password), KEYRING)

    def forget(self, entry: str) -> None:
        """Forget a password, wherever it is."""
        _out_of_keyring(entry)
        self._drop(entry)

    def _drop(self, entry: str) -> None:
        passwords = load(self._file)
        if passwords.pop(entry, None) is not None:
            save(self._file, passwords)


def load(path: Path) -> dict[str, Any]:
    """What a file of ours holds; nothing where there is none."""
    try:
        known = json.loads(read_regular(path, limits.STATE_BYTES))
    except FileNotFoundError:
        return {}
    except (Unfit, ValueError, RecursionError):
        raise UsageError(f"{path} cannot be read; mend it or delete it") from None
    return known if isinstance(known, dict) else {}


def save(path: Path, known: Mapping[str, Any]) -> None:
    """Write all or nothing, for the owner's eyes only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # NamedTemporaryFile makes files of mode 0600.
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, delete=False
    ) as file:
        try:
            json.dump(known, file, indent=2, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).replace(path)


def _check_private(path: Path) -> None:
    if sys.platform == "win32" or not path.exists():
        return
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(
            f"others can read the passwords in {path}: run `chmod 600 {path}`, and "
            "better make new ones"
        )


def _to_keyring(entry: str, password: Secret) -> bool:
    """Tell whether the keyring took it, which some backends only pretend."""
    import keyring  # noqa: PLC0415 - slow
    import keyring.errors  # noqa: PLC0415 - the same

    try:
        keyring.set_password(SERVICE, entry, password.reveal())
        return keyring.get_password(SERVICE, entry) == password.reveal()
    except keyring.errors.KeyringError:
        return False


def _from_keyring(entry: str) -> str | None:
    import keyring  # noqa: PLC0415 - slow
    import keyring.errors  # noqa: PLC0415 - the same

    try:
        return keyring.get_password(SERVICE, entry)
    except keyring.errors.KeyringError:
        return None


def _out_of_keyring(entry: str) -> None:
    import keyring  # noqa: PLC0415 - slow
    import keyring.errors  # noqa: PLC0415 - the same

    try:
        keyring.delete_password(SERVICE, entry)
    except keyring.errors.KeyringError:
        return
