"""
The companion plugin, as it answers on a site where it is active.

What is here is what the embedded site plays of it; ``status`` lists no other ability,
so that clients do without the rest.
"""

from wpbridge.rehearsal.companion import (
    calls,
    favourites,
    groups,
    marks,
    people,
    status,
)
from wpbridge.rehearsal.companion import types as kinds
from wpbridge.rehearsal.routing import Table

MODULES = (calls, favourites, groups, kinds, marks, people, status)
TABLE: Table = {
    route: action for module in MODULES for route, action in module.ROUTES.items()
}
