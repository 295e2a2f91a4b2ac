"""Every route that the site answers, by module."""

from wpbridge.rehearsal import (
    activity,
    components,
    friends,
    groups,
    invites,
    members,
    membership_requests,
    membership_roles,
    memberships,
    messages,
    notices,
    notifications,
    pictures,
    profile_data,
    profile_fields,
    profile_groups,
    wp_content,
    wp_media,
    wp_menu_items,
    wp_menus,
    wp_passwords,
    wp_site,
    wp_users,
)
from wpbridge.rehearsal.routing import Table

MODULES = (
    activity,
    components,
    friends,
    groups,
    invites,
    members,
    membership_requests,
    membership_roles,
    memberships,
    messages,
    notices,
    notifications,
    pictures,
    profile_data,
    profile_fields,
    profile_groups,
    wp_content,
    wp_media,
    wp_menu_items,
    wp_menus,
    wp_passwords,
    wp_site,
    wp_users,
)
TABLE: Table = {
    route: action for module in MODULES for route, action in module.ROUTES.items()
}
