"""Groups changed."""

from tests.recording.lead import activate, group, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, post, put

SHORT = {"context": "edit", "_fields": "id,slug,name,status,creator_id"}

ABOUT = {"context": "edit", "_fields": "id,name,description"}

SCENARIOS = (
    Scenario(
        name="groups-changed",
        about="Groups changed in every way that the API takes, and some it ignores.",
        steps=(
            *activate("groups"),
            *people("ana"),
            *keys("ana"),
            group("film", creator="{ana}"),
            group("tea"),
            put("~/groups/{film}", {"name": "Film club", "creator_id": "{ana}"}),
            put(
                "~/groups/{film}",
                {"name": 'Tea & <b>Film</b> "club\'s"', "creator_id": "{ana}"},
                query=ABOUT,
            ),
            put("~/groups/{film}", {"name": "Films"}, query=SHORT),
            put("~/groups/{film}", {"creator_id": "{ana}"}, query=SHORT),
            *(
                put(
                    "~/groups/{film}",
                    {"creator_id": "{ana}", "description": each},
                    query=ABOUT,
                )
                for each in (
                    "New words.",
                    "",
                    'Tea & <em>film</em>, "quoted" it\'s. <script>x</script>',
                    "Two\n\nparagraphs, one\nbreak.",
                    "A mark. <!-- wpbridge owner groups/film abc -->",
                    "Back\\slash, <ul><li>list</li></ul> <p>p</p>",
                    "Grin 😀 <a href='https://example.org' rel='me'>there</a>",
                )
            ),
            *(
                put(
                    "~/groups/{film}",
                    {"creator_id": "{ana}", "status": each},
                    query=SHORT,
                )
                for each in ("private", "hidden", "public", "secret")
            ),
            put(
                "~/groups/{film}",
                {"creator_id": "{ana}", "enable_forum": True},
                query={"_fields": "id,enable_forum"},
            ),
            put(
                "~/groups/{film}",
                {"creator_id": "{ana}", "enable_forum": False},
                query={"_fields": "id,enable_forum"},
            ),
            *(
                put(
                    "~/groups/{film}",
                    {"creator_id": "{ana}", "parent_id": each},
                    query={"_fields": "id,parent_id"},
                )
                for each in ("{tea}", 0, 9999, "{film}")
            ),
            put("~/groups/{film}", {"creator_id": "{ana}", "name": ""}, query=SHORT),
            put(
                "~/groups/{film}",
                {"creator_id": "{ana}", "slug": "pictures"},
                query=SHORT,
            ),
            put("~/groups/{film}", {"creator_id": "{ana}", "slug": "tea"}, query=SHORT),
            put("~/groups/{film}", {}, query=SHORT),
            post(
                "~/groups/{film}",
                {"creator_id": "{ana}", "name": "Reels"},
                query={**SHORT, "_method": "PUT"},
            ),
            put("~/groups/{tea}", {"name": "Mine", "creator_id": 1}, who="ana"),
            put("~/groups/{tea}", {"name": "Mine"}, who=ANONYMOUS),
            put("~/groups/9999", {"name": "Nothing", "creator_id": 1}),
        ),
    ),
)
