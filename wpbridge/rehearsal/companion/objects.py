"""What can be marked, and where it is kept."""

from wpbridge.rehearsal.visit import Visit

TABLES = {
    **dict.fromkeys(["groups", "group-avatars", "group-covers"], "groups"),
    **dict.fromkeys(["members", "typings", "member-avatars"], "users"),
    **dict.fromkeys(["posts", "comments"], "activity"),
    **dict.fromkeys(["invites", "requests"], "invitations"),
    **dict.fromkeys(["member-types", "group-types"], "types"),
    "member-covers": "users",
    "memberships": "group_members",
    "friendships": "friends",
    "messages": "messages",
    "notices": "notices",
    "profile-groups": "profile_groups",
    "profile-fields": "profile_fields",
    "profile-values": "profile_data",
    "pages": "posts",
}
PAIRS = {
    "memberships": ("group_id", "user_id"),
    "friendships": ("initiator_user_id", "friend_user_id"),
    "profile-values": ("field_id", "user_id"),
}


def row_of(visit: Visit, kind: str, pair: list[int]) -> int:
    """The row of a pair, 0 without one; a friendship has no direction."""
    one, two = PAIRS[kind]
    ways = [pair, pair[::-1]] if kind == "friendships" else [pair]
    for way in ways:
        found = visit.store.value(
            f"SELECT min(id) FROM {TABLES[kind]} WHERE {one} = ? AND {two} = ?", *way
        )
        if found:
            return int(found)
    return 0


def exists(visit: Visit, kind: str, identity: int) -> bool:
    """Whether what a mark is on is there."""
    column = "rowid" if TABLES[kind] == "types" else "id"
    query = f"SELECT 1 FROM {TABLES[kind]} WHERE {column} = ?"
    return bool(visit.store.value(query, identity))
