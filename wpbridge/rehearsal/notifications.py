"""``~/notifications``, after BP_Notifications_REST_Controller."""

from typing import Any

from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row, marks
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply

_COLUMNS = {"component_name": "component", "component_action": "action"}


def _may_see(visit: Visit) -> None:
    own = visit.bp_me and visit.bp_me == visit.number("user_id")
    if not visit.moderates and (not own or visit.get("user_ids")):
        raise visit.denied("Sorry, you are not allowed to see the notifications.")


def get_items(visit: Visit) -> Reply:
    """A page of notifications, without headers for the total."""
    _may_see(visit)
    parts, values = ["is_new = ?"], list[Any]([int(bool(visit.get("is_new")))])
    users = visit.get("user_ids") or [visit.number("user_id") or visit.bp_me]
    # On 14 nobody is asked for, and that means everybody.
    if any(users):
        parts.append(f"user_id IN ({marks(users)})")
        values += users
    for name in ("item_id", "secondary_item_id", "component_name", "component_action"):
        if visit.get(name):
            parts.append(f"{_COLUMNS.get(name, name)} = ?")
            values.append(visit.get(name))
    order = _COLUMNS.get(visit.get("order_by"), visit.get("order_by"))
    rows = visit.store.rows(
        f"SELECT * FROM notifications WHERE {' AND '.join(parts)} "
        f"ORDER BY {order} {visit.get('sort_order')} LIMIT ? OFFSET ?",
        *values,
        *visit.slice,
    )
    return Reply([_prepared(visit, row) for row in rows])


def _notification(visit: Visit) -> Row:
    if visit.anonymous:
        raise visit.denied("Sorry, you are not allowed to see the notification.")
    found = visit.store.row(
        "SELECT * FROM notifications WHERE id = ?", visit.number("id")
    )
    if not found:
        message = "Invalid notification ID."
        raise Refusal("bp_rest_notification_invalid_id", message, 404)
    if not visit.moderates and found["user_id"] != visit.bp_me:
        raise visit.denied("Sorry, you cannot view this notification.")
    return found


def get_item(visit: Visit) -> Any:
    """One notification."""
    return visit.single(_prepared(visit, _notification(visit)))


def create_item(visit: Visit) -> Any:
    """A notification for anyone; ``date``, undeclared, backdates it."""
    _may_see(visit)
    user = visit.number("user_id") or visit.bp_me
    if not user or not visit.get("component") or not visit.get("action"):
        message = "Cannot create new notification."
        raise Refusal("bp_rest_user_cannot_create_notification", message, 500)
    identity = visit.store.insert(
        "notifications",
        user_id=user,
        item_id=visit.number("item_id"),
        secondary_item_id=visit.number("secondary_item_id"),
        component=visit.get("component"),
        action=visit.get("action"),
        date_notified=str(visit.get("date") or visit.stamp).replace("T", " ")[:19],
        is_new=int(bool(visit.number("is_new"))),
    )
    visit.params.path["id"] = identity
    return visit.single(_prepared(visit, _notification(visit)))


def update_item(visit: Visit) -> Any:
    """Mark it read or new."""
    found = _notification(visit)
    wanted = visit.number("is_new")
    if wanted == found["is_new"]:
        message = (
            "Notification is already with the status you are trying to update into."
        )
        code = "bp_rest_user_cannot_update_notification_status"
        raise Refusal(code, message, 500)
    visit.store.update("notifications", found["id"], is_new=wanted)
    return visit.single(_prepared(visit, _notification(visit)))


def delete_item(visit: Visit) -> Any:
    """Delete one."""
    found = _notification(visit)
    visit.store.run("DELETE FROM notifications WHERE id = ?", found["id"])
    return {"deleted": True, "previous": _prepared(visit, found)}


def _prepared(visit: Visit, row: Row) -> dict[str, Any]:
    data = {
        "id": row["id"],
        "user_id": row["user_id"],
        "item_id": row["item_id"],
        "secondary_item_id": row["secondary_item_id"],
        "component": row["component"],
        "action": row["action"],
        "date": visit.local(row["date_notified"]),
        "date_gmt": row["date_notified"].replace(" ", "T"),
        "is_new": row["is_new"],
    }
    shaped = visit.shaped("bp_notifications", data)
    base = visit.api("notifications/")
    shaped["_links"] = {
        "self": [{"href": f"{base}{row['id']}"}],
        "collection": [{"href": base}],
        "user": [{"embeddable": True, "href": visit.api(f"members/{row['user_id']}")}],
    }
    for component, name in (("activity", "activity"), ("groups", "group")):
        if row["component"] == component and row["item_id"]:
            href = visit.api(f"{component}/{row['item_id']}")
            shaped["_links"][name] = [{"embeddable": True, "href": href}]
    return shaped


ROUTES = {
    "GET ~/notifications": get_items,
    "POST ~/notifications": create_item,
    "GET ~/notifications/<id>": get_item,
    "EDIT ~/notifications/<id>": update_item,
    "DELETE ~/notifications/<id>": delete_item,
}
