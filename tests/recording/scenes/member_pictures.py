"""Avatars and covers of members."""

from tests.recording.lead import people
from tests.recording.steps import (
    ANONYMOUS,
    Scenario,
    delete,
    get,
    post,
    upload,
)

SCENARIOS = (
    Scenario(
        name="member-pictures",
        about="Avatars and covers of members.",
        steps=(
            *people("ana"),
            get("~/members/{ana}/avatar"),
            get("~/members/{ana}/avatar", query={"no_gravatar": True}),
            get("~/members/{ana}/cover"),
            get("~/members/9999/avatar"),
            get("~/members/9999/cover"),
            delete("~/members/{ana}/avatar"),
            delete("~/members/{ana}/cover"),
            upload("~/members/{ana}/avatar", "", 300, 300),
            upload("~/members/{ana}/avatar", "bp_avatar_upload", 100, 100),
            post("~/members/{ana}/avatar", {"action": "bp_avatar_upload"}),
            upload("~/members/{ana}/avatar", "bp_avatar_upload", 300, 300),
            get("~/members/{ana}/avatar", query={"no_gravatar": True}),
            get("~/members/{ana}", query={"_fields": "id,avatar_urls"}),
            upload("~/members/{ana}/avatar", "bp_avatar_upload", 400, 200, wait=1.1),
            upload(
                "~/members/{ana}/avatar",
                "bp_avatar_upload",
                300,
                300,
                who=ANONYMOUS,
            ),
            delete("~/members/{ana}/avatar"),
            delete("~/members/{ana}/avatar"),
            upload("~/members/{ana}/cover", "", 1400, 400),
            upload("~/members/{ana}/cover", "bp_cover_image_upload", 100, 100),
            get("~/members/{ana}/cover"),
            upload("~/members/{ana}/cover", "bp_cover_image_upload", 1400, 400),
            get("~/members/{ana}/cover"),
            post("~/members/{ana}/cover", {"action": "bp_cover_image_upload"}),
            delete("~/members/{ana}/cover"),
            get("~/members/{ana}/cover"),
        ),
    ),
)
