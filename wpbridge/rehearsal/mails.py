"""The mails that a real site would have sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from wpbridge.rehearsal.store import Store


@dataclass(frozen=True)
class Mail:
    """One mail, by BuddyPress's name for its kind."""

    to: str
    kind: str
    sent: str

    def keep(self, store: Store) -> None:
        """Add it to the table."""
        store.insert("mails", recipient=self.to, kind=self.kind, date_sent=self.sent)


class Mails:
    """All of them, oldest first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __iter__(self) -> Iterator[Mail]:
        with self._store.lock:
            rows = self._store.rows("SELECT * FROM mails ORDER BY id")
        return iter([Mail(row[1], row[2], row[3]) for row in rows])

    def __len__(self) -> int:
        with self._store.lock:
            return int(self._store.value("SELECT count(*) FROM mails"))

    def clear(self) -> None:
        """Forget them."""
        with self._store.lock:
            self._store.run("DELETE FROM mails")
