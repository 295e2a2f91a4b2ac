"""``PUT wpbridge/v1/members/ID``: last activity, types, and whether there is a role."""

import json
from typing import Any

from wpbridge.rehearsal.companion.access import forbid, invalid, missing, moderate
from wpbridge.rehearsal.companion.moments import moment, zulu
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.registry import set_typings, types, typings
from wpbridge.rehearsal.visit import Visit


def update_item(visit: Visit) -> Any:
    """Change what is said; an empty list of types clears them."""
    identity, wanted = visit.number("id"), visit.params.get("types")
    said = visit.get("last_activity")
    seen = moment(said, visit.now) if said is not None else None
    if said is not None and not seen:
        raise invalid("last_activity")
    if visit.get("suspended") is False:
        raise invalid("suspended")
    moderate(visit)
    if not visit.can("edit_users"):
        forbid(visit)
    if not visit.user(identity):
        raise missing("member", "member")
    if visit.get("suspended"):
        _suspend(visit, identity)
    if wanted is not None:
        if set(wanted) - set(types(visit, "member")):
            raise missing("type", "type", 400)
        set_typings(visit, "member", identity, wanted, append=False)
    if seen:
        visit.store.update("users", identity, last_activity=seen)
    user = visit.user(identity)
    return {
        "id": identity,
        "types": typings(visit, "member", identity),
        "last_activity": zulu(user["last_activity"] if user else None),
    }


def _suspend(visit: Visit, identity: int) -> None:
    """Take the role from a plain subscriber, and from nobody else."""
    user = visit.user(identity)
    roles = set(json.loads(user["roles"])) if user else set()
    if not visit.can("promote_users") or identity == visit.me:
        forbid(visit)
    if roles - {"subscriber", "bbp_participant", "bbp_spectator"}:
        message = "Only a plain subscriber can be suspended."
        raise Refusal("wpbridge_no_subscriber", message, 403)
    visit.store.update("users", identity, roles="[]")


ROUTES = {"PUT /wpbridge/v1/members/<id>": update_item}
