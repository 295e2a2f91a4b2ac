"""What is told to everyone at once, and what is written to one alone."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from wpbridge.rehearsal.pages.faces import Face, columns, face, plain
from wpbridge.rehearsal.pages.look import Look
from wpbridge.rehearsal.pages.safe import shown

_NEWEST = 10


@dataclass(frozen=True)
class Notice:
    """Words that every member sees until they put them away."""

    subject: str
    text: Markup


@dataclass(frozen=True)
class Letter:
    """A private message."""

    author: Face
    subject: str
    text: Markup
    when: datetime | None


def notice(look: Look) -> Notice | None:
    """The one that is shown now."""
    row = look.store.row(
        "SELECT subject, message FROM notices WHERE is_active = 1 ORDER BY id DESC"
    )
    if not row:
        return None
    text = shown(row["message"], [look.url], slashes=True)
    return Notice(plain(row["subject"]), text)


def letters(look: Look, user: int) -> list[Letter]:
    """The last messages in a member's conversations, the newest first."""
    rows = look.store.rows(
        f"SELECT m.subject, m.message, m.date_sent, {columns('user', 'u', 'author_')} "
        "FROM message_recipients r JOIN messages m ON m.thread_id = r.thread_id "
        "LEFT JOIN users u ON u.id = m.sender_id "
        "WHERE r.user_id = ? AND r.is_deleted = 0 "
        "ORDER BY m.date_sent DESC, m.id DESC LIMIT ?",
        user,
        _NEWEST,
    )
    return [
        Letter(
            face("user", row, "author_"),
            plain(row["subject"]),
            shown(row["message"], [look.url], slashes=True),
            look.local(row["date_sent"]),
        )
        for row in rows
    ]
