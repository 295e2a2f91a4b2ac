"""One install of WordPress with BuddyPress, and the doors into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from threading import Event

    from wpbridge.errors import WpbridgeError
    from wpbridge.model import Address, Call, Claim, Claimed
    from wpbridge.site.ability import Capabilities
    from wpbridge.site.door import Door


Minted: TypeAlias = "Callable[[int, str], object]"
"""Is told the user and the uuid of an application password."""


@dataclass(frozen=True)
class Companion:
    """
    The companion plugin on a site, as its own status tells.

    ``abilities`` and ``switches`` are its words; both are empty where the login may
    not ask. ``most`` has the largest numbers that it takes, ``page`` is where an
    administrator switches things on.
    """

    version: str = ""
    abilities: frozenset[str] = frozenset()
    switches: Mapping[str, bool] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)
    page: str = ""

    def on(self, switch: str) -> bool:
        """Tell whether something may be done that is off until it is switched on."""
        return "calls" in self.abilities and bool(self.switches.get(switch))


@dataclass(frozen=True)
class Facts:
    """
    What was found out about a site at discovery.

    ``root`` is its REST root, ``api`` BuddyPress's API version (1 or 2), ``sees_login``
    whether BuddyPress itself knows who is logged in (not under an application password
    up to 14), ``sees_members`` the same of members in whose names a run acts, which is
    always under one. Versions are ``""`` where the login may not ask for them.
    ``timezone`` is a name, or such as ``+05:30`` on sites that state an offset. The
    site offers ``application_passwords`` or not, and ``password_page`` is where one is
    made; on a network of sites (``multisite``) a login may not be one that
    ``adds_members``; ``plain`` permalinks have none of ``/wp-json/``; ``companion`` is
    that plugin, if it is active; ``directories``: BuddyPress's own pages are on this
    site of a network, and ``xmlrpc``: that door is open, both ``None`` if nobody tried
    yet; ``closed``: routes of WordPress's own that it is used for, as the REST API does
    not answer; ``ahead``: how far the site's clock is ahead of ours.
    """

    url: str
    root: str
    api: int
    name: str = ""
    wordpress: str = ""
    buddypress: str = ""
    sees_login: bool = True
    sees_members: bool = True
    multisite: bool = False
    adds_members: bool = True
    timezone: str = "UTC"
    components: Mapping[str, bool] = field(default_factory=dict)
    capabilities: frozenset[str] = frozenset()
    application_passwords: bool = True
    password_page: str = ""
    plain: bool = False
    companion: Companion | None = None
    directories: bool | None = None
    xmlrpc: bool | None = None
    closed: frozenset[str] = frozenset()
    ahead: timedelta = timedelta()


@dataclass(frozen=True)
class Me:
    """The acting account."""

    login: str
    id: int


@dataclass(frozen=True, slots=True)
class Job:
    """
    Calls that run in order, and what they write to besides each other.

    ``ordered``: those that touch the same run in the order in which they were given.
    """

    key: Address
    calls: tuple[Call, ...]
    touches: tuple[Address, ...]
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """
    How a job ended.

    ``error`` is ``None`` when every call landed. ``lost`` is the index of the call
    whose answer never came, ``-1`` otherwise. ``answers`` has the answer of each call
    that was carried out; ``None`` for those in ``dropped``, which are optional and
    which the site cannot do, and for those in ``already``, whose error says that it may
    have been so before: a second look tells. ``unmailed``: the site made an account,
    and could not mail the welcome to it.
    """

    job: Job
    answers: tuple[Any, ...] = ()
    error: WpbridgeError | None = None
    lost: int = -1
    already: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    unmailed: bool = False
    seconds: float = 0.0


class SiteClient(Protocol):
    """What the engine and the kinds see of a site."""

    facts: Facts
    me: Me

    @property
    def bp(self) -> Door:
        """BuddyPress's own API."""

    @property
    def wp(self) -> Door:
        """WordPress's API."""

    @property
    def companion(self) -> Door:
        """The companion plugin's own routes, where that is."""

    def can(self, ability: str) -> str | None:
        """Why the site cannot do this over this login, or ``None`` if it can."""

    def capabilities(self) -> Capabilities:
        """
        Give what is known of the site by now, as a value; asks nothing.

        What only those find out who need it is known once the kinds were read.
        """

    def find_store(self) -> str:
        """Say by what a cache on the way shows, if one answers reads; asks twice."""

    def carry(
        self,
        jobs: Iterable[Job],
        ids: dict[Address, int],
        *,
        workers: int = 4,
        stop: Event | None = None,
    ) -> Iterator[Done]:
        """
        Send jobs, several at once, one writer at a time for what they touch.

        Ids are filled in as answers land. Once ``stop`` is set, what is under way is
        finished and nothing else begun; jobs that never began are not in the result.
        """

    def claims(
        self, owner: str, kinds: Iterable[str], everyones: Iterable[str]
    ) -> Iterator[Claim]:
        """What an owner has of some kinds, and anybody of others, if that is kept."""

    def claim(
        self,
        owner: str,
        mine: Iterable[Claimed],
        ids: Mapping[Address, int],
        *,
        drop: Iterable[Address] = (),
    ) -> None:
        """Have it kept whose something is; does nothing on a site that cannot."""

    def lease(
        self, token: str, keep: Callable[[], object] = ...
    ) -> AbstractContextManager[None]:
        """
        Keep others off the site, wherever they are; raises ``Locked`` if they are on.

        Who comes with the same ``token`` is the same; ``keep`` is called where the site
        may not have heard that it is over.

        Does nothing on a site that knows of no such thing.
        """

    def under(self, run: str, minted: Minted, revoked: Minted | None = None) -> None:
        """Name the run, and say who is told of application passwords as they pass."""

    def revoke(self) -> None:
        """Revoke what was minted for this run; raises what could not be."""

    def sweep(self, minted: Iterable[tuple[int, str]]) -> int:
        """Revoke what a crashed run left, by user and uuid; how many there were."""

    def close(self) -> None:
        """Revoke what was minted, and let go of connections."""
