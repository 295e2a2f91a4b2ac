"""Notices to everybody."""

from tests.recording.lead import activate, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

EDIT = {"context": "edit"}

SCENARIOS = (
    Scenario(
        name="notices",
        about="Notices to everybody.",
        steps=(
            *activate("messages"),
            *people("ana"),
            *keys("ana"),
            get("~/sitewide-notices", query=EDIT),
            post(
                "~/sitewide-notices",
                {"subject": "Welcome", "message": "Tea & <b>films</b>."},
                save={"first": "id"},
            ),
            post(
                "~/sitewide-notices",
                {
                    "subject": 'It\'s "closed"',
                    "message": "Sunday. <!-- wpbridge owner notices/closed abc -->",
                },
                query=EDIT,
                save={"second": "id"},
                wait=1.1,
            ),
            post("~/sitewide-notices", {"message": "No subject."}, query=EDIT),
            post("~/sitewide-notices", {"subject": "No message."}),
            post("~/sitewide-notices", {"subject": "X", "message": ""}),
            post("~/sitewide-notices", {"subject": "X", "message": "X"}, who="ana"),
            post("~/sitewide-notices", {"subject": "X", "message": "X"}, who=ANONYMOUS),
            get("~/sitewide-notices", query={**EDIT, "per_page": 100}),
            get("~/sitewide-notices", query={**EDIT, "per_page": 1, "page": 2}),
            get("~/sitewide-notices", query=EDIT, who="ana"),
            get("~/sitewide-notices", who="ana"),
            get("~/sitewide-notices/{first}", query=EDIT),
            get("~/sitewide-notices/9999"),
            put("~/sitewide-notices/{first}", {"message": "New words."}, query=EDIT),
            put("~/sitewide-notices/{first}", {"message": "New words."}, query=EDIT),
            put("~/sitewide-notices/{first}", {"is_active": True}, query=EDIT),
            put("~/sitewide-notices/{first}", {"is_active": True}, query=EDIT),
            put("~/sitewide-notices/{second}", {"is_active": False}, query=EDIT),
            put("~/sitewide-notices/{first}", {"is_active": False}, query=EDIT),
            put("~/sitewide-notices/9999", {"message": "X"}),
            get("~/sitewide-notices", query={**EDIT, "per_page": 100}),
            delete("~/sitewide-notices/{first}", query=EDIT),
            delete("~/sitewide-notices/{first}"),
            delete("~/sitewide-notices/{second}", who="ana"),
        ),
    ),
)
