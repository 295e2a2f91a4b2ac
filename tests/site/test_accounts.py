"""Logins that are kept, and where."""

from __future__ import annotations

import json
import stat
import sys
from typing import TYPE_CHECKING

import keyring
import keyring.backend
import keyring.errors
import pytest

from tests.site.doorman import PASSWORD, Doorman
from tests.site.scripted import URL, Script, refusal, wordpress
from wpbridge.accounts import Access, Account, Accounts, log_in, name_of
from wpbridge.errors import LoginRefused, UsageError
from wpbridge.site.secret import Secret
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JANE = Account("club", "https://club.org", "jane")
SECRET = Secret("abcd efgh ijkl")


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory: one that works, pretends to, or is locked."""

    priority = 1  # a property in the base class

    def __init__(self, mood: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's
        self.mood = mood
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it, if in the mood."""
        if self.mood == "locked":
            raise keyring.errors.KeyringLocked
        if self.mood == "works":
            self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        """Give it."""
        if self.mood == "locked":
            raise keyring.errors.KeyringLocked
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""
        if (service, username) not in self.kept:
            raise keyring.errors.PasswordDeleteError
        del self.kept[service, username]


@pytest.fixture(params=["works", "pretends", "locked"])
def ring(request: pytest.FixtureRequest) -> Iterator[Ring]:
    """The system's keyring, for the time of a test."""
    before = keyring.get_keyring()
    made = Ring(request.param)
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    """No keyring at all."""
    before = keyring.get_keyring()
    keyring.set_keyring(Ring("locked"))
    yield
    keyring.set_keyring(before)


def test_what_is_kept_is_found(ring: Ring, tmp_path: Path) -> None:
    """In the keyring, or in a file of the owner's where that does not work."""
    accounts = Accounts(tmp_path / "wpbridge", {})
    where = accounts.keep(JANE, SECRET)
    works = ring.mood == "works"
    source = (
        "the system's keyring"
        if works
        else str(tmp_path / "wpbridge" / "passwords.json")
    )

    assert where.startswith(source)
    assert accounts.all() == [JANE]
    for named in (None, "club", "https://club.org/", "club.org"):
        assert accounts.access(named) == Access(JANE.url, "jane", SECRET, source)
    assert ("passwords.json" in {p.name for p in accounts._folder.iterdir()}) != works  # noqa: SLF001 - what is on disk


def test_what_is_forgotten_is_gone(ring: Ring, tmp_path: Path) -> None:
    """From everywhere."""
    accounts = Accounts(tmp_path, {})
    accounts.keep(JANE, SECRET)
    assert accounts.forget("https://club.org") == JANE

    assert accounts.all() == []
    assert ring.kept == {}
    assert not any("abcd" in path.read_text() for path in tmp_path.iterdir())
    with pytest.raises(UsageError, match="no login is kept for club"):
        accounts.forget("club")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.usefixtures("nothing_kept")
def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    """One that others can read is not read."""
    accounts = Accounts(tmp_path / "wpbridge", {})
    accounts.keep(JANE, SECRET)
    file = tmp_path / "wpbridge" / "passwords.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.chmod(0o644)

    with pytest.raises(UsageError, match="others can read the passwords"):
        accounts.access("club")


@pytest.mark.usefixtures("nothing_kept")
def test_the_environment_comes_first(tmp_path: Path) -> None:
    """It needs nothing that is kept."""
    environ = {
        "WPBRIDGE_SITE": "club.org",
        "WPBRIDGE_USER": "bot",
        "WPBRIDGE_PASSWORD": " pass word ",
    }
    found = Accounts(tmp_path, environ).access()

    assert found == Access(
        "https://club.org", "bot", Secret("pass word"), "WPBRIDGE_PASSWORD"
    )


@pytest.mark.usefixtures("nothing_kept")
def test_a_password_in_the_environment_is_for_its_site_only(tmp_path: Path) -> None:
    """Another one gets the one that was kept."""
    environ = {
        "WPBRIDGE_SITE": "https://other.org",
        "WPBRIDGE_USER": "bot",
        "WPBRIDGE_PASSWORD": "other",
    }
    accounts = Accounts(tmp_path, environ)
    accounts.keep(JANE, SECRET)

    assert accounts.access("club").password == SECRET
    with pytest.raises(UsageError, match="no login is kept for https:"):
        accounts.access("third.org")


@pytest.mark.usefixtures("nothing_kept")
def test_a_password_in_the_environment_is_for_its_user_only(tmp_path: Path) -> None:
    """Somebody else asked for by name has their own."""
    environ = {"WPBRIDGE_USER": "bot", "WPBRIDGE_PASSWORD": "bots"}
    accounts = Accounts(tmp_path, environ)
    accounts.keep(JANE, SECRET)

    assert accounts.access("club").password == Secret("bots")
    assert accounts.access("club", "jane").password == SECRET
    with pytest.raises(UsageError, match="no password is kept for ana"):
        accounts.access("club", "ana")


@pytest.mark.usefixtures("nothing_kept")
def test_two_logins_on_one_site_are_told_apart(tmp_path: Path) -> None:
    """By name, or by user."""
    accounts = Accounts(tmp_path, {})
    accounts.keep(JANE, SECRET)
    accounts.keep(Account("as-bob", JANE.url, "bob"), Secret("bobs"))

    assert accounts.access("as-bob").user == "bob"
    assert accounts.access("club.org", "bob").password == Secret("bobs")
    with pytest.raises(UsageError, match="which site\\? Name one: as-bob, club"):
        accounts.access()


@pytest.mark.usefixtures("nothing_kept")
def test_a_login_that_is_replaced_leaves_no_password(tmp_path: Path) -> None:
    """Another user by the same name takes its place."""
    accounts = Accounts(tmp_path, {})
    accounts.keep(JANE, SECRET)
    accounts.keep(Account(JANE.name, JANE.url, "bob"), Secret("bobs"))

    assert [each.user for each in accounts.all()] == ["bob"]
    assert "abcd" not in (tmp_path / "passwords.json").read_text()


@pytest.mark.usefixtures("nothing_kept")
def test_who_never_logged_in_is_told_how(tmp_path: Path) -> None:
    """The way without a keyboard too."""
    accounts = Accounts(tmp_path, {})
    with pytest.raises(UsageError, match="wpbridge login https:"):
        accounts.access("club.org")
    with pytest.raises(UsageError, match="none is kept, see `wpbridge login`"):
        accounts.access()


def test_a_file_that_is_no_json_is_said(tmp_path: Path) -> None:
    """And left alone."""
    (tmp_path / "sites.json").write_text("{")
    with pytest.raises(UsageError, match="cannot be read; mend it or delete it"):
        Accounts(tmp_path, {}).all()


@pytest.mark.usefixtures("nothing_kept")
def test_sites_and_passwords_lie_apart(tmp_path: Path) -> None:
    """The file of sites may be shown to anyone."""
    Accounts(tmp_path, {}).keep(JANE, SECRET)
    known = json.loads((tmp_path / "sites.json").read_text())

    assert known == {"club": {"url": "https://club.org", "user": "jane"}}


@pytest.mark.usefixtures("nothing_kept")
def test_a_login_is_kept_once_the_site_takes_it(script: Script, tmp_path: Path) -> None:
    """By the account's own name, and under the site's."""
    wordpress(script)
    accounts = Accounts(tmp_path, {})
    transport = WsgiAdapter(script)
    told = log_in(
        URL,
        "admin@x.org",
        Secret(" abcd efgh\n"),
        transport=transport,
        accounts=accounts,
    )

    assert told.account == Account("site.invalid", URL, "admin")
    assert told.facts.name == "Club"
    assert accounts.access().password == Secret("abcd efgh")
    with pytest.raises(UsageError, match="cannot be a name"):
        log_in(URL, "a", SECRET, name="a b", transport=transport, accounts=accounts)


@pytest.mark.usefixtures("nothing_kept")
def test_a_login_that_is_not_taken_is_not_kept(script: Script, tmp_path: Path) -> None:
    """Nor is one by a name that goes for another site."""
    accounts = Accounts(tmp_path, {})
    accounts.keep(JANE, SECRET)
    wordpress(script)
    transport = WsgiAdapter(script)
    with pytest.raises(UsageError, match="the name club is taken, by https"):
        log_in(URL, "a", SECRET, name="club", transport=transport, accounts=accounts)
    script.on("GET", "/wp-json/wp/v2/users/me", refusal(401, "incorrect_password"))
    with pytest.raises(LoginRefused):
        log_in(URL, "a", SECRET, transport=transport, accounts=accounts)

    assert accounts.all() == [JANE]


def test_names_are_made_of_addresses() -> None:
    """Without what all have."""
    assert name_of("https://example.org/club/") == "example.org/club"


def test_secrets_do_not_show() -> None:
    """In no form that something prints by itself."""
    access = Access("https://x.org", "jane", SECRET, "")

    assert "abcd" not in repr(access) + str(SECRET) + f"{SECRET}" + repr([SECRET])
    assert Secret("abcd efgh ijkl") == SECRET
    assert SECRET != "abcd efgh ijkl"
    assert not Secret("")
    assert len({SECRET, Secret("abcd efgh ijkl")}) == 1


def test_a_login_at_the_login_page_is_kept_as_such(ring: Ring, tmp_path: Path) -> None:
    """Beside an application password of the same account."""
    accounts = Accounts(tmp_path, {})
    page = Account("page", JANE.url, "jane", cookie=True, method_override=True)
    accounts.keep(JANE, SECRET)
    where = accounts.keep(page, Secret(" own "))
    found = accounts.access("page")

    assert where
    assert ring.mood
    assert accounts.all() == [JANE, page]
    assert (found.cookie, found.method_override) == (True, True)
    assert found.password == Secret(" own ")
    assert accounts.access("club").cookie is False
    assert accounts.access("club").password == SECRET


@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize(
    ("way", "cookie"), [("", False), ("application-password", False), ("cookie", True)]
)
def test_the_environment_says_which_password_it_is(
    tmp_path: Path,
    way: str,
    cookie: bool,  # noqa: FBT001 - a case
) -> None:
    """An application password, if it says nothing."""
    environ = {"WPBRIDGE_SITE": "club.org", "WPBRIDGE_USER": "bot"}
    environ |= {"WPBRIDGE_PASSWORD": "x", "WPBRIDGE_LOGIN": way}

    assert Accounts(tmp_path, environ).access().cookie is cookie


@pytest.mark.usefixtures("nothing_kept")
def test_another_way_to_log_in_is_refused(tmp_path: Path) -> None:
    """Rather than guessed."""
    environ = {"WPBRIDGE_LOGIN": "cookies", "WPBRIDGE_SITE": "club.org"}
    environ |= {"WPBRIDGE_USER": "bot", "WPBRIDGE_PASSWORD": "x"}

    with pytest.raises(UsageError, match="WPBRIDGE_LOGIN is `cookies`"):
        Accounts(tmp_path, environ).access()


@pytest.mark.usefixtures("nothing_kept")
def test_a_login_at_the_login_page_is_tried_and_kept(tmp_path: Path) -> None:
    """With its spaces: it is the account's own password."""
    accounts = Accounts(tmp_path, {})
    transport = WsgiAdapter(Doorman())
    secret = Secret(PASSWORD)
    login = log_in(
        URL, "jane", secret, cookie=True, transport=transport, accounts=accounts
    )

    assert login.account.cookie
    assert login.facts.sees_login
    assert accounts.access(URL).password == secret
