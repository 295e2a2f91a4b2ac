"""What blueprints own, as the companion keeps it."""

from typing import Any

from tests.recording.lead import group, join, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, Step, delete, post

MARKS = "/wpbridge/v1/marks"


def marks(who: str = "admin", **those: Any) -> Step:
    """A request about marks."""
    return post(MARKS, those, who=who)


def mark(kind: str, name: str, **rest: Any) -> dict[str, Any]:
    """A mark of the owner ``club``."""
    return {"owner": "club", "kind": kind, "name": name, **rest}


EVERY = [{"owner": "club"}]

SCENARIOS = (
    Scenario(
        name="companion-marks",
        about="Marks set, found, moved and taken off.",
        setup={"companion": True, "components": ["groups"]},
        steps=(
            *people("ana", "ben"),
            *keys("ana"),
            group("film"),
            group("books"),
            *join("film", "ana"),
            marks(
                set=[
                    mark("groups", "film", id="{film}", digest="abc"),
                    mark("groups", "books", id="{books}"),
                    mark("groups", "nowhere", id=9999),
                    mark("members", "ana", id="{ana}"),
                    mark("memberships", "film:ana", pair=["{film}", "{ana}"]),
                    mark("memberships", "film:ben", pair=["{film}", "{ben}"]),
                    mark("friendships", "ana:ben", pair=["{ana}", "{ben}"]),
                ]
            ),
            marks(find=EVERY),
            marks(find=[{"kind": "groups", "names": ["film", "other"]}]),
            marks(find=[{"owner": "other"}]),
            marks(find=[{"kind": "groups", "ids": ["{books}"]}]),
            marks(set=[mark("groups", "cinema", id="{film}", digest="def")]),
            marks(find=EVERY),
            marks(
                remove=[mark("groups", "books"), mark("groups", "nothing")],
                find=EVERY,
            ),
            delete("~/groups/{film}", query={"_fields": "deleted"}),
            marks(find=EVERY),
            marks(),
            marks(set=[mark("colours", "red", id=1)]),
            marks(set=[mark("groups", "film")]),
            marks(set=[mark("groups", "film", id="1")]),
            marks(set=[mark("groups", "film", pair=[1, 2])]),
            marks(set=[mark("groups", "film", id=1, colour="red")]),
            marks(set=[{**mark("groups", "film", id=1), "owner": "The Club"}]),
            marks(find=[{}]),
            marks(find=[{"owner": "club", "names": []}]),
            marks(set="nothing"),
            marks(find=EVERY, who="ana"),
            marks(find=EVERY, who=ANONYMOUS),
        ),
    ),
)
