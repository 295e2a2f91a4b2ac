"""``~/groups``, after BP_Groups_REST_Controller and groups_create_group."""

from typing import Any

from wpbridge.rehearsal.communities import (
    count_members,
    free_slug,
    group_by_id,
    is_admin,
    is_member,
    prepared,
    recount,
)
from wpbridge.rehearsal.kses import COMMENT_TAGS
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.registry import set_typings
from wpbridge.rehearsal.store import Row, like, marks
from wpbridge.rehearsal.text import saved_html, saved_name, slugged
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply

# convert_type_to_order_orderby: type always wins over order and orderby.
_SORTS = {
    "active": "g.last_activity DESC, g.id",
    "newest": "g.date_created DESC, g.id",
    "alphabetical": "g.name COLLATE words, g.id",
    "random": "random()",
    "popular": "g.member_count DESC, g.id",
}


def get_items(visit: Visit) -> Reply:
    """A page of groups."""
    where, values = _conditions(visit)
    if visit.get("type") == "popular":
        count_members(visit)
    total = visit.store.value(f"SELECT count(*) FROM groups g WHERE {where}", *values)
    per_page, offset = visit.slice
    rows = visit.store.rows(
        f"SELECT g.* FROM groups g WHERE {where} ORDER BY {_SORTS[visit.get('type')]} "
        "LIMIT ? OFFSET ?",
        *values,
        per_page,
        offset,
    )
    if visit.get("context") == "edit" and visit.anonymous:
        visit.params.query["context"] = "view"
    return visit.page([prepared(visit, row) for row in rows], total)


def _conditions(visit: Visit) -> tuple[str, list[Any]]:
    parts, values = ["1"], list[Any]()
    if visit.get("status"):
        # Hidden ones too, to whoever asks for that status.
        parts.append(f"g.status IN ({marks(visit.get('status'))})")
        values += visit.get("status")
    elif not (visit.get("show_hidden") and _sees_hidden(visit)):
        parts.append("g.status != 'hidden'")
    for name, column, negate in (
        ("include", "id", ""),
        ("exclude", "id", "NOT "),
        ("parent_id", "parent_id", ""),
    ):
        if visit.get(name):
            parts.append(f"g.{column} {negate}IN ({marks(visit.get(name))})")
            values += visit.get(name)
    if visit.number("user_id"):
        parts.append(
            "g.id IN (SELECT group_id FROM group_members WHERE user_id = ? "
            "AND is_confirmed = 1 AND is_banned = 0)"
        )
        values.append(visit.number("user_id"))
    if visit.get("search"):
        parts.append("(g.name LIKE ? ESCAPE '\\' OR g.description LIKE ? ESCAPE '\\')")
        values += [like(visit.get("search"))] * 2
    if visit.get("group_type"):
        wanted = visit.get("group_type")
        parts.append(
            "g.id IN (SELECT item_id FROM typings WHERE kind = 'group' "
            f"AND slug IN ({marks(wanted)}))"
        )
        values += wanted
    return " AND ".join(parts), values


def _sees_hidden(visit: Visit) -> bool:
    own = visit.bp_me and visit.number("user_id") == visit.bp_me
    return visit.moderates or bool(own)


def get_mine(visit: Visit) -> Any:
    """The caller's groups, hidden ones too."""
    if visit.anonymous:
        raise visit.denied("Sorry, you need to be logged in to view your groups.")
    limit = visit.number("max") or -1
    rows = visit.store.rows(
        "SELECT g.* FROM groups g JOIN group_members m ON m.group_id = g.id "
        "WHERE m.user_id = ? AND m.is_confirmed = 1 AND m.is_banned = 0 "
        "ORDER BY g.date_created DESC LIMIT ?",
        visit.me,
        limit,
    )
    return [prepared(visit, row) for row in rows]


def _group(visit: Visit) -> Row:
    # get_group_object looks at group_id before it looks at id.
    return group_by_id(visit, visit.number("group_id") or visit.number("id"))


def get_item(visit: Visit) -> Any:
    """One group."""
    group = _group(visit)
    open_to_me = group["status"] != "hidden" or visit.moderates
    if not open_to_me and not is_member(visit, group["id"], visit.bp_me):
        raise visit.denied("Sorry, you cannot view the group.")
    return visit.single(prepared(visit, group))


def create_item(visit: Visit) -> Any:
    """A new group; its creator becomes its first admin."""
    own = visit.bp_me and visit.bp_me == visit.number("creator_id")
    if not own and not visit.moderates:
        raise visit.denied("Sorry, you are not allowed to create groups.")
    if visit.get("name") in (None, "", "0"):  # PHP's empty()
        message = "Please, enter the name of group."
        raise Refusal("bp_rest_create_group_empty_name", message, 400)
    creator = visit.number("creator_id") or visit.bp_me
    name = saved_name(visit.get("name"), visit.rules(COMMENT_TAGS))
    if not creator or not name:
        message = "Cannot create new group."
        raise Refusal("bp_rest_user_cannot_create_group", message, 500)
    # Slugs pass groups_check_slug twice, here and in BP_Groups_Group::save;
    # the second time finds nothing to change, save for another leading "wp".
    slug = free_slug(visit, visit.get("slug") or visit.get("name"))
    date = visit.dated("group")
    identity = visit.store.insert(
        "groups",
        creator_id=creator,
        name=name,
        slug=free_slug(visit, slug or name),
        description=saved_html(_text(visit, "description"), visit.rules(COMMENT_TAGS)),
        status=visit.get("status"),
        parent_id=visit.number("parent_id"),
        enable_forum=int(bool(visit.get("enable_forum"))),
        date_created=date,
        last_activity=date,
    )
    visit.store.insert(
        "group_members",
        group_id=identity,
        user_id=creator,
        is_admin=1,
        is_confirmed=1,
        user_title="Group Admin",
        date_modified=visit.stamp,
    )
    recount(visit, identity)
    if not visit.moderates:
        # Seen on 15: a group that a member makes counts nobody until its
        # next membership is saved.
        visit.store.update("groups", identity, member_count=0)
    if visit.get("types"):
        set_typings(visit, "group", identity, visit.get("types"), append=False)
    return visit.single(prepared(visit, group_by_id(visit, identity)))


def _text(visit: Visit, name: str) -> str:
    """A text that may come as ``{"raw": …}``."""
    value = visit.get(name) or ""
    return str(value.get("raw", "")) if isinstance(value, dict) else str(value)


def update_item(visit: Visit) -> Any:
    """Change a group. What is falsy is passed over, not emptied."""
    group = _group(visit)
    _may_change(visit, group, "update")
    sets: dict[str, Any] = {
        # An update that is silent on it makes the caller the creator.
        "creator_id": visit.number("creator_id") or visit.bp_me or group["creator_id"],
    }
    if visit.get("name"):
        sets["name"] = saved_name(visit.get("name"), visit.rules(COMMENT_TAGS))
    sets |= _renamed(visit, group)
    if _text(visit, "description"):
        sets["description"] = saved_html(
            _text(visit, "description"), visit.rules(COMMENT_TAGS)
        )
    for each in ("status", "parent_id", "enable_forum"):
        if visit.get(each):
            sets[each] = visit.get(each)
    visit.store.update("groups", group["id"], **sets)
    # groups_update_group -> groups_update_last_activity is for details forms
    # only; an update over REST leaves last_activity alone.
    _retype(visit, group["id"])
    return visit.single(prepared(visit, group_by_id(visit, group["id"])))


def _renamed(visit: Visit, group: Row) -> dict[str, str]:
    slug = visit.get("slug")
    if visit.method == "POST":
        # A bare POST re-slugs: the slug is found taken, by the group itself
        # (prepare_item_for_database asks for the literal verb).
        return {"slug": free_slug(visit, slugged(slug or group["slug"]))}
    # Neither cleaned nor checked: the group object is compared with itself.
    return {"slug": str(slug)} if slug else {}


def _retype(visit: Visit, group: int) -> None:
    if visit.get("types"):
        set_typings(visit, "group", group, visit.get("types"), append=False)
    for each in visit.get("remove_types") or ():
        visit.store.run(
            "DELETE FROM typings WHERE kind = 'group' AND item_id = ? AND slug = ?",
            group,
            each,
        )
    if visit.get("append_types"):
        set_typings(visit, "group", group, visit.get("append_types"), append=True)


def _may_change(visit: Visit, group: Row, what: str) -> None:
    if visit.anonymous:
        message = f"Sorry, you need to be logged in to {what} this group."
        raise visit.denied(message)
    if not visit.moderates and not is_admin(visit, group["id"], visit.bp_me):
        raise visit.denied(f"Sorry, you are not allowed to {what} this group.")


def delete_item(visit: Visit) -> Any:
    """Delete a group and what belongs to it (``groups_delete_group``)."""
    group = _group(visit)
    _may_change(visit, group, "delete")
    previous = prepared(visit, group)
    identity = group["id"]
    for query in (
        "DELETE FROM group_members WHERE group_id = ?",
        "DELETE FROM invitations WHERE group_id = ?",
        (
            "DELETE FROM activity WHERE type = 'activity_comment' AND item_id IN "
            "(SELECT id FROM activity WHERE component = 'groups' AND item_id = ?)"
        ),
        "DELETE FROM activity WHERE component = 'groups' AND item_id = ?",
        "DELETE FROM notifications WHERE component = 'groups' AND item_id = ?",
        "DELETE FROM typings WHERE kind = 'group' AND item_id = ?",
        "DELETE FROM groups WHERE id = ?",
    ):
        visit.store.run(query, identity)
    visit.store.run("DELETE FROM uploads WHERE owner LIKE ?", f"group/{identity}/%")
    # groups_delete_group: children move up to the parent's parent.
    visit.store.run(
        "UPDATE groups SET parent_id = ? WHERE parent_id = ?",
        group["parent_id"],
        identity,
    )
    return {"deleted": True, "previous": previous}


ROUTES = {
    "GET ~/groups": get_items,
    "POST ~/groups": create_item,
    "GET ~/groups/me": get_mine,
    "GET ~/groups/<id>": get_item,
    "EDIT ~/groups/<id>": update_item,
    "DELETE ~/groups/<id>": delete_item,
}
