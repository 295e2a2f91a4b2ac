"""Member and group types, as the companion makes them."""

from tests.recording.lead import group, keys, people
from tests.recording.steps import (
    ANONYMOUS,
    Json,
    Scenario,
    Step,
    delete,
    get,
    post,
    put,
)

MEMBERS = "/wpbridge/v1/member-types"
GROUPS = "/wpbridge/v1/group-types"


def make(path: str, slug: str, **rest: Json) -> Step:
    """A type to be made."""
    return post(path, {"slug": slug, **rest})


SCENARIOS = (
    Scenario(
        name="companion-types",
        about="Types made, given, changed and dropped.",
        setup={"companion": True, "components": ["groups"]},
        steps=(
            *people("ana"),
            *keys("ana"),
            group("film"),
            get(MEMBERS),
            get(GROUPS),
            make(MEMBERS, "mentor", name="Mentors", singular="Mentor"),
            make(MEMBERS, "student", name="Students", directory=True, list=True),
            make(MEMBERS, "guest"),
            make(MEMBERS, "mentor", name="Again"),
            make(MEMBERS, "any"),
            make(MEMBERS, "Bad Slug"),
            make(MEMBERS, "bad", name=["x"]),
            post(MEMBERS, {"name": "X"}),
            make(GROUPS, "course", name="Courses", singular="Course", directory=True),
            get(MEMBERS),
            get(GROUPS),
            put(
                "~/members/{ana}",
                {"member_type": "mentor,student"},
                query={"_fields": "id,member_types"},
            ),
            put(
                "~/groups/{film}",
                {"types": "course", "creator_id": 1},
                query={"_fields": "id,types"},
            ),
            put(f"{MEMBERS}/mentor", {"name": "Guides", "list": True}),
            put(f"{MEMBERS}/nobody", {"name": "X"}),
            put(
                "/wpbridge/v1/members/{ana}",
                {"types": ["guest"], "last_activity": "2020-02-03T04:05:06Z"},
            ),
            put("/wpbridge/v1/members/{ana}", {"types": []}),
            put("/wpbridge/v1/members/{ana}", {"types": ["nobody"]}),
            put(
                "/wpbridge/v1/members/{ana}", {"last_activity": "2099-01-01T00:00:00Z"}
            ),
            put("/wpbridge/v1/members/{ana}", {}),
            put("/wpbridge/v1/members/9999", {"types": []}),
            put("/wpbridge/v1/members/{ana}", {"types": []}, who="ana"),
            delete(f"{MEMBERS}/student"),
            delete(f"{MEMBERS}/student"),
            get("~/members/{ana}", query={"_fields": "id,member_types"}),
            get(MEMBERS),
            get(MEMBERS, who="ana"),
            get(MEMBERS, who=ANONYMOUS),
        ),
    ),
)
