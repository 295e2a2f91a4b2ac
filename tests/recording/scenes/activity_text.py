"""What becomes of the text of posts."""

from tests.recording.lead import keys, people
from tests.recording.steps import Scenario, Step, get, post

FIELDS = (
    "id,user_id,component,type,primary_item_id,secondary_item_id,content,status,"
    "hidden,date,date_gmt"
)

EDIT = {"context": "edit", "_fields": FIELDS}

MARK = "<!-- wpbridge owner posts/film:welcome abc -->"


def say(content: str, **rest: object) -> Step:
    """A post on the site's stream."""
    return post("~/activity", {"content": content}, query=EDIT, **rest)


SCENARIOS = (
    Scenario(
        name="activity-text",
        about="What becomes of the text of posts, an administrator's and a member's.",
        steps=(
            *people("ana", "ben"),
            *keys("ana"),
            *(
                say(text, who=who)
                for who in ("admin", "ana")
                for text in (
                    'Tea & <em>film</em>, "quoted" it\'s 5 < 6 > 4.',
                    "A <a href='https://example.org/a?b=1&c=2'>link</a>.",
                    "Bare https://example.org/page and www.example.org.",
                    "Two\n\nparagraphs, one\nbreak.",
                    "<p>p</p><h2>h2</h2><ul><li>li</li></ul><script>x</script>",
                    "<span class='x' style='color:red'>span</span> <b>b</b> <i>i</i>",
                    "<img src='https://example.org/x.png' alt='x' onclick='y'>",
                    "Hi @ben and @nobody, not me@example.org.",
                    "Grin 😀, café, naïve — dash… \u2018single\u2019.",
                    'Back\\slash and \\"both\\".',
                    "&amp; &lt;b&gt; &#128512; &nbsp;&copy;",
                    f"  Spaces around.  \n{MARK}",
                    f"{MARK}",
                    "#tag [gallery] http://",
                )
            ),
            say(
                "Three https://a.example https://b.example https://c.example", who="ana"
            ),
            say("Three https://a.example https://b.example https://c.example"),
            get("~/activity", query={"_fields": "id,content,title", "per_page": 100}),
        ),
    ),
)
