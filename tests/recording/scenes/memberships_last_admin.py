"""The last admin of a group."""

from tests.recording.lead import activate, group, join, people
from tests.recording.steps import Scenario, Step, delete, get, post, put

FIELDS = "id,user_login,is_admin,is_mod,is_banned,is_confirmed"

ROSTER = {
    "exclude_admins": False,
    "exclude_banned": False,
    "status": "alphabetical",
    "per_page": 100,
    "_fields": FIELDS,
}

MEMBERS = "~/groups/{film}/members"


def act(login: str, action: str, role: str = "", who: str = "admin") -> Step:
    """A change to a membership in the group ``film``."""
    wanted = {"action": action} | ({"role": role} if role else {})
    return put(f"{MEMBERS}/{{{login}}}", wanted, query={"_fields": FIELDS}, who=who)


def gone(login: str, who: str = "admin") -> Step:
    """A member removed from the group ``film``."""
    return delete(f"{MEMBERS}/{{{login}}}", query={"_fields": "removed"}, who=who)


SCENARIOS = (
    Scenario(
        name="memberships-last-admin",
        about="The last admin of a group, and the caller's own membership.",
        steps=(
            *activate("groups"),
            *people("ana", "ben"),
            group("film", creator="{ana}"),
            group("tea"),
            *join("film", "ben"),
            act("ana", "demote", "member"),
            act("ana", "ban"),
            gone("ana"),
            get(MEMBERS, query=ROSTER),
            act("ben", "promote", "admin"),
            gone("ana"),
            get(MEMBERS, query=ROSTER),
            get("~/groups/{film}", query={"_fields": "id,creator_id"}),
            put("~/groups/{tea}/members/1", {"action": "demote", "role": "member"}),
            put("~/groups/{tea}/members/1", {"action": "promote", "role": "mod"}),
            delete("~/groups/{tea}/members/1", query={"_fields": "removed"}),
            post("~/groups/{film}/members", {"user_id": 1}, query={"_fields": FIELDS}),
            delete("~/groups/{film}/members/1", query={"_fields": "removed"}),
        ),
    ),
)
