"""Opening a site: find out what it is, and hand out its doors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from wpbridge.errors import (
    LoginRefused,
    NotSupported,
    Refused,
    SiteError,
    UsageError,
)
from wpbridge.site import claims
from wpbridge.site.ability import Capabilities, reason
from wpbridge.site.acting import Acting
from wpbridge.site.buddypress import BuddyPress
from wpbridge.site.bundle import Bundler
from wpbridge.site.carry import Carrier
from wpbridge.site.companion import CompanionApi
from wpbridge.site.discovery import discover
from wpbridge.site.either import Either
from wpbridge.site.http import Http
from wpbridge.site.lease import Lease
from wpbridge.site.papers import Papers
from wpbridge.site.rest import Manner, Rest
from wpbridge.site.root import tidy
from wpbridge.site.secret import Login, Secret
from wpbridge.site.session import Session
from wpbridge.site.wordpress import WordPress
from wpbridge.site.xmlrpc import Xmlrpc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Any, Self

    from requests.adapters import BaseAdapter

    from wpbridge.model import Address, Call, Claim, Claimed
    from wpbridge.site import Done, Facts, Job, Me, Minted
    from wpbridge.site.http import Log
    from wpbridge.site.trying import Limits


class Install:
    """A :class:`~wpbridge.site.SiteClient` over HTTP; close it, or use ``with``."""

    def __init__(
        self, http: Http, facts: Facts, me: Me, pool: ThreadPoolExecutor
    ) -> None:
        self.facts = facts
        self.me = me
        self._http = http
        self._pool = pool
        self.bp = self._door(BuddyPress(facts.api))
        papers = Papers(Xmlrpc(http, facts.url), facts)
        self.wp = Either(http, facts.root, WordPress(), pool, papers)
        self.companion = self._door(CompanionApi())
        self._acting = Acting(http, facts.root, me)
        doors = {"bp": self.bp, "wp": self.wp, "companion": self.companion}
        self._carrier = Carrier(http, doors, self._acting, me.id, self.can, self._learn)
        self._bundler = self._bundled()
        self._lease = Lease(self.companion)

    def can(self, ability: str) -> str | None:
        """Why the site cannot do this over this login, or ``None`` if it can."""
        unknown = ability == "registration" and self.facts.xmlrpc is None
        if unknown and reason(self.facts, ability) is None:
            self._try_xmlrpc()
        if ability == "directories" and self.facts.directories is None:
            self._try_directories()
        self._note_closed()
        return reason(self.facts, ability)

    def capabilities(self) -> Capabilities:
        """Give what is known of the site by now, as a value."""
        self._note_closed()
        return Capabilities(self.facts, self.me)

    def find_store(self) -> str:
        """
        Find out whether something on the way answers reads from a store.

        Two reads that differ in their query alone tell, where no header does.
        """
        if self._http.store:
            return self._http.store
        try:
            found = {
                field: self.wp.get("users/me", _fields=field)
                for field in ("id", "name")
            }
        except SiteError:  # what is closed there tells nothing of a store
            return ""
        if any(field not in item for field, item in found.items()):
            self._http.store = "it takes no heed of what stands behind `?`"
        return self._http.store

    def _note_closed(self) -> None:
        if self.wp.closed != self.facts.closed:
            self.facts = replace(self.facts, closed=self.wp.closed)

    def _try_xmlrpc(self) -> None:
        """Find out whether XML-RPC is open; only those who need it knock there."""
        try:
            self.wp.get("registration")
        except (LoginRefused, NotSupported, Refused):
            self.facts = replace(self.facts, xmlrpc=False)
        else:
            self.facts = replace(self.facts, xmlrpc=True)

    def _try_directories(self) -> None:
        """Find out whether BuddyPress lives here; 12 has the route on others, too."""
        there = True
        if self.facts.multisite:
            try:
                params = {"status": "any", "per_page": 1, "_fields": "id"}
                there = bool(self.wp.get("buddypress", **params))
            except (NotSupported, Refused):
                there = False
        self.facts = replace(self.facts, directories=there)

    def carry(
        self,
        jobs: Iterable[Job],
        ids: dict[Address, int],
        *,
        workers: int = 4,
        stop: Event | None = None,
    ) -> Iterator[Done]:
        """Send jobs, several at once, one writer at a time for what they touch."""
        carrier = self._bundler or self._carrier
        for done in carrier.carry(jobs, ids, workers, stop or Event()):
            self._lease.keep()
            yield done

    def claims(
        self, owner: str, kinds: Iterable[str], everyones: Iterable[str]
    ) -> Iterator[Claim]:
        """What an owner has of some kinds, and anybody of others, if that is kept."""
        if self.can("marks"):
            return iter(())
        return claims.claims(self.companion, owner, kinds, everyones)

    def claim(
        self,
        owner: str,
        mine: Iterable[Claimed],
        ids: Mapping[Address, int],
        *,
        drop: Iterable[Address] = (),
    ) -> None:
        """Have it kept whose something is; does nothing on a site that cannot."""
        if self.can("marks") is None:
            claims.claim(self.companion, owner, mine, ids, drop=drop)

    @contextmanager
    def lease(
        self, token: str, keep: Callable[[], object] = lambda: None
    ) -> Iterator[None]:
        """
        Keep others off the site, wherever they are; raises ``Locked`` if they are on.

        Who comes with the same ``token`` is the same, so a lease that a run left behind
        is taken over by the next one from there. ``keep`` is called where the site may
        not have heard that it is over.

        Does nothing on a site that knows of no such thing.
        """
        if self.can("lease") is None:
            self._lease.take(token)
        try:
            yield
        finally:
            if not self._lease.give_back():
                keep()

    def under(self, run: str, minted: Minted, revoked: Minted | None = None) -> None:
        """Name the run, and say who is told of application passwords as they pass."""
        self._acting.run = run
        if self._bundler:
            self._bundler.run = run
        self._acting.minted = minted
        self._acting.revoked = revoked

    def revoke(self) -> None:
        """Revoke what was minted for this run; raises what could not be."""
        self._acting.close()

    def sweep(self, minted: Iterable[tuple[int, str]]) -> int:
        """Revoke what a crashed run left, by user and uuid; how many there were."""
        return self._acting.sweep(minted)

    def close(self) -> None:
        """Revoke what was minted, and let go of connections."""
        try:
            self._acting.close()
        finally:
            self._pool.shutdown(cancel_futures=True)
            if isinstance(self._http.login, Session):
                self._http.login.end(self._http)
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _bundled(self) -> Bundler | None:
        if self.facts.companion is None or self.can("many calls at once"):
            return None
        return Bundler(self._carrier, self.facts.companion, self.facts.root)

    def _learn(self, call: Call, answer: Any) -> None:
        """Take note of a component that was switched: later calls may depend on it."""
        if (call.door, *call.path) == ("bp", "components"):
            switched = {answer["name"]: bool(answer["is_active"])}
            known = {**self.facts.components, **switched}
            self.facts = replace(self.facts, components=known)

    def _door(self, manner: Manner) -> Rest:
        return Rest(self._http, self.facts.root, manner, self._pool)


def open_site(
    url: str,
    user: str,
    password: Secret | str,
    *,
    cookie: bool = False,
    method_override: bool = False,
    workers: int = 4,
    transport: BaseAdapter | None = None,
    insecure: bool = False,
    limits: Limits | None = None,
    log: Log | None = None,
    sleep: Callable[[float], None] | None = None,
) -> Install:
    """
    Open the site at an address under an application password.

    ``cookie``: it is the account's own, and goes to the site's login page.
    ``method_override``: PUT and DELETE travel as a POST, for hosts that stop them.
    """
    if cookie and insecure:
        raise UsageError("a login page gets its password over https only")
    secret = password if isinstance(password, Secret) else Secret(password)
    login = Session(user, secret) if cookie else Login(user, secret)
    http = Http(
        login,
        tunnels=method_override,
        transport=transport,
        insecure=insecure,
        limits=limits,
        log=log,
        sleep=sleep,
    )
    pool = ThreadPoolExecutor(workers, thread_name_prefix="wpbridge reads")
    try:
        if isinstance(login, Session):
            login.begin(http, tidy(url))
        facts, me = discover(http, tidy(url), pool)
    except BaseException:
        pool.shutdown(cancel_futures=True)
        http.close()
        raise
    return Install(http, facts, me, pool)
