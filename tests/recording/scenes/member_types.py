"""Member types."""

from tests.recording.lead import keys, people
from tests.recording.steps import (
    Scenario,
    Step,
    get,
    put,
)

NAMES = {"type": "alphabetical", "_fields": "id,user_login,name,mention_name"}

TYPES = {"_fields": "id,member_types"}

MEMBER_TYPES = [
    {"slug": "mentor", "name": "Mentors", "singular": "Mentor"},
    {"slug": "student", "name": "Students", "singular": "Student"},
]

SCENARIOS = (
    Scenario(
        name="member-types",
        about="Registered member types given to members.",
        setup={"member_types": MEMBER_TYPES},
        steps=(
            Step(method="OPTIONS", path="~/members"),
            *people("ana", "ben"),
            put("~/members/{ana}", {"member_type": "mentor"}, query=TYPES),
            put("~/members/{ana}", {"member_type": "mentor"}, query=TYPES),
            put("~/members/{ana}", {"member_type": "student"}, query=TYPES),
            put("~/members/{ana}", {"member_type": "mentor,student"}, query=TYPES),
            put("~/members/{ana}", {"member_type": "mentor, student"}, query=TYPES),
            put("~/members/{ana}", {"member_type": "gardener"}, query=TYPES),
            put("~/members/{ana}", {"member_type": "mentor,gardener"}, query=TYPES),
            put("~/members/{ana}", {"member_type": ""}, query=TYPES),
            get("~/members/{ana}", query=TYPES),
            put("~/members/{ben}", {"types": "student"}, query=TYPES),
            get("~/members", query={**NAMES, "member_type": "mentor"}),
            get("~/members", query={**NAMES, "member_type": "mentor,student"}),
            get("~/members", query={**NAMES, "member_type": "gardener"}),
            get("~/members", query={"user_ids": "{ana},{ben}", **TYPES}),
            *keys("ben"),
            put("~/members/{ben}", {"member_type": "mentor"}, query=TYPES, who="ben"),
            put("~/members/{ana}", {"member_type": "mentor"}, query=TYPES, who="ben"),
        ),
    ),
)
