"""Entries of classic menus."""

from tests.recording.lead import keys, people
from tests.recording.steps import ANONYMOUS, Scenario, Step, delete, get, post, put

ITEMS = "/wp/v2/menu-items"

FIELDS = "id,title,url,menu_order,menus,status,type,object,parent,target,invalid"

EDIT = {"context": "edit", "_fields": FIELDS}


def link(title: str, url: str, order: int, **rest: object) -> Step:
    """A link in the menu ``main``."""
    values = {
        "title": title,
        "type": "custom",
        "url": url,
        "menus": "{main}",
        "menu_order": order,
        "status": "publish",
    }
    return post(ITEMS, {**values, **rest}, query=EDIT, save={title.lower(): "id"})


SCENARIOS = (
    Scenario(
        name="menu-items",
        about="Entries of classic menus made, found, changed and deleted.",
        steps=(
            *people("ana"),
            *keys("ana"),
            post("/wp/v2/menus", {"name": "Main", "slug": "main"}, save={"main": "id"}),
            post("/wp/v2/menus", {"name": "Foot", "slug": "foot"}, save={"foot": "id"}),
            get(ITEMS, query={**EDIT, "menus": "{main}"}),
            link("Members", "/members/", 2),
            link("Groups", "https://film.example.org/groups/", 10),
            link("Twins", "/twins/", 7),
            link("Below", "/below/", 3, parent="{members}"),
            link("Search", "/?s=a b&c=<d>", 4),
            link("Tea & <b>more</b>", "/tea/", 5),
            post(
                ITEMS,
                {"title": "Whole", "url": "/whole/", "menus": "{main}"},
                save={"whole": "id"},
            ),
            post(ITEMS, {"title": "Placeless", "url": "/x/"}, query=EDIT),
            post(
                ITEMS,
                {"title": "", "url": "/x/", "menus": "{main}"},
                query=EDIT,
            ),
            post(ITEMS, {"title": "Linkless", "menus": "{main}"}),
            post(ITEMS, {"title": "X", "url": "/x/", "menus": 9999}),
            post(ITEMS, {"title": "X", "url": "/x/", "menu_order": 0}),
            post(ITEMS, {"title": "X", "url": "/x/", "type": "page"}),
            post(
                ITEMS,
                {
                    "title": "Draft",
                    "url": "/draft/",
                    "menus": "{main}",
                    "status": "draft",
                    "menu_order": 9,
                },
                query=EDIT,
            ),
            post(
                ITEMS,
                {
                    "type": "post_type",
                    "object": "page",
                    "object_id": 2,
                    "menus": "{main}",
                    "menu_order": 8,
                },
                query=EDIT,
                save={"sample": "id"},
            ),
            post(ITEMS, {"title": "X", "url": "/x/"}, who="ana"),
            post(ITEMS, {"title": "X", "url": "/x/"}, who=ANONYMOUS),
            get(ITEMS, query={**EDIT, "menus": "{main}"}),
            get(ITEMS, query={**EDIT, "menus": "{foot}"}),
            get(ITEMS, query={**EDIT, "menus": 9999}),
            get(ITEMS, query={"menus": "{main}", "_fields": "id,title"}),
            get(ITEMS, query={**EDIT, "menus": "{main}", "status": "draft"}),
            get(ITEMS, query={**EDIT, "menus": "{main}", "per_page": 2, "page": 2}),
            get(ITEMS, query={**EDIT, "_fields": "id,title", "search": "Groups"}),
            get(ITEMS, who="ana"),
            get(ITEMS, who=ANONYMOUS),
            get(f"{ITEMS}/{{members}}", query={"context": "edit"}),
            get(f"{ITEMS}/{{members}}"),
            get(f"{ITEMS}/9999"),
            get(f"{ITEMS}/{{members}}", who=ANONYMOUS),
            put(f"{ITEMS}/{{members}}", {"title": "People"}, query=EDIT),
            put(f"{ITEMS}/{{members}}", {"url": "/people/"}, query=EDIT),
            put(f"{ITEMS}/{{members}}", {"menu_order": 6}, query=EDIT),
            put(f"{ITEMS}/{{groups}}", {"menu_order": 6}, query=EDIT),
            put(f"{ITEMS}/{{members}}", {"menus": "{foot}"}, query=EDIT),
            put(f"{ITEMS}/{{members}}", {"url": ""}, query=EDIT),
            put(f"{ITEMS}/{{members}}", {"title": "X"}, who="ana"),
            put(f"{ITEMS}/9999", {"title": "X"}),
            get(ITEMS, query={**EDIT, "menus": "{main}"}),
            delete(f"{ITEMS}/{{twins}}"),
            delete(f"{ITEMS}/{{twins}}", query={"force": True}),
            delete(f"{ITEMS}/{{twins}}", query={"force": True}),
            delete("/wp/v2/menus/{main}", query={"force": True, "_fields": "deleted"}),
            get(ITEMS, query=EDIT),
        ),
    ),
)
