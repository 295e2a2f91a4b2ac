"""
Provision BuddyPress communities from declarative YAML blueprints.

    import wpbridge

    with wpbridge.open_site("rehearsal") as site:
        plan = site.plan("blueprints/workshop.yaml")
        print(plan)
        for outcome in plan.apply():
            print(outcome)

Names flow down, ids stay below, writes are values, and nothing flows back:

    blueprint.yaml -+
    roster.csv     -+-> blueprint -> kinds.declare -> desired  -+
                                                               +-> plan.diff -> Plan
    the site <-> site.* -> item -> kinds.read -> observed      -+      |
                  ^                                                    v
                  +------------ calls <------------------ apply -> Outcome ...
                                                                       |
                                             journal, report <---------+

A module imports only from rows above its own:

===============  ==================================================================
``errors``       every error, as one tree
``limits``       how much is read, repeated and filled in at the most
``regular``      regular files, read up to a limit
``folders``      where sites, journals and rehearsals are kept
``rehearsal/``   the embedded site, which knows nothing of the rest
``companion/``   the WordPress plugin as package data, likewise
``stage``        rehearsal sites by name
``lock``         one apply at a time for each site
``model``        the nouns: Address, Spec, UNSET, Call, Observed
``text``         text as a reader sees it, and the marks left in it
``blueprint/``   YAML and rosters to nodes that know their line
``plan``         what would have to change, as values; the diff
``site/``        the doors into one install; ``http`` alone opens sockets
``journal``      how changes ended, and the append-only record of a run
``kinds/``       one file a kind of resource, found by being there
``vault``        where passwords are kept
``accounts``     sites that someone logged in to
``apply``        carries a plan out
``bind``         what only the site can say about a blueprint
``inputs``       what planning looks at, and what its stages find out
``guard``        what a plan may not do unless somebody says so
``report/``      plans and outcomes as letter, list, Markdown, JSON
``slugs``        slugs that WordPress gives only once
``checks``       what a plan cannot go without
``allowing``     words that allow something, and those that nothing can have
``remarks``      what a plan says of people beside its changes
``opening``      opens a site by any of its names
``ownership``    whose a resource is
``waiting``      what is not due yet, and goes out later
``writing``      how each change of a plan is written
``possible``     what of a blueprint this site can have now
``leavers``      who left a roster, and what becomes of them
``parting``      what becomes of the accounts of those who left
``discussion``   what Settings > Discussion is likely to refuse
``rosters``      what a reader is to know of rosters, though nothing is done about it
``compare``      from what is desired and what is observed to a plan
``engine``       the verbs: declare, observe, plan
``kept``         plans in a file, until somebody agrees to them
``facade``       what ``import wpbridge`` offers
``cli/``         the command line: parse, call, show, exit
===============  ==================================================================

Names here are found when first used, so that ``wpbridge --help`` need not wait for
requests and yaml.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.errors import (
        BlueprintError,
        Locked,
        LoginRefused,
        NoAnswer,
        NotFound,
        NotSupported,
        Place,
        Problem,
        Refused,
        SiteError,
        UnsafePlan,
        UsageError,
        WpbridgeError,
    )
    from wpbridge.facade import Outcomes, Site, SitePlan, load, open_site
    from wpbridge.journal import Outcome, Status
    from wpbridge.model import Address
    from wpbridge.plan import Action, Change, Plan

    __version__: str

__all__ = [
    "Action",
    "Address",
    "Blueprint",
    "BlueprintError",
    "Change",
    "Locked",
    "LoginRefused",
    "NoAnswer",
    "NotFound",
    "NotSupported",
    "Outcome",
    "Outcomes",
    "Place",
    "Plan",
    "Problem",
    "Refused",
    "Site",
    "SiteError",
    "SitePlan",
    "Status",
    "UnsafePlan",
    "UsageError",
    "WpbridgeError",
    "load",
    "open_site",
]

_HOMES = {
    "wpbridge.blueprint.entry": ("Blueprint",),
    "wpbridge.facade": (
        *("Bridge", "Draft"),  # names of 0.1, which warn
        *("Outcomes", "Site", "SitePlan", "load", "open_site"),
    ),
    "wpbridge.journal": ("Outcome", "Status"),
    "wpbridge.model": ("Address",),
    "wpbridge.plan": ("Action", "Change", "Plan"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import what is offered here when it is first asked for (PEP 562)."""
    if name == "__version__":
        return _version()
    if name not in _HOME and name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME.get(name, "wpbridge.errors")), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


def _version() -> str:
    """Tell the one version there is, or that this is a checkout nobody installed."""
    metadata = import_module("importlib.metadata")
    try:
        return str(metadata.version("wpbridge"))
    except metadata.PackageNotFoundError:
        return "(not installed)"
