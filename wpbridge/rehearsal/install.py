"""What a fresh WordPress with BuddyPress holds."""

import json
import uuid
from collections.abc import Callable
from datetime import datetime

from wpbridge.rehearsal.auth import chunked, digest, new_password
from wpbridge.rehearsal.dates import stored
from wpbridge.rehearsal.store import Store

# bp_new_install_default_components, in the order that the option keeps.
_COMPONENTS = {
    "activity": 1,
    "members": 1,
    "settings": 1,
    "xprofile": 1,
    "notifications": 1,
}
_OPTIONS = {
    "blogname": "Rehearsal",
    "blogdescription": "",
    "admin_email": "admin@example.org",
    "timezone_string": "",
    "gmt_offset": 0,
    "date_format": "F j, Y",
    "time_format": "g:i a",
    "start_of_week": 1,
    "WPLANG": "en_US",
    "use_smilies": True,
    "default_category": 1,
    "default_post_format": "0",
    "posts_per_page": 10,
    "show_on_front": "posts",
    "page_on_front": 0,
    "page_for_posts": 0,
    "default_ping_status": "open",
    "default_comment_status": "open",
    "site_logo": None,
    "site_icon": 0,
    "bp-active-components": _COMPONENTS,
}


def install(store: Store, clock: Callable[[], datetime], url: str) -> tuple[str, str]:
    """Fill an empty database; login and application password of its admin."""
    with store.lock:
        if store.option("bp-active-components") is None:
            store.begin()
            _fill(store, stored(clock()), url)
            store.commit()
        return "admin", store.option("rehearsal_password")


def _fill(store: Store, now: str, url: str) -> None:
    for name, value in {**_OPTIONS, "siteurl": url}.items():
        store.set_option(name, value)
    password = new_password()
    admin = store.insert(
        "users",
        login="admin",
        nicename="admin",
        email="admin@example.org",
        display_name="admin",
        nickname="admin",
        url=url,
        roles=json.dumps(["administrator"]),
        registered=now,
    )
    store.insert(
        "application_passwords",
        uuid=str(uuid.uuid4()),
        user_id=admin,
        name="rehearsal",
        digest=digest(password),
        created=now,
    )
    store.set_option("rehearsal_password", chunked(password))
    # bp_core_install_extended_profiles
    group = store.insert("profile_groups", name="Base", description="", can_delete=0)
    field = store.insert(
        "profile_fields",
        group_id=group,
        type="textbox",
        name="Name",
        is_required=1,
        can_delete=0,
    )
    store.insert("field_metas", field_id=field, name="signup_position", value="1")
    _content(store, admin, now)


# bp_core_get_directory_page_default_titles, and the component of each
_LAST_EMAIL = 26
_LAST_TERM = 22
_DIRECTORIES = {"activity": "Activity", "members": "Members"}


def _content(store: Store, author: int, now: str) -> None:
    """``wp_install_defaults``, and BuddyPress's directory pages."""
    for kind, slug, title, status, component in (
        ("post", "hello-world", "Hello world!", "publish", ""),
        ("page", "sample-page", "Sample Page", "publish", ""),
        ("page", "privacy-policy", "Privacy Policy", "draft", ""),
        *(
            ("buddypress", slug, title, "publish", slug)
            for slug, title in _DIRECTORIES.items()
        ),
    ):
        add_page(store, author, now, kind, slug, title, status, component)
    # BuddyPress's e-mail texts are posts too, and take the next ids.
    store.run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'posts'", _LAST_EMAIL)
    # What there are of terms: a category, and the sorts of those e-mails.
    store.run("INSERT INTO sqlite_sequence VALUES ('menus', ?)", _LAST_TERM)


def add_page(  # noqa: PLR0917 - a row, column by column
    store: Store,
    author: int,
    now: str,
    kind: str,
    slug: str,
    title: str,
    status: str = "publish",
    component: str = "",
) -> None:
    """A page of the installation; ``template`` holds a directory's component."""
    store.insert(
        "posts",
        type=kind,
        slug=slug,
        status=status,
        author=author,
        title=title,
        template=component,
        date_gmt=now,
        modified_gmt=now,
    )
