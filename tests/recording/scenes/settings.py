"""The site's own settings."""

from tests.recording.steps import ANONYMOUS, Scenario, get, post, put

SCENARIOS = (
    Scenario(
        name="settings",
        about="WordPress settings read and changed.",
        steps=(
            get("/wp/v2/settings"),
            post("/wp/v2/settings", {"title": "The Film Club", "description": "Reels"}),
            post("/wp/v2/settings", {"timezone": "Europe/Madrid"}),
            get("/", query={"_fields": "name,timezone_string,gmt_offset"}),
            post("/wp/v2/settings", {"title": "Tea & <b>Films</b>"}),
            post("/wp/v2/settings", {"timezone": "Nowhere/City"}),
            post("/wp/v2/settings", {"timezone": "UTC+2"}),
            get("/", query={"_fields": "name,timezone_string,gmt_offset"}),
            post("/wp/v2/settings", {"users_can_register": True, "unknown": 1}),
            post("/wp/v2/settings", {"posts_per_page": "many"}),
            post("/wp/v2/settings", {"posts_per_page": 20, "start_of_week": 0}),
            post("/wp/v2/settings", {"show_on_front": "page", "page_on_front": 2}),
            put("/wp/v2/settings", {"title": "Film Club"}),
            post("/wp/v2/settings", {"title": "Mine"}, who=ANONYMOUS),
            get("/wp/v2/settings", who=ANONYMOUS),
        ),
    ),
)
