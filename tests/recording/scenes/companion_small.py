"""Small routes of the companion: favourites, friendships, and the lease."""

from tests.recording.lead import keys, people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

FAVOURITES = "/wpbridge/v1/favourites"
FRIENDSHIPS = "/wpbridge/v1/friendships"
LEASE = "/wpbridge/v1/lease"

MEMBER = "/wpbridge/v1/members/{{{}}}"
WHO = "/wp/v2/users/{{{}}}"
ROLES = {"context": "edit", "_fields": "id,roles"}

KEPT = {"member": "{ana}", "activity": "{welcome}"}

SCENARIOS = (
    Scenario(
        name="companion-favourites",
        about="Favourites of others, kept and no longer.",
        setup={"companion": True},
        steps=(
            *people("ana"),
            *keys("ana"),
            post(
                "~/activity",
                {"content": "Welcome.", "type": "activity_update"},
                query={"_fields": "id"},
                save={"welcome": "id"},
            ),
            put(FAVOURITES, KEPT),
            put(FAVOURITES, KEPT),
            get(
                "~/activity/{welcome}",
                query={"_fields": "id,favorited"},
                who="ana",
            ),
            put(FAVOURITES, {**KEPT, "favourite": False}),
            put(FAVOURITES, {**KEPT, "favourite": False}),
            put(FAVOURITES, {**KEPT, "activity": 9999}),
            put(FAVOURITES, {**KEPT, "member": 9999}),
            put(FAVOURITES, {**KEPT, "member": 0}),
            put(FAVOURITES, {"member": "{ana}"}),
            put(FAVOURITES, KEPT, who="ana"),
            put(FAVOURITES, KEPT, who=ANONYMOUS),
        ),
    ),
    Scenario(
        name="companion-friendships",
        about="Friendships of others, accepted and ended.",
        setup={"companion": True, "components": ["friends"]},
        steps=(
            *people("ana", "ben"),
            *keys("ana"),
            post(
                "~/friends",
                {"initiator_id": "{ana}", "friend_id": "{ben}"},
                query={"_fields": "id,is_confirmed"},
                save={"friendship": "id"},
            ),
            put(f"{FRIENDSHIPS}/{{friendship}}", {"accepted": True}),
            put(f"{FRIENDSHIPS}/{{friendship}}", {"accepted": True}),
            put(f"{FRIENDSHIPS}/{{friendship}}", {}),
            put(f"{FRIENDSHIPS}/9999", {"accepted": True}),
            put(f"{FRIENDSHIPS}/{{friendship}}", {"accepted": True}, who="ana"),
            delete(f"{FRIENDSHIPS}/{{friendship}}", who=ANONYMOUS),
            delete(f"{FRIENDSHIPS}/{{friendship}}"),
            delete(f"{FRIENDSHIPS}/{{friendship}}"),
            post(
                "~/friends",
                {"initiator_id": "{ben}", "friend_id": "{ana}"},
                query={"_fields": "id,is_confirmed"},
                save={"second": "id"},
            ),
            delete(f"{FRIENDSHIPS}/{{second}}"),
        ),
    ),
    Scenario(
        name="companion-suspended",
        about="A plain subscriber loses the role, and gets it back by WordPress's way.",
        setup={"companion": True},
        steps=(
            *people("ana", "ben"),
            *keys("ana", "ben"),
            get(WHO.format("ana"), query=ROLES),
            put(MEMBER.format("ana"), {"suspended": True}, who="ben"),
            put(MEMBER.format("ana"), {"suspended": True}, who=ANONYMOUS),
            put(MEMBER.format("ana"), {"suspended": False}),
            put(MEMBER.format("ana"), {"suspended": "for now"}),
            put(MEMBER.format("ana"), {"suspended": True}),
            put(MEMBER.format("ana"), {"suspended": True}),
            get(WHO.format("ana"), query=ROLES),
            get("/wp/v2/users/me", query={"_fields": "id"}, who="ana"),
            put(WHO.format("ana"), {"roles": ["subscriber"]}, query=ROLES),
            put(WHO.format("ben"), {"roles": ["author"]}, query=ROLES),
            put(MEMBER.format("ben"), {"suspended": True}),
            put(WHO.format("ben"), {"roles": ["administrator"]}, query=ROLES),
            put(MEMBER.format("ben"), {"suspended": True}),
            put(MEMBER.format("ben"), {"suspended": True}, who="ben"),
            put("/wpbridge/v1/members/9999", {"suspended": True}),
            get(WHO.format("ben"), query=ROLES),
        ),
    ),
    Scenario(
        name="companion-lease",
        about="One run at a time.",
        setup={"companion": True},
        steps=(
            *people("ana"),
            *keys("ana"),
            post(LEASE, {"seconds": 60}, query={"_fields": "until"}),
            post(LEASE, {"seconds": 60}),
            post(LEASE, {"seconds": 60, "token": "f" * 64}),
            delete(LEASE, query={"token": "f" * 64}),
            delete(LEASE),
            post(LEASE, {}, who="ana"),
        ),
    ),
)
