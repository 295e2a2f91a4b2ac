"""A small community with something of every kind, and what a site holds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from wpbridge.rehearsal import App

Content: TypeAlias = "dict[str, list[tuple[Any, ...]]]"

HEAD = """\
wpbridge: 1
owner: club
host: ana
calendar: {timezone: Europe/London}
member_types: {helper: {name: Helpers, singular: Helper}}
"""
"""How the blueprint of a club begins, whatever is in it."""

COMMUNITY = """\
wpbridge: 1
owner: club
host: jane
limits: {mails: 20}
components: {groups: active, friends: active}
site: {title: Film and sound, front_page: welcome}
pages:
  welcome: {title: Welcome, text: Come in.}
  rules: {title: Rules, parent: welcome, text: Be kind.}
profile:
  work:
    name: At work
    fields:
      camera: {name: Camera}
      team: {name: Team, type: choose one, choices: [Design, Sales]}
members:
  jane: {name: Jane Hart, email: jane@example.org, profile: {camera: Leica}}
  ana: {name: Ana Ruiz, email: ana@example.org, profile: {camera: Canon, team: Sales}}
  bob: {name: Bob Lee, email: bob@example.org, profile: {team: Design}}
  cem: {email: cem@example.org}
friendships: [[ana, bob], [cem, jane]]
groups:
  film:
    name: Film club
    about: For people who shoot film.
    members: {jane: admin, ana: member, bob: member, cem: member}
    posts:
      one: {text: The first.}
      two: {by: ana, text: "The second, for @bob."}
      three: {by: bob, text: The third., comments: {a: {by: ana, text: Yes.}}}
      four: {text: The fourth.}
  sound:
    name: Sound club
    about: For people who record.
    parent: film
    members: {bob: admin, ana: member}
    posts: {one: {by: bob, text: Listen., comments: {a: {by: ana, text: I do.}}}}
posts:
  hello: {text: Hello all.}
  again: {text: Hello again.}
"""

QUERIES = {
    "options": "SELECT name, value FROM options WHERE name IN ('blogname')",
    "users": "SELECT login, email, display_name, roles FROM users",
    "groups": """
        SELECT g.slug, g.name, g.description, g.status, u.login, p.slug
        FROM groups g JOIN users u ON u.id = g.creator_id
        LEFT JOIN groups p ON p.id = g.parent_id""",
    "memberships": """
        SELECT g.slug, u.login, m.is_admin, m.is_mod, m.is_banned
        FROM group_members m JOIN groups g ON g.id = m.group_id
        JOIN users u ON u.id = m.user_id""",
    "posts": """
        SELECT g.slug, u.login, a.type, a.content, r.content
        FROM activity a JOIN users u ON u.id = a.user_id
        LEFT JOIN groups g ON g.id = a.item_id AND a.component = 'groups'
        LEFT JOIN activity r
        ON r.id = a.item_id AND a.type = 'activity_comment'""",
    "fields": """
        SELECT g.name, f.name, f.type, p.name, f.option_order
        FROM profile_fields f JOIN profile_groups g ON g.id = f.group_id
        LEFT JOIN profile_fields p ON p.id = f.parent_id""",
    "values": """
        SELECT u.login, f.name, d.value
        FROM profile_data d JOIN users u ON u.id = d.user_id
        JOIN profile_fields f ON f.id = d.field_id""",
    "friends": """
        SELECT a.login, b.login, f.is_confirmed FROM friends f
        JOIN users a ON a.id = f.initiator_user_id
        JOIN users b ON b.id = f.friend_user_id""",
    "pages": """
        SELECT p.slug, p.title, p.content, p.status, q.slug
        FROM posts p LEFT JOIN posts q ON q.id = p.parent WHERE p.type = 'page'""",
    "passwords": """
        SELECT u.login, count(*) FROM application_passwords p
        JOIN users u ON u.id = p.user_id GROUP BY u.login""",
}


def content(app: App) -> Content:
    """All that a site holds, by names instead of ids, so that two can be compared."""
    return {
        name: sorted((tuple(row) for row in app.store.rows(query)), key=repr)
        for name, query in QUERIES.items()
    }


def said(app: App) -> dict[str, list[str]]:
    """What was posted in each stream, in the order in which it was posted."""
    streams: dict[str, list[str]] = {}
    for stream, text in app.store.rows("""
        SELECT coalesce(g.slug, ''), a.content FROM activity a
        LEFT JOIN groups g ON g.id = a.item_id AND a.component = 'groups'
        WHERE a.type = 'activity_update' ORDER BY a.id"""):
        streams.setdefault(stream, []).append(text.partition("<")[0])
    return streams
