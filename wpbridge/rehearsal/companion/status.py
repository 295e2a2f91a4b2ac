"""``GET wpbridge/v1/status``."""

from typing import Any

from wpbridge.rehearsal.companion.access import SWITCHES, moderate, on
from wpbridge.rehearsal.visit import Visit

ABILITIES = (
    "calls",
    "login",
    "marks",
    "member-types",
    "group-types",
    "group-rules",
    "last-activity",
    "visibility",
    "fields",
    "friendships",
    "favourites",
    "options",
    "registration",
    "queue",
    "queue-quiet",
    "moderation",
    "collections",
    "password-none",
    "welcome",
    "suspend",
    "lease",
)


def get_item(visit: Visit) -> Any:
    """What there is, and what of it this caller may use."""
    moderate(visit)
    page = "wp-admin/options-general.php?page=wpbridge-companion"
    return {
        "version": "0.1.0",
        "wire": 1,
        "abilities": list(ABILITIES),
        "switches": {each: on(visit, each) for each in SWITCHES},
        "limits": {"calls": 100, "seconds": 15, "rows": 5000, "marks": 2000},
        "may": {
            "manage": visit.can("manage_options"),
            "collect": visit.can("list_users"),
        },
        "me": visit.me,
        "now": visit.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "buddypress": visit.version.release,
        "wordpress": visit.version.wordpress,
        "php": "8.2.0",
        "page": f"{visit.url}/{page}",
    }


ROUTES = {"GET /wpbridge/v1/status": get_item}
