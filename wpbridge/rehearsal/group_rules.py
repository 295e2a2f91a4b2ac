"""Who may post in a group, and closed groups: what the companion adds to groups."""

import json
from typing import Any

from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.visit import Visit


def rule(visit: Visit, group: int, name: str, usual: Any) -> Any:
    """What is kept of a group under a name."""
    kept = visit.store.value(
        "SELECT value FROM group_rules WHERE group_id = ? AND name = ?", group, name
    )
    return usual if kept is None else json.loads(kept)


def set_rule(visit: Visit, group: int, name: str, value: Any) -> None:
    """Keep it."""
    visit.store.run(
        "INSERT OR REPLACE INTO group_rules (group_id, name, value) VALUES (?, ?, ?)",
        group,
        name,
        json.dumps(value),
    )


def posters(visit: Visit, group: int) -> str:
    """Who may post: members, mods or admins."""
    return str(rule(visit, group, "posts", "members"))


def closed(visit: Visit, group: int) -> bool:
    """Whether nobody joins any more, and only moderators of the community post."""
    return bool(rule(visit, group, "closed", usual=False))


def _may_post(visit: Visit, group: int) -> bool:
    who, shut = posters(visit, group), closed(visit, group)
    if visit.moderates or (who == "members" and not shut):
        return True
    columns = "is_admin OR is_mod" if who == "mods" else "is_admin"
    leads = visit.store.value(
        f"SELECT 1 FROM group_members WHERE group_id = ? AND user_id = ? "
        f"AND ({columns})",
        group,
        visit.me,
    )
    return bool(leads) and not shut


def may_enter(visit: Visit, group: int) -> bool:
    """Whether somebody gets in, as far as these rules go."""
    return visit.moderates or not closed(visit, group)


def heed_closed(visit: Visit, group: int) -> None:
    """Let nobody ask to be let into a closed group, nor invite into it."""
    if not may_enter(visit, group):
        message = "Sorry, this group is closed."
        raise visit.denied(message, "wpbridge_closed")


def heed_posters(visit: Visit, before: Row | None) -> None:
    """Say no to a post, new or changed, where its author may not post."""
    group = _group_of(visit, before)
    if group and not _may_post(visit, group):
        message = "Sorry, you cannot post in this group."
        raise visit.denied(message, "wpbridge_not_a_poster")


def _group_of(visit: Visit, before: Row | None) -> int:
    """The group that a request to post is about; a comment is where its root is."""
    kind = visit.get("type") or (before["type"] if before else "activity_update")
    item = visit.params.get("primary_item_id")
    number = (
        before["item_id"]
        if before and item is None
        else visit.number("primary_item_id")
    )
    where = visit.get("component") or (before["component"] if before else "")
    if kind == "activity_comment":
        root = visit.store.row("SELECT * FROM activity WHERE id = ?", number)
        inside = root and root["component"] == "groups"
        return int(root["item_id"]) if root and inside else 0
    return int(number) if where == "groups" else 0
