"""Posts that wait for their time, and go out by themselves."""

from typing import Any

from tests.recording.lead import group, join, keys, people
from tests.recording.scenes.companion_calls import call, calls
from tests.recording.steps import ANONYMOUS, Json, Scenario, Step, delete, get, post

QUEUE = "/wpbridge/v1/queue"
FAR = "2099-02-03T04:05:06Z"
PAST = "2020-02-03T04:05:06Z"
STREAM = {
    "_fields": "id,user_id,component,type,content,date_gmt",
    "display_comments": "stream",
}


def entry(name: str, **rest: Json) -> dict[str, Any]:
    """A post of the owner ``club``."""
    usual = {"owner": "club", "kind": "posts", "name": name, "as": "{anna}"}
    return {**usual, "due": FAR, "content": f"This is {name}.", **rest}


def comment(name: str, **rest: Json) -> dict[str, Any]:
    """A comment on a post that waits itself."""
    to = {"owner": "club", "name": "film:first"}
    return entry(name, kind="comments", **{"reply_to": to, **rest})


def wait(*those: Any, who: str = "admin", **rest: Any) -> Step:
    """An entry put in the queue."""
    return post(QUEUE, *those, who=who, **rest)


SCENARIOS = (
    Scenario(
        name="companion-queue",
        about="Posts put in the queue, replaced, taken out; and what is refused.",
        setup={
            "companion": True,
            "components": ["groups"],
            "switches": ["acting", "quiet", "dates"],
        },
        steps=(
            *people("anna", "bert"),
            *keys("anna"),
            group("film", status="private"),
            *join("film", "anna"),
            get(QUEUE),
            wait(
                entry("film:first", group="{film}", digest="abc"), save={"first": "id"}
            ),
            wait(
                entry("film:first", group="{film}", content="Anew."),
                save={"again": "id"},
            ),
            wait(comment("film:first:answer"), save={"answer": "id"}),
            wait(comment("film:first:other", reply_to={"id": 1})),
            wait({**entry("own", **{"as": 1}), "owner": "other"}),
            wait(entry("film:loud", group="{film}", content="For @anna and @bert.")),
            wait(entry("film:still", group="{film}", content="@anna.", quiet=True)),
            calls(
                call("POST", QUEUE, entry("in-a-call", content="For @anna.")),
                call("POST", QUEUE, entry("quiet", content="@anna."), quiet=True),
                call("POST", QUEUE, entry("loud", quiet=False), quiet=True),
                call("POST", QUEUE, entry("as"), **{"as": "{anna}"}),
                call("GET", f"{QUEUE}?owner=other"),
            ),
            get(QUEUE),
            get(QUEUE, query={"owner": "club"}),
            get(QUEUE, query={"owner": "nobody"}),
            get(QUEUE, query={"after": "{answer}"}),
            get(QUEUE, query={"mails": "true"}),
            get(QUEUE, query={"mails": "whose"}),
            delete(f"{QUEUE}/{{answer}}"),
            delete(f"{QUEUE}/{{answer}}"),
            delete(f"{QUEUE}/{{again}}", who="anna"),
            wait(entry("bad", due="tomorrow")),
            wait(entry("bad", due="2027-02-30T00:00:00Z")),
            wait(entry("bad", **{"as": 9999})),
            wait(entry("bad", **{"as": 0})),
            wait(entry("bad", kind="pages")),
            wait(entry("bad", kind="comments")),
            wait(entry("bad", reply_to={"id": 1})),
            wait(comment("bad", reply_to={"owner": "club"})),
            wait(comment("bad", reply_to={"id": "x"})),
            wait(comment("bad", reply_to={"id": 1, "colour": "red"})),
            wait(comment("bad", reply_to={"id": 1, "kind": "pages"})),
            wait(entry("bad", content="")),
            wait(entry("")),
            wait({**entry("bad"), "owner": "The Club"}),
            wait(entry("bad", digest="?")),
            wait({"name": "bad"}),
            wait(entry("bad"), who="anna"),
            wait(entry("bad"), who=ANONYMOUS),
            get(QUEUE, who="anna"),
        ),
    ),
    Scenario(
        name="companion-queue-alone",
        about="The queue of a site where nobody may act in another's name.",
        setup={"companion": True},
        steps=(
            *people("anna"),
            wait(entry("anna", owner="club")),
            wait(entry("mine", **{"as": 1})),
            wait(entry("still", **{"as": 1}, quiet=True)),
        ),
    ),
    Scenario(
        name="companion-queue-sent",
        about="What was due goes out by itself, as its author, and is marked.",
        setup={
            "companion": True,
            "components": ["groups"],
            "switches": ["acting", "quiet", "dates"],
        },
        steps=(
            *people("anna", "bert"),
            *keys("anna"),
            group("film"),
            *join("film", "anna"),
            wait(entry("film:first", group="{film}", due=PAST, digest="abc")),
            wait(comment("film:first:answer", due=PAST, content="For @bert.")),
            wait(entry("film:out", group="{film}", due=PAST, **{"as": "{bert}"})),
            wait(comment("orphan", due=PAST, reply_to={"id": 9999})),
            wait(entry("hello", due=PAST, content="For @bert.", quiet=True)),
            wait(entry("later")),
            get("site:/wp-cron.php", wait=2),
            get(
                "~/activity",
                query=STREAM,
                save={"hello": "0.id", "answer": "1.id", "first": "2.id"},
            ),
            get(QUEUE),
            get(
                "~/notifications",
                query={"user_id": "{bert}", "_fields": "user_id,component,action"},
            ),
            post("/wpbridge/v1/marks", {"find": [{"owner": "club"}]}),
            wait(entry("film:first", group="{film}", content="Once more.")),
            get(QUEUE, query={"owner": "club"}),
        ),
    ),
)
