"""The surroundings in which the companion runs one call."""

from dataclasses import dataclass

# Activity that BuddyPress writes by itself about what members do.
CHATTER = (
    *("joined_group", "friendship_created", "friends_register_activity_action"),
    *("new_member", "created_group", "group_details_updated", "updated_profile"),
    *("new_avatar", "new_blog_post", "new_blog_comment"),
)


@dataclass
class Scope:
    """What one call asked for, beside what it sends."""

    quiet: bool = False
    date: str = ""
    """The date of what it makes, as tables hold it; nothing for now."""
    makes: str = ""
    """What takes that date: activity, membership, group, message or friendship."""
    welcome: str = ""
    """What a user that the call makes is mailed; nothing for no mail."""

    moderated: bool = False
    """Whether a moderator asked for it: Settings > Discussion is passed over."""

    def hushes(self, kind: str) -> bool:
        """Whether an activity of that type is kept from being written."""
        return self.quiet and kind in CHATTER

    def spend(self, what: str) -> str:
        """The date for a new row of that sort: once, and only where it is meant."""
        if not self.date or self.makes != what:
            return ""
        self.makes = ""
        return self.date
