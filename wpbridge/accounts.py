"""
Sites that someone logged in to, and where their passwords are kept.

The environment comes first (``WPBRIDGE_SITE``, ``WPBRIDGE_USER``,
``WPBRIDGE_PASSWORD``), then what ``wpbridge login`` kept: addresses in a file in the
user's config folder, passwords in the system's keyring, or, where there is none, in a
file that only its owner can read. ``WPBRIDGE_LOGIN=cookie`` says that the password is
the account's own, for the site's login page; else it is an application password.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode, urlsplit

from wpbridge import folders
from wpbridge.errors import NotSupported, UsageError
from wpbridge.site.secret import Secret
from wpbridge.vault import Vault, load, save

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from requests.adapters import BaseAdapter

    from wpbridge.site import Facts, Me


WAYS = ("", "application-password", "cookie")
"""What ``WPBRIDGE_LOGIN`` may say."""


@dataclass(frozen=True, order=True)
class Account:
    """
    A login on a site; ``name`` is what it goes by on the command line.

    ``cookie``: its password is the account's own, and goes to the login page.
    ``method_override``: the host stops PUT and DELETE.
    """

    name: str
    url: str
    user: str
    cookie: bool = False
    method_override: bool = False

    @property
    def entry(self) -> str:
        """Names its password: ``jane@https://example.org``."""
        return f"{self.user}@{self.url}" + " (login page)" * self.cookie


class Access(NamedTuple):
    """What it takes to open a site; ``source`` says where the password was."""

    url: str
    user: str
    password: Secret
    source: str
    cookie: bool = False
    method_override: bool = False


class LoggedIn(NamedTuple):
    """A login that works: where its password is kept, and what the site is."""

    account: Account
    where: str
    facts: Facts
    me: Me


class Accounts:
    """The accounts of whoever is at the keyboard."""

    def __init__(
        self, folder: Path | None = None, environ: Mapping[str, str] | None = None
    ) -> None:
        self._folder = folder or folders.config()
        self._vault = Vault(self._folder)
        self._environ = os.environ if environ is None else environ

    @property
    def _sites(self) -> Path:
        return self._folder / "sites.json"

    def all(self) -> list[Account]:
        """Every account kept, by name."""
        known = load(self._sites)
        return sorted(Account(name, **each) for name, each in known.items())

    def access(self, site: str | None = None, user: str | None = None) -> Access:
        """
        What opens a site, named by its name or address, or the only one there is.

        A password in the environment is meant for the site in the environment, and is
        told to no other.
        """
        stated = self._environ.get("WPBRIDGE_SITE", "").strip()
        told = self._environ.get("WPBRIDGE_USER", "").strip()
        account = self._pick(site or stated, user or told)
        same = self.meant(account.url)
        password = self._environ.get("WPBRIDGE_PASSWORD", "")
        if not self.cookie:  # an account's own password may begin with a space
            password = password.strip()
        user = user or (told if same else "") or account.user
        if not user:
            raise UsageError(
                f"no login is kept for {account.url}: run `wpbridge login "
                f"{account.url}`, or set WPBRIDGE_USER and WPBRIDGE_PASSWORD"
            )
        if password and same and user == (told or user):
            access = Access(account.url, user, Secret(password), "WPBRIDGE_PASSWORD")
            override = account.method_override
            return access._replace(cookie=self.cookie, method_override=override)
        if user != account.user:
            account = Account(account.name, account.url, user)
        return self._kept(account)

    def meant(self, url: str) -> bool:
        """Tell whether the environment's login may be told to a site."""
        stated = self._environ.get("WPBRIDGE_SITE", "").strip()
        return not stated or self._url(stated) == self._url(url)

    @property
    def cookie(self) -> bool:
        """Whether the environment's password is for the site's login page."""
        way = self._environ.get("WPBRIDGE_LOGIN", "").strip()
        if way not in WAYS:
            raise UsageError(f"WPBRIDGE_LOGIN is `{way}`; it may be `cookie`, or unset")
        return way == "cookie"

    def check(self, account: Account) -> None:
        """Refuse a name that goes for another site, or that cannot be one."""
        if not account.name or (
            any(each in account.name for each in "/: \t")
            and (account.name != name_of(account.url))
        ):
            raise UsageError(f"`{account.name}` cannot be a name; try `club`")
        for each in self.all():
            if each.name == account.name and each.url != account.url:
                raise UsageError(f"the name {each.name} is taken, by {each.url}")

    def keep(self, account: Account, password: Secret) -> str:
        """Keep an account and its password; says in words where that is."""
        known = load(self._sites)
        for each in self.all():
            if each.name == account.name and each.entry != account.entry:
                self._vault.forget(each.entry)
        told = asdict(account).items()
        entry = {key: each for key, each in told if key != "name" and each is not False}
        save(self._sites, {**known, account.name: entry})
        return self._vault.keep(account.entry, password)

    def kept(self, site: str) -> Account:
        """The account that is kept for a site; raises ``UsageError`` if none is."""
        account = self._pick(site)
        if account.name not in load(self._sites):
            raise UsageError(f"no login is kept for {site}{self._choices()}")
        return account

    def forget(self, site: str) -> Account:
        """Forget an account and its password."""
        account = self.kept(site)
        known = load(self._sites)
        save(self._sites, {n: each for n, each in known.items() if n != account.name})
        self._vault.forget(account.entry)
        return account

    def _pick(self, site: str, user: str = "") -> Account:
        kept = self.all()
        if not site:
            if len(kept) == 1:
                return kept[0]
            raise UsageError(
                f"which site? Name one{self._choices()}. To try things out, there is "
                "`--site rehearsal`."
            )
        for each in kept:
            if site == each.name:
                return each
        url = self._url(site)
        fitting = [each for each in kept if each.url == url]
        fitting.sort(key=lambda each: each.user != user)
        return fitting[0] if fitting else Account(name_of(url), url, "")

    def _url(self, site: str) -> str:
        from wpbridge.site.root import tidy  # noqa: PLC0415 - not for --help

        names = {each.name: each.url for each in self.all()}
        return names.get(site) or tidy(site)

    def _choices(self) -> str:
        names = ", ".join(each.name for each in self.all())
        return f": {names}" if names else "; none is kept, see `wpbridge login`"

    def _kept(self, account: Account) -> Access:
        found = self._vault.find(account.entry)
        if found is None:
            raise UsageError(
                f"no password is kept for {account.user} on {account.url}: run "
                f"`wpbridge login {account.url}`, or set WPBRIDGE_PASSWORD"
            )
        access = Access(account.url, account.user, *found)
        override = account.method_override
        return access._replace(cookie=account.cookie, method_override=override)


def credentials(site: str, user: str | None = None) -> tuple[str, str, Secret]:
    """Address, user name and password of a site named by its name or address."""
    access = Accounts().access(site, user)
    return access.url, access.user, access.password


def log_in(
    url: str,
    user: str,
    password: Secret,
    *,
    name: str = "",
    cookie: bool = False,
    method_override: bool = False,
    insecure: bool = False,
    transport: BaseAdapter | None = None,
    accounts: Accounts | None = None,
) -> LoggedIn:
    """Try a login, and keep it if the site takes it; raises what is wrong with it."""
    from wpbridge.site.open import open_site  # noqa: PLC0415 - not for --help

    accounts = accounts or Accounts()
    if not cookie:  # an account's own password may begin with a space
        password = Secret(password.reveal().strip())
    with open_site(
        url,
        user,
        password,
        cookie=cookie,
        method_override=method_override,
        insecure=insecure,
        transport=transport,
    ) as site:
        url, user = site.facts.url, site.me.login
        account = Account(name or name_of(url), url, user, cookie, method_override)
        accounts.check(account)
        where = accounts.keep(account, password)
        return LoggedIn(account, where, site.facts, site.me)


def name_of(url: str) -> str:
    """``example.org`` of its address; the name that an account gets by itself."""
    parts = urlsplit(url)
    return parts.netloc + parts.path.rstrip("/")


def password_page(
    url: str, *, insecure: bool = False, transport: BaseAdapter | None = None
) -> str:
    """Where on a site one makes an application password for wpbridge."""
    from wpbridge.site.acting import APP  # noqa: PLC0415 - not for --help
    from wpbridge.site.http import Http  # noqa: PLC0415 - the same
    from wpbridge.site.root import find, tidy  # noqa: PLC0415 - the same

    url = tidy(url)
    http = Http(None, insecure=insecure, transport=transport)
    try:
        page = find(http, url).password_page
    finally:
        http.close()
    if not page:
        raise NotSupported(
            f"{url} offers no application passwords: it needs https (behind a proxy, "
            "it must know that it has it), or something there switches them off"
        )
    mark = "&" if "?" in page else "?"
    return page + mark + urlencode({"app_name": "wpbridge", "app_id": APP})
