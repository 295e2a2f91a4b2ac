"""What a plain member may ask about accounts."""

from tests.recording.lead import keys, people
from tests.recording.steps import Scenario, get, post, put

SHORT = "id,username,email,slug,name,roles"

EDIT = {"context": "edit", "_fields": SHORT}


def user(login: str, **rest: object) -> dict[str, object]:
    """The body that makes a user."""
    return {
        "username": login,
        "email": f"{login}@example.org",
        "password": "{password}",
        **rest,
    }


SCENARIOS = (
    Scenario(
        name="users-as-a-member",
        about="What a plain member may ask about accounts.",
        steps=(
            *people("ana", "ben"),
            *keys("ana"),
            get("/wp/v2/users/me", query={"context": "edit"}, who="ana"),
            get("/wp/v2/users", query=EDIT, who="ana"),
            get("/wp/v2/users", query={"_fields": "id,slug,name"}, who="ana"),
            get("/wp/v2/users/{ben}", query=EDIT, who="ana"),
            post("/wp/v2/users", user("eve"), who="ana"),
            put("/wp/v2/users/{ana}", {"name": "Ana R"}, query=EDIT, who="ana"),
            put("/wp/v2/users/{ana}", {"roles": ["administrator"]}, who="ana"),
            put("/wp/v2/users/{ben}", {"name": "Benny"}, who="ana"),
            get("/wp/v2/plugins", who="ana"),
            get("/wp/v2/settings", who="ana"),
            get("~/components", who="ana"),
            put("~/members/{ben}", {"name": "Benny"}, who="ana"),
            put(
                "~/members/{ana}",
                {"name": "Ana Again"},
                query={"_fields": "id,name"},
                who="ana",
            ),
        ),
    ),
)
