"""Notifications."""

from tests.recording.lead import activate, keys, people
from tests.recording.steps import Scenario, delete, get, post, put

FRIENDS = {"_fields": "id,initiator_id,friend_id,is_confirmed"}


def pair(one: str, other: str, **rest: object) -> dict[str, object]:
    """The body that makes two members friends."""
    return {"initiator_id": f"{{{one}}}", "friend_id": f"{{{other}}}", **rest}


SCENARIOS = (
    Scenario(
        name="notifications",
        about="Notifications seen to and cleared away.",
        steps=(
            *activate("friends"),
            *people("ana", "ben"),
            *keys("ana"),
            post("~/friends", pair("ana", "ben"), query=FRIENDS),
            get("~/notifications", query={"user_id": "{ben}"}),
            get(
                "~/notifications",
                query={"user_id": "{ben}", "_fields": "id,user_id,action,is_new"},
            ),
            get("~/notifications", query={"user_id": "{ben}"}, who="ana"),
            post(
                "~/notifications",
                {
                    "user_id": "{ana}",
                    "component": "friends",
                    "action": "friendship_accepted",
                    "item_id": "{ben}",
                },
                save={"made": "id"},
            ),
            put("~/notifications/{made}", {"is_new": 0}),
            put("~/notifications/{made}", {"is_new": 0}),
            delete("~/notifications/{made}"),
            delete("~/notifications/{made}"),
            get("~/notifications", query={"user_id": "{ana}"}),
        ),
    ),
)
