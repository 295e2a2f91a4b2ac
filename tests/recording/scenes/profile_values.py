"""What members put into profile fields."""

from tests.recording.lead import keys, people
from tests.recording.steps import ANONYMOUS, Scenario, Step, delete, get, post, put

FIELD = (
    "id,group_id,parent_id,type,name,description,is_required,can_delete,field_order,"
    "option_order,order_by,is_default_option,visibility_level,options"
)

EDIT = {"context": "edit", "_fields": FIELD}

VALUE = {"context": "edit"}


def field(name: str, kind: str, **rest: object) -> Step:
    """A field in the first group, its id saved under its name in lower case."""
    body = {"group_id": 1, "type": kind, "name": name}
    saved = {name.lower(): "id"}
    return post("~/xprofile/fields", body | rest, query=EDIT, save=saved)


def option(of: str, name: str, order: int, **rest: object) -> Step:
    """An option of a field, by the way that works everywhere."""
    body = {
        "group_id": 1,
        "type": "option",
        "parent_id": f"{{{of}}}",
        "name": name,
        "option_order": order,
    }
    saved = {f"{of}-{name.lower()}": "id"}
    return post("~/xprofile/fields", body | rest, query=EDIT, save=saved)


def fill(of: str, value: object, login: str = "ana", **rest: object) -> Step:
    """A value put in for a member."""
    path = f"~/xprofile/{{{of}}}/data/{{{login}}}"
    return post(path, {"value": value}, query=VALUE, **rest)


def read(of: str, login: str = "ana", **rest: object) -> Step:
    """A member's value, as it is now."""
    return get(f"~/xprofile/{{{of}}}/data/{{{login}}}", query=VALUE, **rest)


SCENARIOS = (
    Scenario(
        name="profile-values",
        about="What members put in, taken, refused and read back.",
        steps=(
            *people("ana", "ben"),
            *keys("ana", "ben"),
            field("City", "textbox", field_order=1),
            field("Secret", "textbox", field_order=2, default_visibility="adminsonly"),
            field(
                "Hidden",
                "textbox",
                field_order=10,
                default_visibility="adminsonly",
                allow_custom_visibility="disabled",
            ),
            field(
                "Inside",
                "textbox",
                field_order=11,
                default_visibility="loggedin",
                allow_custom_visibility="disabled",
            ),
            field("About", "textarea", field_order=3),
            field("Born", "datebox", field_order=4),
            field("Shoes", "number", field_order=5),
            field("Site", "url", field_order=6),
            field("Phone", "telephone", field_order=7),
            field("Colour", "selectbox", field_order=8),
            option("colour", "Red", 1),
            option("colour", "Blue", 2),
            option("colour", "A & B", 3),
            field("Days", "checkbox", field_order=9),
            option("days", "Monday", 1),
            option("days", "Sunday", 2),
            read("city"),
            fill("city", "Sevilla"),
            fill("city", "Sevilla"),
            fill("city", "Cádiz & <b>Jerez</b>"),
            put("~/xprofile/{city}/data/{ana}", {"value": "Cádiz"}, query=VALUE),
            read("city"),
            fill("city", ""),
            read("city"),
            fill("secret", "Mine"),
            read("secret"),
            read("secret", who="ana"),
            read("secret", who="ben"),
            read("secret", who=ANONYMOUS),
            fill("hidden", "Mine"),
            read("hidden"),
            read("hidden", who="ana"),
            read("hidden", who="ben"),
            fill("inside", "Mine"),
            read("inside"),
            read("inside", who="ben"),
            read("inside", who=ANONYMOUS),
            fill("about", "Two\n\nparagraphs, it's <em>so</em> & \\so."),
            read("about"),
            fill("born", "2001-02-03 00:00:00"),
            fill("born", "2001-02-03"),
            fill("shoes", "42"),
            fill("shoes", 42),
            fill("shoes", "many"),
            fill("site", "example.org/ana"),
            fill("site", "not a site"),
            fill("phone", "+34 600 000 000"),
            fill("phone", "<b>call</b>"),
            fill("colour", "Red"),
            fill("colour", "Green"),
            fill("colour", "A & B"),
            fill("days", "Monday,Sunday"),
            read("days"),
            fill("days", "Sunday"),
            fill("days", "Monday, Sunday"),
            fill("days", ["Monday"]),
            fill("days", ""),
            fill("city", "Mine", who="ana"),
            fill("city", "Not mine", who="ben"),
            fill("city", "Not mine", who=ANONYMOUS),
            post("~/xprofile/{city}/data/{ana}", {}),
            post("~/xprofile/9999/data/{ana}", {"value": "X"}),
            post("~/xprofile/{city}/data/9999", {"value": "X"}),
            get("~/xprofile/1/data/{ana}", query=VALUE),
            post("~/xprofile/1/data/{ana}", {"value": "Ana María"}, query=VALUE),
            get(
                "/wp/v2/users/{ana}",
                query={
                    "context": "edit",
                    "_fields": "name,first_name,last_name,nickname",
                },
            ),
            get("~/members/{ana}", query={"_fields": "id,name,xprofile"}),
            get(
                "~/members",
                query={"user_ids": "{ana},{ben}", "_fields": "id,xprofile"},
            ),
            get(
                "~/members",
                query={"user_ids": "{ana},{ben}", "_fields": "id,xprofile"},
                who="ben",
            ),
            get(
                "~/xprofile/fields",
                query={
                    "user_id": "{ana}",
                    "fetch_field_data": True,
                    "context": "edit",
                    "_fields": "id,name,data",
                },
            ),
            delete("~/xprofile/{about}/data/{ana}", query=VALUE),
            delete("~/xprofile/{about}/data/{ana}", query=VALUE),
            read("about"),
        ),
    ),
)
