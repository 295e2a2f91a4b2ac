"""
Why BuddyPress may have refused where its answer, an HTTP 500, does not say.

Its controllers answer with one code an endpoint whenever a function of BuddyPress
returned nothing, such as ``BP_Activity_REST_Controller::create_item``. The codes are
those of 12, 14 and 15; ``db_…`` are WordPress's own (``wp_insert_post``).
"""

from __future__ import annotations

DISCUSSION = (
    "links or words that Settings > Discussion does not take in a post "
    "(the number of links, Comment Moderation, Disallowed Comment Keys) are refused "
    "so; change the text or that setting, or let the companion plugin post it"
)
EMOJI = (
    "emoji are refused so where the site's database tables are not utf8mb4; "
    "leave them out, or convert the tables"
)
SWITCHED_OFF = (
    "uploads of this kind are off there, under Settings > BuddyPress > Options"
)
PICTURE = (
    "the file may be no picture that the site can read, may be there no "
    "more, or the site may not write to its uploads folder"
)
SEAT = (
    "a group does not let its last admin go, a person who is banned does not "
    "join, and one who is no member has no role"
)
ALREADY = (
    "it may be so already, or have been answered or withdrawn by somebody "
    "meanwhile; plan again to see"
)
SIGNUP = (
    "the sign-up may be gone or activated already, or a field of it is not "
    "as the site wants it"
)
STOPPED = (
    "the site gives no reason; it may be gone already, or a plugin there or "
    "the database refuses, of which PHP's error log there may say more"
)
_CODES = {
    STOPPED: (
        "bp_rest_activity_cannot_delete",
        "bp_rest_blog_validation_failed",
        "bp_rest_blogs_create_error",
        "bp_rest_group_cannot_delete",
        "bp_rest_members_cannot_delete",
        "bp_rest_messages_delete_thread_failed",
        "bp_rest_sitewide_notice_delete_failed",
        "bp_rest_user_cannot_create_notification",
        "bp_rest_user_cannot_update_notification",
        "bp_rest_user_cannot_update_notification_status",
        "bp_rest_xprofile_data_cannot_delete",
        "bp_rest_xprofile_field_cannot_delete",
        "bp_rest_xprofile_field_group_cannot_delete",
    ),
    SWITCHED_OFF: (
        "bp_rest_attachments_blog_avatar_disabled",
        "bp_rest_attachments_group_avatar_disabled",
        "bp_rest_attachments_group_cover_disabled",
        "bp_rest_attachments_member_avatar_disabled",
        "bp_rest_attachments_member_cover_disabled",
    ),
    PICTURE: (
        "bp_rest_attachments_blog_avatar_no_image",
        "bp_rest_attachments_group_avatar_delete_failed",
        "bp_rest_attachments_group_avatar_no_image",
        "bp_rest_attachments_group_avatar_no_image_file",
        "bp_rest_attachments_group_cover_delete_failed",
        "bp_rest_attachments_group_cover_no_image",
        "bp_rest_attachments_group_cover_no_image_file",
        "bp_rest_attachments_member_avatar_delete_failed",
        "bp_rest_attachments_member_avatar_no_image",
        "bp_rest_attachments_member_avatar_no_image_file",
        "bp_rest_attachments_member_cover_delete_failed",
        "bp_rest_attachments_member_cover_no_image",
        "bp_rest_attachments_member_cover_no_image_file",
        "bp_rest_blog_avatar_get_item_user_failed",
    ),
    SIGNUP: (
        "bp_rest_blog_signup_validation_failed",
        "bp_rest_blogs_signup_disabled",
        "bp_rest_signup_activate_fail",
        "bp_rest_signup_cannot_create",
        "bp_rest_signup_cannot_delete",
        "bp_rest_signup_field_required",
        "bp_rest_signup_resend_activation_email_fail",
        "bp_rest_signup_validation_failed",
    ),
    ALREADY: (
        "bp_rest_friends_cannot_delete_item",
        "bp_rest_friends_cannot_update_item",
        "bp_rest_friends_create_item_failed",
        "bp_rest_group_invite_cannot_create_item",
        "bp_rest_group_invite_cannot_delete_item",
        "bp_rest_group_invite_cannot_update_item",
        "bp_rest_group_member_request_cannot_update_item",
        "bp_rest_group_membership_requests_cannot_create_item",
        "bp_rest_group_membership_requests_cannot_delete_item",
        "bp_rest_group_membership_requests_duplicate_request",
        "bp_rest_user_cannot_update_activity_favorite",
        "bp_rest_user_cannot_update_starred_message",
    ),
    SEAT: (
        "bp_rest_group_member_failed_to_ban",
        "bp_rest_group_member_failed_to_demote",
        "bp_rest_group_member_failed_to_join",
        "bp_rest_group_member_failed_to_promote",
        "bp_rest_group_member_failed_to_remove",
        "bp_rest_group_member_failed_to_unban",
        "bp_rest_group_member_not_member",
    ),
    EMOJI: (
        "db_insert_error",
        "db_update_error",
        "bp_rest_messages_create_failed",
        "bp_rest_messages_update_failed",
        "bp_rest_sitewide_notices_update_failed",
        "bp_rest_user_cannot_create_group",
        "bp_rest_user_cannot_create_sitewide_notice",
        "bp_rest_user_cannot_create_xprofile_field",
        "bp_rest_user_cannot_create_xprofile_field_group",
        "bp_rest_user_cannot_update_group",
        "bp_rest_user_cannot_update_xprofile_field",
        "bp_rest_user_cannot_update_xprofile_field_group",
        "rest_user_cannot_save_xprofile_data",
    ),
    DISCUSSION: (
        "bp_rest_user_cannot_create_activity",
        "bp_rest_user_cannot_update_activity",
    ),
}
CAUSES = {code: cause for cause, codes in _CODES.items() for code in codes}
"""The commonest cause of each refusal, by its code."""
