"""Posts that members keep among their favourites."""

from tests.recording.lead import activate, group, join, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, Step, delete, get, post

KEPT = "id,content,favorited,can_favorite,favorite_count"


def favourite(what: str, who: str = "admin") -> Step:
    """The toggle of one post."""
    path = f"~/activity/{{{what}}}/favorite"
    return post(path, query={"_fields": KEPT}, who=who)


SCENARIOS = (
    Scenario(
        name="favourites",
        about="Posts kept among favourites, and no longer.",
        steps=(
            *activate("groups"),
            *people("ana", "ben"),
            *keys("ana", "ben"),
            group("film"),
            group("hidden", status="hidden"),
            *join("film", "ana"),
            post(
                "~/activity",
                {"content": "Welcome.", "type": "activity_update"},
                query={"_fields": KEPT},
                save={"welcome": "id"},
            ),
            post(
                "~/activity",
                {
                    "content": "In film.",
                    "component": "groups",
                    "primary_item_id": "{film}",
                    "type": "activity_update",
                },
                query={"_fields": KEPT},
                save={"in film": "id"},
            ),
            post(
                "~/activity",
                {
                    "content": "In hiding.",
                    "component": "groups",
                    "primary_item_id": "{hidden}",
                    "type": "activity_update",
                },
                query={"_fields": KEPT},
                save={"in hiding": "id"},
            ),
            get("~/activity/{welcome}", query={"_fields": KEPT}),
            favourite("welcome"),
            get("~/activity/{welcome}", query={"_fields": KEPT}),
            favourite("welcome", who="ana"),
            favourite("in film", who="ana"),
            favourite("in film", who="ben"),
            favourite("in hiding", who="ben"),
            get("~/activity/{welcome}", query={"_fields": KEPT}),
            get("~/activity/{welcome}", query={"_fields": KEPT}, who="ana"),
            get("~/activity/{welcome}", query={"_fields": KEPT}, who=ANONYMOUS),
            get("~/activity", query={"_fields": KEPT}, who="ana"),
            favourite("welcome"),
            favourite("welcome", who=ANONYMOUS),
            post("~/activity/9999/favorite"),
            get("~/activity/{welcome}", query={"_fields": KEPT}),
            post("~/activity/{welcome}/favorite"),
            delete("~/activity/{welcome}", query={"_fields": "deleted"}),
            favourite("welcome", who="ana"),
        ),
    ),
)
