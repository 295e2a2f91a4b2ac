"""``~/activity``, after BP_Activity_REST_Controller."""

from typing import Any

from wpbridge.rehearsal.communities import is_member, touch_group
from wpbridge.rehearsal.members import touch
from wpbridge.rehearsal.people import avatars
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row, like, marks
from wpbridge.rehearsal.stream import (
    action,
    activity_by_id,
    comments_below,
    permalink,
    remove,
    rendered,
    save,
)
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply


def get_items(visit: Visit) -> Reply:
    """A page of the stream."""
    where, values = _conditions(visit)
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


def _conditions(visit: Visit) -> tuple[str, list[Any]]:
    parts, values = ["a.type != 'last_activity'"], list[Any]()
    item, component = visit.number("primary_id"), visit.get("component")
    if visit.number("group_id"):
        item = visit.number("group_id")
        # The query is on groups; show_hidden hears the component asked for.
        component = component or "groups"
        parts.append("a.component = 'groups'")
    elif component:
        parts.append("a.component = ?")
        values.append(component)
    for column, wanted in (
        ("item_id", item),
        ("secondary_item_id", visit.number("secondary_id")),
        ("user_id", visit.number("user_id")),
    ):
        if wanted:
            parts.append(f"a.{column} = ?")
            values.append(wanted)
    for name, column, negate in (
        ("type", "type", ""),
        ("include", "id", ""),
        ("exclude", "id", "NOT "),
    ):
        if visit.get(name):
            parts.append(f"a.{column} {negate}IN ({marks(visit.get(name))})")
            values += visit.get(name)
    if visit.get("search"):
        parts.append("a.content LIKE ? ESCAPE '\\'")
        values.append(like(visit.get("search")))
    # after is handed on as "since", which bp_activity_get does not know.
    spam = {"ham_only": "a.is_spam = 0", "spam_only": "a.is_spam = 1"}
    parts.append(spam.get(visit.get("status"), "1"))
    if visit.get("display_comments") not in ("stream",):
        parts.append("a.type != 'activity_comment'")
    if not _shows_hidden(visit, component, item) and not _scope(visit, parts, values):
        parts.append("a.hide_sitewide = 0")
    elif visit.moderates:
        _scope(visit, parts, values)
    return " AND ".join(parts), values


def _scope(visit: Visit, parts: list[str], values: list[Any]) -> bool:
    """Add the conditions of a scope; whether it shows hidden items."""
    user = visit.number("user_id") or visit.bp_me
    match visit.get("scope"):
        case "just-me":
            parts.append("a.user_id = ?")
            values.append(user)
            return user == visit.bp_me
        case "friends":
            parts.append(
                "a.user_id IN (SELECT initiator_user_id + friend_user_id - ? FROM "
                "friends WHERE is_confirmed = 1 AND ? IN "
                "(initiator_user_id, friend_user_id))"
            )
            values += [user, user]
        case "groups":
            parts.append(
                "a.component = 'groups' AND a.item_id IN (SELECT group_id FROM "
                "group_members WHERE user_id = ? AND is_confirmed = 1 "
                "AND is_banned = 0)"
            )
            values.append(user)
            return user == visit.bp_me
        case "favorites":
            parts.append(
                "a.id IN (SELECT activity_id FROM favorites WHERE user_id = ?)"
            )
            values.append(user)
            return True
        case "mentions":
            name = visit.store.value("SELECT nicename FROM users WHERE id = ?", user)
            parts.append("a.content LIKE ?")
            values.append(f"%@{name}<%")
            return user == visit.bp_me
    return False


def _shows_hidden(visit: Visit, component: str | None, item: int) -> bool:
    if visit.moderates:
        return True
    return component == "groups" and bool(item) and is_member(visit, item, visit.me)


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
    if visit.get("component") == "groups" and item is not None:
        if not _shows_hidden(visit, "groups", int(item)):
            raise visit.denied(message)


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
        primary_link=f"{visit.url}/members/{_nicename(visit)}/",
    )
    if identity and visit.bp_me:
        # bp_latest_update goes to bp_loggedin_user_id(): to nobody on 14.
        visit.store.update("users", visit.bp_me, latest_update=identity)
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
        "date_recorded": found["date_recorded"] if found else visit.stamp,
    }


def update_item(visit: Visit) -> Any:
    """Edit an item; author and date stay."""
    found = _changeable(visit, "update")
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


def prepared(
    visit: Visit, item: Row, context: str = "", *, nested: bool = False
) -> dict[str, Any]:
    """``prepare_item_for_response``; _fields does not reach nested comments."""
    # Without comments asked for the query loads none, except in single ones.
    single = "id" in visit.params.path
    threads = bool(visit.get("display_comments")) or single
    data: dict[str, Any] = {
        "user_id": item["user_id"],
        "component": item["component"],
        "content": {
            "raw": item["content"],
            "rendered": rendered(visit, item["content"]),
        },
        "date": visit.local(item["date_recorded"]),
        "date_gmt": item["date_recorded"].replace(" ", "T"),
        "id": item["id"],
        "link": permalink(visit, item),
        "primary_item_id": item["item_id"],
        "secondary_item_id": item["secondary_item_id"],
        "status": "spam" if item["is_spam"] else "published",
        "title": action(visit, item) or item["action"],
        "type": item["type"],
        "hidden": bool(item["hide_sitewide"]),
        "favorited": _is_favorite(visit, item["id"]),
    }
    below = comments_below(visit, item) if threads else []
    if below:
        data["comment_count"] = len(below)
        if visit.get("display_comments") == "threaded":
            data["comments"] = [prepared(visit, each, nested=True) for each in below]
    if nested or visit.wants("user_avatar"):
        data["user_avatar"] = avatars(visit, item["user_id"])
    shaped = visit.shaped("bp_activity", data, context)
    if nested or visit.shows_links:
        shaped["_links"] = _links(visit, item)
    return shaped


def _is_favorite(visit: Visit, item: int) -> bool:
    return bool(
        visit.me
        and visit.store.value(
            "SELECT 1 FROM favorites WHERE user_id = ? AND activity_id = ?",
            visit.me,
            item,
        )
    )


def _links(visit: Visit, item: Row) -> dict[str, Any]:
    own = visit.api(f"activity/{item['id']}")
    links: dict[str, Any] = {
        "self": [{"href": own}],
        "collection": [{"href": visit.api("activity/")}],
        "user": [{"embeddable": True, "href": visit.api(f"members/{item['user_id']}")}],
    }
    if item["type"] == "activity_comment":
        links["up"] = [{"href": own}]
    if item["component"] == "groups" and item["item_id"]:
        href = visit.api(f"groups/{item['item_id']}")
        links["group"] = [{"embeddable": True, "href": href}]
    if not visit.anonymous:
        action_link = [{"activity_id": item["id"], "href": f"{own}/favorite"}]
        links["favorite"] = links["bp-action-favorite"] = action_link
    return links


ROUTES = {
    "GET ~/activity": get_items,
    "POST ~/activity": create_item,
    "GET ~/activity/<id>": get_item,
    "EDIT ~/activity/<id>": update_item,
    "DELETE ~/activity/<id>": delete_item,
    "EDIT ~/activity/<id>/favorite": toggle_favorite,
}
