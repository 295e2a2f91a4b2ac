"""BuddyPress's directory pages, their titles and their addresses."""

from tests.recording.lead import activate, group, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

PAGES = "/wp/v2/buddypress"

EDIT = {"context": "edit", "_fields": "id,slug,status,title,parent,link"}

LIST = {**EDIT, "status": "any", "orderby": "id", "order": "asc"}

SCENARIOS = (
    Scenario(
        name="directories",
        about="BuddyPress's directory pages read, renamed and moved.",
        setup={"components": ["groups"]},
        steps=(
            *people("ana"),
            *keys("ana"),
            group("film"),
            get(PAGES, query={**LIST, "per_page": 100}),
            get(
                PAGES,
                query={**EDIT, "slug": "members"},
                save={"members page": "0.id"},
            ),
            get(
                PAGES,
                query={**EDIT, "slug": "groups"},
                save={"groups page": "0.id"},
            ),
            get(PAGES, query={**EDIT, "slug": "groups,nothing"}),
            get(PAGES, query={"_fields": "id,slug"}, who=ANONYMOUS),
            get(PAGES, query={"status": "any"}, who=ANONYMOUS),
            get(PAGES, query={"context": "edit"}, who="ana"),
            get(f"{PAGES}/{{members page}}", query={"context": "edit"}),
            get(f"{PAGES}/{{members page}}", who=ANONYMOUS),
            get(f"{PAGES}/9999"),
            put(f"{PAGES}/{{members page}}", {"title": "Our people"}, query=EDIT),
            put(f"{PAGES}/{{members page}}", {"slug": "people"}, query=EDIT),
            get("~/members/{ana}", query={"_fields": "id,link"}),
            put(f"{PAGES}/{{groups page}}", {"slug": "people"}, query=EDIT),
            put(
                f"{PAGES}/{{groups page}}",
                {"slug": "Our Clubs", "title": "Clubs & <b>more</b>"},
                query=EDIT,
            ),
            get("~/groups/{film}", query={"_fields": "id,link"}),
            put(f"{PAGES}/{{groups page}}", {"title": ""}, query=EDIT),
            put(f"{PAGES}/{{groups page}}", {"title": "X"}, who="ana"),
            put(f"{PAGES}/{{groups page}}", {"title": "X"}, who=ANONYMOUS),
            put(f"{PAGES}/9999", {"title": "X"}),
            post(
                "/wp/v2/pages",
                {"title": "People", "slug": "people", "status": "publish"},
                query={"_fields": "id,slug,link"},
            ),
            get(PAGES, query={**LIST, "per_page": 100}),
            *activate("friends"),
            post("~/components", {"name": "groups", "action": "deactivate"}),
            get(PAGES, query={**LIST, "per_page": 100}),
            *activate("groups"),
            get(PAGES, query={**LIST, "per_page": 100}),
            delete(
                f"{PAGES}/{{groups page}}",
                query={"_fields": "id,slug,status"},
                who="ana",
            ),
        ),
    ),
)
