"""What waits in the companion's queue, sent when it is due: its part of WP-Cron."""

import json
from typing import Any

from wpbridge.rehearsal.companion.access import heed_quiet, on
from wpbridge.rehearsal.companion.acting import acting
from wpbridge.rehearsal.companion.marks import marked, put
from wpbridge.rehearsal.refusal import Fatal, Refusal
from wpbridge.rehearsal.scope import Scope
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.stream import activity_by_id
from wpbridge.rehearsal.visit import Caller, Visit

_ERRORS = 400
_REASON = 190


def send_due(visit: Visit) -> None:
    """Post what is due, each as its author; what fails says why."""
    query = "SELECT * FROM queue WHERE state = 'waiting' AND due <= ? ORDER BY due, id"
    for row in visit.store.rows(query, visit.stamp):
        try:
            identity = _send(visit, row)
        except Refusal as refusal:
            reason = f"{refusal.code}: {refusal.message}"[:_REASON]
            visit.store.update("queue", row["id"], state="failed", reason=reason)
            continue
        visit.store.update("queue", row["id"], state="sent", object_id=identity)
        put(visit, row["owner"], row["kind"], row["name"], identity, row["digest"])


def _send(visit: Visit, row: Row) -> int:
    author, body = _author(visit, row), json.loads(row["body"])
    heed_quiet(visit, wanted=body["quiet"])
    asked = {
        "method": "POST",
        "path": f"/buddypress/{visit.version.api}/activity",
        "query": {},
        "body": _values(visit, row["kind"], body),
    }
    assert visit.within is not None  # noqa: S101 - whoever calls has set it
    try:
        reply = visit.within(asked, author, Scope(quiet=body["quiet"], moderated=True))
    except Fatal:
        raise Refusal("wpbridge_threw", "Error") from None
    if reply.status >= _ERRORS:
        raise Refusal(reply.body["code"], reply.body["message"])
    item = reply.body[0] if isinstance(reply.body, list) else reply.body
    return int(item["id"])


def _author(visit: Visit, row: Row) -> Caller:
    """The author as a caller, if whoever queued it may still act as them."""
    visit.caller = _caller(visit, row["caller"])
    if row["author"] == row["caller"] and visit.caller:
        return visit.caller
    message = "Who queued it may no longer act as its author."
    if not visit.caller or not on(visit, "acting"):
        raise Refusal("wpbridge_no_longer", message)
    try:
        return acting(visit, row["author"])
    except Refusal:
        raise Refusal("wpbridge_no_longer", message) from None


def _caller(visit: Visit, identity: int) -> Caller | None:
    user = visit.user(identity)
    if not user:
        return None
    return Caller(user["id"], user["login"], tuple(json.loads(user["roles"])), "")


def _values(visit: Visit, kind: str, body: dict[str, Any]) -> dict[str, Any]:
    told = {"content": body["content"], "type": "activity_update"}
    if kind == "comments":
        return {**told, **_reply(visit, body["reply_to"])}
    if body["group"]:
        told |= {"component": "groups", "primary_item_id": body["group"]}
    return told


def _reply(visit: Visit, to: dict[str, Any]) -> dict[str, Any]:
    """What makes a comment of it."""
    above = parent(visit, to)
    if not above:
        raise Refusal("wpbridge_no_parent", "What it replies to is not there.")
    nested = above["type"] == "activity_comment"
    return {
        "type": "activity_comment",
        "primary_item_id": above["item_id"] if nested else above["id"],
        "secondary_item_id": above["id"],
    }


def parent(visit: Visit, to: dict[str, Any]) -> Row | None:
    """What a comment replies to: by its number, or by its mark."""
    identity = to.get("id")
    if identity is None:
        identity = marked(visit, to["owner"], to.get("kind", "posts"), to["name"])
    return activity_by_id(visit, identity)
