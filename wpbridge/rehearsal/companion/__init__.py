"""The companion plugin, as it answers on a site where it is active."""

from wpbridge.rehearsal.companion import (
    calls,
    collections,
    favourites,
    friendships,
    groups,
    lease,
    marks,
    options,
    people,
    profiles,
    queue,
    status,
)
from wpbridge.rehearsal.companion import types as kinds
from wpbridge.rehearsal.routing import Table

MODULES = (
    calls,
    collections,
    favourites,
    friendships,
    groups,
    kinds,
    lease,
    marks,
    options,
    people,
    profiles,
    queue,
    status,
)
TABLE: Table = {
    route: action for module in MODULES for route, action in module.ROUTES.items()
}
