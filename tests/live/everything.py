"""A blueprint of every kind, and what a site holds of it, in names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tests.cases.staging import stage, switch_on
from tests.recording.pictures import png
from wpbridge.site.open import open_site

if TYPE_CHECKING:
    from tests.live.booting import Running

EVERYTHING = Path(__file__).parent / "everything.yaml"
PICTURES = {"face.png": (200, 200), "wide.png": (1400, 400)}
TYPES = {"member": ["mentor", "student"], "group": ["project"]}
THERE = {
    "members": ["fred", "gina"],
    "groups": ["club"],
    "requests": [
        ["POST", "bp", "groups membership-requests", asks]
        for login in ("fred", "gina")
        for asks in [{"group_id": "groups/club", "user_id": f"members/{login}"}]
    ],
}
"""What is on the site before: a group, and two who ask to join it."""
Census: TypeAlias = "dict[str, list[tuple[str, ...]]]"

TABLES = {
    "members": "SELECT user_login, user_email, display_name FROM wp_users",
    "groups": "SELECT slug, name, status FROM wp_bp_groups",
    "memberships": """
        SELECT slug, user_login, is_admin, is_mod, is_banned, is_confirmed
        FROM wp_bp_groups_members AS m
        JOIN wp_bp_groups AS g ON g.id = group_id JOIN wp_users AS u ON u.ID = user_id
    """,
    "invites and requests": """
        SELECT slug, user_login, type FROM wp_bp_invitations AS i
        JOIN wp_bp_groups AS g ON g.id = item_id JOIN wp_users AS u ON u.ID = i.user_id
    """,
    "posts and comments": """
        SELECT user_login, type, content FROM wp_bp_activity AS a
        JOIN wp_users AS u ON u.ID = user_id WHERE type != 'last_activity'
    """,
    "pages": """
        SELECT post_title, post_name, post_status FROM wp_posts
        WHERE post_type IN ('page', 'buddypress')
    """,
    "blog, media, menus": """
        SELECT post_type, post_title, post_name, post_status FROM wp_posts
        WHERE post_type IN ('post', 'attachment', 'nav_menu_item', 'wp_navigation')
    """,
    "menus' names": """
        SELECT taxonomy, name, count FROM wp_terms
        JOIN wp_term_taxonomy USING (term_id)
    """,
    "favourites": """
        SELECT user_login, meta_value RLIKE '^a:1:' FROM wp_usermeta AS m
        JOIN wp_users AS u ON u.ID = user_id
        WHERE meta_key = 'bp_favorite_activities'
    """,
    "profile groups": "SELECT name FROM wp_bp_xprofile_groups",
    "profile fields": """
        SELECT g.name, f.name, f.type FROM wp_bp_xprofile_fields AS f
        JOIN wp_bp_xprofile_groups AS g ON g.id = f.group_id
    """,
    "profile values": """
        SELECT f.name, user_login, value FROM wp_bp_xprofile_data AS d
        JOIN wp_bp_xprofile_fields AS f ON f.id = field_id
        JOIN wp_users AS u ON u.ID = user_id
    """,
    "friendships": """
        SELECT least(a.user_login, b.user_login), greatest(a.user_login, b.user_login)
        FROM wp_bp_friends JOIN wp_users AS a ON a.ID = initiator_user_id
        JOIN wp_users AS b ON b.ID = friend_user_id
    """,
    "messages": """
        SELECT user_login, subject, message FROM wp_bp_messages_messages
        JOIN wp_users AS u ON u.ID = sender_id
    """,
    "notices": "SELECT subject, is_active FROM wp_bp_messages_notices",
    "application passwords": """
        SELECT user_login FROM wp_usermeta AS m JOIN wp_users AS u ON u.ID = user_id
        WHERE meta_key = '_application_passwords' AND meta_value LIKE '%password%'
    """,
}
"""What shows whether anything is there twice, or is missing."""

SWALLOWED = """
    SELECT count(DISTINCT a.id, u.ID) FROM wp_bp_activity AS a
    JOIN wp_bp_notifications AS n ON n.item_id = a.id AND n.component_name != 'activity'
    JOIN wp_users AS u ON u.ID = n.user_id
    WHERE a.content LIKE concat('%>@', u.user_nicename, '</a>%') AND NOT EXISTS (
        SELECT 1 FROM wp_bp_notifications AS told WHERE told.item_id = a.id
        AND told.user_id = u.ID AND told.component_name = 'activity'
    )
"""
"""
Mentions that mailed nobody, as whom they are of had been notified of something else
whose number is that of the post: see ``wpbridge.kinds.SPOKEN``.
"""


def written(folder: Path) -> Path:
    """Write the blueprint into a folder, with its pictures beside it."""
    for name, size in PICTURES.items():
        (folder / name).write_bytes(png(*size))
    file = folder / EVERYTHING.name
    file.write_text(EVERYTHING.read_text("utf-8"), "utf-8")
    return file


def ready(live: Running) -> None:
    """Have on a bare site what there is on one that is lived in."""
    live.register(**TYPES)  # as code does
    with open_site(live.url, live.user, live.application_password) as site:
        switch_on(site, ("groups",))
        stage(site, THERE)
    live.sent(forget=True)


def swallowed(live: Running) -> int:
    """Count mails that BuddyPress took for sent, mistaking one number for another."""
    return live.database.number(SWALLOWED)


def census(live: Running) -> Census:
    """Count what is in the database, where duplicates show."""
    there = {each[0] for each in live.database.rows("SHOW TABLES")}
    return {
        name: sorted(map(tuple, live.database.rows(query)))
        for name, query in TABLES.items()
        if query.split("FROM")[1].split()[0] in there
    }
