"""Requests to be let into groups."""

from tests.recording.lead import activate, group, join, keys, people
from tests.recording.steps import Scenario, delete, get, post, put

EDIT = {"context": "edit"}

SCENARIOS = (
    Scenario(
        name="membership-requests",
        about="Requests to be let into a group.",
        steps=(
            *activate("groups"),
            *people("ana", "ben", "cleo"),
            *keys("ana", "ben"),
            group("film", creator="{ana}", status="private"),
            group("tea"),
            *join("film", "cleo"),
            post(
                "~/groups/membership-requests",
                {
                    "user_id": "{ben}",
                    "group_id": "{film}",
                    "message": "Please & <b>thanks</b>.",
                },
                query=EDIT,
                save={"request": "id"},
            ),
            post(
                "~/groups/membership-requests",
                {"user_id": "{ben}", "group_id": "{film}"},
            ),
            post(
                "~/groups/membership-requests",
                {"user_id": "{cleo}", "group_id": "{film}"},
            ),
            post(
                "~/groups/membership-requests",
                {"user_id": "{ben}", "group_id": "{tea}"},
            ),
            post("~/groups/membership-requests", {"user_id": "{ben}"}),
            get("~/groups/membership-requests", query={"group_id": "{film}", **EDIT}),
            get(
                "~/groups/membership-requests",
                query={"group_id": "{film}"},
                who="ana",
            ),
            get("~/groups/membership-requests/{request}"),
            put("~/groups/membership-requests/{request}", who="ben"),
            put("~/groups/membership-requests/{request}"),
            put("~/groups/membership-requests/{request}", who="ana"),
            delete("~/groups/membership-requests/{request}"),
            get(
                "~/groups/{film}/members",
                query={"status": "alphabetical", "_fields": "id,is_confirmed"},
            ),
        ),
    ),
)
