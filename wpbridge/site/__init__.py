"""One install of WordPress with BuddyPress, and the doors into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from threading import Event

    from wpbridge.errors import WpbridgeError
    from wpbridge.model import Address, Call
    from wpbridge.site.door import Door


Minted: TypeAlias = "Callable[[int, str], object]"
"""Is told the user and the uuid of an application password."""


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
    made; ``plain`` permalinks have none of ``/wp-json/``; ``companion``: that plugin is
    active.
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
    timezone: str = "UTC"
    components: Mapping[str, bool] = field(default_factory=dict)
    capabilities: frozenset[str] = frozenset()
    application_passwords: bool = True
    password_page: str = ""
    plain: bool = False
    companion: bool = False


@dataclass(frozen=True)
class Me:
    """The acting account."""

    login: str
    id: int


@dataclass(frozen=True, slots=True)
class Job:
    """Calls that run in order, and what they write to besides each other."""

    key: Address
    calls: tuple[Call, ...]
    touches: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """
    How a job ended.

    ``error`` is ``None`` when every call landed. ``lost`` is the index of the call
    whose answer never came, ``-1`` otherwise. ``answers`` has the answer of each call
    that was carried out; ``None`` for those in ``dropped``, which are optional and
    which the site cannot do, and for those in ``already``, whose error says that it may
    have been so before: a second look tells.
    """

    job: Job
    answers: tuple[Any, ...] = ()
    error: WpbridgeError | None = None
    lost: int = -1
    already: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    seconds: float = 0.0


class Site(Protocol):
    """What the engine and the kinds see of a site."""

    facts: Facts
    me: Me

    @property
    def bp(self) -> Door:
        """BuddyPress's own API."""

    @property
    def wp(self) -> Door:
        """WordPress's API."""

    def can(self, ability: str) -> str | None:
        """Why the site cannot do this over this login, or ``None`` if it can."""

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

    def under(self, run: str, minted: Minted, revoked: Minted | None = None) -> None:
        """Name the run, and say who is told of application passwords as they pass."""

    def revoke(self) -> None:
        """Revoke what was minted for this run; raises what could not be."""

    def sweep(self, minted: Iterable[tuple[int, str]]) -> int:
        """Revoke what a crashed run left, by user and uuid; how many there were."""

    def close(self) -> None:
        """Revoke what was minted, and let go of connections."""
