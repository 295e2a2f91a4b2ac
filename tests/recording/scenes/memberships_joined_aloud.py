"""Members added as if they had joined by themselves."""

from tests.recording.lead import activate, group, people
from tests.recording.steps import Scenario, get, post

FIELDS = "id,user_login,is_admin,is_mod,is_banned,is_confirmed"

ROSTER = {
    "exclude_admins": False,
    "exclude_banned": False,
    "status": "alphabetical",
    "per_page": 100,
    "_fields": FIELDS,
}

MEMBERS = "~/groups/{film}/members"

SCENARIOS = (
    Scenario(
        name="memberships-joined-aloud",
        about="Members added with context=view: as if they had joined by themselves.",
        steps=(
            *activate("groups"),
            *people("ana"),
            group("film"),
            post(
                MEMBERS,
                {"user_id": "{ana}", "context": "view"},
                query={"_fields": FIELDS},
            ),
            post(
                MEMBERS,
                {"user_id": "{ana}", "context": "view"},
                query={"_fields": FIELDS},
            ),
            get(MEMBERS, query=ROSTER),
            get("~/activity", query={"_fields": "user_id,type,component,title"}),
        ),
    ),
)
