"""Private messages as rows, and as BuddyPress's replies show them."""

import html
from typing import Any

from wpbridge.rehearsal.kses import ACTIVITY_TAGS, COMMENT_TAGS, kses
from wpbridge.rehearsal.people import avatars, profile_url
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import (
    clickable,
    paragraphs,
    shown_name,
    strip_slashes,
    strip_tags,
    texturize,
)
from wpbridge.rehearsal.visit import Visit

EXCERPT = 75


def exists(visit: Visit, thread: int) -> bool:
    """``messages_is_valid_thread``."""
    return bool(visit.store.value("SELECT 1 FROM messages WHERE thread_id = ?", thread))


def takes_part(visit: Visit, thread: int, user: int) -> bool:
    """``messages_check_thread_access``: a recipient who has not deleted it."""
    return bool(
        visit.store.value(
            "SELECT 1 FROM message_recipients WHERE thread_id = ? AND user_id = ? "
            "AND is_deleted = 0",
            thread,
            user,
        )
    )


def messages(visit: Visit, thread: int) -> list[Row]:
    """Every message of a thread, the oldest first."""
    return visit.store.rows(
        "SELECT * FROM messages WHERE thread_id = ? ORDER BY date_sent, id", thread
    )


def recipients(visit: Visit, thread: int) -> list[Row]:
    """Everybody in a thread, its sender too."""
    return visit.store.rows(
        "SELECT * FROM message_recipients WHERE thread_id = ? ORDER BY id", thread
    )


def prepared(visit: Visit, thread: int, user: int) -> dict[str, Any]:
    """
    ``prepare_item_for_response``.

    The last message is the latest by its date; of several within one second
    it is the first.
    """
    known, people = messages(visit, thread), recipients(visit, thread)
    latest = max(row["date_sent"] for row in known)
    shown = next(row for row in known if row["date_sent"] == latest)
    descending = visit.get("order") == "desc" or "per_page" in visit.params.defaults
    listed = _page(visit, [*reversed(known)] if descending else known, "messages")
    unread = next((row["unread_count"] for row in people if row["user_id"] == user), 0)
    told = [message(visit, row, user) for row in listed]
    text = strip_tags(shown["message"])
    excerpt = text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0]
    if len(text) > EXCERPT:
        excerpt += " [&hellip;]"
    data = {
        "id": thread,
        "message_id": shown["id"],
        "last_sender_id": shown["sender_id"],
        "subject": _subject(visit, shown["subject"]),
        "excerpt": {"raw": excerpt, "rendered": texturize(excerpt)},
        "message": {
            "raw": shown["message"],
            "rendered": _rendered(visit, shown["message"]),
        },
        "date": visit.local(shown["date_sent"]),
        "date_gmt": shown["date_sent"].replace(" ", "T"),
        "unread_count": unread,
        "sender_ids": [*dict.fromkeys(row["sender_id"] for row in known)],
        "recipients": {
            str(row["user_id"]): recipient(visit, row)
            for row in _page(visit, people, "recipients")
        }
        if visit.version.wraps
        else [recipient(visit, row) for row in _page(visit, people, "recipients")],
        "messages": told,
        "starred_message_ids": [each["id"] for each in told if each["is_starred"]],
    }
    shaped = visit.shaped("bp_messages", data)
    shaped["_links"] = _links(visit, thread, listed)
    return shaped


def _page(visit: Visit, rows: list[Row], name: str) -> list[Row]:
    size = visit.number(f"{name}_per_page") or 10
    start = (max(visit.number(f"{name}_page"), 1) - 1) * size
    return rows[start : start + size]


def _subject(visit: Visit, text: str) -> dict[str, str]:
    return {"raw": text, "rendered": shown_name(kses(text, visit.rules(COMMENT_TAGS)))}


def _rendered(visit: Visit, text: str) -> str:
    filtered = clickable(kses(text, visit.rules(ACTIVITY_TAGS)))
    return strip_slashes(paragraphs(texturize(filtered)))


def message(visit: Visit, row: Row, user: int) -> dict[str, Any]:
    """``prepare_message_for_response``."""
    starred = visit.store.value(
        "SELECT 1 FROM message_stars WHERE user_id = ? AND message_id = ?",
        user,
        row["id"],
    )
    told: dict[str, Any] = {
        "id": row["id"],
        "thread_id": row["thread_id"],
        "sender_id": row["sender_id"],
        "subject": _subject(visit, row["subject"]),
        "message": {
            "raw": row["message"],
            "rendered": _rendered(visit, row["message"]),
        },
        "date_sent": visit.local(row["date_sent"]),
        "date_sent_gmt": row["date_sent"].replace(" ", "T"),
        "is_starred": bool(starred),
    }
    if visit.version.api == "v1":
        # v1 has one date, in UTC.
        told["date_sent"] = told.pop("date_sent_gmt")
    return visit.shaped("bp_messages", told)


def recipient(visit: Visit, row: Row) -> dict[str, Any]:
    """``prepare_recipient_for_response``; v1 has numbers for its flags."""
    user = visit.user(row["user_id"])
    deleted, only = row["is_deleted"], row["sender_only"]
    return {
        "id": row["id"],
        "is_deleted": deleted if visit.version.wraps else bool(deleted) or not user,
        "name": user["display_name"] if user else "Deleted User",
        "sender_only": only if visit.version.wraps else bool(only),
        "thread_id": row["thread_id"],
        "unread_count": row["unread_count"],
        "user_id": row["user_id"],
        "user_link": html.escape(profile_url(visit, user)),
        "user_avatars": avatars(visit, row["user_id"]),
    }


def _links(visit: Visit, thread: int, listed: list[Row]) -> dict[str, Any]:
    base = visit.api("messages/")
    links: dict[str, Any] = {
        "self": [{"href": f"{base}{thread}"}],
        "collection": [{"href": base}],
    }
    stars = {str(row["id"]): {"href": f"{base}starred/{row['id']}"} for row in listed}
    if visit.version.wraps:
        links |= {key: [each] for key, each in stars.items()}
    else:
        links["starred-messages"] = []
        links["star-messages"] = [stars]
    return links
