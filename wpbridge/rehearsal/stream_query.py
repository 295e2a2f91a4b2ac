"""Which items of the stream a request sees."""

from typing import Any

from wpbridge.rehearsal.communities import is_member
from wpbridge.rehearsal.store import like, marks
from wpbridge.rehearsal.visit import Visit


def conditions(visit: Visit) -> tuple[str, list[Any]]:
    """WHERE and its values, for ``bp_activity_get``."""
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
    _add_lists(visit, parts, values)
    spam = {"ham_only": "a.is_spam = 0", "spam_only": "a.is_spam = 1"}
    parts.append(spam.get(visit.get("status"), "1"))
    if visit.get("display_comments") != "stream":
        parts.append("a.type != 'activity_comment'")
    if not shows_hidden(visit, component, item) and not _scope(visit, parts, values):
        parts.append("a.hide_sitewide = 0")
    elif visit.moderates:
        _scope(visit, parts, values)
    return " AND ".join(parts), values


def _add_lists(visit: Visit, parts: list[str], values: list[Any]) -> None:
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
        case _:
            pass
    return False


def shows_hidden(visit: Visit, component: str | None, item: int) -> bool:
    """Whether hidden items of this place are shown to the caller."""
    if visit.moderates:
        return True
    return component == "groups" and bool(item) and is_member(visit, item, visit.me)
