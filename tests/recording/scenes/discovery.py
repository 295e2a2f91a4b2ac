"""What a client asks before anything else."""

from tests.recording.lead import activate
from tests.recording.steps import (
    ANONYMOUS,
    NOBODY,
    WRONG_PASSWORD,
    Scenario,
    Step,
    get,
)

INDEX = {
    "_fields": "name,url,home,namespaces,authentication,timezone_string,gmt_offset"
}

SCENARIOS = (
    Scenario(
        name="discovery",
        about="The index, the login and the account, on a bare site.",
        steps=(
            get("site:/", who=ANONYMOUS),
            Step(method="HEAD", path="site:/", who=ANONYMOUS),
            get("/", query=INDEX, who=ANONYMOUS),
            get("/", query=INDEX),
            get("/", query=INDEX, who=WRONG_PASSWORD),
            get("/", query=INDEX, who=NOBODY),
            get("site:/", query={"rest_route": "/", **INDEX}, who=ANONYMOUS),
            get("site:/", query={"rest_route": "/wp/v2/users/me"}, who=ANONYMOUS),
            get("/wp/v2/users/me", query={"context": "edit"}),
            get("/wp/v2/users/me", query={"_fields": "id,slug"}, who=ANONYMOUS),
            get("/wp/v2/users/me", who=WRONG_PASSWORD),
            get("/wp/v2/plugins", query={"_fields": "plugin,name,version,status"}),
            get("/wp/v2/plugins", who=ANONYMOUS),
            get("~/members/me", query={"_fields": "id,user_login,name"}),
            get("~/members/me", who=ANONYMOUS),
            Step(method="OPTIONS", path="~/members"),
            Step(method="OPTIONS", path="~/groups"),
            *activate("groups"),
            Step(method="OPTIONS", path="~/groups"),
            Step(method="OPTIONS", path="/batch/v1"),
        ),
    ),
)
