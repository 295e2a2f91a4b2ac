"""Every route that the site answers, by module."""

from wpbridge.rehearsal import (
    activity,
    components,
    groups,
    members,
    memberships,
    wp_passwords,
    wp_site,
    wp_users,
)
from wpbridge.rehearsal.routing import Table

MODULES = (
    wp_users,
    wp_passwords,
    wp_site,
    components,
    members,
    groups,
    memberships,
    activity,
)
TABLE: Table = {
    route: action for module in MODULES for route, action in module.ROUTES.items()
}
