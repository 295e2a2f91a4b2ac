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

================  ====================================================================
``errors``        every error, as one tree
``model``         the nouns: Address, Spec, UNSET, Call, Observed
``text``          text as a reader sees it, and the marks left in it
``blueprint/``    YAML and rosters to nodes that know their line
``plan``          what would have to change, as values; the diff
``guard``         what a plan may not do unless somebody says so
``journal``       how changes ended, and the record of a run
``site/``         the doors into one install; ``http`` alone opens sockets
``kinds/``        one file a kind of resource, found by being there
``bind``          what only the site can say about a blueprint
``engine``        the verbs: declare, observe, plan
``apply``         carries a plan out
``accounts``      logins and kept sites
``lock``          one apply at a time for each site
``folders``       where journals and rehearsals are kept
``stage``         rehearsal sites by name
``opening``       opens a site by any of its names
``facade``        what is offered here
``report/``       plans and outcomes as letter, list, Markdown, JSON
``cli/``          the command line: parse, call, show, exit
``rehearsal/``    the embedded site; imports nothing of the above
``companion/``    the plugin for WordPress, as package data
================  ====================================================================

Names here are found when first used, so that ``wpbridge --help`` need not wait for
requests and yaml.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wpbridge.errors import (
        BlueprintError,
        SiteError,
        UnsafePlan,
        UsageError,
        WpbridgeError,
    )
    from wpbridge.facade import Bridge, Draft, load, open_site

    __version__: str

__all__ = [
    "BlueprintError",
    "Bridge",
    "Draft",
    "SiteError",
    "UnsafePlan",
    "UsageError",
    "WpbridgeError",
    "load",
    "open_site",
]

_HOMES = {
    name: "wpbridge.facade"
    if name in {"Bridge", "Draft", "load", "open_site"}
    else "wpbridge.errors"
    for name in __all__
}


def __getattr__(name: str) -> Any:
    """Import what is offered here when it is first asked for (PEP 562)."""
    if name == "__version__":
        return _version()
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def _version() -> str:
    """Tell the one version there is, or that this is a checkout nobody installed."""
    from importlib import metadata  # noqa: PLC0415 - slow, and seldom asked for

    try:
        return metadata.version("wpbridge")
    except metadata.PackageNotFoundError:
        return "(not installed)"
