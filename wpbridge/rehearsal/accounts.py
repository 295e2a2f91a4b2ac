"""Accounts: making, changing and deleting them, as WordPress does inside."""

import json
import re
import unicodedata
from typing import Any

from wpbridge.rehearsal.auth import digest
from wpbridge.rehearsal.communities import recount
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.roles import ROLES
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import encode_emoji, escape, slugged, strip_tags
from wpbridge.rehearsal.visit import Visit

NICENAME = 50


def clean_login(text: str) -> str:
    """``sanitize_user``, strict."""
    plain = unicodedata.normalize("NFKD", strip_tags(text))
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = re.sub(r"%[a-fA-F0-9]{2}|&.+?;", "", plain)
    plain = re.sub(r"[^a-zA-Z0-9 _.\-@]", "", plain)
    return re.sub(r"\s+", " ", plain.strip())


def check_login(login: str) -> None:
    """``check_username``: an argument error when the login would be changed."""
    if not login or clean_login(login) != login:
        raise Refusal(
            "rest_invalid_param",
            "Invalid parameter(s): username",
            400,
            params={
                "username": "This username is invalid because it uses illegal "
                "characters. Please enter a valid username."
            },
            details={
                "username": {
                    "code": "rest_user_invalid_username",
                    "message": "This username is invalid because it uses illegal "
                    "characters. Please enter a valid username.",
                    "data": {"status": 400},
                }
            },
        )


def check_password(password: str) -> None:
    """``check_user_password``."""
    message = ""
    if not password:
        message = "Passwords cannot be empty."
    elif "\\" in password:
        message = 'Passwords cannot contain the "\\" character.'
    if message:
        raise Refusal(
            "rest_invalid_param",
            "Invalid parameter(s): password",
            400,
            params={"password": message},
            details={
                "password": {
                    "code": "rest_user_invalid_password",
                    "message": message,
                    "data": {"status": 400},
                }
            },
        )


def check_roles(roles: list[str]) -> None:
    """``check_role_update``."""
    for role in roles:
        if role not in ROLES:
            raise Refusal(
                "rest_user_invalid_role", f"The role {role} does not exist.", 400
            )


def free_nicename(visit: Visit, wanted: str, own: int = 0) -> str:
    """A slug that nobody else has: ``-2``, ``-3`` behind it if need be."""
    nicename = slugged(slugged(wanted)[:NICENAME])
    found, suffix = nicename, 2
    while visit.store.value(
        "SELECT 1 FROM users WHERE nicename = ? AND id != ?", found, own
    ):
        found = f"{nicename[: NICENAME - 1 - len(str(suffix))]}-{suffix}"
        suffix += 1
    return found


def _display_name(values: dict[str, Any], login: str) -> str:
    if values.get("name") not in (None, "", "0"):  # PHP's empty()
        return str(values["name"])
    both = f"{values.get('first_name') or ''} {values.get('last_name') or ''}"
    return both.strip() or login


def create(visit: Visit, values: dict[str, Any]) -> int:
    """``wp_insert_user``; the new id."""
    login = clean_login(values["username"])
    # These two errors carry no status: HTTP 500, "data": null.
    if visit.store.value("SELECT 1 FROM users WHERE login = ?", login):
        message = "Sorry, that username already exists!"
        raise Refusal("existing_user_login", message, None)
    email = values.get("email") or ""
    if email and visit.store.value("SELECT 1 FROM users WHERE email = ?", email):
        message = "Sorry, that email address is already used!"
        raise Refusal("existing_user_email", message, None)
    roles = values.get("roles") or ["subscriber"]
    return visit.store.insert(
        "users",
        login=login,
        nicename=free_nicename(visit, values.get("slug") or login),
        email=email,
        password=digest(values.get("password") or ""),
        display_name=clean_name(_display_name(values, login)),
        first_name=values.get("first_name") or "",
        last_name=values.get("last_name") or "",
        nickname=values.get("nickname") or login,
        url=values.get("url") or "",
        description=clean_about(visit, values.get("description") or ""),
        locale=values.get("locale") or "",
        roles=json.dumps(roles),
        registered=visit.stamp,
    )


def clean_name(text: str) -> str:
    """``pre_user_display_name``: no tags, ampersands as entities."""
    return escape(strip_tags(text)).replace("&quot;", '"').replace("&#039;", "'")


def clean_about(visit: Visit, text: str) -> str:
    """``pre_user_description``."""
    from wpbridge.rehearsal.kses import COMMENT_TAGS, kses  # noqa: PLC0415

    return encode_emoji(kses(text, visit.rules(COMMENT_TAGS))).strip()


def change(visit: Visit, user: Row, values: dict[str, Any]) -> None:
    """``wp_update_user``, and the two mails that it sends."""
    sets = {
        "display_name" if name == "name" else name: values[name]
        for name in (
            "name",
            "email",
            "url",
            "first_name",
            "last_name",
            "nickname",
            "locale",
        )
        if values.get(name) is not None
    }
    if "display_name" in sets:
        said = clean_name(sets["display_name"])
        sets["display_name"] = user["login"] if said in ("", "0") else said
    if values.get("description") is not None:
        sets["description"] = clean_about(visit, values["description"])
    if values.get("slug"):
        sets["nicename"] = free_nicename(visit, values["slug"], user["id"])
    if values.get("roles") is not None:
        sets["roles"] = json.dumps(values["roles"])
    if values.get("password"):
        sets["password"] = digest(values["password"])
    # To the old address, before it is gone.
    if "email" in sets and sets["email"].lower() != user["email"].lower():
        visit.mail(user["id"], "email-changed", loud=True)
    if sets.get("password", user["password"]) != user["password"]:
        visit.mail(user["id"], "password-changed", loud=True)
    visit.store.update("users", user["id"], **sets)


def delete(visit: Visit, user: int, reassign: int) -> None:
    """``wp_delete_user``, and what BuddyPress clears away behind it."""
    store = visit.store
    if reassign:
        store.run("UPDATE posts SET author = ? WHERE author = ?", reassign, user)
    else:
        store.run("DELETE FROM posts WHERE author = ?", user)
    _leave_groups(visit, user)
    # bp_activity_remove_all_user_data, friends_remove_data and their like.
    store.run(
        "DELETE FROM activity WHERE user_id = ? OR (type = 'activity_comment' AND "
        "item_id IN (SELECT id FROM activity WHERE user_id = ?))",
        user,
        user,
    )
    for table in (
        "favorites",
        "profile_data",
        "notifications",
        "message_recipients",
        "notices_dismissed",
        "application_passwords",
        "invitations",
    ):
        store.run(f"DELETE FROM {table} WHERE user_id = ?", user)
    store.run("DELETE FROM invitations WHERE inviter_id = ?", user)
    _part_friends(visit, user)
    store.run("DELETE FROM typings WHERE kind = 'member' AND item_id = ?", user)
    store.run("DELETE FROM uploads WHERE owner LIKE ?", f"user/{user}/%")
    store.run("DELETE FROM users WHERE id = ?", user)


def _part_friends(visit: Visit, user: int) -> None:
    visit.store.run(
        "UPDATE users SET friend_count = max(friend_count - 1, 0) WHERE id IN ("
        "SELECT initiator_user_id + friend_user_id - ? FROM friends WHERE "
        "is_confirmed = 1 AND ? IN (initiator_user_id, friend_user_id))",
        user,
        user,
    )
    visit.store.run(
        "DELETE FROM friends WHERE ? IN (initiator_user_id, friend_user_id)", user
    )


def _leave_groups(visit: Visit, user: int) -> None:
    # BP_Groups_Member::delete_all_for_user gives a group that loses its last
    # admin to the first administrator of the site; creator_id stays.
    heir = visit.store.value(
        "SELECT id FROM users WHERE roles LIKE '%\"administrator\"%' AND id != ? "
        "ORDER BY id",
        user,
    )
    orphans = visit.store.column(
        "SELECT group_id FROM group_members m WHERE user_id = ? AND is_admin = 1 "
        "AND NOT EXISTS (SELECT 1 FROM group_members o WHERE o.is_admin = 1 AND "
        "o.group_id = m.group_id AND o.user_id != m.user_id)",
        user,
    )
    left = visit.store.column(
        "SELECT group_id FROM group_members WHERE user_id = ?", user
    )
    visit.store.run("DELETE FROM group_members WHERE user_id = ?", user)
    for group in orphans if heir else ():
        visit.store.run(
            "DELETE FROM group_members WHERE group_id = ? AND user_id = ?", group, heir
        )
        visit.store.insert(
            "group_members",
            group_id=group,
            user_id=heir,
            is_admin=1,
            is_confirmed=1,
            user_title="Group Admin",
            date_modified=visit.stamp,
        )
    for group in left:
        recount(visit, group)
