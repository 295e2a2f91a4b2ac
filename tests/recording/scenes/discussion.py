"""What Settings > Discussion, as WordPress comes, refuses of posts and comments."""

from tests.recording.lead import keys, people
from tests.recording.scenes.activity_text import EDIT, say
from tests.recording.steps import Scenario, post, put

ONE = "One https://a.example and no more."
LAST = "The last does not count: https://a.example https://b.example"
TWO = "Two https://a.example https://b.example here."
QUOTED = "<a href='https://a.example'>a</a> and <a href='ftp://b.example'>b</a>."


SCENARIOS = (
    Scenario(
        name="discussion",
        about="How many links a member and an administrator may post.",
        steps=(
            *people("ana"),
            *keys("ana"),
            say(ONE, who="ana", save={"said": "id"}),
            *(say(text, who="ana") for text in (LAST, TWO, QUOTED)),
            say(TWO, who="admin"),
            *(
                post(
                    "~/activity",
                    {"content": text, "type": "activity_comment", **on},
                    query=EDIT,
                    who="ana",
                )
                for on in ({"primary_item_id": "{said}"},)
                for text in (ONE, TWO)
            ),
            put(
                "~/activity/{said}",
                {"content": TWO, "type": "activity_update", "component": "activity"},
                query=EDIT,
                who="ana",
            ),
        ),
    ),
)
