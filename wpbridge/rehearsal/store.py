"""
The tables of the embedded site, in SQLite.

They are named and shaped after BuddyPress's own, so that whatever draws pages
can read them with plain queries. One connection serves every thread, under a
lock that a request holds from its first look to its last write.
"""

import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import RLock
from typing import Any

Row = sqlite3.Row


class Store:
    """A database file (or ``:memory:``) with the site's tables in it."""

    def __init__(self, database: Path | str) -> None:
        self.lock = RLock()
        self._connection = sqlite3.connect(
            database, check_same_thread=False, isolation_level=None, timeout=30
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.create_collation("words", _compared)
        # A log of writes and no waiting for the disk at each: a crash of the
        # process loses nothing, and a write costs microseconds.
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-20000"):
            self._connection.execute(f"PRAGMA {pragma}")
        schema = files(__package__ or "").joinpath("schema.sql").read_text("utf-8")
        self._connection.executescript(schema)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def begin(self) -> None:
        """Start keeping writes together, ahead of other processes."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep what was written since."""
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def rollback(self) -> None:
        """Drop what was written since."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def rows(self, query: str, *values: Any) -> list[Row]:
        """Every row that a query finds."""
        return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: Any) -> Row | None:
        """The first row, or None."""
        found: Row | None = self._connection.execute(query, values).fetchone()
        return found

    def value(self, query: str, *values: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.row(query, *values)
        return found[0] if found else None

    def column(self, query: str, *values: Any) -> list[Any]:
        """The first column of every row."""
        return [row[0] for row in self.rows(query, *values)]

    def run(self, query: str, *values: Any) -> int:
        """Run a write; how many rows it changed."""
        return self._connection.execute(query, values).rowcount

    def insert(self, table: str, **values: Any) -> int:
        """Add a row; its id."""
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        cursor = self._connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())
        )
        return cursor.lastrowid or 0

    def update(self, table: str, identity: int, **values: Any) -> int:
        """
        Change a row by its id; 0 where nothing would become different.

        MySQL counts rows that really changed, and BuddyPress takes 0 for
        failure (BP_Groups_Member::save and others).
        """
        if not values:
            return 0
        sets = ", ".join(f"{name} = ?" for name in values)
        differs = " OR ".join(f"{name} IS NOT ?" for name in values)
        return self.run(
            f"UPDATE {table} SET {sets} WHERE id = ? AND ({differs})",
            *values.values(),
            identity,
            *values.values(),
        )

    def option(self, name: str, default: Any = None) -> Any:
        """A site option."""
        found = self.value("SELECT value FROM options WHERE name = ?", name)
        return default if found is None else json.loads(found)

    def set_option(self, name: str, value: Any) -> None:
        """Keep a site option."""
        self.run(
            "INSERT INTO options (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name,
            json.dumps(value),
        )


@lru_cache(maxsize=100_000)
def _plain(text: str) -> str:
    """Letters as MySQL's ``utf8mb4_unicode_ci`` takes them: É is e."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each))


def _compared(one: str, other: str) -> int:
    left, right = _plain(one), _plain(other)
    return (left > right) - (left < right)


def marks(values: Sequence[Any] | Iterable[Any]) -> str:
    """``?, ?, ?`` for an IN."""
    return ", ".join("?" for _ in values)


def like(text: str) -> str:
    """Text as part of a LIKE, escaped with a backslash."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
