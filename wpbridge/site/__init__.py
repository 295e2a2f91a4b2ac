"""One install of WordPress with BuddyPress, and the doors into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wpbridge.errors import WpbridgeError
    from wpbridge.model import Address, Call
    from wpbridge.site.door import Door


@dataclass(frozen=True)
class Facts:
    """
    What was found out about a site at discovery.

    ``root`` is its REST root, ``api`` BuddyPress's API version (1 or 2), ``sees_login``
    whether BuddyPress itself knows who is logged in (not under an application password
    up to 14). Versions are ``""`` where the login may not ask for them.
    """

    url: str
    root: str
    api: int
    name: str = ""
    wordpress: str = ""
    buddypress: str = ""
    sees_login: bool = True
    multisite: bool = False
    timezone: str = "UTC"
    components: Mapping[str, bool] = field(default_factory=dict)
    capabilities: frozenset[str] = frozenset()


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

    ``error`` is ``None`` when every call landed. ``lost`` is the index of the call whose
    answer never came, ``-1`` otherwise. ``answers`` has the answer of each call that
    was carried out.
    """

    job: Job
    answers: tuple[Any, ...] = ()
    error: WpbridgeError | None = None
    lost: int = -1
    seconds: float = 0.0


class Site(Protocol):
    """What the engine and the kinds see of a site."""

    facts: Facts
    me: Me
    bp: Door
    wp: Door

    def can(self, ability: str) -> str | None:
        """Why the site cannot do this over this login, or ``None`` if it can."""

    def carry(
        self, jobs: Iterable[Job], ids: dict[Address, int], *, workers: int = 4
    ) -> Iterator[Done]:
        """Send jobs, several at once, one writer at a time for what they touch."""

    def close(self) -> None:
        """Revoke what was minted, and let go of connections."""
