"""What a site is and what it allows, in words, for whoever is to get it ready."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from wpbridge.site.ability import SEES_NOBODY, TABLE, reason
from wpbridge.site.clock import said
from wpbridge.stage import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.site import Facts, Me

FEW = 3  # what fits into a line


class Level(Enum):
    """How good news a line is."""

    FINE = "fine"
    NOTE = "note"
    TROUBLE = "trouble"


class Line(NamedTuple):
    """One finding."""

    level: Level
    text: str


def diagnose(facts: Facts, me: Me, store: str = "") -> list[Line]:
    """
    Say all that is worth saying of a site that takes the login.

    Args:
        facts: What was found out about it.
        me: The account that is used.
        store: By what a cache on the way shows, if one answers reads.
    """
    return [
        *_store(store),
        *_versions(facts),
        *_login(facts, me),
        *_components(facts),
        *_abilities(facts),
    ]


def _store(store: str) -> Iterator[Line]:
    if store:
        yield Line(
            Level.TROUBLE,
            f"a cache answers for WordPress ({store}), so what wpbridge reads may be "
            "minutes old, and what was just made would be made again; have it leave "
            "out /wp-json/ and ?rest_route= (in the caching plugin, at the host, or in "
            "nginx: fastcgi_cache_bypass)",
        )


def _versions(facts: Facts) -> Iterator[Line]:
    wordpress = f"WordPress {facts.wordpress}" if facts.wordpress else "WordPress"
    buddypress = f"BuddyPress {facts.buddypress}" if facts.buddypress else "BuddyPress"
    url = told(facts.url)
    name = f"{facts.name} at {url}" if facts.name else url
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
    if facts.ahead:
        yield Line(Level.NOTE, f"its {said(facts.ahead)}")
    yield from _companion(facts)


SWITCHES = {
    "acting": "acting in members' names",
    "quiet": "quiet work, without mails and notifications",
    "dates": "dates of the past",
}


SAID = {
    "options of BuddyPress": "set BuddyPress's own options",
    "registration by request": "have newcomers ask before they get an account",
    "register member-types": "make member types",
    "register group-types": "make group types",
    "clear types": "take all types from a member",
    "unrequire": "make a required profile field optional again",
    "clear words": "clear the help beside a profile field",
    "invite policy": "say who may invite into a group",
    "posting rule": "say who may post in a group",
    "last activity": "list new members in the directory at once",
    "marks": "keep whose a resource is beside it, for every kind",
    "quiet": "mail and notify nobody",
    "backdate": "date posts back",
    "act at once": "write in members' names without passwords for them",
    "queue": "have posts go out when they are due, without an apply",
    "mails of what waits": "know whom a post that waits will mail",
    "pass discussion": "post links and words that Settings > Discussion refuses",
    "quiet for what waits": "have posts that wait mail nobody",
    "value visibility": "say for each member who sees a profile value",
    "welcome": "mail new members how to log in",
    "suspend": "take the role on the site from those who left a roster",
    "favourites of others": "keep posts as members' favourites",
    "many calls at once": "send many changes in one request",
    "whole collections": "read thousands of members in one request",
    "accounts without a password": "make accounts that no password opens",
    "lease": "keep other machines from applying meanwhile",
}
"""What the companion's abilities are to whoever runs a community."""


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
            yield Line(level, f"{title}:{_listed(names)}")


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
    """What cannot be done, under each reason; of one, what comes of it."""
    reasons: dict[str, list[str]] = {}
    unseen: dict[str, dict[str, None]] = {}
    for ability in TABLE:
        why = reason(facts, ability) or ""
        root, _, outcome = why.partition(", and ")
        if SEES_NOBODY in root and outcome:
            unseen.setdefault(root, {})[outcome] = None
        elif why:
            reasons.setdefault(why, []).append(ability)
    for why, outcomes in unseen.items():
        each = list(outcomes)
        said = _listed(each) if len(each) > FEW else " " + " and ".join(each)
        yield Line(Level.NOTE, f"{why}, and so it{said}")
    for why, abilities in reasons.items():
        few = len(abilities) <= FEW
        said = f"{_listed(abilities)} ({why})" if few else f"{why}:{_listed(abilities)}"
        yield Line(Level.NOTE, f"not here: {said.strip()}")


def _listed(abilities: Sequence[str]) -> str:
    """Each on a line of its own, where they are many."""
    between = ", " if len(abilities) <= FEW else "\n- "
    first = " " if len(abilities) <= FEW else between
    return first + between.join(SAID.get(each, each) for each in abilities)
