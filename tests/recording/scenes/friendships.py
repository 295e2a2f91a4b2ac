"""Friendships."""

from tests.recording.lead import activate, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

FRIENDS = {"_fields": "id,initiator_id,friend_id,is_confirmed"}

BY_ID = {"order_by": "id", "order": "asc"}


def pair(one: str, other: str, **rest: object) -> dict[str, object]:
    """The body that makes two members friends."""
    return {"initiator_id": f"{{{one}}}", "friend_id": f"{{{other}}}", **rest}


SCENARIOS = (
    Scenario(
        name="friendships",
        about="Friendships asked for, made, taken and ended.",
        steps=(
            *activate("friends"),
            *people("ana", "ben", "cleo"),
            *keys("ana", "ben"),
            get("~/members/{ana}"),
            get("~/friends", query={"user_id": "{ana}"}),
            post("~/friends", pair("ana", "ben", force=True)),
            post("~/friends", pair("ana", "ben", force=True)),
            post("~/friends", pair("ben", "ana", force=True)),
            post("~/friends", pair("ana", "cleo"), query=FRIENDS),
            post("~/friends", pair("ana", "ana", force=True)),
            post("~/friends", {"initiator_id": "{ana}", "friend_id": 9999}),
            post("~/friends", {"initiator_id": "{ana}"}),
            post("~/friends", pair("ana", "ben"), who=ANONYMOUS),
            post("~/friends", pair("ben", "cleo"), query=FRIENDS, who="ben"),
            post("~/friends", pair("cleo", "ben"), query=FRIENDS, who="ana"),
            get(
                "~/friends",
                query={"user_id": "{ana}", **BY_ID},
            ),
            get(
                "~/friends",
                query={"user_id": "{ana}", "is_confirmed": 1, "per_page": 100},
            ),
            get(
                "~/friends", query={"user_id": "{cleo}", **FRIENDS, **BY_ID}, who="ben"
            ),
            get("~/friends", query={"user_id": 9999}),
            get("~/friends"),
            get("~/friends", query={"user_id": "{ana}"}, who=ANONYMOUS),
            get("~/friends/{ben}", query=FRIENDS, who="ana"),
            get("~/friends/{ben}"),
            put("~/friends/{ana}", query=FRIENDS, who="ben"),
            delete("~/friends/{ana}"),
            delete("~/friends/{ana}", query={"force": True}, who="ben"),
            get("~/friends", query={"user_id": "{ana}", **FRIENDS, **BY_ID}),
            get("~/activity", query={"_fields": "user_id,component,type"}),
        ),
    ),
)
