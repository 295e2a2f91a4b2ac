"""Settings that are refused, cleaned or kept as they come."""

from tests.recording.lead import keys, people
from tests.recording.steps import Scenario, Step, get, put


def setting(**values: object) -> Step:
    """These settings, and no others in the answer."""
    return put("/wp/v2/settings", values, query={"_fields": ",".join(values)})


SCENARIOS = (
    Scenario(
        name="settings-odd",
        about="Settings that are refused, cleaned or kept as they come.",
        steps=(
            *people("ana"),
            *keys("ana"),
            setting(title=""),
            setting(title="  Film  "),
            setting(title='Tea\'s "time" & <script>x</script>é'),
            setting(description="A\nB"),
            setting(description="It&#8217;s &amp; more"),
            setting(title=None),
            setting(title=["a"]),
            setting(title=12),
            setting(timezone=""),
            setting(timezone="europe/madrid"),
            setting(timezone="UTC"),
            setting(timezone="Etc/GMT+3"),
            setting(email="not an address"),
            setting(email="new@example.org"),
            setting(language="de_DE"),
            setting(language=""),
            setting(date_format="Y-m-d", time_format="H:i"),
            setting(start_of_week=9),
            setting(posts_per_page=0),
            setting(posts_per_page=-1),
            setting(default_ping_status="maybe"),
            setting(default_comment_status="closed"),
            setting(show_on_front="nothing"),
            setting(show_on_front="page", page_on_front=9999),
            setting(show_on_front="page", page_on_front=2, page_for_posts=2),
            setting(show_on_front="posts"),
            setting(site_icon=9999),
            setting(use_smilies="no"),
            setting(use_smilies=False),
            get("/wp/v2/settings", query={"_fields": "title,show_on_front"}),
            get("/wp/v2/settings", who="ana"),
            put("/wp/v2/settings", {"title": "Mine"}, who="ana"),
        ),
    ),
)
