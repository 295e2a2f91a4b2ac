"""Application passwords."""

from tests.recording.lead import people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post

SCENARIOS = (
    Scenario(
        name="application-passwords",
        about="Application passwords minted for a member, used and taken back.",
        steps=(
            *people("ana", "ben"),
            post(
                "/wp/v2/users/{ana}/application-passwords",
                {"name": "wpbridge"},
                save={"ana.password": "password", "ana.uuid": "uuid"},
            ),
            get("/wp/v2/users/{ana}/application-passwords"),
            get("/wp/v2/users/me", query={"_fields": "id,slug"}, who="ana"),
            get("/wp/v2/users/me/application-passwords", who="ana"),
            get("/wp/v2/users/me/application-passwords/introspect", who="ana"),
            get("/wp/v2/users/{ana}/application-passwords/{ana.uuid}"),
            post(
                "/wp/v2/users/{ana}/application-passwords",
                {"name": "wpbridge"},
                query={"_fields": "name,uuid"},
                save={"second": "uuid"},
            ),
            post("/wp/v2/users/{ana}/application-passwords", {}),
            post("/wp/v2/users/{ana}/application-passwords", {"name": ""}),
            post("/wp/v2/users/9999/application-passwords", {"name": "wpbridge"}),
            post(
                "/wp/v2/users/{ben}/application-passwords",
                {"name": "mine"},
                who="ana",
            ),
            post(
                "/wp/v2/users/{ben}/application-passwords",
                {"name": "mine"},
                who=ANONYMOUS,
            ),
            get("/wp/v2/users/{ben}/application-passwords"),
            get("/wp/v2/users/{ben}/application-passwords", who="ana"),
            delete("/wp/v2/users/{ana}/application-passwords/{second}"),
            delete("/wp/v2/users/{ana}/application-passwords/{second}"),
            delete("/wp/v2/users/{ana}/application-passwords/{ana.uuid}"),
            get("/wp/v2/users/me", query={"_fields": "id,slug"}, who="ana"),
            get("/wp/v2/users", query={"_fields": "id"}, who="ana"),
            delete("/wp/v2/users/{ana}/application-passwords"),
        ),
    ),
)
