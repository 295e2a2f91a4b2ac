"""A real site with the companion on it, as the tests of the companion speak to it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import requests

Json = Any
Call = dict[str, Any]

_numbers = count(1)


def fresh(stem: str) -> str:
    """Give a name that no other test of this run has."""
    return f"{stem}{next(_numbers)}x{os.getpid() % 10000}"


def sites() -> dict[str, dict[str, Any]]:
    """The sites that the environment names, by a short name."""
    if listed := os.environ.get("WPBRIDGE_COMPANION_SITES"):
        found: dict[str, dict[str, Any]] = json.loads(Path(listed).read_text("utf-8"))
        return found
    if url := os.environ.get("WPBRIDGE_COMPANION_URL"):
        keys = {
            "user": "USER",
            "application_password": "PASSWORD",
            "cookie_password": "COOKIE_PASSWORD",
            "mail_log": "MAIL_LOG",
            "mysql": "MYSQL",
            "docroot": "DOCROOT",
        }
        named = {
            key: os.environ.get(f"WPBRIDGE_COMPANION_{word}")
            for key, word in keys.items()
        }
        if named["mysql"]:
            named |= {"mysql": named["mysql"].split()}  # type: ignore[dict-item]  # argv
        return {"site": {"url": url} | {key: v for key, v in named.items() if v}}
    return {}


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

    name: str
    facts: dict[str, Any]
    http: requests.Session = field(default_factory=requests.Session)

    @property
    def url(self) -> str:
        """Its address: ``http://127.0.0.1:8314``."""
        return str(self.facts["url"]).rstrip("/")

    @property
    def admin(self) -> Person:
        """The administrator that the tests are given."""
        return Person(
            1,
            self.facts["user"],
            self.facts["application_password"],
            self.facts.get("cookie_password", ""),
        )

    @property
    def bp(self) -> str:
        """BuddyPress's namespace here: ``/buddypress/v1``."""
        status = self.ask("GET", "/wpbridge/v1/status").json()
        new = int(status["buddypress"].split(".")[0]) >= 15
        return "/buddypress/v2" if new else "/buddypress/v1"

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
        done = subprocess.run(
            [*self.facts["mysql"], "-e", query],
            check=True,
            capture_output=True,
            text=True,
        )
        return [line.split("\t") for line in done.stdout.splitlines()]

    def value(self, query: str) -> str:
        """The one value that a query finds; empty for none."""
        rows = self.sql(query)
        return rows[0][0] if rows else ""

    def mails(self) -> int:
        """How many mails the site has handed to sendmail."""
        text = Path(self.facts["mail_log"]).read_text("utf-8", errors="replace")
        return sum(line.startswith("=== 20") for line in text.splitlines())

    def switch(self, **switches: bool) -> None:
        """Turn the switches; all that are not named are off."""
        kept = "".join(
            f's:{len(name)}:"{name}";b:{int(on)};' for name, on in switches.items()
        )
        text = f"a:{len(switches)}:{{{kept}}}".replace("'", "''")
        self.sql(
            "INSERT INTO wp_options (option_name, option_value, autoload) "
            f"VALUES ('wpbridge_companion', '{text}', 'yes') "
            f"ON DUPLICATE KEY UPDATE option_value = '{text}'"
        )

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
        session = requests.Session()
        session.cookies.set("wordpress_test_cookie", "WP Cookie check")
        session.post(
            f"{self.url}/wp-login.php",
            {
                "log": person.login,
                "pwd": person.cookie_password,
                "wp-submit": "Log In",
                "testcookie": "1",
            },
            timeout=60,
        )
        nonce = session.get(
            f"{self.url}/wp-admin/admin-ajax.php?action=rest-nonce", timeout=60
        ).text
        assert len(nonce) == 10, f"{person.login} could not log in"
        session.headers["X-WP-Nonce"] = nonce
        return session

    def php(self, code: str, **cookies: str) -> str:
        """What a piece of PHP prints inside the site."""
        server = {
            "HTTP_HOST": self.url.split("//")[1],
            "REQUEST_URI": "/",
            "REQUEST_METHOD": "GET",
            "SERVER_PROTOCOL": "HTTP/1.1",
        }
        begin = "".join(f"$_SERVER['{k}']='{v}';" for k, v in server.items())
        begin += "".join(f"$_COOKIE['{k}']='{v}';" for k, v in cookies.items())
        load = f"require '{self.facts['docroot']}/wp-load.php';"
        done = subprocess.run(
            ["php", "-r", begin + load + code],
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

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
