"""Playing a blueprint through: everything at the moment at which it is due."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from wpbridge import engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.facade import Site, SitePlan
    from wpbridge.rehearsal import App


def to_the_end(blueprint: Blueprint) -> Blueprint:
    """Set the clock to when all is over: the calendar's end, or the last thing due."""
    times = [*_times(blueprint)]
    if blueprint.ends:
        times.append(blueprint.ends)
    return replace(blueprint, now=max(times, default=blueprint.now), clocked=True)


def moments(blueprint: Blueprint) -> list[datetime]:
    """When something falls due, up to the blueprint's now, which is the last."""
    now = blueprint.now
    return [*sorted({each for each in _times(blueprint) if each < now}), now]


def _times(blueprint: Blueprint) -> Iterator[datetime]:
    """When things are due; a comment is a while after its post."""
    for each in engine.declare(blueprint).desired:
        due = each.due or getattr(each.spec, "due", None)
        if due:
            yield due


def drafts(application: App, bridge: Site, blueprint: Blueprint) -> Iterator[SitePlan]:
    """
    Plan anew at each moment, with the rehearsal's clock set to it.

    Each draft is to be applied before the next is asked for. What a guard would
    withhold is let through: nobody is hurt on a stage.
    """
    for moment in moments(blueprint):
        application.clock = partial(_stopped, moment)
        then = replace(blueprint, now=moment)
        made = bridge.plan(then)
        words = {each.allow for each in made.withheld if each.allow}
        yield bridge.plan(then, allow=words) if words else made


def _stopped(moment: datetime) -> datetime:
    return moment
