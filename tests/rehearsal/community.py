"""A small community, written straight into the embedded site's tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wpbridge.rehearsal import App, create_app

if TYPE_CHECKING:
    from wpbridge.rehearsal.store import Store

NOW = datetime(2027, 1, 29, 16, 30, tzinfo=UTC)
THEN = "2027-01-12 15:00:00"


def fresh() -> App:
    """A site as it is when nobody has done anything yet."""
    return create_app(":memory:", clock=lambda: NOW)


def bare() -> App:
    """A site on which every component is active, and nothing else."""
    app = fresh()
    names = ("activity", "friends", "groups", "members", "messages", "xprofile")
    app.store.set_option("bp-active-components", dict.fromkeys(names, 1))
    return app


def small() -> App:
    """A centre with a public, a private and a hidden group, and some talk."""
    app = bare()
    store = app.store
    store.set_option("blogname", "The centre")
    store.set_option("blogdescription", "Learning is the work")
    ana = member(store, "ana", "Ana Ruiz", kind="facilitator")
    bob = member(store, "bob", "Bob Lee")
    lounge = group(store, "lounge", "The lounge", about="Think aloud.")
    team = group(store, "team", "Project team", status="private")
    group(store, "board", "The board", status="hidden")
    join(store, lounge, ana, is_admin=1)
    join(store, lounge, bob)
    join(store, team, bob)
    root = post(store, ana, "What did it <b>teach</b> you?", group=lounge)
    first = comment(store, bob, root, "To ask @ana earlier.")
    comment(store, ana, root, "So do I!", above=first)
    post(store, bob, "Among ourselves.", group=team, hidden=1)
    post(store, bob, "Hello everyone.")
    page(store, "how-we-learn-here", "How we learn here", "Nobody is tested.")
    profile(store, ana)
    return app


def member(store: Store, login: str, name: str, *, kind: str = "") -> int:
    """Someone, perhaps of a type that is registered with them."""
    user = store.insert(
        "users",
        login=login,
        nicename=login,
        email=f"{login}@example.org",
        display_name=name,
        roles='["subscriber"]',
        registered=THEN,
    )
    if kind:
        store.insert("types", kind="member", slug=kind)
        store.insert("typings", kind="member", item_id=user, slug=kind)
    return user


def group(
    store: Store, slug: str, name: str, *, about: str = "", status: str = "public"
) -> int:
    """A group with nobody in it."""
    return store.insert(
        "groups",
        creator_id=1,
        name=name,
        slug=slug,
        description=about,
        status=status,
        date_created=THEN,
        last_activity=THEN,
    )


def join(store: Store, group: int, user: int, **more: int) -> None:
    """Put someone in a group."""
    flags = {"is_confirmed": 1, **more}
    store.insert(
        "group_members", group_id=group, user_id=user, date_modified=THEN, **flags
    )


def post(store: Store, user: int, text: str, *, group: int = 0, hidden: int = 0) -> int:
    """Something said in a group, or in the open."""
    return store.insert(
        "activity",
        user_id=user,
        component="groups" if group else "activity",
        type="activity_update",
        content=text,
        item_id=group,
        date_recorded=THEN,
        hide_sitewide=hidden,
    )


def comment(store: Store, user: int, root: int, text: str, *, above: int = 0) -> int:
    """An answer to a post, or to a comment below it."""
    return store.insert(
        "activity",
        user_id=user,
        component="activity",
        type="activity_comment",
        content=text,
        item_id=root,
        secondary_item_id=above or root,
        date_recorded=THEN,
    )


def page(store: Store, slug: str, title: str, text: str, *, parent: int = 0) -> int:
    """A page of the site."""
    return store.insert(
        "posts",
        type="page",
        slug=slug,
        status="publish",
        author=1,
        parent=parent,
        title=title,
        content=text,
        date_gmt=THEN,
        modified_gmt=THEN,
    )


def profile(store: Store, user: int) -> None:
    """Two questions, of which one is answered."""
    section = store.insert("profile_groups", name="At work", group_order=1)
    job = store.insert(
        "profile_fields", group_id=section, type="textbox", name="What I do"
    )
    team = store.insert(
        "profile_fields",
        group_id=section,
        type="selectbox",
        name="Team",
        field_order=1,
        default_visibility="loggedin",
        allow_custom_visibility="disabled",
    )
    for name in ("Design", "Sales"):
        store.insert(
            "profile_fields", group_id=section, parent_id=team, type="option", name=name
        )
    store.insert(
        "profile_data", field_id=job, user_id=user, value="Trainer", last_updated=THEN
    )
