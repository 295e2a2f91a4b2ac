"""WordPress users, found, made and changed."""

from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

SHORT = "id,username,email,slug,name,roles"

EDIT = {"context": "edit", "_fields": SHORT}


def user(login: str, **rest: object) -> dict[str, object]:
    """The body that makes a user."""
    return {
        "username": login,
        "email": f"{login}@example.org",
        "password": "{password}",
        **rest,
    }


SCENARIOS = (
    Scenario(
        name="users",
        about="Users made, refused, listed, changed and deleted.",
        steps=(
            post("/wp/v2/users", user("ana", name="Ana Ruiz"), save={"ana": "id"}),
            post(
                "/wp/v2/users",
                user(
                    "ben",
                    name="Ben & Co",
                    first_name="Ben",
                    last_name="O'Neil",
                    roles=["author"],
                    description="Makes <em>films</em> & tea.",
                    url="https://ben.example.org",
                ),
                save={"ben": "id"},
            ),
            post(
                "/wp/v2/users",
                user("Cleo.Smith", slug="cleo-smith"),
                query={"_fields": SHORT, "context": "edit"},
                save={"cleo": "id"},
            ),
            post(
                "/wp/v2/users",
                user("dora", slug="ana"),
                query={"_fields": "id,slug,username"},
                save={"dora": "id"},
            ),
            post("/wp/v2/users", user("ana", email="other@example.org")),
            post("/wp/v2/users", user("ana2", email="ana@example.org")),
            post("/wp/v2/users", user("ana", email="ana@example.org")),
            post("/wp/v2/users", user("bad login!", email="bad@example.org")),
            post("/wp/v2/users", user("élan", email="elan@example.org")),
            post("/wp/v2/users", user("eve", email="not an address")),
            post("/wp/v2/users", user("eve", roles=["gardener"])),
            post("/wp/v2/users", user("eve", password="")),
            post("/wp/v2/users", user("eve", password="back\\slash")),
            post("/wp/v2/users", {"username": "eve"}),
            post("/wp/v2/users", user("eve"), who=ANONYMOUS),
            get("/wp/v2/users", query={**EDIT, "per_page": 100}),
            get(
                "/wp/v2/users",
                query={**EDIT, "orderby": "id", "order": "asc", "per_page": 2},
            ),
            get(
                "/wp/v2/users",
                query={**EDIT, "orderby": "id", "per_page": 2, "page": 3},
            ),
            get("/wp/v2/users", query={**EDIT, "per_page": 2, "page": 4}),
            get("/wp/v2/users", query={**EDIT, "per_page": 101}),
            get("/wp/v2/users", query={**EDIT, "slug": "ana,ben,nobody"}),
            get("/wp/v2/users", query={**EDIT, "slug[]": ["cleo-smith", "ana-2"]}),
            get("/wp/v2/users", query={**EDIT, "slug": "nobody"}),
            get(
                "/wp/v2/users",
                query={**EDIT, "search": "ana@example.org", "search_columns": "email"},
            ),
            get(
                "/wp/v2/users",
                query={**EDIT, "search": "an", "search_columns[]": ["username"]},
            ),
            get("/wp/v2/users", query={**EDIT, "search": "ruiz"}),
            get("/wp/v2/users", query={**EDIT, "include": "{ana},{ben},9999"}),
            get("/wp/v2/users", query={**EDIT, "roles": "author"}),
            get("/wp/v2/users", query=EDIT, who=ANONYMOUS),
            get("/wp/v2/users", query={"_fields": "id,slug"}, who=ANONYMOUS),
            get("/wp/v2/users/{ana}", query={"context": "edit"}),
            get("/wp/v2/users/{ana}", query={"_fields": "id,slug,name"}),
            get("/wp/v2/users/9999"),
            put("/wp/v2/users/{ana}", {"name": "Ana María Ruiz"}, query=EDIT),
            put("/wp/v2/users/{ana}", {"first_name": "Ana", "last_name": "R"}),
            put("/wp/v2/users/{ana}", {"roles": ["editor"]}, query=EDIT),
            put("/wp/v2/users/{ana}", {"roles": ["editor", "author"]}, query=EDIT),
            put("/wp/v2/users/{ana}", {"roles": []}, query=EDIT),
            put("/wp/v2/users/{ana}", {"roles": ["gardener"]}),
            put("/wp/v2/users/{ana}", {"email": "ana.ruiz@example.org"}, query=EDIT),
            put("/wp/v2/users/{ana}", {"email": "ben@example.org"}),
            put("/wp/v2/users/{ana}", {"email": "not an address"}),
            put("/wp/v2/users/{ana}", {"username": "anna"}),
            put("/wp/v2/users/{ana}", {"slug": "ana-maria"}, query=EDIT),
            put("/wp/v2/users/{ana}", {"slug": "ben"}),
            put("/wp/v2/users/{ana}", {"description": "A <b>bold</b> & plain."}),
            put("/wp/v2/users/{ana}", {"meta": {"unknown_key": "x"}}, query=EDIT),
            put("/wp/v2/users/9999", {"name": "Nobody"}),
            delete("/wp/v2/users/{dora}"),
            delete("/wp/v2/users/{dora}", query={"force": True}),
            delete("/wp/v2/users/{dora}", query={"reassign": 1}),
            delete("/wp/v2/users/{dora}", query={"force": True, "reassign": 9999}),
            delete("/wp/v2/users/{dora}", query={"force": True, "reassign": False}),
            delete("/wp/v2/users/{dora}", query={"force": True, "reassign": 1}),
            delete("/wp/v2/users/{cleo}", query={"force": True, "reassign": 1}),
            get("/wp/v2/users/{cleo}"),
        ),
    ),
)
