"""Words that are no words here: those of the site, and those to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SITE_WORDS: Final[Mapping[str, str]] = {
    "activities": "posts",
    "activity": "posts",
    "administrator": "admin",
    "administrators": "admins",
    "author": "by",
    "body": "text",
    "content": "text",
    "cover_image": "cover",
    "date": "at",
    "description": "about",
    "display_name": "name",
    "extended_profile": "profile",
    "label": "name",
    "mail": "email",
    "moderator": "mod",
    "moderators": "mods",
    "options": "choices",
    "parent_id": "parent",
    "photo": "avatar",
    "privacy": "access",
    "question": "ask",
    "replies": "comments",
    "schedule": "at",
    "start": "starts",
    "status": "access",
    "title": "name",
    "user_email": "email",
    "user_login": "members",
    "users": "members",
    "variables": "inputs",
    "visibility": "visible_to",
    "xprofile": "profile",
}
"""What people write who know the site, and the word for it here."""

RESERVED: Final = frozenset(
    {
        "news",
        "tasks",
        "self_evaluation",
        "narrate",
        "onboarding",
        "buddies",
        "introductions",
        "digest",
        "closing",
        "on_join",
        "remind",
        "pin",
        "closes",
        "phase",
        "swap",
        "away",
        "grace",
        "ask_to_join",
        "language",
        "holidays",
        "forum",
        "emails",
        "policy",
        "favorites",
        "secrets",
        "hooks",
        "if",
        "else",
        "for",
        "import",
        "version",
    }
)
"""Words kept free for what may come."""

REFUSED: Final[Mapping[str, str]] = {
    "password": "a password is never in a blueprint: each new account gets a random "
    "one that nobody knows, and its owner asks for another; drop the line",
    "allow": "what is dangerous is allowed at the command line, with --allow, and "
    "never in a file",
    "delete": "nothing is deleted from here; see `prune`, `membership: exact` and "
    "`leavers`",
}
"""Words that are refused, and why."""
