"""Private messages."""

from tests.recording.lead import activate, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

EDIT = {"context": "edit"}

SCENARIOS = (
    Scenario(
        name="messages",
        about="Private messages sent, answered, read and thrown away.",
        steps=(
            *activate("messages"),
            *people("ana", "ben", "cleo"),
            *keys("ana", "ben", "cleo"),
            post(
                "~/messages",
                {
                    "recipients": ["{ana}", "{ben}"],
                    "subject": "Tea & <b>films</b>",
                    "message": "It's <em>so</em>. <!-- wpbridge owner m/tea abc -->",
                },
                query=EDIT,
                save={"thread": "id"},
            ),
            post(
                "~/messages",
                {"recipients": ["{ben}"], "subject": "Hi", "message": "From Ana."},
                query=EDIT,
                who="ana",
                save={"hi": "id"},
                wait=1.1,
            ),
            post(
                "~/messages",
                {"id": "{hi}", "recipients": ["{ana}"], "message": "Back."},
                query=EDIT,
                who="ben",
                wait=1.1,
            ),
            post("~/messages", {"recipients": [9999], "message": "X", "subject": "X"}),
            post("~/messages", {"recipients": ["{ana}"], "subject": "Empty"}),
            post("~/messages", {"subject": "X", "message": "To nobody."}),
            post(
                "~/messages", {"recipients": ["{ana}"], "message": "X"}, who=ANONYMOUS
            ),
            get("~/messages", query={"user_id": 1, "box": "sentbox", **EDIT}),
            get("~/messages", query={"user_id": "{ana}", "box": "inbox"}, who="ana"),
            get("~/messages", query={"user_id": "{ben}", "_fields": "id,unread_count"}),
            get("~/messages", query={"user_id": "{ben}"}, who="cleo"),
            get("~/messages/{hi}", query=EDIT, who="ben"),
            get("~/messages/{hi}", who="cleo"),
            get("~/messages/{hi}"),
            get("~/messages/{hi}", query={"user_id": "{ben}", "_fields": "id"}),
            get("~/messages/9999"),
            put(
                "~/messages/{hi}",
                {"read": True},
                query={"_fields": "id,unread_count"},
                who="ana",
            ),
            delete("~/messages/{hi}", query={"user_id": "{ben}"}, who="ben"),
            delete("~/messages/{hi}", query={"user_id": "{ben}"}, who="ben"),
        ),
    ),
)
