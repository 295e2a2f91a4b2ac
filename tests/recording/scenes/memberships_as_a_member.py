"""Members among themselves."""

from tests.recording.lead import activate, group, keys, people
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


def add(login: str, **rest: object) -> Step:
    """A member added to the group ``film``."""
    user = {"user_id": f"{{{login}}}"}
    return post(MEMBERS, user, query={"_fields": FIELDS}, **rest)


def gone(login: str, who: str = "admin") -> Step:
    """A member removed from the group ``film``."""
    return delete(f"{MEMBERS}/{{{login}}}", query={"_fields": "removed"}, who=who)


SCENARIOS = (
    Scenario(
        name="memberships-as-a-member",
        about="What members may do about memberships by themselves.",
        steps=(
            *activate("groups"),
            *people("ana", "ben", "cleo"),
            *keys("ana", "ben"),
            group("film", creator="{ana}"),
            group("board", status="hidden"),
            group("darkroom", status="private"),
            add("ben", who="ben"),
            add("cleo", who="ben"),
            add("cleo", who="ana"),
            act("ben", "promote", "mod", who="ben"),
            act("ben", "promote", "mod", who="ana"),
            gone("cleo", who="ben"),
            gone("ben", who="ben"),
            post("~/groups/{darkroom}/members", {"user_id": "{ben}"}, who="ben"),
            get("~/groups/{darkroom}/members", query=ROSTER, who="ben"),
            get("~/groups/{board}/members", query=ROSTER, who="ben"),
            get("~/groups/{board}", who="ben"),
        ),
    ),
)
