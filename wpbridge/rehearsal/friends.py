"""``~/friends``, after BP_Friends_REST_Controller and friends_add_friend."""

from typing import Any

from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.stream import save
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply

_NO_USER = "There was a problem confirming if user is valid."
_BOTH = (
    "((initiator_user_id = ? AND friend_user_id = ?) OR "
    "(initiator_user_id = ? AND friend_user_id = ?))"
)


def between(visit: Visit, one: int, other: int) -> Row | None:
    """The friendship of two, whoever asked for it."""
    query = f"SELECT * FROM friends WHERE {_BOTH}"
    return visit.store.row(query, one, other, other, one)


def _logged_in(visit: Visit) -> None:
    if visit.anonymous:
        raise visit.denied("Sorry, you need to be logged in to perform this action.")


def get_items(visit: Visit) -> Reply:
    """A page of somebody's friendships; the total is that of this page."""
    _logged_in(visit)
    user = visit.number("user_id")
    if not visit.user(user):
        raise Refusal("bp_rest_friends_get_items_user_failed", _NO_USER, 404)
    parts, values = ["? IN (initiator_user_id, friend_user_id)"], [user]
    for name, column in (
        ("id", "id"),
        ("initiator_id", "initiator_user_id"),
        ("friend_id", "friend_user_id"),
        # 0 means "no filter": empty arguments are made null.
        ("is_confirmed", "is_confirmed"),
    ):
        if visit.number(name):
            parts.append(f"{column} = ?")
            values.append(visit.number(name))
    rows = visit.store.rows(
        f"SELECT * FROM friends WHERE {' AND '.join(parts)} "
        "ORDER BY date_created DESC, id",
        *values,
    )
    if visit.get("order_by") != "date_created":
        rows.sort(key=lambda row: int(row[visit.get("order_by")]))
    if visit.get("order") == "asc":
        # BP_Friends_Friendship::get_friendships sorts upwards, then turns
        # round what should be sorted upwards.
        rows.reverse()
    size, start = visit.slice
    rows = rows[start : start + size]
    return visit.page([_prepared(visit, row) for row in rows], len(rows))


def create_item(visit: Visit) -> Any:
    """Ask for a friendship, or make one at once with ``force``."""
    _logged_in(visit)
    one, other = visit.number("initiator_id"), visit.number("friend_id")
    failed = "bp_rest_friends_create_item_failed"
    if not visit.user(one) or not visit.user(other):
        raise Refusal(failed, _NO_USER, 404)
    if between(visit, one, other):
        message = (
            "Those users are already friends or have sent friendship request(s) "
            "recently."
        )
        raise Refusal(failed, message, 500)
    if visit.moderates:
        refused = visit.bp_me == other
    else:
        refused = not visit.bp_me or visit.bp_me != one
    if refused:
        raise Refusal(failed, "You are not allowed to perform this action.", 403)
    if one == other:
        message = "There was an error trying to create the friendship."
        raise Refusal(failed, message, 500)
    force = visit.get("force") is True and visit.moderates
    identity = visit.store.insert(
        "friends",
        initiator_user_id=one,
        friend_user_id=other,
        is_confirmed=int(force),
        date_created=visit.dated("friendship"),
    )
    if force:
        _befriended(visit, identity, one, other)
    else:
        visit.notify(other, "friends", "friendship_request", one, identity)
        visit.mail(other, "friends-request")
    return visit.single(_prepared(visit, _row(visit, identity)))


def _row(visit: Visit, identity: int) -> Row:
    found = visit.store.row("SELECT * FROM friends WHERE id = ?", identity)
    if not found:
        raise Refusal("bp_rest_invalid_id", "Friendship does not exist.", 404)
    return found


def _befriended(visit: Visit, identity: int, one: int, other: int) -> None:
    """``friends_friendship_accepted``: activity, mail, notification, counts."""
    if "activity" in visit.active:
        save(
            visit,
            user_id=one,
            component="friends",
            type="friendship_created",
            item_id=identity,
            secondary_item_id=other,
        )
    visit.notify(one, "friends", "friendship_accepted", other, identity)
    visit.mail(one, "friends-request-accepted")
    _count(visit, one, other, 1)


def _count(visit: Visit, one: int, other: int, step: int) -> None:
    visit.store.run(
        "UPDATE users SET friend_count = max(coalesce(friend_count, 0) + ?, 0) "
        "WHERE id IN (?, ?)",
        step,
        one,
        other,
    )


def _own(visit: Visit, what: str, missing: str) -> Row:
    """The caller's friendship with the user in the path; never anybody else's."""
    _logged_in(visit)
    if not visit.user(visit.number("id")):
        raise Refusal(f"bp_rest_friends_{what}_item_failed", _NO_USER, 404)
    found = between(visit, visit.bp_me, visit.number("id"))
    if not found:
        raise Refusal("bp_rest_invalid_id", missing, 404)
    return found


def get_item(visit: Visit) -> Any:
    """The caller's friendship with one member."""
    found = _own(visit, "get", "Friendship does not exist.")
    return visit.single(_prepared(visit, found))


def update_item(visit: Visit) -> Any:
    """Accept what was asked of the caller."""
    found = _own(visit, "update", "Invalid friendship ID.")
    # BP_Friends_Friendship::accept changes rows whose friend is the caller.
    if found["is_confirmed"] or found["friend_user_id"] != visit.bp_me:
        message = "Could not accept friendship."
        raise Refusal("bp_rest_friends_cannot_update_item", message, 500)
    visit.store.update("friends", found["id"], is_confirmed=1, date_created=visit.stamp)
    _befriended(visit, found["id"], found["initiator_user_id"], found["friend_user_id"])
    return visit.single(_prepared(visit, _row(visit, found["id"])))


def delete_item(visit: Visit) -> Any:
    """End, withdraw or reject the caller's own."""
    found = _own(visit, "delete", "Invalid friendship ID.")
    previous = _prepared(visit, found)
    if found["is_confirmed"] and visit.get("force") is not True:
        message = "Could not delete friendship."
        raise Refusal("bp_rest_friends_cannot_delete_item", message, 500)
    if found["is_confirmed"]:
        _count(visit, found["initiator_user_id"], found["friend_user_id"], -1)
        visit.store.run(
            "DELETE FROM activity WHERE component = 'friends' AND item_id = ?",
            found["id"],
        )
    visit.store.run("DELETE FROM friends WHERE id = ?", found["id"])
    return {"deleted": True, "previous": previous}


def _prepared(visit: Visit, row: Row) -> dict[str, Any]:
    one, other = row["initiator_user_id"], row["friend_user_id"]
    data = {
        "id": row["id"],
        "initiator_id": one,
        "friend_id": other,
        "is_confirmed": bool(row["is_confirmed"]),
        "date_created": visit.local(row["date_created"]),
        "date_created_gmt": row["date_created"].replace(" ", "T"),
    }
    shaped = visit.shaped("bp_friends", data)
    base = visit.api("friends/")
    shaped["_links"] = {
        "self": [{"href": f"{base}{row['id']}"}],
        "collection": [{"href": base}],
        "initiator": [{"embeddable": True, "href": visit.api(f"members/{one}")}],
        "friend": [{"embeddable": True, "href": visit.api(f"members/{other}")}],
    }
    return shaped


ROUTES = {
    "GET ~/friends": get_items,
    "POST ~/friends": create_item,
    "GET ~/friends/<id:word>": get_item,
    "EDIT ~/friends/<id:word>": update_item,
    "DELETE ~/friends/<id:word>": delete_item,
}
