"""``~/components``, after BP_Core_Components_REST_Controller."""

from typing import Any

from wpbridge.rehearsal.install import add_page
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply

_REQUIRED = ("core", "members")
# bp_core_get_components
_ABOUT = {
    "core": (
        "BuddyPress Core",
        "It&#8216;s what makes <del>time travel</del> BuddyPress possible!",
    ),
    "members": (
        "Community Members",
        "Everything in a BuddyPress community revolves around its members.",
    ),
    "xprofile": (
        "Extended Profiles",
        (
            "Customize your community with fully editable profile fields that allow "
            "your users to describe themselves."
        ),
    ),
    "settings": (
        "Account Settings",
        (
            "Allow your users to modify their account and notification settings "
            "directly from within their profiles."
        ),
    ),
    "friends": (
        "Friend Connections",
        (
            "Let your users make connections so they can track the activity of others "
            "and focus on the people they care about the most."
        ),
    ),
    "messages": (
        "Private Messaging",
        (
            "Allow your users to talk to each other directly and in private. Not just "
            "limited to one-on-one discussions, messages can be sent between any "
            "number of members."
        ),
    ),
    "activity": (
        "Activity Streams",
        (
            "Global, personal, and group activity streams with threaded commenting, "
            "direct posting, favoriting, and @mentions, all with full RSS feed and "
            "email notification support."
        ),
    ),
    "notifications": (
        "Notifications",
        (
            "Notify members of relevant activity with a toolbar bubble and/or via "
            "email, and allow them to customize their notification settings."
        ),
    ),
    "groups": (
        "User Groups",
        (
            "Groups allow your users to organize themselves into specific public, "
            "private or hidden sections with separate activity streams and member "
            "listings."
        ),
    ),
    "blogs": (
        "Site Tracking",
        "Record activity for new posts and comments from your site.",
    ),
}
_FEATURES: dict[str, dict[str, Any]] = {
    "groups": {"avatar": True, "cover": True, "group_creation": "members"},
    "members": {
        "account_deletion": True,
        "avatar": True,
        "cover": True,
        "invitations": False,
        "membership_requests": False,
    },
    "activity": {
        "auto_refresh": True,
        "embeds": True,
        "favorite": True,
        "mentions": True,
        "types": {},
    },
    "blogs": {"site_icon": True, "sites_directory": False},
    "messages": {"star": True},
}


def get_items(visit: Visit) -> Reply:
    """All components, or the active or the inactive ones."""
    reading = visit.get("status") == "active" and visit.can("publish_posts")
    if not visit.can("manage_options") and not reading:
        raise visit.denied()
    names = _of_type(visit.get("type"))
    match visit.get("status"):
        case "active":
            # In the order of the option, with core behind.
            active = [*visit.store.option("bp-active-components", {})]
            names = [*active, *(["core"] if visit.get("type") != "optional" else [])]
        case "inactive":
            names = [name for name in names if name not in visit.active]
        case _:
            pass
    items = [visit.shaped("bp_components", _info(visit, name)) for name in names]
    return visit.page(items, len(items))


def _of_type(kind: str) -> list[str]:
    match kind:
        case "required":
            return [*_REQUIRED]
        case "optional":
            return [name for name in _ABOUT if name not in _REQUIRED]
        case "retired":
            return []
        case _:
            pass
    return [*_ABOUT]


def update_item(visit: Visit) -> Any:
    """Activate or deactivate one. Its data stays either way."""
    if not visit.can("manage_options"):
        raise visit.denied()
    name, activate = visit.get("name"), visit.get("action") == "activate"
    if name not in _ABOUT:
        message = "Sorry, this component does not exist."
        raise Refusal("bp_rest_component_nonexistent", message, 404)
    active = visit.store.option("bp-active-components", {})
    if activate and name in visit.active:
        message = "Sorry, this component is already active."
        raise Refusal("bp_rest_component_already_active", message, 400)
    if not activate and name not in visit.active:
        message = "Sorry, this component is not active."
        raise Refusal("bp_rest_component_inactive", message, 400)
    if not activate and name in _REQUIRED:
        message = "Sorry, you cannot deactivate a required component."
        raise Refusal("bp_rest_required_component", message, 400)
    if activate:
        active[name] = 1
    else:
        del active[name]
    visit.store.set_option("bp-active-components", active)
    if activate:
        _map_page(visit, name)
    visit.active = frozenset(active) | {"core"}
    told = _info(visit, name)
    # The code of a component is loaded with the next request: until then its
    # own features are off.
    for feature in ("cover", "star", "site_icon"):
        if activate and isinstance(told["features"], dict):
            told["features"] = {
                each: value if each != feature else False
                for each, value in told["features"].items()
            }
    return visit.single(visit.shaped("bp_components", told))


def _map_page(visit: Visit, name: str) -> None:
    """``bp_core_add_page_mappings``: a directory page, once."""
    title = {"groups": "Groups", "activity": "Activity"}.get(name)
    found = visit.store.value(
        "SELECT 1 FROM posts WHERE type = 'buddypress' AND template = ?", name
    )
    if title and not found:
        add_page(
            visit.store,
            visit.me,
            visit.stamp,
            "buddypress",
            name,
            title,
            "publish",
            name,
        )


def _info(visit: Visit, name: str) -> dict[str, Any]:
    title, description = _ABOUT[name]
    active = name in visit.active
    nothing: Any = [] if visit.version.features_are_listed else None
    features: Any = (_FEATURES.get(name) if active else None) or nothing
    if name == "activity" and active:
        features = {**features, "types": _activity_types(visit)}
    return {
        "name": name,
        "status": "active" if active else "inactive",
        "is_active": active,
        "title": title,
        "description": description,
        "features": features,
    }


def _activity_types(visit: Visit) -> dict[str, str]:
    """``bp_activity_get_types_list``, as a filter menu names them."""
    names = {
        "new_member": ("members", "New Members"),
        "new_avatar": ("members", "Updated Profile Photos"),
        "updated_profile": ("xprofile", "Profile Updates"),
        "activity_update": ("activity", "Updates"),
        "activity_comment": ("activity", "Activity Comments"),
        "friendship_accepted": ("friends", "Friendships accepted"),
        "friendship_created": ("friends", "New friendships"),
        "created_group": ("groups", "New Groups"),
        "joined_group": ("groups", "Group Memberships"),
        "group_details_updated": ("groups", "Group Updates"),
        "new_blog_post": ("blogs", "Posts"),
        "new_blog_comment": ("blogs", "Comments"),
    }
    return {
        name: label
        for name, (component, label) in names.items()
        if component in visit.active
    }


ROUTES = {"GET ~/components": get_items, "EDIT ~/components": update_item}
