"""A real site with the companion on it, as the tests of the companion speak to it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tests.live.record import logged_in, target

if TYPE_CHECKING:
    import requests

    from tests.live.booting import Running

Json = Any
Call = dict[str, Any]

_numbers = count(1)


def fresh(stem: str) -> str:
    """Give a name that no other test of this run has."""
    return f"{stem}{next(_numbers)}x{os.getpid() % 10000}"


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and how they log in."""

    id: int
    login: str
    password: str = ""
    """An application password; empty for anonymous."""
    cookie_password: str = "a pass phrase for tests"

    @property
    def auth(self) -> tuple[str, str] | None:
        """For requests: ``("ana", "abcd efgh")``."""
        return (self.login, self.password) if self.password else None


ANONYMOUS = Person(0, "")


@dataclass
class Site:
    """One real site."""

    running: Running

    @cached_property
    def http(self) -> requests.Session:
        """A session without any login."""
        return target(self.running).session

    @property
    def url(self) -> str:
        """Its address: ``http://127.0.0.1:8314``."""
        return self.running.url

    @property
    def admin(self) -> Person:
        """The administrator whom the tests are given."""
        live = self.running
        return Person(1, live.user, live.application_password, live.password)

    @property
    def bp(self) -> str:
        """BuddyPress's namespace here: ``/buddypress/v1``."""
        return f"/{target(self.running).namespace}"

    def ask(
        self,
        method: str,
        path: str,
        body: Json = None,
        *,
        by: Person | None = None,
        **more: Any,
    ) -> requests.Response:
        """Send one request; by the administrator unless told."""
        person = by or self.admin
        return self.http.request(
            method,
            f"{self.url}/wp-json{path}",
            json=body,
            auth=person.auth,
            timeout=60,
            **more,
        )

    def calls(self, *calls: Call, by: Person | None = None, **more: Any) -> list[Json]:
        """The answers to some calls in one request."""
        response = self.ask(
            "POST", "/wpbridge/v1/calls", {"calls": list(calls), **more}, by=by
        )
        assert response.status_code == 200, response.text
        answers: list[Json] = response.json()["answers"]
        return answers

    def call(
        self, method: str, path: str, body: Json = None, **more: Any
    ) -> dict[str, Any]:
        """The answer to one call."""
        by = more.pop("by", None)
        wire = {"method": method, "path": path, **more}
        if body is not None:
            wire["body"] = body
        answer: dict[str, Any] = self.calls(wire, by=by)[0]
        return answer

    def good(self, method: str, path: str, body: Json = None, **more: Any) -> Json:
        """The unwrapped body of a call that must run."""
        answer = self.call(method, path, body, **more)
        assert answer["state"] == "ran", answer
        return one(answer["body"])

    def sql(self, query: str) -> list[list[str]]:
        """Rows of the database."""
        return self.running.database.rows(query)

    def value(self, query: str) -> str:
        """The one value that a query finds; empty for none."""
        rows = self.sql(query)
        return rows[0][0] if rows else ""

    def mails(self) -> int:
        """How many mails the site has handed to sendmail."""
        return self.running.sent()

    def switch(self, **switches: bool) -> None:
        """Turn the switches; all that are not named are off."""
        self.running.switch(**switches)

    def member(self, role: str = "subscriber", stem: str = "m") -> Person:
        """Make a member with a password and an application password."""
        login = fresh(stem)
        person = Person(0, login)
        made = self.ask(
            "POST",
            "/wp/v2/users",
            {
                "username": login,
                "email": f"{login}@example.org",
                "name": login.title(),
                "password": person.cookie_password,
                "roles": [role],
            },
        )
        assert made.status_code == 201, made.text
        user = made.json()["id"]
        minted = self.ask(
            "POST",
            f"/wp/v2/users/{user}/application-passwords",
            {"name": fresh("tests")},
        )
        assert minted.status_code == 201, minted.text
        return Person(user, login, minted.json()["password"])

    def another_admin(self) -> Person:
        """Make somebody who may do all that the administrator may."""
        person = self.member("administrator")
        if self.running.network:
            self.php(f"grant_super_admin({person.id});")
        return person

    def delete(self, person: Person) -> None:
        """Delete an account; REST does not on a network."""
        self.php(
            "require_once ABSPATH.'wp-admin/includes/user.php';"
            "require_once ABSPATH.'wp-admin/includes/ms.php';"
            f"is_multisite() ? wpmu_delete_user({person.id})"
            f" : wp_delete_user({person.id}, 1);"
        )

    def group(self, *members: Person, status: str = "public", **more: Any) -> int:
        """Make a group with members in it."""
        slug = fresh("group")
        group = self.good(
            "POST",
            f"{self.bp}/groups",
            {
                "name": slug,
                "slug": slug,
                "description": "For tests.",
                "status": status,
                "creator_id": 1,
                **more,
            },
        )["id"]
        for each in members:
            self.join(group, each)
        return int(group)

    def join(self, group: int, person: Person, role: str = "") -> None:
        """Put somebody into a group."""
        path = f"{self.bp}/groups/{group}/members"
        self.good("POST", path, {"user_id": person.id, "context": "edit"})
        if role:
            self.good("PUT", f"{path}/{person.id}", {"role": role, "action": "promote"})

    def post(
        self, text: str, group: int = 0, by: Person | None = None, **more: Any
    ) -> requests.Response:
        """Post by BuddyPress's own route, as whoever it is."""
        where = {"component": "groups", "primary_item_id": group} if group else {}
        return self.ask(
            "POST", f"{self.bp}/activity", {"content": text, **where, **more}, by=by
        )

    def browser(self, person: Person) -> requests.Session:
        """A session that has logged in by the form, with a nonce for REST."""
        session = logged_in(self.running, person.login, person.cookie_password)
        nonce = session.headers["X-WP-Nonce"]
        assert len(nonce) == 10, f"{person.login} could not log in"
        return session

    def php(self, code: str, **cookies: str) -> str:
        """What a piece of PHP prints inside the site."""
        return self.running.php(code, cookies=cookies)

    def form(self, person: Person, nonce: str, **fields: object) -> str:
        """Send a form of the theme as a browser does, with the nonce of its page."""
        session = self.browser(person)
        cookies = {k: unquote(v) for k, v in session.cookies.get_dict().items()}
        code = f"wp_set_current_user({person.id}); echo wp_create_nonce('{nonce}');"
        fields[f"_wpnonce_{nonce}"] = self.php(code, **cookies)
        return session.post(
            f"{self.url}/wp-admin/admin-ajax.php", fields, timeout=60
        ).text


def one(body: Json) -> Json:
    """What a single object's answer holds; BuddyPress 14 wraps it in a list."""
    return body[0] if isinstance(body, list) and body else body
