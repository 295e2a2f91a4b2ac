"""The site's own settings, and pages."""

from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

PAGE = "id,slug,status,title,content,parent,menu_order,template,comment_status,author"
EDIT = {"context": "edit", "_fields": PAGE}
LIST = {
    "context": "edit",
    "status": "any",
    "orderby": "id",
    "order": "asc",
    "_fields": "id,slug,status,title,parent",
}

SCENARIOS = (
    Scenario(
        name="settings",
        about="WordPress settings read and changed.",
        steps=(
            get("/wp/v2/settings"),
            post("/wp/v2/settings", {"title": "The Film Club", "description": "Reels"}),
            post("/wp/v2/settings", {"timezone": "Europe/Madrid"}),
            get("/", query={"_fields": "name,timezone_string,gmt_offset"}),
            post("/wp/v2/settings", {"title": "Tea & <b>Films</b>"}),
            post("/wp/v2/settings", {"timezone": "Nowhere/City"}),
            post("/wp/v2/settings", {"timezone": "UTC+2"}),
            get("/", query={"_fields": "name,timezone_string,gmt_offset"}),
            post("/wp/v2/settings", {"users_can_register": True, "unknown": 1}),
            post("/wp/v2/settings", {"posts_per_page": "many"}),
            post("/wp/v2/settings", {"posts_per_page": 20, "start_of_week": 0}),
            post("/wp/v2/settings", {"show_on_front": "page", "page_on_front": 2}),
            put("/wp/v2/settings", {"title": "Film Club"}),
            post("/wp/v2/settings", {"title": "Mine"}, who=ANONYMOUS),
            get("/wp/v2/settings", who=ANONYMOUS),
        ),
    ),
    Scenario(
        name="pages",
        about="Pages made, found, changed and deleted.",
        steps=(
            get("/wp/v2/pages", query={**LIST, "per_page": 100}),
            post(
                "/wp/v2/pages",
                {
                    "title": "Code of conduct",
                    "slug": "conduct",
                    "content": "Be <em>kind</em>.\n\nAll of you & me.",
                    "status": "publish",
                },
                save={"conduct": "id"},
            ),
            post(
                "/wp/v2/pages",
                {"title": "Again", "slug": "conduct", "status": "publish"},
                query=EDIT,
                save={"again": "id"},
            ),
            post(
                "/wp/v2/pages",
                {
                    "title": "Sundays",
                    "slug": "sundays",
                    "status": "draft",
                    "parent": "{conduct}",
                    "menu_order": 3,
                    "content": "Sundays. <!-- wpbridge owner pages/sundays abc -->",
                },
                query=EDIT,
                save={"sundays": "id"},
            ),
            post("/wp/v2/pages", {}, query=EDIT),
            post("/wp/v2/pages", {"title": "X", "status": "shown"}),
            post("/wp/v2/pages", {"title": "X"}, who=ANONYMOUS),
            get("/wp/v2/pages", query={**EDIT, "slug": "conduct", "status": "any"}),
            get(
                "/wp/v2/pages",
                query={**LIST, "slug": "conduct,sundays,nothing"},
            ),
            get("/wp/v2/pages", query={"slug": "sundays", "_fields": "id,slug"}),
            get("/wp/v2/pages", query={"slug": "nothing", "_fields": "id,slug"}),
            get("/wp/v2/pages", query={**LIST, "per_page": 2}),
            get("/wp/v2/pages", query={**LIST, "per_page": 2, "page": 2}),
            get("/wp/v2/pages", query={**LIST, "page": 9}),
            get("/wp/v2/pages", query={"status": "any"}, who=ANONYMOUS),
            get("/wp/v2/pages/{conduct}", query={"context": "edit"}),
            put("/wp/v2/pages/{conduct}", {"title": "Our code"}, query=EDIT),
            put("/wp/v2/pages/{conduct}", {"content": ""}, query=EDIT),
            put("/wp/v2/pages/{conduct}", {"slug": "sundays"}, query=EDIT),
            put("/wp/v2/pages/{again}", {"parent": "{conduct}"}, query=EDIT),
            put("/wp/v2/pages/{again}", {"parent": 9999}, query=EDIT),
            put("/wp/v2/pages/{sundays}", {"status": "private"}, query=EDIT),
            put("/wp/v2/pages/9999", {"title": "X"}),
            get("/wp/v2/pages/9999"),
            delete("/wp/v2/pages/{again}", query={"_fields": "id,slug,status"}),
            delete("/wp/v2/pages/{again}", query={"_fields": "id,slug,status"}),
            delete("/wp/v2/pages/{conduct}", query={"force": True}),
            delete("/wp/v2/pages/{conduct}", query={"force": True}),
            get("/wp/v2/pages", query=LIST),
            get(
                "/wp/v2/pages",
                query={"status": "trash", "context": "edit", "_fields": "id,slug"},
            ),
        ),
    ),
)
