"""Accounts as ``/wp/v2/users`` shows them."""

import hashlib
import json
from typing import Any

from wpbridge.rehearsal.roles import capabilities
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.visit import Visit

_EDIT_ONLY = frozenset(
    [
        "username",
        "first_name",
        "last_name",
        "email",
        "locale",
        "nickname",
        "roles",
        "registered_date",
        "capabilities",
        "extra_capabilities",
    ]
)


def prepared(visit: Visit, user: Row, context: str = "") -> dict[str, Any]:
    """``prepare_item_for_response``."""
    context = context or str(visit.get("context") or "view")
    roles = json.loads(user["roles"])
    mail = hashlib.sha256(user["email"].strip().lower().encode()).hexdigest()
    item: dict[str, Any] = {
        "id": user["id"],
        "username": user["login"],
        "name": user["display_name"],
        "first_name": user["first_name"],
        "last_name": user["last_name"],
        "email": user["email"],
        "url": user["url"],
        "description": user["description"],
        "link": f"{visit.url}/author/{user['nicename']}/",
        "locale": user["locale"] or "en_US",
        "nickname": user["nickname"],
        "slug": user["nicename"],
        "roles": roles,
        "registered_date": user["registered"].replace(" ", "T") + "+00:00",
        "capabilities": dict.fromkeys(capabilities(roles), True),
        "extra_capabilities": dict.fromkeys(roles, True),
        "avatar_urls": {
            size: f"https://secure.gravatar.com/avatar/{mail}?s={size}&d=mm&r=g"
            for size in ("24", "48", "96")
        },
        "meta": {"persisted_preferences": []} if context == "edit" else [],
        "_links": {
            "self": [{"href": f"{visit.root}/wp/v2/users/{user['id']}"}],
            "collection": [{"href": f"{visit.root}/wp/v2/users"}],
        },
    }
    if context != "edit":
        item = {name: each for name, each in item.items() if name not in _EDIT_ONLY}
    if context == "embed":
        del item["meta"]
    return item
