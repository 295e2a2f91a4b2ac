"""``PUT wpbridge/v1/favourites``: said twice, it changes nothing."""

from typing import Any

from wpbridge.rehearsal.companion.access import moderate
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.visit import Visit


def set_item(visit: Visit) -> Any:
    """Make a post a favourite of a member's, or not one any more."""
    moderate(visit)
    member, activity = visit.number("member"), visit.number("activity")
    there = visit.store.value("SELECT 1 FROM activity WHERE id = ?", activity)
    if not there or not visit.user(member):
        message = "There is no such member, or no such post."
        raise Refusal("wpbridge_no_object", message, 404)
    wanted = bool(visit.get("favourite"))
    where = "user_id = ? AND activity_id = ?"
    query = f"SELECT 1 FROM favorites WHERE {where}"
    has = bool(visit.store.value(query, member, activity))
    if wanted and not has:
        visit.store.insert("favorites", user_id=member, activity_id=activity)
    elif has and not wanted:
        visit.store.run(f"DELETE FROM favorites WHERE {where}", member, activity)
    told = {"member": member, "activity": activity, "favourite": wanted}
    return {**told, "changed": has != wanted}


ROUTES = {"PUT /wpbridge/v1/favourites": set_item}
