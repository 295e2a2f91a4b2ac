"""BuddyPress's options, as the companion sets them, and what they do to the API."""

from tests.recording.lead import group, keys, people
from tests.recording.steps import (
    ANONYMOUS,
    Json,
    Scenario,
    Step,
    delete,
    get,
    post,
    put,
    upload,
)

OPTIONS = "/wpbridge/v1/options"


def options(who: str = "admin", **values: Json) -> Step:
    """Some of them set."""
    return put(OPTIONS, values, who=who)


SCENARIOS = (
    Scenario(
        name="companion-options",
        about="Options read and set, and others refused.",
        setup={"companion": True, "components": ["groups"]},
        steps=(
            *people("anna"),
            *keys("anna"),
            get(OPTIONS),
            options(avatar_uploads=False, refresh=False, post_comments=True),
            options(toolbar_for_visitors=False, profile_sync=False),
            options(community="members", group_creation="admins"),
            get(OPTIONS),
            options(registration="requests"),
            options(registration="open"),
            options(registration="perhaps"),
            options(community="nobody"),
            options(avatar_uploads="perhaps"),
            options(theme="x"),
            options(),
            put(f"{OPTIONS}?avatar_uploads=true", {}),
            options(
                avatar_uploads=True,
                cover_uploads=False,
                group_avatar_uploads=False,
                group_cover_uploads=False,
                group_activity_deletions=False,
                account_deletion=False,
            ),
            get(OPTIONS, who="anna"),
            options("anna", community="anyone"),
            get(OPTIONS, who=ANONYMOUS),
        ),
    ),
    Scenario(
        name="companion-options-heeded",
        about="What options do to the API of others.",
        setup={"companion": True, "components": ["groups"]},
        steps=(
            *people("anna"),
            *keys("anna"),
            group("film"),
            post(
                "~/activity",
                {"content": "Hello.", "type": "activity_update"},
                query={"_fields": "id"},
                save={"hello": "id"},
            ),
            options(community="members"),
            *(
                get(path, query={"_fields": "id"}, who=who)
                for path in (
                    "~/members",
                    "~/members/{anna}",
                    "~/groups",
                    "~/groups/{film}",
                    "~/activity",
                    "~/activity/{hello}",
                    "~/components",
                    "~/xprofile/groups",
                )
                for who in (ANONYMOUS, "anna")
            ),
            options(community="anyone", group_creation="admins"),
            post(
                "~/groups",
                {"name": "Annas", "slug": "annas", "description": "A."},
                query={"_fields": "id"},
                who="anna",
            ),
            options(group_creation="members", account_deletion=False),
            delete("~/members/me", query={"reassign": False}, who="anna"),
            options(avatar_uploads=False, group_avatar_uploads=False),
            options(cover_uploads=False, group_cover_uploads=False),
            upload("~/members/{anna}/avatar", "bp_avatar_upload", 300, 300, who="anna"),
            upload("~/groups/{film}/avatar", "bp_avatar_upload", 300, 300),
            upload("~/members/{anna}/avatar", "bp_avatar_upload", 300, 300),
            upload("~/members/{anna}/cover", "bp_cover_image_upload", 1400, 500),
            upload("~/groups/{film}/cover", "bp_cover_image_upload", 1400, 500),
        ),
    ),
)
