"""``wpbridge/v1/queue``: posts and comments that go out when they are due."""

import json
import re
from typing import Any

from wpbridge.rehearsal.companion.access import heed_quiet, invalid, moderate, wrong
from wpbridge.rehearsal.companion.acting import acting
from wpbridge.rehearsal.companion.moments import any_moment, zulu
from wpbridge.rehearsal.companion.recipients import recipients
from wpbridge.rehearsal.companion.sending import parent
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.visit import Visit

_MOST = 1000
_FORMS = {
    "owner": r"[a-z0-9-]{0,64}",
    "name": r"(?s:.{1,150})",
    "content": r"(?s:.+)",
    "digest": r"[A-Za-z0-9:+/=_-]{0,64}",
}
_PARENT = {"owner": str, "kind": str, "name": str, "id": int}


def get_items(visit: Visit) -> Any:
    """What waits, and what became of the rest."""
    moderate(visit)
    owner = visit.params.get("owner")
    rows = visit.store.rows(
        "SELECT * FROM queue WHERE id > ? AND (? IS NULL OR owner = ?) "
        "ORDER BY id LIMIT ?",
        visit.number("after"),
        owner,
        owner,
        _MOST,
    )
    following = rows[-1]["id"] if len(rows) == _MOST else None
    mails = visit.get("mails", False)
    told = [_with_mails(visit, each) if mails else _told(each) for each in rows]
    return {"rows": told, "next": following}


def create_item(visit: Visit) -> Any:
    """Put one there; it takes the place of one that waits under its name."""
    for name, form in _FORMS.items():
        if not re.fullmatch(form, visit.get(name, "")):
            raise invalid(name)
    if not _names_parent(visit.get("reply_to") or {}):
        raise invalid("reply_to")
    moderate(visit)
    due = _check(visit)
    place = {name: visit.get(name, "") for name in ("owner", "kind", "name")}
    visit.store.run(
        "DELETE FROM queue WHERE owner = ? AND kind = ? AND name = ?", *place.values()
    )
    body = {name: visit.params.get(name) for name in ("content", "group", "reply_to")}
    body["quiet"] = _quiet(visit)
    identity = visit.store.insert(
        "queue",
        **place,
        caller=visit.me,
        author=visit.number("as"),
        body=json.dumps(body),
        digest=visit.get("digest", ""),
        due=due,
    )
    return _with_mails(visit, _row(visit, identity))


def _names_parent(said: dict[str, Any]) -> bool:
    """Whether that is a way to say what a comment replies to."""
    kinds = said.get("kind", "posts") in ("posts", "comments")
    typed = all(isinstance(each, _PARENT.get(key, ())) for key, each in said.items())
    return kinds and typed


def _check(visit: Visit) -> str:
    """When it is due; refused where something is wrong with it."""
    due = any_moment(visit.get("due"))
    if not due:
        raise wrong("due", "Due is a moment such as 2027-03-22T09:00:00Z.")
    to = visit.get("reply_to") or {}
    named = "id" in to or {"owner", "name"} <= to.keys()
    if (visit.get("kind") == "comments") != bool(to) or (to and not named):
        message = "A comment replies to something, and a post does not."
        raise wrong("reply", message)
    heed_quiet(visit, wanted=_quiet(visit))
    if visit.number("as") != visit.me:
        acting(visit, visit.number("as"))
    return due


def _quiet(visit: Visit) -> bool:
    """As it says itself, else as the call that queues it."""
    said = visit.params.get("quiet")
    return visit.scope.quiet if said is None else bool(said)


def _row(visit: Visit, identity: int) -> Row:
    found = visit.store.row("SELECT * FROM queue WHERE id = ?", identity)
    if not found:
        message = "There is no such post in the queue."
        raise Refusal("wpbridge_not_queued", message, 404)
    return found


def delete_item(visit: Visit) -> Any:
    """Take one out."""
    moderate(visit)
    found = _row(visit, visit.number("id"))
    visit.store.run("DELETE FROM queue WHERE id = ?", found["id"])
    return {"deleted": True, "previous": _with_mails(visit, found)}


def _told(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "owner": row["owner"],
        "kind": row["kind"],
        "name": row["name"],
        "as": row["author"],
        "due": zulu(row["due"]),
        "digest": row["digest"],
        "state": row["state"],
        "object_id": row["object_id"],
        "reason": row["reason"],
        **json.loads(row["body"]),
    }


def _with_mails(visit: Visit, row: Row) -> dict[str, Any]:
    """As told, and whom it would mail."""
    return {**_told(row), "mails": _mails(visit, row, json.loads(row["body"]))}


def _mails(visit: Visit, row: Row, body: dict[str, Any]) -> dict[str, list[int]]:
    if body["quiet"] or row["state"] != "waiting":
        return {"mention": [], "reply": []}
    above = parent(visit, body["reply_to"]) if body["reply_to"] else None
    return recipients(visit, row["author"], body["content"], body["group"], above)


ROUTES = {
    "GET /wpbridge/v1/queue": get_items,
    "POST /wpbridge/v1/queue": create_item,
    "DELETE /wpbridge/v1/queue/<id>": delete_item,
}
