"""The companion's status, and who may ask for it."""

from tests.recording.lead import keys, people
from tests.recording.steps import ANONYMOUS, Scenario, get

STATUS = "/wpbridge/v1/status"

FIELDS = (
    "wire,abilities,switches,limits,may,me,buddypress,wordpress,page,version,now,php"
)

SCENARIOS = (
    Scenario(
        name="companion-status",
        about="What the companion says of itself, everything switched off.",
        setup={"companion": True},
        steps=(
            *people("ana"),
            *keys("ana"),
            get(STATUS, query={"_fields": FIELDS}),
            get(STATUS, who="ana"),
            get(STATUS, who=ANONYMOUS),
        ),
    ),
    Scenario(
        name="companion-switches",
        about="What the companion says of itself, everything switched on.",
        setup={"companion": True, "switches": ["acting", "quiet", "dates"]},
        steps=(get(STATUS), get("/", query={"_fields": "namespaces"})),
    ),
)
