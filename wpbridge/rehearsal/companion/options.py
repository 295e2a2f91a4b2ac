"""``wpbridge/v1/options``: BuddyPress's own, by the companion's words."""

from typing import Any

from wpbridge.rehearsal.companion.access import forbid, moderate
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.visit import Visit

# What BuddyPress calls each, and whether it says the opposite.
_SWITCHES = {
    "avatar_uploads": ("bp-disable-avatar-uploads", True),
    "cover_uploads": ("bp-disable-cover-image-uploads", True),
    "group_avatar_uploads": ("bp-disable-group-avatar-uploads", True),
    "group_cover_uploads": ("bp-disable-group-cover-image-uploads", True),
    "group_activity_deletions": ("bp-disable-group-activity-deletions", True),
    "account_deletion": ("bp-disable-account-deletion", True),
    "post_comments": ("bp-disable-blogforum-comments", True),
    "profile_sync": ("bp-disable-profile-sync", True),
    "toolbar_for_visitors": ("hide-loggedout-adminbar", True),
    "refresh": ("_bp_enable_heartbeat_refresh", False),
}
# bp_get_default_options, where they are not nothing.
_ON = frozenset(["bp-disable-blogforum-comments", "_bp_enable_heartbeat_refresh"])
_CHOICES = {
    "community": ("_bp_community_visibility", "anyone"),
    "group_creation": ("bp_restrict_group_creation", "members"),
    # Two options there: WordPress's own switch, and BuddyPress's for requests.
    "registration": ("users_can_register", "closed"),
}


def get_items(visit: Visit) -> Any:
    """All of them."""
    _manage(visit)
    return _told(visit)


def update_items(visit: Visit) -> Any:
    """Change what is said, and refuse what is not on the list."""
    _manage(visit)
    said = visit.params.json or {}
    known = said.keys() <= _SWITCHES.keys() | _CHOICES.keys()
    if not said or not known or None in said.values():
        message = "That is not among the options that can be set."
        raise Refusal("wpbridge_option", message, 400)
    for word, (option, opposite) in _SWITCHES.items():
        if word in said:
            visit.store.set_option(option, int(visit.get(word) is not opposite))
    for word, (option, _) in _CHOICES.items():
        if word in said:
            visit.store.set_option(option, visit.get(word))
    return _told(visit)


def _manage(visit: Visit) -> None:
    moderate(visit)
    if not visit.can("manage_options"):
        forbid(visit)


def _told(visit: Visit) -> dict[str, Any]:
    switches = {
        word: bool(visit.store.option(option, option in _ON)) is not opposite
        for word, (option, opposite) in _SWITCHES.items()
    }
    choices = {
        word: visit.store.option(option, usual)
        for word, (option, usual) in _CHOICES.items()
    }
    return switches | choices


ROUTES = {
    "GET /wpbridge/v1/options": get_items,
    "PUT /wpbridge/v1/options": update_items,
}
