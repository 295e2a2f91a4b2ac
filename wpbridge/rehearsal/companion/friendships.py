"""``wpbridge/v1/friendships/ID``: those of others, accepted and ended."""

from typing import Any

from wpbridge.rehearsal.companion.access import missing, moderate
from wpbridge.rehearsal.friends import accept, end
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.visit import Visit


def update_item(visit: Visit) -> Any:
    """Accept it, if it waits."""
    moderate(visit)
    found = _friendship(visit)
    if not found["is_confirmed"]:
        accept(visit, found)
    return _told(_friendship(visit))


def delete_item(visit: Visit) -> Any:
    """End it, or withdraw what was asked."""
    moderate(visit)
    found = _friendship(visit)
    end(visit, found)
    return {"deleted": True, "previous": _told(found)}


def _friendship(visit: Visit) -> Row:
    found = visit.store.row("SELECT * FROM friends WHERE id = ?", visit.number("id"))
    if not found or "friends" not in visit.active:
        raise missing("friendship", "friendship")
    return found


def _told(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "initiator": row["initiator_user_id"],
        "friend": row["friend_user_id"],
        "accepted": bool(row["is_confirmed"]),
    }


ROUTES = {
    "PUT /wpbridge/v1/friendships/<id>": update_item,
    "DELETE /wpbridge/v1/friendships/<id>": delete_item,
}
