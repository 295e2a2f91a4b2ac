"""What code has registered on the site, for arguments that name it."""

from wpbridge.rehearsal.arguments import Registered
from wpbridge.rehearsal.visit import Visit

FIELD_TYPES = [
    "checkbox",
    "datebox",
    "multiselectbox",
    "number",
    "url",
    "radio",
    "selectbox",
    "textarea",
    "textbox",
    "telephone",
    "wp-biography",
    "wp-textbox",
    "checkbox_acceptance",
    "option",
]
_ACTIVITY_TYPES = (
    ("members", "new_member"),
    ("members", "new_avatar"),
    ("xprofile", "updated_profile"),
    ("activity", "activity_update"),
    ("activity", "activity_comment"),
    ("friends", "friendship_accepted"),
    ("friends", "friendship_created"),
    ("groups", "created_group"),
    ("groups", "joined_group"),
    ("groups", "group_details_updated"),
    ("blogs", "new_blog_post"),
    ("blogs", "new_blog_comment"),
)


def registered(visit: Visit) -> Registered:
    """Names by sort: types of members and groups, of activity, of fields."""

    def names(sort: str) -> list[str]:
        match sort:
            case "member_types" | "group_types":
                return types(visit, sort.removesuffix("_types"))
            case "components":
                # array_keys( buddypress()->active_components )
                names = [*visit.store.option("bp-active-components", {})]
                at = names.index("notifications") + 1 if "notifications" in names else 0
                # A feature that counts itself among the components.
                return [*names[:at], "members_invitations", *names[at:]]
            case "visibility":
                # xprofile's own, and one that the friends component adds
                levels = ["public", "adminsonly", "loggedin"]
                return [*levels, *(["friends"] if "friends" in visit.active else [])]
            case "activity_types":
                return [
                    name
                    for component, name in _ACTIVITY_TYPES
                    if component in visit.active
                ]
            case _:
                pass
        return FIELD_TYPES

    return names


def types(visit: Visit, kind: str) -> list[str]:
    """Registered types of ``member`` or ``group``, in order of registration."""
    return visit.store.column(
        "SELECT slug FROM types WHERE kind = ? ORDER BY rowid", kind
    )


def typings(visit: Visit, kind: str, item: int) -> list[str]:
    """The types that a member or group has (names sort as terms do)."""
    return visit.store.column(
        "SELECT slug FROM typings WHERE kind = ? AND item_id = ? ORDER BY slug",
        kind,
        item,
    )


def set_typings(
    visit: Visit, kind: str, item: int, slugs: list[str], *, append: bool
) -> None:
    """``bp_set_member_type`` and ``bp_groups_set_group_type``."""
    if not append:
        visit.store.run(
            "DELETE FROM typings WHERE kind = ? AND item_id = ?", kind, item
        )
    for slug in slugs:
        visit.store.run(
            "INSERT OR IGNORE INTO typings (kind, item_id, slug) VALUES (?, ?, ?)",
            kind,
            item,
            slug,
        )
