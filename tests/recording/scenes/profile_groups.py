"""Groups of profile fields."""

from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

ALL = {"fetch_fields": True, "fetch_visibility_level": True, "context": "edit"}

GROUP = {"context": "edit", "_fields": "id,name,description,group_order,can_delete"}

VALUE = {"context": "edit"}

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
)
