"""Logging in with an application password."""

import hashlib
import json
import re
import secrets
from collections.abc import Callable
from datetime import datetime

from werkzeug.wrappers import Request

from wpbridge.rehearsal.dates import stored
from wpbridge.rehearsal.store import Row, Store
from wpbridge.rehearsal.visit import Caller

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def digest(password: str) -> str:
    """A quick digest: nobody's secret is kept here, and speed is."""
    return hashlib.sha256(password.encode()).hexdigest()


def new_password() -> str:
    """24 letters and digits (WP_Application_Passwords::PW_LENGTH)."""
    return "".join(secrets.choice(_LETTERS) for _ in range(24))


def chunked(password: str) -> str:
    """In fours, as WordPress shows it."""
    return " ".join(re.findall(".{1,4}", password))


def is_email(text: str) -> bool:
    """``is_email``, roughly."""
    return bool(re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text))


def _account(store: Store, name: str) -> Row | None:
    user = store.row("SELECT * FROM users WHERE login = ?", name)
    if not user and is_email(name):
        user = store.row("SELECT * FROM users WHERE email = ?", name)
    return user


def authenticate(
    store: Store, request: Request, clock: Callable[[], datetime]
) -> Caller | None:
    """
    Who asks, by ``wp_authenticate_application_password``.

    Wrong credentials are nobody's, and no error: by the time that WordPress
    asks for one (``rest_application_password_check_errors``) nothing has
    looked at the current user yet, so there is none to tell of.
    """
    given = request.authorization
    if given is None or given.type != "basic":
        return None
    user = _account(store, given.username or "")
    if not user:
        return None
    bare = re.sub(r"[^a-zA-Z\d]", "", given.password or "")
    found = store.row(
        "SELECT uuid, last_used FROM application_passwords "
        "WHERE user_id = ? AND digest = ?",
        user["id"],
        digest(bare),
    )
    if not found:
        return None
    _note_use(store, found, request.remote_addr or "127.0.0.1", stored(clock()))
    return Caller(
        user["id"], user["login"], tuple(json.loads(user["roles"])), found["uuid"]
    )


def _note_use(store: Store, password: Row, address: str, now: str) -> None:
    # record_application_password_usage writes once a day.
    if password["last_used"] and password["last_used"][:10] == now[:10]:
        return
    store.run(
        "UPDATE application_passwords SET last_used = ?, last_ip = ? WHERE uuid = ?",
        now,
        address,
        password["uuid"],
    )
