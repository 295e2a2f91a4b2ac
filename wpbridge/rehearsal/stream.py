"""The activity stream: adding to it, and what adding sets off."""

import re
from typing import Any

from wpbridge.rehearsal.kses import ACTIVITY_TAGS, kses
from wpbridge.rehearsal.people import profile_url, user_link
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import (
    balance,
    clickable,
    encode_emoji,
    escape,
    nofollow,
    paragraphs,
    strip_slashes,
    texturize,
)
from wpbridge.rehearsal.visit import Visit

_MODERATED = ("activity_update", "activity_comment")
_MENTION = re.compile(r"@+([A-Za-z0-9-_.@]+)\b")
_LINK = re.compile(r"(?:https?|ftp)://.+?[\s'\"]", re.IGNORECASE)
_UNWANTED = ("moderation_keys", "disallowed_keys")
_MAX_LINKS = 2
_SENTENCES = {
    ("members", "new_member"): " became a registered member",
    ("members", "new_avatar"): " changed their profile picture",
    ("xprofile", "updated_profile"): "&#039;s profile was updated",
    ("activity", "activity_update"): " posted an update",
    ("activity", "activity_comment"): " posted a new activity comment",
}


def activity_by_id(visit: Visit, identity: int) -> Row | None:
    """One item, whatever its kind."""
    return visit.store.row("SELECT * FROM activity WHERE id = ?", identity)


def record(visit: Visit, kind: str, *, user: int, group: Row) -> None:
    """``groups_record_activity``, hidden where the group is not public."""
    if "activity" in visit.active:
        save(
            visit,
            user_id=user,
            component="groups",
            type=kind,
            item_id=group["id"],
            hide_sitewide=int(group["status"] != "public"),
        )


def save(visit: Visit, *, identity: int = 0, **values: Any) -> int | None:
    """``BP_Activity_Activity::save``; None where BuddyPress refuses."""
    values = {
        "content": "",
        "item_id": 0,
        "secondary_item_id": 0,
        "hide_sitewide": 0,
        **values,
    }
    if not identity and visit.scope.hushes(values["type"]):
        return None
    if "date_recorded" not in values:
        values["date_recorded"] = visit.dated("activity")
    content = encode_emoji(balance(kses(values["content"], visit.rules(ACTIVITY_TAGS))))
    refused = values["type"] in _MODERATED and _refused(visit, values, content)
    if refused or (values["type"] == "activity_update" and not content):
        return None
    mentioned = mentioned_in(visit, content)
    for user, name in mentioned.items():
        content = _linked(visit, content, user, name)
    values["content"] = content
    values["action"] = action(visit, values)
    # An empty link becomes the caller's profile, on edits of others' too.
    values.setdefault("primary_link", profile_url(visit, visit.user(visit.bp_me)))
    if identity:
        visit.store.update("activity", identity, **values)
        return identity
    identity = visit.store.insert("activity", **values)
    for user in mentioned:
        _tell_mentioned(visit, user, identity, values)
    return identity


def _refused(visit: Visit, values: dict[str, Any], content: str) -> bool:
    """Too many links, or a word that is not wanted; administrators are let through."""
    author = visit.user(values["user_id"])
    if visit.scope.moderated or (author and "administrator" in author["roles"]):
        return False
    limit = int(visit.store.option("comment_max_links", _MAX_LINKS) or 0)
    if limit and _outside_links(visit, content) >= limit:
        return True
    said = (author["display_name"], author["email"]) if author else ()
    return any(
        word.lower() in each.lower()
        for option in _UNWANTED
        for word in _lines(visit.store.option(option, ""))
        for each in (*said, content)
    )


def _outside_links(visit: Visit, content: str) -> int:
    """``bp_core_check_for_moderation``: what ends in a space or quote counts."""
    found = _LINK.findall(content)
    return sum(not each.startswith(visit.url) for each in found)


def _lines(option: Any) -> list[str]:
    return [line.strip() for line in str(option or "").split("\n") if line.strip()]


def mentioned_in(visit: Visit, content: str) -> dict[int, str]:
    """``bp_activity_find_mentions``: user ids and the names used."""
    found = {}
    account = "SELECT id FROM users WHERE nicename = ? COLLATE NOCASE"
    for name in dict.fromkeys(_MENTION.findall(content)):
        user = visit.store.value(account, name)
        if user:
            found[user] = name
    return found


def _linked(visit: Visit, content: str, user: int, name: str) -> str:
    # bp_activity_at_name_filter_updates, which links what is linked already.
    href = profile_url(visit, visit.user(user))
    link = f"<a class='bp-suggestions-mention' href='{href}' rel='nofollow'>@{name}</a>"
    return re.sub(rf"@{re.escape(name)}\b", lambda _: link, content)


def _tell_mentioned(
    visit: Visit, user: int, identity: int, values: dict[str, Any]
) -> None:
    if values["component"] == "groups" and outside(visit, user, values["item_id"]):
        return
    # bp_activity_at_message_notification, which takes other things' numbers for its own
    told = "SELECT 1 FROM notifications WHERE user_id = ? AND item_id = ?"
    if visit.store.value(told, user, identity):
        return
    author = values["user_id"]
    visit.notify(user, "activity", "new_at_mention", identity, author)
    visit.mail(user, "activity-at-message")


def outside(visit: Visit, user: int, group: int) -> bool:
    """Whether a group is shut, and somebody not in it."""
    # bp_groups_disable_at_mention_notification_for_non_public_groups
    status = visit.store.value("SELECT status FROM groups WHERE id = ?", group)
    if not status or status == "public":
        return False
    return not visit.store.value(
        "SELECT 1 FROM group_members WHERE group_id = ? AND user_id = ? AND "
        "is_confirmed = 1 AND is_banned = 0",
        group,
        user,
    )


def action(visit: Visit, values: dict[str, Any] | Row) -> str:
    """The sentence above an item, from its type's format callback."""
    who = user_link(visit, values["user_id"])
    component, kind = values["component"], values["type"]
    if component == "groups":
        return _group_action(visit, who, kind, values["item_id"])
    if component == "friends" and kind.startswith("friendship_"):
        other = user_link(visit, values["secondary_item_id"])
        return f"{who} and {other} are now friends"
    sentence = _SENTENCES.get((component, kind))
    return f"{who}{sentence}" if sentence else ""


def _group_action(visit: Visit, who: str, kind: str, item: int) -> str:
    sentences = {
        "created_group": "created the group",
        "joined_group": "joined the group",
        "group_details_updated": "updated details for the group",
        "activity_update": "posted an update in the group",
    }
    group = visit.store.row("SELECT name, slug FROM groups WHERE id = ?", item)
    if kind not in sentences:
        return ""
    if not group:
        return f'{who} {sentences[kind]} <a href=""></a>'
    url, name = f"{visit.directory('groups')}/{group['slug']}/", escape(group["name"])
    return f'{who} {sentences[kind]} <a href="{url}">{name}</a>'


def rendered(visit: Visit, content: str, *, comment: bool = False) -> str:
    """``bp_get_activity_content_body``, or ``bp_get_activity_content`` for comments."""
    text = content if comment else kses(content, visit.rules(ACTIVITY_TAGS))
    text = clickable(strip_slashes(text) if "\\" in text else text)
    text = nofollow(paragraphs(texturize(text)))
    return text.replace("<img ", '<img loading="lazy" ')


def permalink(visit: Visit, item: Row) -> str:
    """``bp_activity_get_permalink``."""
    if item["type"] in ("new_blog_post", "new_blog_comment"):
        return str(item["primary_link"])
    if item["type"] == "activity_comment":
        return f"{visit.url}/activity/p/{item['item_id']}/#acomment-{item['id']}"
    return f"{visit.url}/activity/p/{item['id']}/"


def comments_below(visit: Visit, parent: Row) -> list[Row]:
    """Direct answers to an item or to a comment, the oldest first."""
    root = parent["item_id"] if parent["type"] == "activity_comment" else parent["id"]
    return visit.store.rows(
        "SELECT * FROM activity WHERE type = 'activity_comment' AND item_id = ? "
        "AND secondary_item_id = ? AND is_spam = 0 ORDER BY date_recorded, id",
        root,
        parent["id"],
    )


def remove(visit: Visit, item: Row) -> None:
    """Delete an item with everything said below it."""
    for comment in comments_below(visit, item):
        remove(visit, comment)
    if item["type"] != "activity_comment":
        visit.store.run(
            "DELETE FROM activity WHERE type = 'activity_comment' AND item_id = ?",
            item["id"],
        )
    visit.store.run("DELETE FROM favorites WHERE activity_id = ?", item["id"])
    visit.store.run(
        "DELETE FROM notifications WHERE component = 'activity' AND item_id = ?",
        item["id"],
    )
    visit.store.run("DELETE FROM activity WHERE id = ?", item["id"])
