"""``~/sitewide-notices``, after its REST controller and BP_Messages_Notice."""

from typing import Any

from wpbridge.rehearsal.kses import ACTIVITY_TAGS, COMMENT_TAGS, kses
from wpbridge.rehearsal.members import touch
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import (
    add_slashes,
    balance,
    clickable,
    encode_emoji,
    paragraphs,
    shown_name,
    strip_slashes,
    texturize,
)
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply


def _active(visit: Visit) -> Row | None:
    return visit.store.row("SELECT * FROM notices WHERE is_active = 1 ORDER BY id DESC")


def get_items(visit: Visit) -> Reply:
    """In the edit context all of them; else the active one, if not dismissed."""
    message = "Sorry, you are not allowed to see the notices."
    if visit.anonymous:
        raise visit.denied(message)
    if visit.get("context") == "edit":
        if not visit.moderates:
            # The permission callback answers false, not an error of its own.
            message = "Sorry, you are not allowed to do that."
            raise visit.denied(message, "rest_forbidden")
        rows = visit.store.rows(
            "SELECT * FROM notices ORDER BY date_sent DESC, id LIMIT ? OFFSET ?",
            *visit.slice,
        )
        total = visit.store.value("SELECT count(*) FROM notices")
        return visit.page([_prepared(visit, row) for row in rows], total)
    notice = _active(visit)
    dismissed = notice and visit.store.value(
        "SELECT 1 FROM notices_dismissed WHERE user_id = ? AND notice_id = ?",
        visit.bp_me,
        notice["id"],
    )
    if not notice or dismissed:
        return Reply([])
    visit.params.query["per_page"] = 1
    return visit.page([_prepared(visit, notice)], 1)


def _notice(visit: Visit) -> Row:
    found = visit.store.row("SELECT * FROM notices WHERE id = ?", visit.number("id"))
    if not found:
        message = "Sorry, this notice does not exist."
        raise Refusal("bp_rest_invalid_id", message, 404)
    return found


def get_item(visit: Visit) -> Any:
    """One notice."""
    message = "Sorry, you are not allowed to see this notice."
    if visit.anonymous:
        raise visit.denied(message)
    found = _notice(visit)
    if not visit.moderates and not found["is_active"]:
        raise visit.denied(message)
    return _prepared(visit, found)


def _may_manage(visit: Visit) -> None:
    if not visit.moderates:
        raise visit.denied()


def create_item(visit: Visit) -> Any:
    """A new notice; it becomes the active one."""
    _may_manage(visit)
    if not visit.get("subject") or not visit.get("message"):
        message = "Cannot create new sitewide notice."
        raise Refusal("bp_rest_user_cannot_create_sitewide_notice", message, 500)
    identity = visit.store.insert(
        "notices",
        subject=_saved_subject(visit, visit.get("subject")),
        message=_saved_message(visit, visit.get("message")),
        date_sent=visit.stamp,
        is_active=1,
    )
    _saved(visit, identity)
    notice = _active(visit)
    return _prepared(visit, notice) if notice else None


def _saved_subject(visit: Visit, text: str) -> str:
    # wp_filter_kses slashes what it filters, and nobody takes that back.
    filtered = add_slashes(kses(strip_slashes(str(text)), visit.rules(COMMENT_TAGS)))
    return encode_emoji(balance(filtered))


def _saved_message(visit: Visit, text: str) -> str:
    return encode_emoji(balance(kses(str(text), visit.rules(ACTIVITY_TAGS))))


def _saved(visit: Visit, identity: int) -> None:
    # Saving any notice deactivates every other one.
    visit.store.run("UPDATE notices SET is_active = 0 WHERE id != ?", identity)
    touch(visit, visit.bp_me)


def update_item(visit: Visit) -> Any:
    """Change subject, message or is_active, none of which is declared."""
    _may_manage(visit)
    found = _notice(visit)
    sets: dict[str, Any] = {
        "subject": _saved_subject(visit, visit.get("subject") or found["subject"]),
        "message": _saved_message(visit, visit.get("message") or found["message"]),
    }
    if visit.get("is_active") is not None:
        given = visit.get("is_active")
        sets["is_active"] = int(str(given).lower() not in ("0", "false", ""))
    if not visit.store.update("notices", found["id"], **sets):
        message = "There was an error trying to update the notice."
        raise Refusal("bp_rest_sitewide_notices_update_failed", message, 500)
    _saved(visit, found["id"])
    return _prepared(visit, _notice(visit))


def delete_item(visit: Visit) -> Any:
    """Delete one."""
    _may_manage(visit)
    found = _notice(visit)
    previous = _prepared(visit, found)
    visit.store.run("DELETE FROM notices WHERE id = ?", found["id"])
    return {"deleted": True, "previous": previous}


def dismiss(visit: Visit) -> Any:
    """Close the active notice for the caller; for nobody on 14."""
    if visit.anonymous:
        raise visit.denied("Sorry, you are not allowed to dismiss notices.")
    notice = _active(visit)
    if not notice:
        message = "Sorry, this notice does not exist."
        raise Refusal("bp_rest_invalid_id", message, 404)
    if visit.bp_me:
        visit.store.run(
            "INSERT OR IGNORE INTO notices_dismissed (user_id, notice_id) "
            "VALUES (?, ?)",
            visit.bp_me,
            notice["id"],
        )
    return {"dismissed": bool(visit.bp_me), "previous": _prepared(visit, notice)}


def _prepared(visit: Visit, row: Row) -> dict[str, Any]:
    subject = shown_name(strip_slashes(row["subject"]))
    message = clickable(kses(row["message"], visit.rules(COMMENT_TAGS)))
    data = {
        "id": row["id"],
        "subject": {"raw": row["subject"], "rendered": subject},
        "message": {
            "raw": row["message"],
            "rendered": strip_slashes(paragraphs(texturize(message))),
        },
        "date": visit.local(row["date_sent"]),
        "date_gmt": row["date_sent"].replace(" ", "T"),
        "is_active": bool(row["is_active"]),
    }
    shaped = visit.shaped("bp_sitewide_notices", data)
    base = visit.api("sitewide-notices/")
    shaped["_links"] = {
        "self": [{"href": f"{base}{row['id']}"}],
        "collection": [{"href": base}],
    }
    return shaped


_BASE = "~/sitewide-notices"
ROUTES = {
    f"GET {_BASE}": get_items,
    f"POST {_BASE}": create_item,
    f"GET {_BASE}/<id>": get_item,
    f"EDIT {_BASE}/<id>": update_item,
    f"DELETE {_BASE}/<id>": delete_item,
    f"EDIT {_BASE}/dismiss": dismiss,
}
