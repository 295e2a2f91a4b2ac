"""Group types."""

from tests.recording.lead import group
from tests.recording.steps import (
    Scenario,
    Step,
    get,
    post,
    put,
)

GROUP_TYPES = [
    {"slug": "team", "name": "Teams", "singular": "Team"},
    {"slug": "course", "name": "Courses", "singular": "Course"},
]

SCENARIOS = (
    Scenario(
        name="group-types",
        about="Registered group types given to groups.",
        setup={"components": ["groups"], "group_types": GROUP_TYPES},
        steps=(
            Step(method="OPTIONS", path="~/groups"),
            post(
                "~/groups",
                {
                    "name": "Film",
                    "slug": "film",
                    "description": "Reels.",
                    "creator_id": 1,
                    "types": "team",
                },
                query={"_fields": "id,types"},
                save={"film": "id"},
            ),
            group("tea"),
            get("~/groups", query={"group_type": "team", "_fields": "id,slug,types"}),
            *(
                put("~/groups/{film}", {"creator_id": 1, **body}, query=query)
                for query in ({"_fields": "id,types"},)
                for body in (
                    {"types": "course"},
                    {"types": "team,course"},
                    {"types": "team"},
                    {"append_types": "course"},
                    {"append_types": "course"},
                    {"remove_types": "team"},
                    {"remove_types": "team"},
                    {"types": "gardener"},
                    {"append_types": "gardener"},
                    {"remove_types": "gardener"},
                    {"types": ""},
                    {"remove_types": "team,course"},
                    {"types": "team, course"},
                )
            ),
            get("~/groups", query={"group_type": "team", "_fields": "id,slug,types"}),
            get("~/groups", query={"group_type": "gardener"}),
            get(
                "~/groups",
                query={"type": "alphabetical", "_fields": "id,slug,types"},
            ),
        ),
    ),
)
