"""Avatars and covers of groups."""

from tests.recording.lead import activate, group, keys, people
from tests.recording.steps import (
    Scenario,
    delete,
    get,
    upload,
)

SCENARIOS = (
    Scenario(
        name="group-pictures",
        about="Avatars and covers of groups.",
        steps=(
            *activate("groups"),
            *people("ana"),
            *keys("ana"),
            group("film"),
            get("~/groups/{film}/avatar"),
            get("~/groups/{film}/cover"),
            get("~/groups/9999/avatar"),
            get("~/groups/9999/cover"),
            delete("~/groups/{film}/avatar"),
            delete("~/groups/{film}/cover"),
            upload("~/groups/{film}/avatar", "", 300, 300),
            upload("~/groups/{film}/avatar", "bp_avatar_upload", 100, 100),
            upload("~/groups/{film}/avatar", "bp_avatar_upload", 300, 300),
            get("~/groups/{film}/avatar"),
            get("~/groups", query={"_fields": "id,slug,avatar_urls"}),
            upload("~/groups/{film}/avatar", "bp_avatar_upload", 300, 300, who="ana"),
            delete("~/groups/{film}/avatar"),
            delete("~/groups/{film}/avatar"),
            upload("~/groups/{film}/cover", "bp_cover_image_upload", 100, 100),
            get("~/groups/{film}/cover"),
            upload("~/groups/{film}/cover", "bp_cover_image_upload", 1400, 400),
            get("~/groups/{film}/cover"),
            upload(
                "~/groups/{film}/cover", "bp_cover_image_upload", 1400, 400, who="ana"
            ),
            delete("~/groups/{film}/cover"),
            delete("~/groups/{film}/cover"),
        ),
    ),
)
