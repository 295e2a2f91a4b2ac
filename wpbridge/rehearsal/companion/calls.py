"""``POST wpbridge/v1/calls``: many calls in one request."""

import json
import time
from typing import Any

from wpbridge.rehearsal.companion.access import invalid, moderate
from wpbridge.rehearsal.companion.call import Call, read
from wpbridge.rehearsal.refusal import Fatal, Refusal
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply

_MOST = 100
_LONGEST = 60
_ERRORS = 400
_HEADERS = ("X-WP-Total", "X-WP-TotalPages", "Location")


def run_all(visit: Visit) -> Any:
    """Run the calls one after the other, until they are through or time is up."""
    entries = visit.get("calls")
    if not isinstance(entries, list) or not 0 < len(entries) <= _MOST:
        raise invalid("calls", f"Send a list of 1 to {_MOST} calls.")
    seconds = visit.get("seconds")
    if not isinstance(seconds, int | float) or not 0 <= seconds <= _LONGEST:
        message = f"seconds must be between 0 (inclusive) and {_LONGEST} (inclusive)"
        raise invalid("seconds", message)
    moderate(visit)
    began = time.monotonic()
    answers: list[dict[str, Any]] = []
    for entry in entries:
        # The first is always tried, or too little time would never come to an end.
        late = answers and time.monotonic() - began >= seconds
        answers.append({"state": "not_run"} if late else _answer(visit, entry))
    return {"answers": answers, "seconds": round(time.monotonic() - began, 3)}


def _answer(visit: Visit, entry: Any) -> dict[str, Any]:
    """The answer to one call: kept, or made now."""
    try:
        call = read(visit, entry)
        if not call.key:
            return _run(visit, call)
        request = json.dumps(entry, sort_keys=True)
        kept = _kept(visit, call, request)
    except Refusal as refusal:
        return _refused(refusal)
    if kept is not None:
        return {**kept, "replayed": True}
    answer = _run(visit, call)
    visit.store.insert(
        "call_answers",
        caller=visit.me,
        name=call.key,
        request=request,
        answer=json.dumps(answer),
    )
    return answer


def _kept(visit: Visit, call: Call, request: str) -> dict[str, Any] | None:
    found = visit.store.row(
        "SELECT * FROM call_answers WHERE caller = ? AND name = ?", visit.me, call.key
    )
    if not found:
        return None
    if found["request"] != request:
        message = "Another call was sent under this key."
        raise Refusal("wpbridge_key_used", message, 409)
    answer: dict[str, Any] = json.loads(found["answer"])
    return answer


def _run(visit: Visit, call: Call) -> dict[str, Any]:
    if visit.within is None:
        return {"state": "not_run"}
    try:
        reply = visit.within(call.asked, call.acts_as or visit.caller, call.scope)
    except Fatal:
        message = "The call ended with an error on the server: Error"
        return _refused(Refusal("wpbridge_threw", message, 500))
    answer = _told(reply)
    if call.acts_as:
        answer["acted_as"] = call.acts_as.id
    if call.scope.welcome and answer["state"] == "ran":
        answer["welcomed"] = True
    return answer


def _told(reply: Reply) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "state": "ran" if reply.status < _ERRORS else "failed",
        "status": reply.status,
        "body": reply.body,
    }
    headers = {name: reply.headers[name] for name in _HEADERS if name in reply.headers}
    return {**answer, "headers": headers} if headers else answer


def _refused(refusal: Refusal) -> dict[str, Any]:
    body = {**refusal.body(), "data": {"status": refusal.status}}
    return {"state": "failed", "status": refusal.status, "body": body}


ROUTES = {"POST /wpbridge/v1/calls": run_all}
