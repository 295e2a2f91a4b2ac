"""
Plans that are kept in a file until somebody agrees to them.

Such a file is the plan as JSON, and beside it what it was made of: the site's REST root
and versions, and the SHA-256 of each file that was read. What is agreed to are the
changes, from what to what; by the rest it can be said why they are others by now.
"""

from __future__ import annotations

from json import loads
from pathlib import Path
from typing import TYPE_CHECKING, Any

import wpbridge
from wpbridge import limits
from wpbridge.errors import UnsafePlan, UsageError
from wpbridge.regular import Unfit, read_regular
from wpbridge.report import json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.plan import Plan
    from wpbridge.report import Heading
    from wpbridge.site import Facts


def document(
    plan: Plan, heading: Heading, facts: Facts, blueprint: Blueprint
) -> dict[str, Any]:
    """Say all that is kept of a plan."""
    return {
        **loads(json.plan(plan, heading)),
        "root": facts.root,
        "versions": {
            "wpbridge": wpbridge.__version__,
            "wordpress": facts.wordpress,
            "buddypress": facts.buddypress,
        },
        "files": dict(_digests(blueprint)),
    }


def save(kept: Mapping[str, Any], file: Path) -> None:
    """Write it down."""
    try:
        file.write_text(json.dumped(kept) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error


def check(now: Mapping[str, Any], file: Path) -> None:
    """Raise ``UnsafePlan`` if a plan is no longer the one in a file, and say why."""
    then = _read(file)
    why = next(_differences(then, now), "")
    if why:
        raise UnsafePlan(
            f"what would change is no longer what {file} says: {why}; look at the plan "
            "again"
        )


def _read(file: Path) -> Mapping[str, Any]:
    try:
        then = loads(read_regular(file, limits.PLAN_BYTES).decode("utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {file}") from error
    except Unfit as error:
        raise UsageError(f"{file} {error}") from error
    except (OSError, ValueError, RecursionError):
        then = None
    if not _is_plan(then):
        raise UsageError(f"{file} is no plan that `plan --save` kept")
    return dict(then)


def _is_plan(then: Any) -> bool:
    """Tell whether a document has what is compared of a plan, each of its sort."""
    sorts = {"root": str, "versions": dict, "files": dict, "changes": list}
    return (
        isinstance(then, dict)
        and all(isinstance(then.get(name), sort) for name, sort in sorts.items())
        and all(isinstance(each, dict) for each in then["changes"])
    )


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if then["root"] != now["root"]:
        yield f"it is of {then['root']}, not of {now['root']}"
    for name in ("wordpress", "buddypress"):
        was, version = then["versions"].get(name), now["versions"][name]
        if was != version:
            yield f"the site's {name} was {was or 'unknown'}, and is {version}"
    agreed = _changes(then)
    if all(each in agreed for each in _changes(now)):
        return  # less is fine: an apply that was cut short has done the rest
    files = {**then["files"], **now["files"]}
    for each in files:
        if then["files"].get(each) != now["files"].get(each):
            yield f"{each} is another by now"
    yield "the site is another by now, or the time has come for something"


def _changes(plan: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What is to change, wherever it is written."""
    return [
        {name: value for name, value in each.items() if name != "place"}
        for each in plan["changes"]
    ]


def _digests(blueprint: Blueprint) -> Iterator[tuple[str, str]]:
    """Name files as they lie beside the blueprint, the same on any machine."""
    folder = blueprint.file.parent
    for name, digest in blueprint.digests.items():
        path = Path(name)
        inside = path.is_relative_to(folder)
        near = path.relative_to(folder) if inside else Path(*path.parts[-2:])
        yield near.as_posix(), digest
