"""An embedded site to knock at, with little to type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.test import Client

from wpbridge.rehearsal import App, create_app

if TYPE_CHECKING:
    from pathlib import Path

COMPONENTS = ("groups", "friends", "messages")


@dataclass
class Answer:
    """A status and what came with it."""

    status: int
    body: Any
    headers: dict[str, str]


@dataclass
class Site:
    """The application, and a login to send along."""

    app: App
    login: tuple[str, str] | None

    def __call__(self, method: str, path: str, **values: Any) -> Answer:
        """Send JSON; ``~`` stands for BuddyPress's namespace."""
        path = path.replace("~", f"/buddypress/{self.app.version.api}", 1)
        answer = Client(self.app).open(
            f"/wp-json{path}",
            method=method,
            json=values or None,
            auth=self.login,
        )
        body = answer.get_json(silent=True)
        return Answer(answer.status_code, body, dict(answer.headers))

    def item(self, method: str, path: str, **values: Any) -> Any:
        """The one object in an answer, out of its list on v1."""
        body = self(method, path, **values).body
        return body[0] if isinstance(body, list) else body

    def member(self, login: str) -> int:
        """A new account's id."""
        values = {"username": login, "email": f"{login}@example.org", "password": "p"}
        return int(self("POST", "/wp/v2/users", **values).body["id"])

    def as_member(self, identity: int, login: str) -> Site:
        """The same site, entered by a member's own application password."""
        path = f"/wp/v2/users/{identity}/application-passwords"
        return Site(self.app, (login, self("POST", path, name="t").body["password"]))


def opened(version: int = 15, database: Path | str = ":memory:") -> Site:
    """A site with its usual components, entered by the administrator."""
    app = create_app(database, version=version)
    site = Site(app, (app.user, app.password))
    for name in COMPONENTS:
        site("PUT", "~/components", name=name, action="activate")
    return site
