"""Classic menus of the site, and where themes show them."""

from tests.recording.lead import keys, people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

MENUS = "/wp/v2/menus"

EDIT = {"context": "edit"}

SHORT = {"_fields": "id,slug,name,description,locations,auto_add"}

SCENARIOS = (
    Scenario(
        name="menus",
        about="Classic menus made, found, changed and deleted.",
        steps=(
            *people("ana"),
            *keys("ana"),
            get(MENUS, query=EDIT),
            post(MENUS, {"name": "Main", "slug": "main"}, save={"main": "id"}),
            post(MENUS, {"name": "Main & <b>more</b>"}, save={"more": "id"}),
            post(MENUS, {"name": "Main", "slug": "main"}),
            post(MENUS, {"name": "Main", "slug": "other"}),
            post(MENUS, {"name": "Other", "slug": "main"}, query=SHORT),
            post(
                MENUS,
                {
                    "name": "At the foot",
                    "slug": "At the Foot",
                    "description": "Below <em>all</em>.",
                    "auto_add": True,
                },
                query=SHORT,
                save={"foot": "id"},
            ),
            post(MENUS, {"slug": "nameless"}),
            post(MENUS, {"name": ""}),
            post(MENUS, {"name": "Placed", "locations": ["nowhere"]}),
            post(MENUS, {"name": "Mine"}, who="ana"),
            post(MENUS, {"name": "Mine"}, who=ANONYMOUS),
            get(MENUS, query={**EDIT, "_fields": "id,slug,name"}),
            get(MENUS, query={**SHORT, "slug": "main,nothing"}),
            get(MENUS, query={**SHORT, "search": "foot"}),
            get(MENUS, query={**SHORT, "per_page": 2, "page": 2}),
            get(MENUS, query={**SHORT, "page": 9}),
            get(MENUS, who="ana"),
            get(MENUS, who=ANONYMOUS),
            get(f"{MENUS}/{{main}}", query=EDIT),
            get(f"{MENUS}/{{main}}"),
            get(f"{MENUS}/{{main}}", who=ANONYMOUS),
            get(f"{MENUS}/9999"),
            put(f"{MENUS}/{{main}}", {"name": "Main menu"}),
            put(f"{MENUS}/{{more}}", {"name": "Main menu"}),
            put(f"{MENUS}/{{more}}", {"slug": "main"}),
            put(f"{MENUS}/{{more}}", {"slug": "more", "auto_add": True}, query=SHORT),
            put(f"{MENUS}/{{main}}", {"name": "Mine"}, who="ana"),
            put(f"{MENUS}/9999", {"name": "X"}),
            delete(f"{MENUS}/{{foot}}"),
            delete(f"{MENUS}/{{foot}}", query={"force": True}, who="ana"),
            delete(f"{MENUS}/{{foot}}", query={"force": True}),
            delete(f"{MENUS}/{{foot}}", query={"force": True}),
            get(MENUS, query={**EDIT, **SHORT}),
            get("/wp/v2/menu-locations", query=EDIT),
            get("/wp/v2/menu-locations"),
            get("/wp/v2/menu-locations/primary"),
            get("/wp/v2/menu-locations", who="ana"),
            get("/wp/v2/menu-locations", who=ANONYMOUS),
        ),
    ),
)
