"""Navigation of themes that are made of blocks."""

from tests.recording.lead import keys, people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

NAVIGATION = "/wp/v2/navigation"

SHORT = "id,slug,title,content,status"

EDIT = {"context": "edit", "_fields": SHORT}

LINK = (
    '<!-- wp:navigation-link {"label": "Members", "url": "/members/", '
    '"kind": "custom", "isTopLevelLink": true} /-->'
)

TEXT = (
    '<!-- wp:navigation-link {"label": "Tea & \\u003cb\\u003e", '
    '"url": "/?a=b&c=d"} /-->'
)

SCENARIOS = (
    Scenario(
        name="navigation",
        about="Menus made of blocks made, found, changed and deleted.",
        steps=(
            *people("ana"),
            *keys("ana"),
            get(NAVIGATION, query={"context": "edit", "status": "any"}),
            post(
                NAVIGATION,
                {
                    "title": "Main",
                    "slug": "main",
                    "status": "publish",
                    "content": LINK,
                },
                save={"main": "id"},
            ),
            post(
                NAVIGATION,
                {"title": "Main", "slug": "main", "status": "publish"},
                query=EDIT,
                save={"second": "id"},
            ),
            post(
                NAVIGATION,
                {"title": "Tea & <b>", "content": f"{LINK}\n{TEXT}"},
                query=EDIT,
                save={"tea": "id"},
            ),
            post(NAVIGATION, {}, query=EDIT),
            post(NAVIGATION, {"title": "X"}, who="ana"),
            post(NAVIGATION, {"title": "X"}, who=ANONYMOUS),
            get(NAVIGATION, query={**EDIT, "status": "any", "slug": "main,nothing"}),
            get(NAVIGATION, query={**EDIT, "status": "any", "slug": "main-2"}),
            get(NAVIGATION, query={**EDIT, "status": "any", "slug": "nothing"}),
            get(
                NAVIGATION,
                query={"context": "edit", "_fields": "id,slug", "orderby": "id"},
            ),
            get(NAVIGATION, query={"_fields": "id,slug"}, who=ANONYMOUS),
            get(NAVIGATION, query={"status": "any"}, who=ANONYMOUS),
            get(NAVIGATION, query={"context": "edit"}, who="ana"),
            get(f"{NAVIGATION}/{{main}}", query={"context": "edit"}),
            get(f"{NAVIGATION}/{{main}}"),
            get(f"{NAVIGATION}/{{main}}", who=ANONYMOUS),
            get(f"{NAVIGATION}/{{tea}}", who=ANONYMOUS),
            get(f"{NAVIGATION}/9999"),
            put(f"{NAVIGATION}/{{main}}", {"title": "Our menu"}, query=EDIT),
            put(f"{NAVIGATION}/{{main}}", {"content": TEXT}, query=EDIT),
            put(f"{NAVIGATION}/{{main}}", {"content": ""}, query=EDIT),
            put(f"{NAVIGATION}/{{second}}", {"slug": "main"}, query=EDIT),
            put(f"{NAVIGATION}/{{tea}}", {"status": "publish"}, query=EDIT),
            put(f"{NAVIGATION}/{{main}}", {"title": "X"}, who="ana"),
            put(f"{NAVIGATION}/9999", {"title": "X"}),
            delete(f"{NAVIGATION}/{{second}}", query={"_fields": "id,slug,status"}),
            delete(f"{NAVIGATION}/{{second}}", query={"force": True}),
            delete(f"{NAVIGATION}/{{second}}", query={"force": True}),
        ),
    ),
)
