"""Groups made, refused, listed and deleted."""

from tests.recording.lead import activate, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post

WHOLE = {
    "context": "edit",
    "show_hidden": True,
    "type": "alphabetical",
    "per_page": 100,
    "_fields": "id,slug,name,status,parent_id,creator_id,types,description,"
    "enable_forum,admins,mods,total_member_count",
}

SHORT = {"context": "edit", "_fields": "id,slug,name,status,creator_id"}


def body(name: str, **rest: object) -> dict[str, object]:
    """The body that makes a group."""
    return {"name": name, "description": f"About {name}.", "creator_id": 1, **rest}


SCENARIOS = (
    Scenario(
        name="groups",
        about="Groups made, refused, listed and deleted.",
        steps=(
            *activate("groups"),
            *people("ana"),
            *keys("ana"),
            get("~/groups", query=WHOLE),
            post(
                "~/groups",
                {
                    "name": "Film",
                    "slug": "film",
                    "description": "For people who shoot film.",
                    "status": "public",
                    "creator_id": "{ana}",
                    "enable_forum": True,
                },
                save={"film": "id"},
            ),
            post(
                "~/groups",
                body("Board", slug="board", status="hidden", parent_id="{film}"),
                query={"context": "edit"},
                save={"board": "id"},
            ),
            post(
                "~/groups",
                body("Darkroom", status="private", slug="darkroom"),
                query=SHORT,
                save={"darkroom": "id"},
            ),
            post("~/groups", {"name": "Silent", "creator_id": 1}),
            post("~/groups", {"name": "Silent", "description": "", "creator_id": 1}),
            post("~/groups", {"description": "Nameless.", "creator_id": 1}),
            post("~/groups", body("")),
            post("~/groups", body("WordPress", slug="wp-fans"), query=SHORT),
            post("~/groups", body("Film", slug="film"), query=SHORT),
            post("~/groups", body("Film"), query=SHORT),
            post("~/groups", body("Create", slug="create"), query=SHORT),
            post("~/groups", body("Üntitled Çafé"), query=SHORT),
            post("~/groups", body("X", status="secret")),
            post("~/groups", body("X", types="gardener")),
            post("~/groups", body("X", creator_id=9999), query=SHORT),
            post("~/groups", body("X", parent_id=9999, slug="x"), query=SHORT),
            post("~/groups", {"name": "Mine", "description": "Whose?"}, query=SHORT),
            post("~/groups", body("X"), who=ANONYMOUS),
            post("~/groups", body("Theirs", slug="theirs"), who="ana"),
            get("~/groups", query=WHOLE),
            get("~/groups", query={**WHOLE, "per_page": 2, "_fields": "id,slug"}),
            get(
                "~/groups",
                query={**WHOLE, "per_page": 2, "page": 2, "_fields": "id,slug"},
            ),
            get("~/groups", query={**WHOLE, "page": 9, "_fields": "id,slug"}),
            get("~/groups", query={"type": "alphabetical", "_fields": "id,slug"}),
            get(
                "~/groups",
                query={
                    "status": "hidden",
                    "type": "alphabetical",
                    "_fields": "id,slug,status",
                },
            ),
            get("~/groups", query={**WHOLE, "search": "shoot", "_fields": "id,slug"}),
            get("~/groups", query={**WHOLE, "slug": "film", "_fields": "id,slug"}),
            get("~/groups", query={**WHOLE, "user_id": "{ana}", "_fields": "id,slug"}),
            get("~/groups", query={**WHOLE, "parent_id": "{film}", "_fields": "id"}),
            get("~/groups", query={**WHOLE, "include": "{film},{board}"}),
            get("~/groups", query=WHOLE, who=ANONYMOUS),
            get("~/groups", query=WHOLE, who="ana"),
            post(
                "~/groups",
                body("Ana's", slug="anas", creator_id="{ana}"),
                who="ana",
                wait=1.1,
            ),
            get("~/groups/me", query={"_fields": "id,slug"}, who="ana"),
            get("~/groups/{film}"),
            get("~/groups/{film}", query={"context": "edit"}),
            get("~/groups/{film}", query={"populate_extras": True}),
            get("~/groups/{board}", query={"_fields": "id,slug"}, who="ana"),
            get("~/groups/{board}", who=ANONYMOUS),
            get("~/groups/9999"),
            delete("~/groups/{darkroom}", who="ana"),
            delete("~/groups/{film}", who=ANONYMOUS),
            delete("~/groups/{darkroom}"),
            delete("~/groups/{darkroom}"),
            delete("~/groups/{film}", query={"context": "edit"}),
            get("~/groups/{board}", query={"_fields": "id,slug,parent_id"}),
        ),
    ),
)
