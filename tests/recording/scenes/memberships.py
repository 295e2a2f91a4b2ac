"""Members added, promoted, banned and removed."""

from tests.recording.lead import activate, group, people
from tests.recording.steps import ANONYMOUS, Scenario, Step, delete, get, post, put

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


def add(login: str, **rest: object) -> Step:
    """A member added to the group ``film``."""
    user = {"user_id": f"{{{login}}}"}
    return post(MEMBERS, user, query={"_fields": FIELDS}, **rest)


def gone(login: str, who: str = "admin") -> Step:
    """A member removed from the group ``film``."""
    return delete(f"{MEMBERS}/{{{login}}}", query={"_fields": "removed"}, who=who)


SCENARIOS = (
    Scenario(
        name="memberships",
        about="Members added, promoted, banned and removed.",
        steps=(
            *activate("groups"),
            *people("ana", "ben", "cleo"),
            group("film"),
            get(MEMBERS),
            get(MEMBERS, query=ROSTER),
            post(MEMBERS, {"user_id": "{ana}"}, wait=1.1),
            add("ben", align=True),
            add("ben"),
            add("ben", wait=2.1),
            post(MEMBERS, {"user_id": "{cleo}", "role": "mod"}, query=ROSTER),
            post(MEMBERS, {"user_id": 9999}),
            post(MEMBERS, {}),
            post("~/groups/9999/members", {"user_id": "{ana}"}),
            get(MEMBERS, query=ROSTER),
            get(MEMBERS, query={"status": "alphabetical"}),
            get(MEMBERS, query={**ROSTER, "per_page": 2}),
            get(MEMBERS, query={**ROSTER, "per_page": 2, "page": 2}),
            get(MEMBERS, query={**ROSTER, "page": 9}),
            get(MEMBERS, query={**ROSTER, "roles": "admin"}),
            get("~/groups/9999/members"),
            act("ana", "promote", "mod"),
            act("ana", "promote", "mod"),
            act("ana", "promote", "admin"),
            act("ana", "promote", "admin"),
            act("ben", "promote", "member"),
            act("ben", "promote"),
            act("ben", "crown", "queen"),
            get(MEMBERS, query=ROSTER),
            get(MEMBERS, query={**ROSTER, "roles": "admin,mod"}),
            get(
                "~/groups",
                query={"context": "edit", "_fields": "id,admins,total_member_count"},
            ),
            act("ana", "ban"),
            act("ana", "demote", "mod"),
            act("ana", "demote", "member"),
            act("ana", "demote", "member"),
            act("ana", "ban"),
            act("ana", "ban"),
            add("ana", wait=1.1),
            act("ana", "promote", "mod"),
            get(MEMBERS, query=ROSTER),
            get(MEMBERS, query={**ROSTER, "exclude_banned": True}),
            act("ana", "unban"),
            act("ana", "unban"),
            gone("ana"),
            gone("ana"),
            act("ana", "promote", "mod"),
            act("ana", "ban"),
            delete(f"{MEMBERS}/9999"),
            delete("~/groups/9999/members/{ben}"),
            delete(f"{MEMBERS}/{{ben}}"),
            add("ana", who=ANONYMOUS),
            get(MEMBERS, query=ROSTER, who=ANONYMOUS),
        ),
    ),
)
