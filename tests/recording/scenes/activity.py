"""Posts and comments."""

from tests.recording.lead import activate, group, join, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, Step, delete, get, post, put

FIELDS = (
    "id,user_id,component,type,primary_item_id,secondary_item_id,content,status,"
    "hidden,date,date_gmt"
)

EDIT = {"context": "edit", "_fields": FIELDS}

LIST = {**EDIT, "per_page": 100}

MARK = "<!-- wpbridge owner posts/film:welcome abc -->"


def say(content: str, **rest: object) -> Step:
    """A post on the site's stream."""
    return post("~/activity", {"content": content}, query=EDIT, **rest)


def say_in(group: str, content: str, **rest: object) -> Step:
    """A post in a group."""
    return post(
        "~/activity",
        {
            "content": content,
            "component": "groups",
            "type": "activity_update",
            "primary_item_id": f"{{{group}}}",
        },
        query=EDIT,
        **rest,
    )


def reply(root: str, content: str, parent: str = "", **rest: object) -> Step:
    """A comment on a post, or on a comment of it."""
    return post(
        "~/activity",
        {
            "content": content,
            "type": "activity_comment",
            "primary_item_id": f"{{{root}}}",
        }
        | ({"secondary_item_id": f"{{{parent}}}"} if parent else {}),
        query=EDIT,
        **rest,
    )


SCENARIOS = (
    Scenario(
        name="activity",
        about="Posts and comments made, found, changed, deleted and favoured.",
        steps=(
            *activate("groups"),
            *people("ana", "ben"),
            *keys("ana", "ben"),
            group("film"),
            group("board", status="hidden"),
            *join("film", "ana"),
            get("~/activity", query=LIST),
            post("~/activity", {"content": "Hello all."}, save={"hello": "id"}),
            say("By the admin."),
            post("~/activity", {"content": ""}),
            post("~/activity", {}),
            post("~/activity", {"content": "X", "type": "shouting"}),
            post("~/activity", {"content": "X", "component": "forums"}),
            post("~/activity", {"content": "For Ana.", "user_id": "{ana}"}),
            post("~/activity", {"content": "Mine.", "user_id": 1}, query=EDIT),
            say("By nobody.", who=ANONYMOUS),
            say("By Ben.", who="ben"),
            say_in("film", f"Welcome. {MARK}", who="ana", save={"welcome": "id"}),
            say_in("film", "By the admin, a member.", save={"second": "id"}),
            say_in("film", "Not a member.", who="ben"),
            say_in("board", "Hidden words.", save={"secret": "id"}),
            post(
                "~/activity",
                {"content": "No component.", "primary_item_id": "{film}"},
            ),
            post(
                "~/activity",
                {
                    "content": "No group.",
                    "component": "groups",
                    "primary_item_id": 9999,
                },
            ),
            post("~/activity", {"content": "No group.", "component": "groups"}),
            reply("welcome", "Thank you.", save={"thanks": "id"}),
            reply("welcome", f"A reply. {MARK}", "thanks", who="ana"),
            reply("welcome", "From outside.", who="ben"),
            reply("hello", "To the admin.", who="ben", save={"to-admin": "id"}),
            post(
                "~/activity",
                {"content": "To nothing.", "type": "activity_comment"},
            ),
            post(
                "~/activity",
                {
                    "content": "To nothing.",
                    "type": "activity_comment",
                    "primary_item_id": 9999,
                },
            ),
            get("~/activity", query=LIST),
            get("~/activity", query={**LIST, "order": "asc"}),
            get("~/activity", query={**LIST, "per_page": 2}),
            get("~/activity", query={**LIST, "per_page": 2, "page": 2}),
            get("~/activity", query={**LIST, "page": 9}),
            get("~/activity", query={**LIST, "display_comments": "stream"}),
            get(
                "~/activity",
                query={
                    "context": "edit",
                    "display_comments": "threaded",
                    "_fields": f"{FIELDS},comments,comment_count",
                },
            ),
            get(
                "~/activity",
                query={
                    **LIST,
                    "component": "groups",
                    "primary_id": "{film}",
                    "search": "wpbridge owner",
                },
            ),
            get(
                "~/activity",
                query={
                    **LIST,
                    "component": "groups",
                    "primary_id": "{film}",
                    "search": "wpbridge owner posts/film:welcome",
                },
            ),
            get("~/activity", query={**LIST, "group_id": "{film}"}),
            get("~/activity", query={**LIST, "group_id": "{film}"}, who="ben"),
            get("~/activity", query={**LIST, "group_id": "{board}"}, who="ben"),
            get("~/activity", query={**LIST, "group_id": 9999}),
            get(
                "~/activity",
                query={**LIST, "search": "wpbridge", "display_comments": "stream"},
            ),
            get(
                "~/activity",
                query={
                    **LIST,
                    "search": "wpbridge",
                    "display_comments": "stream",
                    "primary_id": "{film}",
                },
            ),
            get("~/activity", query={**LIST, "type": "activity_comment"}),
            get(
                "~/activity",
                query={
                    **LIST,
                    "type": "activity_comment",
                    "display_comments": "stream",
                },
            ),
            get(
                "~/activity",
                query={
                    **LIST,
                    "type": "activity_comment",
                    "display_comments": "stream",
                    "primary_id": "{welcome}",
                },
            ),
            get("~/activity", query={**LIST, "user_id": "{ana}"}),
            get("~/activity", query={**LIST, "include": "{hello},{welcome}"}),
            get("~/activity", query={**LIST, "after": "2099-01-01T00:00:00"}),
            get("~/activity", query={**LIST, "type": "shouting"}),
            get("~/activity", query={"_fields": "id,content"}, who=ANONYMOUS),
            get("~/activity/{welcome}"),
            get("~/activity/{welcome}", query={"context": "edit"}),
            get("~/activity/{secret}", who="ben"),
            get("~/activity/{secret}", who=ANONYMOUS),
            get("~/activity/9999"),
            post("~/activity/{welcome}/favorite", query={"_fields": "id,favorited"}),
            get("~/activity/{welcome}", query={"_fields": "id,favorited"}),
            post("~/activity/{welcome}/favorite", query={"_fields": "id,favorited"}),
            post(
                "~/activity/{welcome}/favorite",
                query={"_fields": "id,favorited"},
                who="ana",
            ),
            get("~/activity/{welcome}", query={"_fields": "id,favorited"}, who="ana"),
            put("~/activity/9999/favorite"),
            put("~/activity/{welcome}", {"content": "No type."}, query=EDIT),
            put(
                "~/activity/{welcome}",
                {
                    "content": f"Welcome all. {MARK}",
                    "type": "activity_update",
                    "component": "groups",
                    "primary_item_id": "{film}",
                },
                query=EDIT,
            ),
            put(
                "~/activity/{second}",
                {"content": "Moved.", "type": "activity_update"},
                query=EDIT,
            ),
            put(
                "~/activity/{thanks}",
                {
                    "content": "Thanks!",
                    "type": "activity_comment",
                    "primary_item_id": "{welcome}",
                    "secondary_item_id": "{welcome}",
                },
                query=EDIT,
            ),
            put(
                "~/activity/{thanks}",
                {
                    "content": "Thanks again!",
                    "type": "activity_comment",
                    "component": "activity",
                    "primary_item_id": "{welcome}",
                    "secondary_item_id": "{welcome}",
                },
                query=EDIT,
            ),
            put(
                "~/activity/{hello}",
                {"content": "", "type": "activity_update", "component": "activity"},
            ),
            put(
                "~/activity/{hello}",
                {"content": "By Ben.", "type": "activity_update"},
                who="ben",
            ),
            put("~/activity/9999", {"content": "X", "type": "activity_update"}),
            delete("~/activity/{hello}", who="ben"),
            delete("~/activity/{hello}", who=ANONYMOUS),
            delete("~/activity/{to-admin}", who="ben", query={"_fields": "deleted"}),
            delete("~/activity/{hello}"),
            delete("~/activity/{hello}"),
            delete("~/activity/{welcome}", query={"context": "edit"}),
            get("~/activity", query={**LIST, "display_comments": "stream"}),
        ),
    ),
)
