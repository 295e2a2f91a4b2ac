"""
Acting in a member's name: an application password made for the run, revoked at its end.

BuddyPress lets nobody post in another's name; WordPress lets an administrator make an
application password for any member. It is kept in memory only.
"""

from __future__ import annotations

from collections import defaultdict
from threading import Lock
from typing import TYPE_CHECKING, Any

from wpbridge.errors import NoAnswer, NotFound, SiteError
from wpbridge.model import Address, Call
from wpbridge.site.secret import Login, Secret
from wpbridge.site.wire import reading, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wpbridge.model import Part
    from wpbridge.site import Me, Minted
    from wpbridge.site.http import Http
    from wpbridge.site.wire import Ids

APP = "5f0c7f5a-6c1d-4c8e-9a53-77706272646d"
"""Names us to WordPress, along with every application password that we make."""


NAME = "wpbridge"
"""How the name of each begins, on the site and in journals."""


class Acting:
    """Logins of the members in whose names a run acts."""

    def __init__(self, http: Http, root: str, me: Me) -> None:
        self.run = ""
        self.minted: Minted | None = None
        self.revoked: Minted | None = None
        self._http = http
        self._root = root
        self._me = me
        self._logins: dict[str, Login] = {}
        self._made: list[tuple[int, str]] = []
        self._begun: set[int] = set()
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)

    @property
    def name(self) -> str:
        """What the passwords are called on the site: ``wpbridge 2026-05-01-a7f3``."""
        return f"{NAME} {self.run}".rstrip()

    def login(self, member: str, ids: Ids) -> Login | None:
        """A login of a member, made once; ``None`` for the acting account itself."""
        if member == self._me.login:
            return None
        with self._locks[member]:
            if member not in self._logins:
                self._logins[member] = self._mint(member, ids)
            return self._logins[member]

    def close(self) -> None:
        """
        Revoke all that was made, and tell of the first that could not be.

        By their name, too: a request that a proxy delivered twice made two, of which
        only one was told, and one whose answer was lost may have made one.
        """
        made, self._made = self._made, []
        begun, self._begun = self._begun, set()
        self._logins.clear()
        try:
            self.sweep(made)
        finally:
            self.sweep((user, self.name) for user in sorted(begun))

    def sweep(self, minted: Iterable[tuple[int, str]]) -> int:
        """
        Revoke given passwords, as far as they are there; how many there were.

        A name in the place of a uuid stands for those of that name: whoever was cut
        off while one was made never heard its uuid.
        """
        count, first = 0, None
        for user, uuid in minted:
            try:
                count += self._revoke_all(user, uuid)
            except NoAnswer as error:  # nor will there be one for the others
                raise first or error from None
            except SiteError as error:
                first = first or error
        if first:
            raise first
        return count

    def _revoke_all(self, user: int, uuid: str) -> int:
        if not uuid.startswith(NAME):
            return self._revoke(user, uuid)
        count = sum(self._revoke(user, each) for each in self._named(user, uuid))
        self._tell(self.revoked, user, uuid)
        return count

    def _revoke(self, user: int, uuid: str) -> bool:
        there = True
        try:
            self._call("DELETE", user, uuid)
        except NotFound:
            there = False
        self._tell(self.revoked, user, uuid)
        return there

    @staticmethod
    def _tell(whom: Minted | None, user: int, uuid: str) -> None:
        if whom:
            whom(user, uuid)

    def _mint(self, member: str, ids: Ids) -> Login:
        address = Address("members", member)
        if address not in ids:
            raise NotFound(f"{address} is not on the site (yet)")
        user = ids[address]
        self._begun.add(user)
        self._tell(self.minted, user, self.name)
        try:
            made = self._call("POST", user, name=self.name, app_id=APP)
        except NoAnswer as error:
            if not error.sent:
                raise
            unsure = NoAnswer(f"nobody can act as {member}: {error}")
        else:
            return self._take(member, user, made)
        raise unsure

    def _take(self, member: str, user: int, made: Mapping[str, Any]) -> Login:
        self._made.append((user, made["uuid"]))
        self._tell(self.minted, user, made["uuid"])
        return Login(member, Secret(made["password"]))

    def _named(self, user: int, name: str) -> list[str]:
        """Passwords of a run that nobody told us of, by the name they were to have."""
        route = f"/wp/v2/users/{user}/application-passwords"
        try:
            found = self._http.send(reading("GET", self._root, route)).body
        except NotFound:  # and so are they
            return []
        return [each["uuid"] for each in found if each["name"] == name]

    def _call(self, method: str, user: int, *more: str, **values: Any) -> Any:
        path: tuple[Part, ...] = ("users", user, "application-passwords", *more)
        call = Call("wp", method, path, values, repeatable=method == "DELETE")
        return self._http.send(writing(call, self._root, "/wp/v2", {}, {})).body
