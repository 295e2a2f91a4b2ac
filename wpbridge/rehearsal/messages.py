"""``~/messages``, after BP_Messages_REST_Controller and messages_new_message."""

from typing import Any

from wpbridge.rehearsal.kses import ACTIVITY_TAGS, COMMENT_TAGS
from wpbridge.rehearsal.members import touch
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import like
from wpbridge.rehearsal.text import saved_html
from wpbridge.rehearsal.threads import (
    exists,
    message,
    messages,
    prepared,
    recipients,
    takes_part,
)
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply, totals


def _user(visit: Visit) -> int:
    """Whose box: moderators may name somebody, others read their own."""
    named = visit.number("user_id")
    # v1 lets anybody name anybody for one thread; lists ask all the same.
    if not named or (not visit.moderates and not visit.version.wraps):
        named = visit.bp_me
    if not visit.user(named):
        raise Refusal("bp_rest_invalid_id", "Invalid member ID.", 404)
    return named


def get_items(visit: Visit) -> Reply:
    """A page of threads in a box."""
    if visit.anonymous:
        raise visit.denied()
    user = _user(visit)
    if user != visit.bp_me and not visit.moderates:
        raise visit.denied("Sorry, you cannot view the messages.")
    found = _boxed(visit, user)
    size, start = visit.slice
    page = [prepared(visit, thread, user) for thread in found[start : start + size]]
    return visit.page(page, len(found))


def _boxed(visit: Visit, user: int) -> list[int]:
    """Threads of a box, those with the newest message first."""
    parts, values = ["r.user_id = ?", "r.is_deleted = 0"], list[Any]([user])
    match visit.get("box"):
        case "sentbox":
            parts.append("m.sender_id = ?")
            values.append(user)
        case "inbox":
            parts.append("r.sender_only = 0")
        case "starred":
            parts.append(
                "m.id IN (SELECT message_id FROM message_stars s WHERE s.user_id = ?)"
            )
            values.append(user)
        case _:
            pass
    read = {"unread": "r.unread_count != 0", "read": "r.unread_count = 0"}
    parts.append(read.get(visit.get("type"), "1"))
    if visit.get("search"):
        parts.append("(m.subject LIKE ? ESCAPE '\\' OR m.message LIKE ? ESCAPE '\\')")
        values += [like(visit.get("search"))] * 2
    return visit.store.column(
        "SELECT r.thread_id FROM message_recipients r JOIN messages m "
        f"ON m.thread_id = r.thread_id WHERE {' AND '.join(parts)} "
        "GROUP BY r.thread_id ORDER BY max(m.date_sent) DESC, r.thread_id DESC",
        *values,
    )


def _thread(visit: Visit) -> tuple[int, int]:
    """Thread and user, if this user takes part in it."""
    if visit.anonymous:
        raise visit.denied()
    thread = visit.number("id")
    if not exists(visit, thread):
        message = "Sorry, this thread does not exist."
        raise Refusal("bp_rest_invalid_id", message, 404)
    named = visit.number("user_id") or visit.bp_me
    if visit.version.wraps:
        # R14: moderators read any thread, and any user_id is believed.
        if not visit.moderates and not takes_part(visit, thread, named):
            raise visit.denied()
        return thread, named
    user = _user(visit)
    if not takes_part(visit, thread, user):
        raise visit.denied()
    return thread, user


def get_item(visit: Visit) -> Any:
    """One thread."""
    thread, user = _thread(visit)
    body = visit.single(prepared(visit, thread, user))
    total = len(messages(visit, thread))
    size = visit.number("messages_per_page") or 10
    return Reply(body, headers=totals(total, size))


def create_item(visit: Visit) -> Any:
    """Send a message as the caller; sender_id is heard and not used."""
    if visit.anonymous:
        message = "Sorry, you need to be logged in to create a message."
        raise visit.denied(message)
    thread = visit.number("id")
    if thread and not visit.moderates and not takes_part(visit, thread, visit.bp_me):
        raise visit.denied()
    if not visit.bp_me:
        raise _failed(visit, "Your message was not sent. Please use a valid sender.")
    if not visit.get("message"):
        raise _failed(visit, "Your message was not sent. Please enter some content.")
    thread = _reply(visit, thread) if exists(visit, thread) else _start(visit)
    touch(visit, visit.bp_me)
    return visit.single(prepared(visit, thread, visit.bp_me))


def _failed(visit: Visit, message: str) -> Refusal:
    if visit.version.wraps:
        message = "There was an error trying to create the message."
    return Refusal("bp_rest_messages_create_failed", message, 500)


def _start(visit: Visit) -> int:
    to = [_recipient(visit, each) for each in visit.get("recipients") or ()]
    people = [*dict.fromkeys(each for each in to if each)]
    if len(people) > 1:
        people = [each for each in people if each != visit.me]
    if not people:
        raise _failed(
            visit,
            "Message could not be sent because you have entered an invalid "
            "username. Please try again.",
        )
    thread = 1 + (visit.store.value("SELECT max(thread_id) FROM messages") or 0)
    for user in people:
        visit.store.insert(
            "message_recipients", user_id=user, thread_id=thread, unread_count=1
        )
    if visit.me not in people:
        visit.store.insert(
            "message_recipients", user_id=visit.me, thread_id=thread, sender_only=1
        )
    _add(visit, thread, visit.get("subject") or "No Subject", people)
    return thread


def _recipient(visit: Visit, given: Any) -> int | None:
    # An id is tried as a nicename first: a member whose slug is "12" gets
    # what was meant for user 12.
    user = visit.store.value("SELECT id FROM users WHERE nicename = ?", str(given))
    if user is None:
        user = visit.store.value("SELECT id FROM users WHERE id = ?", given)
    return None if user is None else int(user)


def _reply(visit: Visit, thread: int) -> int:
    people = [row["user_id"] for row in recipients(visit, thread)]
    others = [each for each in people if each != visit.me] or people
    subject = visit.get("subject") or f"Re: {messages(visit, thread)[0]['subject']}"
    # BP_Messages_Message::send: unread for the others, back for everyone.
    visit.store.run(
        "UPDATE message_recipients SET unread_count = unread_count + 1, "
        "sender_only = 0, is_deleted = 0 WHERE thread_id = ? AND user_id != ?",
        thread,
        visit.me,
    )
    _add(visit, thread, subject, others)
    return thread


def _add(visit: Visit, thread: int, subject: str, people: list[int]) -> None:
    identity = visit.store.insert(
        "messages",
        thread_id=thread,
        sender_id=visit.me,
        subject=saved_html(subject, visit.rules(COMMENT_TAGS)),
        message=saved_html(
            visit.get("message"), visit.rules(ACTIVITY_TAGS), slashes=True
        ),
        date_sent=visit.dated("message"),
    )
    for user in people:
        if user != visit.me:
            visit.notify(user, "messages", "new_message", identity, visit.me)
            visit.mail(user, "messages-unread")


def update_item(visit: Visit) -> Any:
    """Mark a thread read or unread; texts cannot change."""
    thread, user = _thread(visit)
    read, unread = bool(visit.get("read")), bool(visit.get("unread"))
    wanted = visit.number("message_id")
    known = messages(visit, thread)
    if wanted and wanted not in {row["id"] for row in known}:
        message_text = "Sorry, this message does not exist."
        raise Refusal("bp_rest_invalid_id", message_text, 404)
    mine = any(row["sender_id"] == visit.bp_me for row in known)
    if not (read or unread or mine or visit.moderates):
        message_text = "There was an error trying to update the message."
        raise Refusal("bp_rest_messages_update_failed", message_text, 500)
    for asked, count in ((read, 0), (unread, 1)):
        if asked:
            visit.store.run(
                "UPDATE message_recipients SET unread_count = ? "
                "WHERE thread_id = ? AND user_id = ?",
                count,
                thread,
                user,
            )
    return visit.single(prepared(visit, thread, user))


def delete_item(visit: Visit) -> Any:
    """Delete a thread for one member; it goes when all have deleted it."""
    thread, user = _thread(visit)
    previous = prepared(visit, thread, user)
    visit.store.run(
        "UPDATE message_recipients SET is_deleted = 1 "
        "WHERE thread_id = ? AND user_id = ?",
        thread,
        user,
    )
    if all(row["is_deleted"] for row in recipients(visit, thread)):
        for table in ("messages", "message_recipients"):
            visit.store.run(f"DELETE FROM {table} WHERE thread_id = ?", thread)
    return {"deleted": True, "previous": previous}


def toggle_star(visit: Visit) -> Any:
    """Star a message, or take the star off."""
    if visit.anonymous:
        told = "Sorry, you need to be logged in to star/unstar a message."
        raise visit.denied(told)
    row = visit.store.row("SELECT * FROM messages WHERE id = ?", visit.number("id"))
    if not row:
        told = "Sorry, the thread of this message does not exist."
        raise Refusal("bp_rest_invalid_id", told, 404)
    if not takes_part(visit, row["thread_id"], visit.bp_me):
        raise visit.denied("Sorry, you are not allowed to star/unstar messages.")
    removed = visit.store.run(
        "DELETE FROM message_stars WHERE user_id = ? AND message_id = ?",
        visit.me,
        row["id"],
    )
    if not removed:
        visit.store.insert("message_stars", user_id=visit.me, message_id=row["id"])
    return visit.single(message(visit, row, visit.me))


ROUTES = {
    "GET ~/messages": get_items,
    "POST ~/messages": create_item,
    "GET ~/messages/<id>": get_item,
    "EDIT ~/messages/<id>": update_item,
    "DELETE ~/messages/<id>": delete_item,
    "EDIT ~/messages/starred/<id>": toggle_star,
}
