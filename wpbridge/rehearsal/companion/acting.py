"""Acting in a member's name, which gains nobody a right."""

import json
from typing import Any

from wpbridge.rehearsal.companion.access import number, on, wrong
from wpbridge.rehearsal.roles import capabilities
from wpbridge.rehearsal.visit import Caller, Visit


def acting(visit: Visit, wanted: Any) -> Caller:
    """Who that member is as a caller; refused where the real one may not."""
    if not number(wanted):
        raise wrong("as", "Act as a member by their number.")
    if not on(visit, "acting"):
        message = "Acting in a member's name is not switched on here."
        raise wrong("as", message, 403)
    user = visit.user(wanted)
    roles = tuple(json.loads(user["roles"])) if user else ()
    mine = set(capabilities([*(visit.caller.roles if visit.caller else ())]))
    if not user or set(capabilities([*roles])) - set(roles) - mine:
        raise wrong("as", "You cannot act as that member.", 403)
    uuid = visit.caller.password_uuid if visit.caller else ""
    return Caller(user["id"], user["login"], roles, uuid)
