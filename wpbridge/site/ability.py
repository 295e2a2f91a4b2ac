"""
What a site allows over a login, and in words why it does not the rest.

The table is BuddyPress's behaviour by version, as it was tried on live sites: up to 14
it takes whoever comes with an application password for nobody (ticket #7658), and sees
those who come with cookies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wpbridge.site import Facts, Me

When: TypeAlias = "Callable[[Facts], bool]"

SEES_NOBODY = "does not see who is logged in"
UNSEEN = f"{SEES_NOBODY} under an application password, and"
"""Stands in every reason that logging in with cookies does away with."""

COMPONENT = "component "
"""Before a component's name: whether that component is on."""


@dataclass(frozen=True)
class Capabilities:
    """What a site is, and allows over a login, at one moment; nothing is asked."""

    facts: Facts
    me: Me

    def why_not(self, ability: str) -> str | None:
        """Why the site cannot do this over this login, or ``None`` if it can."""
        return reason(self.facts, ability)

    def can(self, ability: str) -> bool:
        """Whether the site can do this over this login."""
        return self.why_not(ability) is None


@dataclass(frozen=True, slots=True)
class Rule:
    """Why something cannot be done, and on which sites."""

    when: When
    why: str


def reason(facts: Facts, ability: str) -> str | None:
    """Why a site cannot do this, or ``None`` if it can; no other ability is known."""
    if ability.startswith(COMPONENT):
        return _component(facts, ability.removeprefix(COMPONENT))
    for rule in TABLE[ability]:
        if rule.when(facts):
            return rule.why.format(
                version=_named(facts),
                companion=facts.companion.version if facts.companion else "",
                page=facts.companion.page if facts.companion else "",
            )
    return None


def _component(facts: Facts, name: str) -> str | None:
    # A login that may not ask which are on finds out as it goes.
    if facts.components and not facts.components.get(name, False):
        return f"BuddyPress's component {name} is off"
    return None


def major(facts: Facts) -> int:
    """BuddyPress's version, such as 14; where it is unknown, what its API tells."""
    number = facts.buddypress.partition(".")[0]
    return int(number) if number.isdecimal() else 15 if facts.api > 1 else 14


def _named(facts: Facts) -> str:
    if facts.buddypress:
        return f"BuddyPress {major(facts)}"
    return "BuddyPress 14 or older" if facts.api == 1 else "BuddyPress"


def _blind(facts: Facts) -> bool:
    return not facts.sees_login


def _blind_from_14(facts: Facts) -> bool:
    return not facts.sees_login and major(facts) >= 14  # noqa: PLR2004 - a version


def _lacks(capability: str) -> Rule:
    return Rule(
        lambda facts: bool(facts.capabilities) and capability not in facts.capabilities,
        f"this login lacks the right to ({capability})",
    )


def _blindness(consequence: str, when: When = _blind) -> Rule:
    return Rule(
        when,
        f"{{version}} {UNSEEN} {consequence}",
    )


def _blindness_to_members(consequence: str) -> Rule:
    return Rule(
        lambda facts: not facts.sees_members,
        "acting for a member takes an application password, under which {version} "
        f"{SEES_NOBODY}, and {consequence}",
    )


def _closed(route: str) -> Rule:
    return Rule(
        lambda facts: route in facts.closed,
        f"the REST API is closed for {route} there, and XML-RPC cannot write this",
    )


COMPANION = Rule(
    lambda facts: not facts.companion, "it takes the companion plugin on the site"
)
SILENT = Rule(
    lambda facts: bool(facts.companion and not facts.companion.abilities),
    "the companion plugin there has nothing to say to this login, or is of a version "
    "that this wpbridge does not know",
)


def _companion(ability: str) -> tuple[Rule, ...]:
    """What the companion calls an ability of its own."""
    old = Rule(
        lambda facts: bool(
            facts.companion and ability not in facts.companion.abilities
        ),
        "the companion plugin there ({companion}) is too old for it: update it",
    )
    return (COMPANION, SILENT, old)


def _switched(switch: str) -> tuple[Rule, ...]:
    """What is off in the companion until an administrator switches it on."""
    off = Rule(
        lambda facts: bool(facts.companion and not facts.companion.on(switch)),
        f"`{switch}` is off in the companion plugin's settings ({{page}})",
    )
    return (*_companion("calls"), off)


def _unless_acting(*rules: Rule) -> tuple[Rule, ...]:
    """What does not matter where the companion acts in a member's name."""

    def without(rule: Rule) -> Rule:
        return Rule(
            lambda facts: not acts(facts) and rule.when(facts),
            rule.why,
        )

    return tuple(without(each) for each in rules)


def acts(facts: Facts) -> bool:
    """Tell whether the companion acts in a member's name."""
    return facts.companion is not None and facts.companion.on("acting")


MODERATES = Rule(
    lambda facts: bool(facts.capabilities) and "bp_moderate" not in facts.capabilities,
    "this login may not run the community (bp_moderate), which takes an administrator, "
    "and on a network of sites a super admin",
)
ALONE = Rule(
    lambda facts: facts.multisite and "manage_network_users" not in facts.capabilities,
    "on a network of sites only a super admin may",
)
SITES = (
    _lacks("manage_options"),
    Rule(
        lambda facts: facts.multisite,
        "on a network of sites registration is a setting of the network",
    ),
)
MINTS = _unless_acting(
    Rule(
        lambda facts: not facts.application_passwords,
        "application passwords are off on the site, so none can be made for a member",
    ),
    ALONE,
    _lacks("edit_users"),
)

TABLE: Mapping[str, tuple[Rule, ...]] = {
    # WordPress's own
    "create members": (
        _lacks("create_users"),
        Rule(
            lambda facts: not facts.adds_members,
            "on this network of sites only a super admin makes accounts (unless its "
            "settings say `Add New Users`)",
        ),
    ),
    "edit members": (ALONE, _lacks("edit_users")),
    "delete members": (
        Rule(
            lambda facts: facts.multisite,
            "on a network of sites WordPress's REST API deletes no accounts; a super "
            "admin can, under Network Admin > Users",
        ),
        _lacks("delete_users"),
    ),
    "settings": (_lacks("manage_options"),),
    "set time zone": (_closed("settings"),),
    "set front page": (_closed("settings"),),
    "registration": (
        *SITES,
        Rule(
            lambda facts: facts.xmlrpc is False,
            "the switch is not in WordPress's REST API, and XML-RPC is closed",
        ),
    ),
    "pages": (_lacks("publish_pages"),),
    "posts": (_lacks("edit_others_posts"),),
    "media": (_lacks("upload_files"),),
    "describe media": (_closed("media"),),
    # BuddyPress's, by version
    "components": (
        _lacks("manage_options"),
        Rule(
            lambda facts: facts.multisite and not facts.components,
            "on this network of sites only a super admin, or an administrator of the "
            "site that BuddyPress lives on, switches components",
        ),
    ),
    "directories": (
        Rule(
            lambda facts: facts.directories is False,
            "on a network of sites BuddyPress's own pages are on the one that it lives "
            "on, and this is another",
        ),
    ),
    "moderate": (MODERATES,),
    "promote": (MODERATES, _blindness("refuses promotions", _blind_from_14)),
    "change own membership": (
        Rule(
            lambda facts: major(facts) >= 14,  # noqa: PLR2004 - a version
            "{version} lets nobody change a membership of their own",
        ),
    ),
    "profile names": (
        Rule(
            lambda facts: not facts.components.get("xprofile", True),
            "BuddyPress's component xprofile is off",
        ),
        MODERATES,
    ),
    "read hidden values": (
        MODERATES,
        _blindness("shows only what is public on profiles"),
    ),
    "invite": (MODERATES,),
    "read requests": (MODERATES, _blindness("does not show requests to join")),
    "accept requests": (MODERATES, _blindness("does not show requests to join")),
    "send messages": (_blindness("sends no messages"),),
    "answer friends": (_blindness("answers no friendships"),),
    "notices": (MODERATES,),
    "befriend": (MODERATES,),
    "end friendships": (
        _blindness_to_members("ends no friendships"),
        *MINTS,
    ),
    # in a member's name
    "post as": MINTS,
    "send messages as": (
        _blindness_to_members("sends no messages"),
        *MINTS,
    ),
    # with the companion only
    "register member-types": (*_companion("member-types"), MODERATES),
    "register group-types": (*_companion("group-types"), MODERATES),
    "registration by request": (*_companion("registration"), *SITES),
    "options of BuddyPress": (*_companion("options"), ALONE, _lacks("manage_options")),
    "clear types": (*_companion("last-activity"), MODERATES),
    "unrequire": _companion("fields"),
    "clear words": _companion("fields"),
    "invite policy": _companion("group-rules"),
    "posting rule": _companion("group-rules"),
    "last activity": _companion("last-activity"),
    "marks": _companion("marks"),
    "quiet": _switched("quiet"),
    "backdate": _switched("dates"),
    "act at once": _switched("acting"),
    "queue": (*_companion("queue"), *_switched("acting")),
    "mails of what waits": _companion("queue-quiet"),
    "quiet for what waits": (*_companion("queue-quiet"), *_switched("quiet")),
    "pass discussion": (*_companion("moderation"), MODERATES),
    "value visibility": _companion("visibility"),
    "welcome": _companion("welcome"),
    "suspend": (*_companion("suspend"), ALONE, _lacks("promote_users")),
    "favourites of others": _companion("favourites"),
    "many calls at once": _companion("calls"),
    "whole collections": (*_companion("collections"), _lacks("list_users")),
    "accounts without a password": _companion("password-none"),
    "lease": _companion("lease"),
}
