"""``~/activity``, after BP_Activity_REST_Controller."""

from typing import Any

from wpbridge.rehearsal.communities import is_member, touch_group
from wpbridge.rehearsal.group_rules import heed_posters
from wpbridge.rehearsal.members import touch
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.stream import (
    activity_by_id,
    remove,
    save,
)
from wpbridge.rehearsal.stream_items import prepared
from wpbridge.rehearsal.stream_query import conditions, shows_hidden
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply


def get_items(visit: Visit) -> Reply:
    """A page of the stream."""
    where, values = conditions(visit)
    order = "ASC" if visit.get("order") == "asc" else "DESC"
    per_page, offset = visit.slice
    rows = visit.store.rows(
        f"SELECT a.* FROM activity a WHERE {where} "
        f"ORDER BY a.date_recorded {order}, a.id {order} LIMIT ? OFFSET ?",
        *values,
        per_page,
        offset,
    )
    items = [prepared(visit, row) for row in rows]
    if visit.get("include"):
        # count_total is off when items are named.
        return Reply(items)
    count = f"SELECT count(*) FROM activity a WHERE {where}"
    return visit.page(items, visit.store.value(count, *values))


def _readable(visit: Visit, item: Row) -> bool:
    """``bp_activity_user_can_read``."""
    if visit.moderates:
        return True
    root: Row | None = item
    if item["type"] == "activity_comment":
        root = activity_by_id(visit, item["item_id"])
    if not root or root["is_spam"]:
        return False
    if root["component"] == "groups":
        status = visit.store.value(
            "SELECT status FROM groups WHERE id = ?", root["item_id"]
        )
        if status and status != "public":
            return is_member(visit, root["item_id"], visit.bp_me)
    return True


def _item(visit: Visit, message: str = "Invalid activity ID.") -> Row:
    found = activity_by_id(visit, visit.number("id"))
    if not found:
        raise Refusal("bp_rest_invalid_id", message, 404)
    return found


def get_item(visit: Visit) -> Any:
    """One item."""
    found = _item(visit)
    if not _readable(visit, found):
        raise visit.denied("Sorry, you cannot view the activities.")
    return visit.single(prepared(visit, found))


def create_item(visit: Visit) -> Any:
    """Post an update, a comment, or an item of any registered type."""
    _may_create(visit)
    content = _content(visit)
    if not content:
        message = "Please, enter some content."
        raise Refusal("bp_rest_create_activity_empty_content", message, 400)
    kind = visit.get("type") or "activity_update"
    if kind == "activity_update":
        identity = _post_update(visit, content)
    elif kind == "activity_comment":
        identity = _comment(visit, content)
    else:
        identity = save(visit, **_prepared_values(visit, kind, content, None))
    found = activity_by_id(visit, identity) if identity else None
    if not found:
        message = "Cannot create new activity."
        raise Refusal("bp_rest_user_cannot_create_activity", message, 500)
    touch(visit, visit.bp_me)
    return visit.single(prepared(visit, found))


def _content(visit: Visit) -> str:
    value = visit.get("content") or ""
    return str(value.get("raw", "")) if isinstance(value, dict) else str(value)


def _may_create(visit: Visit) -> None:
    message = "Sorry, you are not allowed to create activities."
    # Only oneself, and on 14 a user_id always differs from BuddyPress's 0.
    other = visit.number("user_id")
    if visit.anonymous or (other and other != visit.bp_me):
        raise visit.denied(message)
    item = visit.params.get("primary_item_id")
    posts = visit.get("component") == "groups" and item is not None
    if posts and not shows_hidden(visit, "groups", visit.number("primary_item_id")):
        raise visit.denied(message)
    heed_posters(visit, None)


def _post_update(visit: Visit, content: str) -> int | None:
    """``groups_post_update`` or ``bp_activity_post_update``."""
    if not content.strip():
        return None
    item = visit.params.get("primary_item_id")
    if "groups" in visit.active and item is not None:
        # Without the component there is no group_id, and so no post. Whether
        # there is such a group is not asked of a moderator.
        allowed = visit.moderates or is_member(visit, int(item), visit.me)
        if visit.get("component") != "groups" or not item or not allowed:
            return None
        status = visit.store.value("SELECT status FROM groups WHERE id = ?", item)
        identity = save(
            visit,
            user_id=visit.me,
            component="groups",
            type="activity_update",
            content=content,
            item_id=int(item),
            hide_sitewide=int(status not in (None, "public")),
        )
        touch_group(visit, int(item))
        return identity
    identity = save(
        visit,
        user_id=visit.me,
        component="activity",
        type="activity_update",
        content=content,
        primary_link=f"{visit.directory('members')}/{_nicename(visit)}/",
    )
    if identity and visit.bp_me:
        # bp_latest_update goes to bp_loggedin_user_id(): to nobody on 14.
        newest = visit.store.value(
            "SELECT id FROM activity WHERE component = 'activity' "
            "AND type = 'activity_update' AND user_id = ? "
            "ORDER BY date_recorded DESC, id DESC",
            visit.bp_me,
        )
        # Only the companion gives dates, and then puts the newest in its place.
        latest = newest if visit.scope.date else identity
        visit.store.update("users", visit.bp_me, latest_update=latest)
    return identity


def _nicename(visit: Visit) -> str:
    user = visit.user(visit.me)
    return str(user["nicename"]) if user else ""


def _comment(visit: Visit, content: str) -> int | None:
    """``bp_activity_new_comment``, with the mails it sends."""
    root = activity_by_id(visit, visit.number("primary_item_id"))
    if not root:
        return None
    parent = visit.number("secondary_item_id") or root["id"]
    identity = save(
        visit,
        user_id=visit.me,
        component="activity",
        type="activity_comment",
        content=content,
        item_id=root["id"],
        secondary_item_id=parent,
        hide_sitewide=root["hide_sitewide"],
    )
    if identity:
        _tell_of_comment(visit, root, parent, identity)
    return identity


def _tell_of_comment(visit: Visit, root: Row, parent: int, identity: int) -> None:
    """``bp_activity_new_comment_notification``."""
    if root["user_id"] != visit.me:
        visit.notify(root["user_id"], "activity", "update_reply", identity, visit.me)
        visit.mail(root["user_id"], "activity-comment")
    above = activity_by_id(visit, parent) if parent != root["id"] else None
    if above and above["user_id"] not in (visit.me, root["user_id"]):
        visit.notify(above["user_id"], "activity", "comment_reply", identity, visit.me)
        visit.mail(above["user_id"], "activity-comment-author")


def _prepared_values(
    visit: Visit, kind: str, content: str, found: Row | None
) -> dict[str, Any]:
    """``prepare_item_for_database``: what is not sent again falls to its default."""
    component = visit.get("component") or "activity"
    item = visit.number("primary_item_id")
    hidden = visit.params.get("hidden")
    if hidden is None and found:
        hidden = found["hide_sitewide"]
    elif hidden is None and component == "groups" and item:
        status = visit.store.value("SELECT status FROM groups WHERE id = ?", item)
        hidden = status not in (None, "public")
    return {
        "user_id": found["user_id"] if found else visit.me,
        "component": component,
        "type": kind,
        "content": content,
        "item_id": item,
        "secondary_item_id": visit.number("secondary_item_id"),
        "hide_sitewide": int(bool(hidden)),
        **({"date_recorded": found["date_recorded"]} if found else {}),
    }


def update_item(visit: Visit) -> Any:
    """Edit an item; author and date stay."""
    found = _changeable(visit, "update")
    heed_posters(visit, found)
    content = _content(visit)
    if not content:
        message = "Please, enter some content."
        raise Refusal("bp_rest_update_activity_empty_content", message, 400)
    values = _prepared_values(visit, visit.get("type"), content, found)
    if not save(visit, identity=found["id"], **values):
        message = "Cannot update existing activity."
        raise Refusal("bp_rest_user_cannot_update_activity", message, 500)
    return visit.single(prepared(visit, _item(visit)))


def _changeable(visit: Visit, what: str) -> Row:
    message = f"Sorry, you are not allowed to {what} this activity."
    if visit.anonymous:
        raise visit.denied(message)
    found = _item(visit)
    # bp_activity_user_can_delete asks bp_loggedin_user_id(), 0 on 14.
    own = visit.bp_me and visit.bp_me == found["user_id"]
    if not visit.moderates and not own:
        raise visit.denied(message)
    return found


def delete_item(visit: Visit) -> Any:
    """Delete an item and its comments."""
    found = _changeable(visit, "delete")
    previous = prepared(visit, found)
    remove(visit, found)
    return {"deleted": True, "previous": previous}


def toggle_favorite(visit: Visit) -> Any:
    """Make it a favourite, or not one any more."""
    found = _item(visit)
    if visit.anonymous or not _readable(visit, found):
        raise visit.denied("Sorry, you are not allowed to update favorites.")
    removed = visit.store.run(
        "DELETE FROM favorites WHERE user_id = ? AND activity_id = ?",
        visit.me,
        found["id"],
    )
    if not removed:
        visit.store.insert("favorites", user_id=visit.me, activity_id=found["id"])
    # The one write of v1 that does not force the edit context.
    context = str(visit.params.get("context") or "view")
    return visit.single(prepared(visit, found, context))


ROUTES = {
    "GET ~/activity": get_items,
    "POST ~/activity": create_item,
    "GET ~/activity/<id>": get_item,
    "EDIT ~/activity/<id>": update_item,
    "DELETE ~/activity/<id>": delete_item,
    "EDIT ~/activity/<id>/favorite": toggle_favorite,
}
