"""
Sites that someone logged in to, and where their application passwords are kept.

The environment comes first (``WPBRIDGE_SITE``, ``WPBRIDGE_USER``,
``WPBRIDGE_PASSWORD``), then what ``wpbridge login`` kept: addresses in a file in the
user's config folder, passwords in the system's keyring, or, where there is none, in a
file that only its owner can read.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from wpbridge.errors import NotSupported, UsageError
from wpbridge.site.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests.adapters import BaseAdapter

SERVICE = "wpbridge"


@dataclass(frozen=True, order=True)
class Account:
    """A login on a site; ``name`` is what it goes by on the command line."""

    name: str
    url: str
    user: str

    @property
    def entry(self) -> str:
        """Names its password: ``jane@https://example.org``."""
        return f"{self.user}@{self.url}"


class Access(NamedTuple):
    """What it takes to open a site; ``source`` says where the password was."""

    url: str
    user: str
    password: Secret
    source: str


class Accounts:
    """The accounts of whoever is at the keyboard."""

    def __init__(
        self, folder: Path | None = None, environ: Mapping[str, str] | None = None
    ) -> None:
        self._folder = folder or _config_folder()
        self._environ = os.environ if environ is None else environ

    @property
    def _sites(self) -> Path:
        return self._folder / "sites.json"

    @property
    def _passwords(self) -> Path:
        return self._folder / "passwords.json"

    def all(self) -> list[Account]:
        """Every account kept, by name."""
        known = _load(self._sites)
        return sorted(
            Account(name, each["url"], each["user"]) for name, each in known.items()
        )

    def access(self, site: str | None = None, user: str | None = None) -> Access:
        """
        What opens a site, named by its name or address, or the only one there is.

        A password in the environment is meant for the site in the environment, and is
        told to no other.
        """
        stated = self._environ.get("WPBRIDGE_SITE", "").strip()
        told = self._environ.get("WPBRIDGE_USER", "").strip()
        account = self._pick(site or stated, user or told)
        same = not stated or self._url(stated) == account.url
        password = self._environ.get("WPBRIDGE_PASSWORD", "").strip()
        user = user or (told if same else "") or account.user
        if not user:
            raise UsageError(
                f"no login is kept for {account.url}: run `wpbridge login "
                f"{account.url}`, or set WPBRIDGE_USER and WPBRIDGE_PASSWORD"
            )
        if password and same and user == (told or user):
            return Access(account.url, user, Secret(password), "WPBRIDGE_PASSWORD")
        return self._kept(Account(account.name, account.url, user))

    def keep(self, account: Account, password: Secret) -> str:
        """Keep an account and its password; says in words where that is."""
        known = _load(self._sites)
        entry = {key: value for key, value in asdict(account).items() if key != "name"}
        _save(self._sites, {**known, account.name: entry})
        if _to_keyring(account.entry, password):
            self._drop(account)
            return "the system's keyring"
        passwords = _load(self._passwords)
        _save(self._passwords, {**passwords, account.entry: password.reveal()})
        who = "your Windows account" if sys.platform == "win32" else "you"
        return f"{self._passwords}, which only {who} can read (there is no keyring)"

    def forget(self, site: str) -> Account:
        """Forget an account and its password."""
        account = self._pick(site)
        known = _load(self._sites)
        if account.name not in known:
            raise UsageError(f"no login is kept for {site}{self._choices()}")
        _save(self._sites, {n: each for n, each in known.items() if n != account.name})
        _out_of_keyring(account.entry)
        self._drop(account)
        return account

    def _pick(self, site: str, user: str = "") -> Account:
        kept = self.all()
        if not site:
            if len(kept) == 1:
                return kept[0]
            raise UsageError(f"which site? Name one{self._choices()}")
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
        _check_private(self._passwords)
        password = _load(self._passwords).get(account.entry)
        source = str(self._passwords)
        if password is None:  # asking the keyring takes a while
            password = _from_keyring(account.entry)
            source = "the system's keyring"
        if password is None:
            raise UsageError(
                f"no password is kept for {account.user} on {account.url}: run "
                f"`wpbridge login {account.url}`, or set WPBRIDGE_PASSWORD"
            )
        return Access(account.url, account.user, Secret(password), source)

    def _drop(self, account: Account) -> None:
        passwords = _load(self._passwords)
        if passwords.pop(account.entry, None) is not None:
            _save(self._passwords, passwords)


def credentials(site: str, user: str | None = None) -> tuple[str, str, Secret]:
    """Address, user name and password of a site named by its name or address."""
    url, login, password, _ = Accounts().access(site, user)
    return url, login, password


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


def _config_folder() -> Path:
    import platformdirs  # noqa: PLC0415 - not for --help

    return Path(platformdirs.user_config_path("wpbridge"))


def _load(path: Path) -> dict[str, Any]:
    try:
        known = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise UsageError(f"{path} cannot be read; mend it or delete it") from None
    return known if isinstance(known, dict) else {}


def _save(path: Path, known: Mapping[str, Any]) -> None:
    """Write all or nothing, for the owner's eyes only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # NamedTemporaryFile makes files of mode 0600.
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, delete=False
    ) as file:
        try:
            json.dump(known, file, indent=2, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).replace(path)


def _check_private(path: Path) -> None:
    if sys.platform == "win32" or not path.exists():
        return
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(
            f"others can read the passwords in {path}: run `chmod 600 {path}`, and "
            "better make new ones"
        )


def _to_keyring(entry: str, password: Secret) -> bool:
    """Tell whether the keyring took it, which some backends only pretend."""
    import keyring  # noqa: PLC0415 - slow
    import keyring.errors  # noqa: PLC0415 - the same

    try:
        keyring.set_password(SERVICE, entry, password.reveal())
        return keyring.get_password(SERVICE, entry) == password.reveal()
    except keyring.errors.KeyringError:
        return False


def _from_keyring(entry: str) -> str | None:
    import keyring  # noqa: PLC0415 - slow
    import keyring.errors  # noqa: PLC0415 - the same

    try:
        return keyring.get_password(SERVICE, entry)
    except keyring.errors.KeyringError:
        return None


def _out_of_keyring(entry: str) -> None:
    import keyring  # noqa: PLC0415 - slow
    import keyring.errors  # noqa: PLC0415 - the same

    try:
        keyring.delete_password(SERVICE, entry)
    except keyring.errors.KeyringError:
        return
