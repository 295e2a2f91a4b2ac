"""Whole collections, as the companion lists them."""

from tests.recording.lead import group, join, keys, people
from tests.recording.steps import ANONYMOUS, Json, Scenario, Step, get, post, put

COLLECTIONS = "/wpbridge/v1/collections"
MARKS = "/wpbridge/v1/marks"


def collection(name: str, who: str = "admin", **query: Json) -> Step:
    """One page of one."""
    return get(f"{COLLECTIONS}/{name}", query=query, who=who)


def says(who: str, content: str, save: str, **values: Json) -> Step:
    """A post or a comment."""
    body = {"content": content, "type": "activity_update", **values}
    query = {"_fields": "id"}
    return post("~/activity", body, query=query, who=who, save={save: "id"})


SCENARIOS = (
    Scenario(
        name="companion-collections",
        about="Members, groups, memberships, posts and friendships by pages.",
        setup={"companion": True, "components": ["groups", "friends"]},
        steps=(
            *people("anna", "bert", "cleo"),
            *keys("anna", "bert"),
            collection("posts"),
            collection("friendships"),
            post("/wpbridge/v1/member-types", {"slug": "mentor"}),
            post("/wpbridge/v1/group-types", {"slug": "course"}),
            put("/wpbridge/v1/members/{bert}", {"types": ["mentor"]}),
            put(
                "/wpbridge/v1/members/{anna}", {"last_activity": "2020-02-03T04:05:06Z"}
            ),
            post(
                "~/xprofile/fields",
                {"group_id": 1, "type": "textbox", "name": "Camera"},
                query={"_fields": "id"},
                save={"camera": "id"},
            ),
            post(
                "~/xprofile/fields",
                {"group_id": 1, "type": "checkbox", "name": "Days"},
                query={"_fields": "id"},
                save={"days": "id"},
            ),
            *(
                post(
                    "~/xprofile/fields",
                    {
                        "group_id": 1,
                        "parent_id": "{days}",
                        "type": "option",
                        "name": each,
                        "option_order": order,
                    },
                    query={"_fields": "id"},
                )
                for order, each in enumerate(("Monday", "Friday"), start=1)
            ),
            put(
                "~/xprofile/{camera}/data/{anna}",
                {"value": "Anna's \\ Leica"},
                query={"_fields": "value"},
            ),
            put(
                "~/xprofile/{days}/data/{anna}",
                {"value": "Monday,Friday"},
                query={"_fields": "value"},
            ),
            group("film"),
            group("books", creator="{bert}", status="private"),
            *join("film", "anna", "bert"),
            put(
                "~/groups/{film}/members/{bert}",
                {"action": "promote", "role": "mod"},
                query={"_fields": "id,is_mod"},
            ),
            put(
                "~/groups/{film}/members/{anna}",
                {"action": "ban"},
                query={"_fields": "id,is_banned"},
            ),
            put(
                "~/groups/{film}",
                {"types": "course", "creator_id": 1, "name": "Film & Foto's"},
                query={"_fields": "id,name"},
            ),
            put("/wpbridge/v1/groups/{film}", {"posts": "mods", "invites": "admins"}),
            says("admin", "It's on.", "first"),
            says(
                "bert",
                "In books.",
                "second",
                component="groups",
                primary_item_id="{books}",
            ),
            says(
                "admin",
                "A reply.",
                "third",
                type="activity_comment",
                primary_item_id="{second}",
            ),
            post(
                MARKS,
                {
                    "set": [
                        {
                            "owner": "club",
                            "kind": "posts",
                            "name": "books:hello",
                            "id": "{second}",
                            "digest": "abc",
                        }
                    ]
                },
            ),
            post(
                "~/friends",
                {"initiator_id": "{anna}", "friend_id": "{bert}", "force": True},
                query={"_fields": "id,is_confirmed"},
            ),
            post(
                "~/friends",
                {"initiator_id": "{cleo}", "friend_id": "{bert}"},
                query={"_fields": "id,is_confirmed"},
            ),
            collection("members"),
            collection("members", limit=2),
            collection("members", after="{anna}"),
            collection("members", after="{cleo}"),
            collection("groups"),
            collection("memberships"),
            collection("memberships", group="{books}"),
            collection("posts"),
            collection("posts", group="{books}"),
            collection("friendships"),
            collection("members", limit=0),
            collection("members", after=-1),
            collection("members", limit=5001),
            collection("colours"),
            collection("members", "anna"),
            collection("members", ANONYMOUS),
        ),
    ),
    Scenario(
        name="companion-collections-off",
        about="Whole collections of components that are off.",
        setup={"companion": True},
        steps=(collection("groups"), collection("memberships"), collection("members")),
    ),
)
