"""Many calls in one request, as the companion runs them."""

from typing import Any

from tests.recording.lead import group, join, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, Step, get, post

CALLS = "/wpbridge/v1/calls"

STREAM = {
    "_fields": "id,user_id,component,type,content,date_gmt",
    "display_comments": "stream",
}


def call(method: str, path: str, body: Any = None, **rest: Any) -> dict[str, Any]:
    """One of them."""
    told = {"method": method, "path": path, **rest}
    return told if body is None else {**told, "body": body}


def calls(*those: Any, **rest: Any) -> Step:
    """A request that holds them."""
    return post(CALLS, {"calls": list(those)}, **rest)


def update(content: str, **rest: Any) -> dict[str, Any]:
    """A call that posts."""
    body = {"content": content, "type": "activity_update"}
    return call("POST", "{bp}/activity?_fields=id,user_id,content", body, **rest)


def account(login: str, **rest: Any) -> dict[str, Any]:
    """A call that makes an account without a password."""
    body = {"username": login, "email": f"{login}@example.org"}
    path = "/wp/v2/users?_fields=id,slug"
    return call("POST", path, body, password="none", **rest)


SCENARIOS = (
    Scenario(
        name="companion-calls",
        about="Many calls in one request, each with an answer of its own.",
        setup={"companion": True, "components": ["groups"]},
        steps=(
            *people("ana", "ben"),
            *keys("ana"),
            group("film"),
            calls(
                call("GET", "/wp/v2/users/me?_fields=id,slug"),
                call("GET", "{bp}/groups?_fields=id,slug"),
                call("PUT", "{bp}/members/{ana}?_fields=id,name", {"name": "Ana R"}),
                call("POST", "{bp}/groups/{film}/members", {"user_id": 9999}),
                call("GET", "{bp}/groups/9999"),
                call("GET", "{bp}/nowhere"),
                call("GET", "/wp/v2/pages?_fields=id,slug&status=any"),
                call("POST", "/wp/v2/pages?_fields=id,slug", {"title": "Rules"}),
            ),
            calls(
                "nothing",
                {"method": "GET"},
                {"path": "{bp}/groups"},
                call("GET", "{bp}/groups", colour="red"),
                call("GET", "{bp}/groups", {"a": 1}),
                call("POST", "{bp}/groups", [1]),
                call("POST", "{bp}/signup", {}),
                call("GET", "/wp/v2/settings"),
                call("POST", "/wpbridge/v1/calls", {"calls": []}),
                call("get", "{bp}/groups"),
                call("GET", "{bp}/groups", key="short"),
                call("GET", "{bp}/groups", key="long enough for it"),
                update("Hello.", key="short"),
                update("Hello.", **{"as": "{ana}"}),
                update("Hello.", quiet=True),
                update("Hello.", quiet="yes"),
                update("Hello.", quiet=False),
                update("Hello.", date="2020-02-03T04:05:06Z"),
                call("POST", "/wp/v2/users", {"username": "x"}, password="some"),
                call("GET", "{bp}/groups", password="none"),
            ),
            calls(update("Once.", key="key-number-1")),
            calls(update("Once.", key="key-number-1")),
            calls(update("Twice.", key="key-number-1")),
            calls(update("Once.", key="key-number-1"), who="ana"),
            calls(
                account("cem"),
                account("dora", welcome="mail"),
                account("dora", welcome="reset link"),
                call("GET", "{bp}/groups", welcome="mail"),
            ),
            get("~/activity", query=STREAM),
            calls(),
            post(CALLS, {"calls": {"a": 1}}),
            post(CALLS, {"calls": [call("GET", "{bp}/groups")] * 101}),
            post(CALLS, {}),
            post(CALLS, {"calls": [], "seconds": 99}),
            post(
                CALLS,
                {"calls": [call("GET", "{bp}/groups?_fields=id")] * 2, "seconds": 0},
            ),
            calls(call("GET", "{bp}/groups"), who="ana"),
            calls(call("GET", "{bp}/groups"), who=ANONYMOUS),
            get(CALLS),
        ),
    ),
    Scenario(
        name="companion-acting",
        about="Calls in members' names, quietly, and of other dates.",
        setup={
            "companion": True,
            "components": ["groups", "friends", "messages"],
            "switches": ["acting", "quiet", "dates"],
        },
        steps=(
            *people("ana", "ben", "cleo"),
            group("film"),
            *join("film", "ana"),
            calls(
                update("In Ana's name.", **{"as": "{ana}"}),
                update("Long ago.", **{"as": "{ana}"}, date="2020-02-03T04:05:06Z"),
                update("Quietly, @ben.", **{"as": "{ana}"}, quiet=True),
                update("To come.", date="2099-02-03T04:05:06Z"),
                update("Badly.", date="yesterday"),
                update("Nobody.", **{"as": 9999}),
                update("Nobody.", **{"as": 0}),
                update("By login.", **{"as": "ana"}),
                call("GET", "{bp}/groups", **{"as": "{ana}"}),
                call("GET", "{bp}/groups", date="2020-02-03T04:05:06Z"),
            ),
            calls(
                call(
                    "POST",
                    "{bp}/activity?_fields=id,user_id,content,component",
                    {
                        "content": "In film.",
                        "component": "groups",
                        "primary_item_id": "{film}",
                        "type": "activity_update",
                    },
                    **{"as": "{ana}"},
                    date="2021-02-03T04:05:06Z",
                ),
                call(
                    "POST",
                    "{bp}/activity?_fields=id,user_id,content,component",
                    {
                        "content": "Not in film.",
                        "component": "groups",
                        "primary_item_id": "{film}",
                        "type": "activity_update",
                    },
                    **{"as": "{ben}"},
                ),
                call(
                    "POST",
                    "{bp}/messages?_fields=id,subject,last_sender_id",
                    {
                        "message": "Hello there.",
                        "subject": "Hello",
                        "recipients": ["{ben}"],
                    },
                    **{"as": "{ana}"},
                    quiet=True,
                ),
                call(
                    "POST",
                    "{bp}/friends?_fields=id,initiator_id,friend_id,is_confirmed",
                    {"initiator_id": "{ana}", "friend_id": "{cleo}"},
                    **{"as": "{ana}"},
                    quiet=True,
                ),
            ),
            get("~/activity", query={**STREAM, "type": "activity_update"}),
            get(
                "~/notifications",
                query={"user_id": "{ben}", "_fields": "id,user_id,component,action"},
            ),
        ),
    ),
)
