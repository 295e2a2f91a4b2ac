"""Members as BuddyPress shows them."""

from tests.recording.lead import people
from tests.recording.steps import (
    ANONYMOUS,
    Scenario,
    get,
    put,
)

NAMES = {"type": "alphabetical", "_fields": "id,user_login,name,mention_name"}

TYPES = {"_fields": "id,member_types"}

SCENARIOS = (
    Scenario(
        name="members",
        about="Members listed and renamed.",
        steps=(
            get("~/members"),
            *people("ana", "ben", "cleo"),
            get("~/members"),
            get("~/members", query={**NAMES, "per_page": 100}),
            get("~/members", query={**NAMES, "per_page": 2}),
            get("~/members", query={**NAMES, "per_page": 2, "page": 2}),
            get("~/members", query={**NAMES, "per_page": 2, "page": 9}),
            get("~/members", query={**NAMES, "per_page": 101}),
            get("~/members", query={**NAMES, "search": "ana"}),
            get("~/members", query={**NAMES, "user_ids": "{ana},{ben}"}),
            get("~/members", query={**NAMES, "user_ids[]": ["{ben}", "{cleo}", 9999]}),
            get("~/members", query={"user_ids": "{ana},{ben}"}),
            get(
                "~/members",
                query={
                    "user_ids": "1,{ana}",
                    "type": "alphabetical",
                    "per_page": 100,
                    "_fields": "id,user_login,member_types,xprofile,avatar_urls",
                },
            ),
            get("~/members", query={**NAMES, "member_type": "mentor"}),
            get("~/members", query=NAMES, who=ANONYMOUS),
            get("~/members/{ana}"),
            get("~/members/{ana}", query={"context": "edit"}),
            get("~/members/9999"),
            put("~/members/{ana}", {"name": "Ana María"}),
            put("~/members/{ana}", {"name": "Tea & <b>Ana</b>"}, query=TYPES),
            get("~/members/{ana}", query={"_fields": "id,name,mention_name"}),
            get("/wp/v2/users/{ana}", query={"context": "edit", "_fields": "id,name"}),
            put("~/members/{ana}", {"roles": ["editor"]}, query={"context": "edit"}),
            put("~/members/{ana}", {"email": "new@example.org"}, query=TYPES),
            put("~/members/{ana}", {"member_type": "mentor"}),
            put("~/members/9999", {"name": "Nobody"}),
            put("~/members/{ana}", {"name": "Mine"}, who=ANONYMOUS),
        ),
    ),
)
