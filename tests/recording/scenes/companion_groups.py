"""Rules of groups, as the companion keeps and enforces them."""

from tests.recording.lead import group, join, keys, people
from tests.recording.steps import ANONYMOUS, Json, Scenario, Step, get, post, put

RULES = "/wpbridge/v1/groups"


def rules(slug: str, **values: Json) -> Step:
    """Rules for a group."""
    return put(f"{RULES}/{{{slug}}}", values)


def says(who: str, where: str = "film") -> Step:
    """A post in a group."""
    values = {
        "content": f"{who} says.",
        "component": "groups",
        "primary_item_id": f"{{{where}}}",
        "type": "activity_update",
    }
    return post("~/activity", values, query={"_fields": "id,user_id"}, who=who)


def comments(who: str) -> Step:
    """A comment on the first post in the group."""
    values = {
        "content": f"{who} comments.",
        "type": "activity_comment",
        "primary_item_id": "{first}",
    }
    return post("~/activity", values, query={"_fields": "id,user_id"}, who=who)


SCENARIOS = (
    Scenario(
        name="companion-groups",
        about="Who may post in groups, invite to them, and join them.",
        setup={"companion": True, "components": ["groups"]},
        steps=(
            *people("ana", "ben", "cleo"),
            *keys("ana", "ben", "cleo"),
            group("film"),
            group("books"),
            *join("film", "ana", "ben"),
            put(
                "~/groups/{film}/members/{ben}",
                {"action": "promote", "role": "mod"},
                query={"_fields": "id,is_mod"},
            ),
            get(f"{RULES}/{{film}}"),
            rules("film", invites="mods", posts="mods", forum=True),
            get(f"{RULES}/{{film}}"),
            post(
                "~/activity",
                {
                    "content": "First.",
                    "component": "groups",
                    "primary_item_id": "{film}",
                    "type": "activity_update",
                },
                query={"_fields": "id,user_id"},
                save={"first": "id"},
            ),
            says("ana"),
            says("ben"),
            comments("ana"),
            comments("ben"),
            rules("film", posts="admins"),
            says("ben"),
            rules("film", posts="members", parent="{books}"),
            says("ana"),
            rules("film", parent=0, closed=True),
            says("ana"),
            says("ben"),
            says("admin"),
            post("~/groups/{film}/members", {"user_id": "{cleo}"}, who="cleo"),
            post(
                "~/groups/membership-requests",
                {"group_id": "{film}", "user_id": "{cleo}"},
                who="cleo",
            ),
            post(
                "~/groups/{film}/members",
                {"user_id": "{cleo}"},
                query={"_fields": "id,is_confirmed"},
            ),
            rules("film", closed=False, description=""),
            get("~/groups/{film}", query={"_fields": "id,description"}),
            rules("film", description="Words."),
            rules("film", posts="nobody"),
            rules("film", parent="{film}"),
            rules("film", parent=9999),
            rules("film"),
            put(f"{RULES}/9999", {"posts": "mods"}),
            get(f"{RULES}/9999"),
            get(f"{RULES}/{{film}}", who="ana"),
            put(f"{RULES}/{{film}}", {"posts": "mods"}, who=ANONYMOUS),
        ),
    ),
)
