"""What is said of people beside a plan's changes: the reader would want to know it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from wpbridge.kinds import count, listed
from wpbridge.kinds.members import Member
from wpbridge.model import UNSET, Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.inputs import Inputs


def note_empty_rosters(blueprint: Blueprint) -> Iterator[str]:
    """Say of each roster with headings alone that nobody comes by it."""
    for roster in blueprint.rosters:
        if not roster.people:
            yield f"{roster.file.name} has nobody in it"


def note_unapplied_differences(inputs: Inputs) -> Iterator[str]:
    """Say who keeps another name or address than is written, as accounts are filled."""
    alike: dict[str, list[str]] = defaultdict(list)
    for each in inputs.desired:
        before = inputs.observed.specs.get(each.spec.address)
        if isinstance(before, Member) and isinstance(each.spec, Member):
            pairs = (
                (getattr(each.spec, name), getattr(before, name))
                for name in ("email", "name")
                if each.policies.get(name) is Policy.FILL
            )
            if any(one is not UNSET and two and one != two for one, two in pairs):
                alike[PurePath(each.place.file).name].append(each.spec.key)
    for file, who in alike.items():
        differ = count(len(who), "person differs", "people differ")
        keep = "keeps" if len(who) == 1 else "keep"
        yield (
            f"{differ} from {file} and {keep} the name and address of their "
            f"{'account' if len(who) == 1 else 'accounts'} ({listed(who)}); "
            "`existing: overwrite` would change that."
        )
