"""What a site is and what it allows, in words, for whoever is to get it ready."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from wpbridge.site.ability import TABLE, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.site import Facts, Me


class Level(Enum):
    """How good news a line is."""

    FINE = "fine"
    NOTE = "note"
    TROUBLE = "trouble"


class Line(NamedTuple):
    """One finding."""

    level: Level
    text: str


def diagnose(facts: Facts, me: Me) -> list[Line]:
    """Say all that is worth saying of a site that takes the login."""
    return [
        *_versions(facts),
        *_login(facts, me),
        *_components(facts),
        *_abilities(facts),
    ]


def _versions(facts: Facts) -> Iterator[Line]:
    wordpress = f"WordPress {facts.wordpress}" if facts.wordpress else "WordPress"
    buddypress = f"BuddyPress {facts.buddypress}" if facts.buddypress else "BuddyPress"
    name = f"{facts.name} at {facts.url}" if facts.name else facts.url
    yield Line(
        Level.FINE, f"{name}: {wordpress}, {buddypress} (API version {facts.api})"
    )
    if facts.plain:
        yield Line(
            Level.NOTE,
            "permalinks are plain; that works, but BuddyPress's own pages want pretty "
            "ones (Settings > Permalinks)",
        )
    if facts.multisite:
        yield Line(Level.NOTE, "this is one site of a network")
    yield from _companion(facts)


SWITCHES = {
    "acting": "acting in members' names",
    "quiet": "quiet work, without mails and notifications",
    "dates": "dates of the past",
}


def _companion(facts: Facts) -> Iterator[Line]:
    """Whether the companion is there, and what of it is switched on."""
    companion = facts.companion
    if companion is None:
        yield Line(Level.NOTE, "the companion plugin is not there; it is optional")
        return
    yield Line(Level.FINE, f"the companion plugin {companion.version} is active")
    if not companion.abilities:
        why = reason(facts, "many calls at once")
        yield Line(Level.NOTE, f"no use can be made of it: {why}")
        return
    on = [words for name, words in SWITCHES.items() if companion.on(name)]
    off = [words for name, words in SWITCHES.items() if not companion.on(name)]
    if on:
        yield Line(Level.FINE, f"switched on in it: {', '.join(on)}")
    if off:
        where = f"; switch it on at {companion.page}" if companion.page else ""
        yield Line(Level.NOTE, f"switched off in it: {', '.join(off)}{where}")


def of_the_companion(facts: Facts) -> Iterator[Line]:
    """Say what the companion is to a site, and what more it could be."""
    yield from _companion(facts)
    without = replace(facts, companion=None)
    for title, wanted in (("with it", False), ("not yet", True)):
        names = [
            ability
            for ability in TABLE
            if reason(without, ability)
            and bool(reason(facts, ability)) is wanted
            and "companion" in str(reason(without, ability))
        ]
        if names:
            level = Level.NOTE if wanted else Level.FINE
            yield Line(level, f"{title}: {', '.join(names)}")


def _login(facts: Facts, me: Me) -> Iterator[Line]:
    right = "bp_moderate" in facts.capabilities
    text = f"logged in as {me.login}, who may run the community"
    if not right:
        who = "a super admin" if facts.multisite else "an administrator"
        text = (
            f"logged in as {me.login}, who may not run the community (bp_moderate): "
            f"take {who}'s login"
        )
    yield Line(Level.FINE if right else Level.TROUBLE, text)
    if not facts.sees_login:
        yield Line(
            Level.NOTE,
            "BuddyPress itself does not see who is logged in under an application "
            "password here; what follows from it is below, and the companion plugin "
            "or BuddyPress 15 mends it",
        )
    if not facts.application_passwords:
        yield Line(
            Level.TROUBLE,
            "the site does not offer application passwords: it needs https (behind a "
            "proxy, it must know that it has it), or something switches them off",
        )


def _components(facts: Facts) -> Iterator[Line]:
    if not facts.components:
        yield Line(Level.NOTE, "this login may not see which components are on")
        return
    for state, word in ((True, "on"), (False, "off")):
        names = [name for name, on in facts.components.items() if on is state]
        if names:
            yield Line(Level.FINE, f"components that are {word}: {', '.join(names)}")


def _abilities(facts: Facts) -> Iterator[Line]:
    """What cannot be done, under each reason."""
    reasons: dict[str, list[str]] = {}
    for ability in TABLE:
        why = reason(facts, ability)
        if why:
            reasons.setdefault(why, []).append(ability)
    for why, abilities in reasons.items():
        yield Line(Level.NOTE, f"not here: {', '.join(abilities)} ({why})")
