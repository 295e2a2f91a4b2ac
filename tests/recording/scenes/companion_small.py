"""Small routes of the companion: favourites, friendships, and the lease."""

from tests.recording.lead import keys, people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

FAVOURITES = "/wpbridge/v1/favourites"
FRIENDSHIPS = "/wpbridge/v1/friendships"
LEASE = "/wpbridge/v1/lease"

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
