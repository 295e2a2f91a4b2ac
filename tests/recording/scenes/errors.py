"""How both APIs say no."""

from tests.recording.lead import activate, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, Step, get, post

JSON = {"Content-Type": "application/json"}

SCENARIOS = (
    Scenario(
        name="errors",
        about="Refusals: of routes, bodies, parameters, logins and rights.",
        steps=(
            *people("ana"),
            *keys("ana"),
            get("/no/such/route"),
            get("~/no-such-route"),
            get("~/groups"),
            get("~/friends", query={"user_id": 1}),
            *activate("groups"),
            Step(method="PATCH", path="~/groups"),
            Step(method="DELETE", path="~/groups"),
            Step(method="PUT", path="~/members"),
            Step(method="POST", path="~/groups", text="{not json", headers=JSON),
            Step(method="POST", path="~/groups", text="[]", headers=JSON),
            Step(method="POST", path="~/groups", text='"film"', headers=JSON),
            Step(method="POST", path="/wp/v2/users", text="{not json", headers=JSON),
            get("~/groups", query={"per_page": 0}),
            get("~/groups", query={"per_page": "many"}),
            get("~/groups", query={"page": -1}),
            get("~/groups", query={"page": "two", "per_page": 999, "type": "best"}),
            get("~/groups", query={"context": "everything"}),
            get("~/groups", query={"show_hidden": "perhaps"}),
            get("~/groups", query={"unknown": "ignored", "_fields": "id"}),
            get("~/groups/film"),
            get("~/groups/0"),
            get("~/members/ana"),
            post("~/groups", {"name": ["a"], "description": 5, "status": 1}),
            post("~/groups", {"name": "X", "description": "X"}, who=ANONYMOUS),
            post("~/components", {"name": "x", "action": "activate"}, who="ana"),
            post("/wp/v2/users", {}, who="ana"),
            get("~/components", who="ana"),
            get("/wp/v2/settings", who="ana"),
            get("/wp/v2/users/1", query={"context": "edit"}, who="ana"),
            get("~/groups", query={"_method": "DELETE"}),
            post("~/groups/1", {"name": "X"}, query={"_method": "PUT"}),
            post("~/groups/1", {}, headers={"X-HTTP-Method-Override": "DELETE"}),
            get("site:/", query={"rest_route": "/no/such/route"}),
            get("site:/wp-json/buddypress/v1/members"),
            get("site:/wp-json/buddypress/v2/members"),
        ),
    ),
)
