"""What ties members to each other: friendships, messages, notices, invites."""

from tests.recording.lead import activate, group, join, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

EDIT = {"context": "edit"}
FRIENDS = {"_fields": "id,initiator_id,friend_id,is_confirmed"}
BY_ID = {"order_by": "id", "order": "asc"}


def pair(one: str, other: str, **rest: object) -> dict[str, object]:
    """The body that makes two members friends."""
    return {"initiator_id": f"{{{one}}}", "friend_id": f"{{{other}}}", **rest}


SCENARIOS = (
    Scenario(
        name="friendships",
        about="Friendships asked for, made, taken and ended.",
        steps=(
            *activate("friends"),
            *people("ana", "ben", "cleo"),
            *keys("ana", "ben"),
            get("~/members/{ana}"),
            get("~/friends", query={"user_id": "{ana}"}),
            post("~/friends", pair("ana", "ben", force=True)),
            post("~/friends", pair("ana", "ben", force=True)),
            post("~/friends", pair("ben", "ana", force=True)),
            post("~/friends", pair("ana", "cleo"), query=FRIENDS),
            post("~/friends", pair("ana", "ana", force=True)),
            post("~/friends", {"initiator_id": "{ana}", "friend_id": 9999}),
            post("~/friends", {"initiator_id": "{ana}"}),
            post("~/friends", pair("ana", "ben"), who=ANONYMOUS),
            post("~/friends", pair("ben", "cleo"), query=FRIENDS, who="ben"),
            post("~/friends", pair("cleo", "ben"), query=FRIENDS, who="ana"),
            get(
                "~/friends",
                query={"user_id": "{ana}", **BY_ID},
            ),
            get(
                "~/friends",
                query={"user_id": "{ana}", "is_confirmed": 1, "per_page": 100},
            ),
            get(
                "~/friends", query={"user_id": "{cleo}", **FRIENDS, **BY_ID}, who="ben"
            ),
            get("~/friends", query={"user_id": 9999}),
            get("~/friends"),
            get("~/friends", query={"user_id": "{ana}"}, who=ANONYMOUS),
            get("~/friends/{ben}", query=FRIENDS, who="ana"),
            get("~/friends/{ben}"),
            put("~/friends/{ana}", query=FRIENDS, who="ben"),
            delete("~/friends/{ana}"),
            delete("~/friends/{ana}", query={"force": True}, who="ben"),
            get("~/friends", query={"user_id": "{ana}", **FRIENDS, **BY_ID}),
            get("~/activity", query={"_fields": "user_id,component,type"}),
        ),
    ),
    Scenario(
        name="notices",
        about="Notices to everybody.",
        steps=(
            *activate("messages"),
            *people("ana"),
            *keys("ana"),
            get("~/sitewide-notices", query=EDIT),
            post(
                "~/sitewide-notices",
                {"subject": "Welcome", "message": "Tea & <b>films</b>."},
                save={"first": "id"},
            ),
            post(
                "~/sitewide-notices",
                {
                    "subject": 'It\'s "closed"',
                    "message": "Sunday. <!-- wpbridge owner notices/closed abc -->",
                },
                query=EDIT,
                save={"second": "id"},
                wait=1.1,
            ),
            post("~/sitewide-notices", {"message": "No subject."}, query=EDIT),
            post("~/sitewide-notices", {"subject": "No message."}),
            post("~/sitewide-notices", {"subject": "X", "message": ""}),
            post("~/sitewide-notices", {"subject": "X", "message": "X"}, who="ana"),
            post("~/sitewide-notices", {"subject": "X", "message": "X"}, who=ANONYMOUS),
            get("~/sitewide-notices", query={**EDIT, "per_page": 100}),
            get("~/sitewide-notices", query={**EDIT, "per_page": 1, "page": 2}),
            get("~/sitewide-notices", query=EDIT, who="ana"),
            get("~/sitewide-notices", who="ana"),
            get("~/sitewide-notices/{first}", query=EDIT),
            get("~/sitewide-notices/9999"),
            put("~/sitewide-notices/{first}", {"message": "New words."}, query=EDIT),
            put("~/sitewide-notices/{first}", {"message": "New words."}, query=EDIT),
            put("~/sitewide-notices/{first}", {"is_active": True}, query=EDIT),
            put("~/sitewide-notices/{first}", {"is_active": True}, query=EDIT),
            put("~/sitewide-notices/{second}", {"is_active": False}, query=EDIT),
            put("~/sitewide-notices/{first}", {"is_active": False}, query=EDIT),
            put("~/sitewide-notices/9999", {"message": "X"}),
            get("~/sitewide-notices", query={**EDIT, "per_page": 100}),
            delete("~/sitewide-notices/{first}", query=EDIT),
            delete("~/sitewide-notices/{first}"),
            delete("~/sitewide-notices/{second}", who="ana"),
        ),
    ),
    Scenario(
        name="messages",
        about="Private messages sent, answered, read and thrown away.",
        steps=(
            *activate("messages"),
            *people("ana", "ben", "cleo"),
            *keys("ana", "ben", "cleo"),
            post(
                "~/messages",
                {
                    "recipients": ["{ana}", "{ben}"],
                    "subject": "Tea & <b>films</b>",
                    "message": "It's <em>so</em>. <!-- wpbridge owner m/tea abc -->",
                },
                query=EDIT,
                save={"thread": "id"},
            ),
            post(
                "~/messages",
                {"recipients": ["{ben}"], "subject": "Hi", "message": "From Ana."},
                query=EDIT,
                who="ana",
                save={"hi": "id"},
                wait=1.1,
            ),
            post(
                "~/messages",
                {"id": "{hi}", "recipients": ["{ana}"], "message": "Back."},
                query=EDIT,
                who="ben",
                wait=1.1,
            ),
            post("~/messages", {"recipients": [9999], "message": "X", "subject": "X"}),
            post("~/messages", {"recipients": ["{ana}"], "subject": "Empty"}),
            post("~/messages", {"subject": "X", "message": "To nobody."}),
            post(
                "~/messages", {"recipients": ["{ana}"], "message": "X"}, who=ANONYMOUS
            ),
            get("~/messages", query={"user_id": 1, "box": "sentbox", **EDIT}),
            get("~/messages", query={"user_id": "{ana}", "box": "inbox"}, who="ana"),
            get("~/messages", query={"user_id": "{ben}", "_fields": "id,unread_count"}),
            get("~/messages", query={"user_id": "{ben}"}, who="cleo"),
            get("~/messages/{hi}", query=EDIT, who="ben"),
            get("~/messages/{hi}", who="cleo"),
            get("~/messages/{hi}"),
            get("~/messages/{hi}", query={"user_id": "{ben}", "_fields": "id"}),
            get("~/messages/9999"),
            put(
                "~/messages/{hi}",
                {"read": True},
                query={"_fields": "id,unread_count"},
                who="ana",
            ),
            delete("~/messages/{hi}", query={"user_id": "{ben}"}, who="ben"),
            delete("~/messages/{hi}", query={"user_id": "{ben}"}, who="ben"),
        ),
    ),
    Scenario(
        name="invites",
        about="Invitations to a group.",
        steps=(
            *activate("groups"),
            *people("ana", "ben", "cleo"),
            *keys("ana", "ben"),
            group("film", creator="{ana}", status="private"),
            get("~/groups/invites", query={"group_id": "{film}"}),
            get("~/groups/invites"),
            post(
                "~/groups/invites",
                {
                    "user_id": "{ben}",
                    "group_id": "{film}",
                    "inviter_id": "{ana}",
                    "message": "Come & <b>see</b>. <!-- wpbridge owner i/x abc -->",
                },
                query=EDIT,
                save={"invite": "id"},
            ),
            post(
                "~/groups/invites",
                {"user_id": "{ben}", "group_id": "{film}", "inviter_id": "{ana}"},
            ),
            post(
                "~/groups/invites",
                {"user_id": "{ana}", "group_id": "{film}", "inviter_id": "{ana}"},
            ),
            post(
                "~/groups/invites",
                {"user_id": "{cleo}", "group_id": "{film}", "inviter_id": "{ben}"},
            ),
            post(
                "~/groups/invites",
                {"user_id": "{cleo}", "group_id": "{film}", "inviter_id": "{ana}"},
                query=EDIT,
                save={"other": "id"},
                who="ana",
            ),
            post("~/groups/invites", {"user_id": "{ben}"}),
            post(
                "~/groups/invites",
                {"user_id": 9999, "group_id": "{film}", "inviter_id": "{ana}"},
            ),
            get("~/groups/invites", query={"group_id": "{film}"}),
            get("~/groups/invites", query={"inviter_id": "{ana}", **EDIT}),
            get("~/groups/invites", query={"user_id": "{ben}"}, who="ben"),
            get("~/groups/invites", query={"user_id": "{cleo}"}, who="ben"),
            get("~/groups/invites/{invite}"),
            put("~/groups/invites/{invite}"),
            put("~/groups/invites/{invite}", who="ben"),
            put("~/groups/invites/{invite}", who="ben"),
            delete("~/groups/invites/{other}"),
            delete("~/groups/invites/{other}", who="ana"),
            get(
                "~/groups/{film}/members",
                query={
                    "exclude_admins": False,
                    "status": "alphabetical",
                    "_fields": "id,is_confirmed",
                },
            ),
        ),
    ),
    Scenario(
        name="membership-requests",
        about="Requests to be let into a group.",
        steps=(
            *activate("groups"),
            *people("ana", "ben", "cleo"),
            *keys("ana", "ben"),
            group("film", creator="{ana}", status="private"),
            group("tea"),
            *join("film", "cleo"),
            post(
                "~/groups/membership-requests",
                {
                    "user_id": "{ben}",
                    "group_id": "{film}",
                    "message": "Please & <b>thanks</b>.",
                },
                query=EDIT,
                save={"request": "id"},
            ),
            post(
                "~/groups/membership-requests",
                {"user_id": "{ben}", "group_id": "{film}"},
            ),
            post(
                "~/groups/membership-requests",
                {"user_id": "{cleo}", "group_id": "{film}"},
            ),
            post(
                "~/groups/membership-requests",
                {"user_id": "{ben}", "group_id": "{tea}"},
            ),
            post("~/groups/membership-requests", {"user_id": "{ben}"}),
            get("~/groups/membership-requests", query={"group_id": "{film}", **EDIT}),
            get(
                "~/groups/membership-requests",
                query={"group_id": "{film}"},
                who="ana",
            ),
            get("~/groups/membership-requests/{request}"),
            put("~/groups/membership-requests/{request}", who="ben"),
            put("~/groups/membership-requests/{request}"),
            put("~/groups/membership-requests/{request}", who="ana"),
            delete("~/groups/membership-requests/{request}"),
            get(
                "~/groups/{film}/members",
                query={"status": "alphabetical", "_fields": "id,is_confirmed"},
            ),
        ),
    ),
    Scenario(
        name="notifications",
        about="Notifications seen to and cleared away.",
        steps=(
            *activate("friends"),
            *people("ana", "ben"),
            *keys("ana"),
            post("~/friends", pair("ana", "ben"), query=FRIENDS),
            get("~/notifications", query={"user_id": "{ben}"}),
            get(
                "~/notifications",
                query={"user_id": "{ben}", "_fields": "id,user_id,action,is_new"},
            ),
            get("~/notifications", query={"user_id": "{ben}"}, who="ana"),
            post(
                "~/notifications",
                {
                    "user_id": "{ana}",
                    "component": "friends",
                    "action": "friendship_accepted",
                    "item_id": "{ben}",
                },
                save={"made": "id"},
            ),
            put("~/notifications/{made}", {"is_new": 0}),
            put("~/notifications/{made}", {"is_new": 0}),
            delete("~/notifications/{made}"),
            delete("~/notifications/{made}"),
            get("~/notifications", query={"user_id": "{ana}"}),
        ),
    ),
)
