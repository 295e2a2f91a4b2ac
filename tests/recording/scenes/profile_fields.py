"""Profile fields of every type, and their options."""

from tests.recording.steps import ANONYMOUS, Scenario, Step, delete, get, post, put

ALL = {"fetch_fields": True, "fetch_visibility_level": True, "context": "edit"}

FIELD = (
    "id,group_id,parent_id,type,name,description,is_required,can_delete,field_order,"
    "option_order,order_by,is_default_option,visibility_level,options"
)

EDIT = {"context": "edit", "_fields": FIELD}

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


SCENARIOS = (
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
)
