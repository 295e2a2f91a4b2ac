"""Pages."""

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
