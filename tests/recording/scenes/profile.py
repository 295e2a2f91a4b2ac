"""Extended profiles: groups of fields, fields, options and what members put in."""

from tests.recording.lead import keys, people
from tests.recording.steps import ANONYMOUS, Scenario, Step, delete, get, post, put

ALL = {"fetch_fields": True, "fetch_visibility_level": True, "context": "edit"}
FIELD = (
    "id,group_id,parent_id,type,name,description,is_required,can_delete,field_order,"
    "option_order,order_by,is_default_option,visibility_level,options"
)
EDIT = {"context": "edit", "_fields": FIELD}
GROUP = {"context": "edit", "_fields": "id,name,description,group_order,can_delete"}
VALUE = {"context": "edit"}
TYPES = (
    "textbox textarea number url telephone datebox selectbox radio checkbox "
    "multiselectbox wp-biography wp-textbox checkbox_acceptance"
)


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


def show(of: str) -> Step:
    """A field with its options, as it is now."""
    return get(f"~/xprofile/fields/{{{of}}}", query=EDIT)


def fill(of: str, value: object, login: str = "ana", **rest: object) -> Step:
    """A value put in for a member."""
    path = f"~/xprofile/{{{of}}}/data/{{{login}}}"
    return post(path, {"value": value}, query=VALUE, **rest)


def read(of: str, login: str = "ana", **rest: object) -> Step:
    """A member's value, as it is now."""
    return get(f"~/xprofile/{{{of}}}/data/{{{login}}}", query=VALUE, **rest)


SCENARIOS = (
    Scenario(
        name="profile-groups",
        about="Groups of profile fields.",
        steps=(
            get("~/xprofile/groups"),
            get("~/xprofile/groups", query=ALL),
            get("~/xprofile/groups", query=ALL, who=ANONYMOUS),
            post(
                "~/xprofile/groups",
                {"name": "Studies", "description": "What you learn."},
                save={"studies": "id"},
            ),
            post(
                "~/xprofile/groups",
                {"name": "Tea & <b>Film</b>", "description": "It's <em>so</em> & so."},
                query=GROUP,
                save={"tea": "id"},
            ),
            post("~/xprofile/groups", {"name": "Studies"}, query=GROUP),
            post("~/xprofile/groups", {"description": "Nameless."}),
            post("~/xprofile/groups", {"name": ""}),
            post("~/xprofile/groups", {"name": "Mine"}, who=ANONYMOUS),
            put("~/xprofile/groups/{studies}", {"name": "Learning"}, query=GROUP),
            put(
                "~/xprofile/groups/{studies}",
                {"description": "Words. <!-- wpbridge owner profile/studies abc -->"},
                query=GROUP,
            ),
            put("~/xprofile/groups/{studies}", {"description": ""}, query=GROUP),
            put("~/xprofile/groups/{studies}", {"group_order": 2}, query=GROUP),
            put("~/xprofile/groups/{studies}", {"name": "Again"}, query=GROUP),
            put("~/xprofile/groups/9999", {"name": "X"}),
            get("~/xprofile/groups/{studies}", query={"context": "edit"}),
            get("~/xprofile/groups/9999"),
            delete("~/xprofile/groups/1"),
            delete("~/xprofile/groups/{tea}", query=VALUE),
            delete("~/xprofile/groups/{tea}"),
            get("~/xprofile/groups", query=ALL),
        ),
    ),
    Scenario(
        name="profile-fields",
        about="Fields of every type, and their options.",
        steps=(
            *(
                post(
                    "~/xprofile/fields",
                    {"group_id": 1, "type": each, "name": each, "field_order": at},
                    query=EDIT,
                )
                for at, each in enumerate(TYPES.split(), 1)
            ),
            field(
                "City",
                "textbox",
                description="Where <em>you</em> live & work.",
                required=True,
                field_order=20,
                default_visibility="adminsonly",
                allow_custom_visibility="disabled",
                do_autolink="on",
                can_delete=False,
            ),
            field("Plain", "textbox", is_required=True),
            field("Colour", "selectbox", order_by="desc", field_order=21),
            option("colour", "Red", 1),
            option("colour", "Green", 2, is_default_option=True),
            option("colour", "Blue", 3),
            option("colour", "A & B", 4),
            option("colour", "O'Neil", 5),
            show("colour"),
            put(
                "~/xprofile/fields/{colour-red}",
                {"type": "option", "name": "Scarlet"},
                query=EDIT,
            ),
            delete("~/xprofile/fields/{colour-blue}", query=VALUE),
            show("colour"),
            put(
                "~/xprofile/fields/{colour}",
                {"description": "Only the words change."},
                query=EDIT,
            ),
            show("colour"),
            post(
                "~/xprofile/fields/{colour}",
                form={
                    "name": "Colour",
                    "type": "selectbox",
                    "group_id": "1",
                    "order_by": "custom",
                    "selectbox_option[1]": "Red",
                    "selectbox_option[2]": "Blue",
                    "isDefault_selectbox_option": "2",
                },
                query=EDIT,
            ),
            post(
                "~/xprofile/fields/{colour}",
                form={
                    "name": "Colour",
                    "type": "selectbox",
                    "group_id": "1",
                    "selectbox_option[1]": "Red",
                    "selectbox_option[2]": "Blue",
                    "isDefault_selectbox_option": "2",
                },
                query=EDIT,
            ),
            show("colour"),
            post(
                "~/xprofile/fields",
                form={
                    "name": "Days",
                    "type": "checkbox",
                    "group_id": "1",
                    "field_order": "22",
                    "checkbox_option[1]": "Monday",
                    "checkbox_option[2]": "Sunday",
                    "isDefault_checkbox_option[2]": "1",
                },
                query=EDIT,
                save={"days": "id"},
            ),
            show("days"),
            post(
                "~/xprofile/fields/{city}",
                {"default_visibility": "loggedin"},
                query={**EDIT, "fetch_visibility_level": True},
            ),
            put(
                "~/xprofile/fields/{city}",
                {"default_visibility": "friends"},
                query={**EDIT, "fetch_visibility_level": True},
            ),
            put("~/xprofile/fields/{city}", {"required": False}, query=EDIT),
            put("~/xprofile/fields/{city}", {"name": "Town"}, query=EDIT),
            put("~/xprofile/fields/{city}", {"description": ""}, query=EDIT),
            put("~/xprofile/fields/{city}", {"type": "textarea"}, query=EDIT),
            put("~/xprofile/fields/{city}", {"field_order": 0}, query=EDIT),
            post("~/xprofile/fields", {"group_id": 1, "type": "textbox"}),
            post("~/xprofile/fields", {"group_id": 1, "type": "paint", "name": "X"}),
            post("~/xprofile/fields", {"type": "textbox", "name": "X"}),
            post(
                "~/xprofile/fields",
                {"group_id": 9999, "type": "textbox", "name": "Astray"},
                query=EDIT,
            ),
            post(
                "~/xprofile/fields",
                {"group_id": 1, "type": "textbox", "name": "X"},
                who=ANONYMOUS,
            ),
            put("~/xprofile/fields/9999", {"name": "X"}),
            get("~/xprofile/fields/9999"),
            delete("~/xprofile/fields/1"),
            delete("~/xprofile/fields/{plain}", query={"delete_data": True, **VALUE}),
            delete("~/xprofile/fields/{plain}"),
            get("~/xprofile/fields", query={**EDIT, "fetch_visibility_level": True}),
            get("~/xprofile/groups", query=ALL),
        ),
    ),
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
