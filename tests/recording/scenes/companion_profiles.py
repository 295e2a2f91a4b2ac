"""What the companion sets in profiles: who sees a value, and what fields demand."""

from tests.recording.lead import keys, people
from tests.recording.steps import ANONYMOUS, Json, Scenario, Step, get, post, put


def visibility(levels: Json, who: str = "admin", member: str = "{anna}") -> Step:
    """Levels for a member's values."""
    path = f"/wpbridge/v1/members/{member}/visibility"
    return put(path, {"levels": levels}, who=who)


def field(field: str = "{camera}", who: str = "admin", **values: Json) -> Step:
    """Something about a field."""
    return put(f"/wpbridge/v1/fields/{field}", values, who=who)


def seen(who: str) -> Step:
    """What somebody sees of a member's profile."""
    return get("~/members/{anna}", query={"_fields": "id,xprofile"}, who=who)


def new(name: str, **values: Json) -> Step:
    """A field of the first group."""
    body = {"group_id": "1", "type": "textbox", "name": name, **values}
    where, query = "~/xprofile/fields", {"_fields": "id"}
    return post(where, body, query=query, save={name.lower(): "id"})


SCENARIOS = (
    Scenario(
        name="companion-visibility",
        about="Who sees which of a member's values, by that member's choice.",
        setup={"companion": True, "components": ["friends"]},
        steps=(
            *people("anna", "bert", "cleo"),
            *keys("anna", "bert", "cleo"),
            new("Camera", field_order=1),
            new("Town", field_order=2, allow_custom_visibility="disabled"),
            new("Work", field_order=3),
            *(
                put(
                    f"~/xprofile/{{{each}}}/data/{{anna}}",
                    {"value": f"Anna's {each}"},
                    query={"_fields": "value"},
                )
                for each in ("camera", "town", "work")
            ),
            post(
                "~/friends",
                {"initiator_id": "{anna}", "friend_id": "{bert}", "force": True},
                query={"_fields": "id,is_confirmed"},
            ),
            get("/wpbridge/v1/members/{anna}/visibility"),
            visibility(
                {"{camera}": "friends", "{town}": "adminsonly", "{work}": "loggedin"}
            ),
            get("/wpbridge/v1/members/{anna}/visibility"),
            *map(seen, ("admin", "anna", "bert", "cleo", ANONYMOUS)),
            visibility({"{camera}": "adminsonly"}),
            *map(seen, ("bert", "cleo", ANONYMOUS)),
            visibility({"{camera}": "nobody"}),
            visibility({"9999": "public"}),
            visibility({"camera": "public"}),
            visibility({"{camera}": "public", "9999": "public"}),
            visibility({"{camera}": 1}),
            visibility("public"),
            visibility({}),
            put("/wpbridge/v1/members/{anna}/visibility", {}),
            visibility({"{camera}": "public"}, member="9999"),
            get("/wpbridge/v1/members/9999/visibility"),
            visibility({"{camera}": "public"}, "anna"),
            get("/wpbridge/v1/members/{anna}/visibility", who=ANONYMOUS),
        ),
    ),
    Scenario(
        name="companion-fields",
        about="Fields that are required no longer, have no words, and are for some.",
        setup={"companion": True},
        steps=(
            *people("anna"),
            *keys("anna"),
            post("/wpbridge/v1/member-types", {"slug": "mentor"}),
            post("/wpbridge/v1/member-types", {"slug": "student"}),
            new("Camera", required=True, description="Which one?"),
            get("/wpbridge/v1/fields/{camera}"),
            get("/wpbridge/v1/fields/1"),
            field(required=False),
            get("~/xprofile/fields/{camera}", query={"_fields": "id,is_required"}),
            field(description=""),
            get("~/xprofile/fields/{camera}", query={"_fields": "id,description"}),
            field(description="Words."),
            field(required=True, signup=True),
            field(signup=True),
            get(
                "~/xprofile/fields",
                query={"signup_fields_only": True, "_fields": "id,name"},
            ),
            field(signup=False),
            field(member_types=["mentor"]),
            field(member_types=["mentor", "null"]),
            field(member_types=[]),
            field(member_types=["nobody", "student"]),
            field(member_types=["student", "mentor", "null"]),
            field(member_types="mentor,student"),
            field(required="perhaps"),
            field(),
            field("9999", required=False),
            get("/wpbridge/v1/fields/9999"),
            field("{camera}", "anna", required=False),
            get("/wpbridge/v1/fields/{camera}", who=ANONYMOUS),
        ),
    ),
)
