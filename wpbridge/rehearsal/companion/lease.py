"""``wpbridge/v1/lease``: one run at a time."""

import secrets
from datetime import timedelta
from typing import Any

from wpbridge.rehearsal.companion.access import moderate
from wpbridge.rehearsal.dates import stored
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.visit import Visit

_OPTION = "wpbridge_lease"


def take(visit: Visit) -> Any:
    """Take it, or keep it by its token; refused while somebody else has it."""
    moderate(visit)
    held = visit.store.option(_OPTION)
    token = visit.get("token")
    if held and held["until"] >= visit.stamp and held["token"] != token:
        message = "Somebody else is writing to this site."
        raise Refusal("wpbridge_leased", message, 409)
    until = stored(visit.now + timedelta(seconds=visit.number("seconds")))
    token = token or secrets.token_hex(32)
    visit.store.set_option(_OPTION, {"token": token, "until": until})
    return {"token": token, "until": f"{until.replace(' ', 'T')}Z"}


def give_back(visit: Visit) -> Any:
    """Give it back before its time."""
    moderate(visit)
    held = visit.store.option(_OPTION)
    mine = bool(held) and held["token"] == visit.get("token")
    if mine:
        visit.store.set_option(_OPTION, None)
    return {"deleted": mine}


ROUTES = {
    "POST /wpbridge/v1/lease": take,
    "DELETE /wpbridge/v1/lease": give_back,
}
