"""Invitations to groups."""

from tests.recording.lead import activate, group, keys, people
from tests.recording.steps import Scenario, delete, get, post, put

EDIT = {"context": "edit"}

SCENARIOS = (
    Scenario(
        name="invites",
        about="Invitations to a group.",
        steps=(
            *activate("groups"),
            *people("ana", "ben", "cleo"),
            *keys("ana", "ben"),
            group("film", creator="{ana}", status="private"),
            get("~/groups/invites", query={"group_id": "{film}"}),
            get("~/groups/invites"),
            post(
                "~/groups/invites",
                {
                    "user_id": "{ben}",
                    "group_id": "{film}",
                    "inviter_id": "{ana}",
                    "message": "Come & <b>see</b>. <!-- wpbridge owner i/x abc -->",
                },
                query=EDIT,
                save={"invite": "id"},
            ),
            post(
                "~/groups/invites",
                {"user_id": "{ben}", "group_id": "{film}", "inviter_id": "{ana}"},
            ),
            post(
                "~/groups/invites",
                {"user_id": "{ana}", "group_id": "{film}", "inviter_id": "{ana}"},
            ),
            post(
                "~/groups/invites",
                {"user_id": "{cleo}", "group_id": "{film}", "inviter_id": "{ben}"},
            ),
            post(
                "~/groups/invites",
                {"user_id": "{cleo}", "group_id": "{film}", "inviter_id": "{ana}"},
                query=EDIT,
                save={"other": "id"},
                who="ana",
            ),
            post("~/groups/invites", {"user_id": "{ben}"}),
            post(
                "~/groups/invites",
                {"user_id": 9999, "group_id": "{film}", "inviter_id": "{ana}"},
            ),
            get("~/groups/invites", query={"group_id": "{film}"}),
            get("~/groups/invites", query={"inviter_id": "{ana}", **EDIT}),
            get("~/groups/invites", query={"user_id": "{ben}"}, who="ben"),
            get("~/groups/invites", query={"user_id": "{cleo}"}, who="ben"),
            get("~/groups/invites/{invite}"),
            put("~/groups/invites/{invite}"),
            put("~/groups/invites/{invite}", who="ben"),
            put("~/groups/invites/{invite}", who="ben"),
            delete("~/groups/invites/{other}"),
            delete("~/groups/invites/{other}", who="ana"),
            get(
                "~/groups/{film}/members",
                query={
                    "exclude_admins": False,
                    "status": "alphabetical",
                    "_fields": "id,is_confirmed",
                },
            ),
        ),
    ),
)
