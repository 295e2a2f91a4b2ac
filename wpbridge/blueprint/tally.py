"""
What a blueprint comes to once it is written out: one count for all of its levels.

Thirteen lines can ask for a million posts, as loops within loops multiply, and each of
them is harmless by itself. So the whole is counted, and ends at the first thing that is
too much.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from wpbridge import limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpbridge.blueprint.problems import Problems
    from wpbridge.errors import Place

Sort: TypeAlias = Literal["turns", "values", "characters", "memberships", "rows"]

_MOST: Final[Mapping[Sort, int]] = {
    "turns": limits.TURNS,
    "values": limits.VALUES,
    "characters": limits.WRITTEN_OUT,
    "memberships": limits.MEMBERSHIPS,
    "rows": limits.ROSTER_ROWS,
}
_MESSAGES: Final[Mapping[Sort, str]] = {
    "turns": "`each` and presets make more than {most:,} turns in all, with those of "
    "this entry; repeat less",
    "values": "written out, the blueprint has more than {most:,} values here; repeat "
    "less, or make several blueprints of it",
    "characters": "written out, the blueprint's texts have more than {most:,} "
    "characters here; repeat less, or shorten what is repeated",
    "memberships": "people times the groups that they join make more than {most:,} "
    "memberships here; have fewer people join, or fewer groups",
    "rows": "the blueprint's rosters have more than {most:,} rows up to here; give "
    "each part of the community a blueprint of its own",
}


class Tally:
    """Counts what writing a blueprint out comes to."""

    def __init__(self) -> None:
        self.found: Counter[Sort] = Counter()

    def add(self, sort: Sort, number: int, place: Place, problems: Problems) -> None:
        """Count some more; raises ``BlueprintError`` once there are too many."""
        self.found[sort] += number
        if self.found[sort] > _MOST[sort]:
            problems.stop(place, _MESSAGES[sort].format(most=_MOST[sort]))
