"""
A MariaDB of our own: in a folder, reached over a socket there, gone afterwards.

It is told to be quick rather than safe, as nothing in it outlives the tests.
"""

from __future__ import annotations

import getpass
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.live.processes import run, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUICK = (
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-flush-method=nosync",
    "--sync-frm=0",
    "--innodb-doublewrite=0",
    "--innodb-log-file-size=64M",
    "--innodb-buffer-pool-size=256M",
    "--skip-log-bin",
)


@contextmanager
def mariadb(folder: Path) -> Iterator[Path]:
    """Run one in a folder, and give its socket."""
    data, socket = folder / "data", folder / "db.sock"
    user = f"--user={getpass.getuser()}"
    # A server clears its folder for temporary tables as it starts: not that of others.
    own = f"--tmpdir={folder / 'tmp'}"
    (folder / "tmp").mkdir()
    run(
        [
            "mariadb-install-db",
            "--no-defaults",
            f"--datadir={data}",
            user,
            own,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ]
    )
    server = shutil.which("mariadbd") or "/usr/sbin/mariadbd"
    command = [
        server,
        "--no-defaults",
        f"--datadir={data}",
        f"--socket={socket}",
        f"--pid-file={folder / 'db.pid'}",
        user,
        own,
        "--skip-networking",
        "--character-set-server=utf8mb4",
        *QUICK,
    ]
    with running(command, folder / "db.log", socket.exists):
        yield socket


@dataclass(frozen=True)
class Database:
    """One database on a server that runs."""

    socket: Path
    name: str

    @property
    def _created(self) -> str:
        return f"CREATE DATABASE {self.name} CHARACTER SET utf8mb4"

    def create(self) -> None:
        """Make it, empty."""
        self._run("mariadb", self._created)

    def dump(self) -> str:
        """Give all that is in it, as statements."""
        return self._run(
            "mariadb-dump", "", "--skip-add-drop-table", "--skip-comments", self.name
        )

    def restore(self, dump: str) -> None:
        """Put it back to what a dump says, with no table beside those."""
        quick = "SET autocommit=0, unique_checks=0, foreign_key_checks=0"
        again = f"DROP DATABASE {self.name}; {self._created}; USE {self.name}"
        self._run("mariadb", f"{again};\n{quick};\n{dump}\nCOMMIT;")

    def rows(self, query: str) -> list[list[str]]:
        """Give the rows that a query finds."""
        found = self._run("mariadb", query, "--batch", "--skip-column-names", self.name)
        return [line.split("\t") for line in found.splitlines()]

    def number(self, query: str) -> int:
        """Give the one number that a query finds."""
        return int(self.rows(query)[0][0])

    def _run(self, program: str, given: str, *words: str) -> str:
        command = [program, "--no-defaults", f"--socket={self.socket}", "-uroot"]
        return run([*command, *words], given=given.encode())
