"""
Plan a large blueprint without a network, in a process of its own.

``python -m tests.bench.planning 10000 same`` plans for 10,000 members, 3 memberships
each, against a site that holds the same; ``empty`` against one that holds nothing.
Prints seconds of the processor by step, and the largest resident size in megabytes,
as JSON.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

from wpbridge import engine
from wpbridge.blueprint.load import load
from wpbridge.cli import SELDOM
from wpbridge.compare import make_plan
from wpbridge.inputs import Inputs
from wpbridge.kinds.memberships import Membership
from wpbridge.model import Found, Observation, Observed
from wpbridge.site import Facts, Me
from wpbridge.site.ability import Capabilities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.inputs import Declared

EACH = 3  # groups that a member is in
MEGABYTE = 1024  # kilobytes, in which Linux counts


class Able(Capabilities):
    """Those of a site that can do whatever is asked for."""

    def why_not(self, ability: str) -> str | None:
        """Nothing speaks against it."""
        del ability
        return None


ABLE = Able(
    Facts("", "", 2, components={"groups": True, "activity": True}), Me("admin", 1)
)


def written(folder: Path, members: int) -> tuple[Path, Path]:
    """A blueprint with so many members, and a hundredth as many groups."""
    people, groups = folder / "people.yaml", folder / "groups.yaml"
    people.write_text("".join(_people(members)), "utf-8")
    groups.write_text("".join(_groups(members, max(EACH, members // 100))), "utf-8")
    return people, groups


def _people(members: int) -> Iterator[str]:
    yield "wpbridge: 1\nmembers:\n"
    for number in range(members):
        name = f"Member {number} of the community"
        yield f"  m{number}: {{email: m{number}@example.org, name: {name}}}\n"


def _groups(members: int, groups: int) -> Iterator[str]:
    yield "wpbridge: 1\ngroups:\n"
    for group in range(groups):
        yield f"  g{group}:\n    name: Group {group}\n    about: Words.\n"
        yield "    members:\n"
        for number in range(members):
            if (number - group) % groups < EACH:
                yield f"      m{number}: member\n"


def observed(declared: Declared, what: str) -> Observation:
    """The same as is declared, or nothing."""
    seen = Observed()
    if what == "same":
        for number, each in enumerate(declared.desired):
            seen.add(Found(each.spec, number, (1, None)))
    return seen.freeze()


def main(members: int, what: str) -> dict[str, float]:
    """Plan, and tell how long each step took."""
    took: dict[str, float] = {}
    gc.set_threshold(*SELDOM)
    with TemporaryDirectory() as folder:
        files = written(Path(folder), members)
        start = process_time()
        blueprint = load(*files, sections=engine.sections())
        took["read"] = process_time() - start
        start = process_time()
        declared = engine.declare(blueprint)
        took["declare"] = process_time() - start
        seen = observed(declared, what)
        start = process_time()
        plan = make_plan(
            Inputs(declared.blueprint, declared.desired, declared.exact, seen, ABLE)
        )
        took["compare"] = process_time() - start
    took["total"] = sum(took.values())
    took["changes"] = len(plan.changes)
    took["memberships"] = sum(isinstance(e.spec, Membership) for e in declared.desired)
    took["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return took


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2])))  # noqa: T201 - its result
