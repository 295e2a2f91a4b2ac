"""
Real sites on loopback: WordPress and BuddyPress, copied from their sources.

PHP serves them itself, with a few workers: ``php -S`` is there wherever PHP is, needs
no rights and no second configuration, and with its opcode cache on it answers as fast
as a web server with FastCGI behind it.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import requests

from tests.live.database import Database
from tests.live.processes import run, running
from wpbridge import companion as plugin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.live.sources import Sources

PHP = Path(__file__).parent / "php"
PASSWORD = "Tulip-4-Admins"
WORKERS = "4"
BUILT = "buddypress/**/bp-nouveau/js/buddypress-nouveau.min.js"
"""What only a build of BuddyPress has; else pages have to load scripts as written."""
SETTINGS = {
    "memory_limit": "256M",
    "upload_max_filesize": "16M",
    "post_max_size": "32M",
    "display_errors": "0",
    "log_errors": "1",
    "opcache.enable_cli": "1",
    "opcache.memory_consumption": "256",
    "opcache.max_accelerated_files": "20000",
    "opcache.validate_timestamps": "0",
}
OF_A_SITE = """
    REPLACE INTO wp_options (option_name, option_value)
    VALUES ('wpbridge_companion', '%s');
"""
OF_A_NETWORK = """
    DELETE FROM wp_sitemeta WHERE meta_key = 'wpbridge_companion';
    INSERT INTO wp_sitemeta (site_id, meta_key, meta_value)
    VALUES (1, 'wpbridge_companion', '%s');
"""
"""What keeps the companion's switches."""


@dataclass
class Running:
    """A site that answers, and its insides."""

    version: int
    network: bool
    url: str
    folder: Path
    """What WordPress calls ``ABSPATH``."""
    mails: Path
    database: Database
    application_password: str
    wordpress: str
    """Its version, such as ``7.1``."""
    buddypress: str
    bare: str = field(repr=False)
    user: str = "admin"
    password: str = PASSWORD

    companion: bool = False

    def __str__(self) -> str:
        kind = ", multisite" if self.network else ""
        kind += ", companion" if self.companion else ""
        return f"BuddyPress {self.buddypress} on WordPress {self.wordpress}{kind}"

    def reset(self) -> None:
        """Put it back to what it was when it was installed."""
        self.database.restore(self.bare)
        self.register()
        shutil.rmtree(self.folder / "wp-content" / "uploads", ignore_errors=True)
        (self.folder / "wp-content" / "uploads").mkdir()
        self.sent(forget=True)

    def register(self, **types: list[str]) -> None:
        """Register types of members and groups, as code does; forgets others."""
        (self.folder / "live-types.json").write_text(json.dumps(types))

    def switch(self, **switches: bool) -> None:
        """Turn the companion's switches; all that are not named are off."""
        kept = "".join(
            f's:{len(name)}:"{name}";b:{int(on)};' for name, on in switches.items()
        )
        text = f"a:{len(switches)}:{{{kept}}}"
        query = OF_A_NETWORK if self.network else OF_A_SITE
        self.database.rows(query.replace("%s", text))

    def php(
        self, code: str, *, cookies: Mapping[str, str] = MappingProxyType({})
    ) -> str:
        """Give what a piece of PHP prints inside the site."""
        return run(self.command(code, cookies=cookies))

    def command(
        self, code: str, *, cookies: Mapping[str, str] = MappingProxyType({})
    ) -> list[str]:
        """Give the command that runs a piece of PHP inside the site."""
        server = {
            "HTTP_HOST": self.url.split("//")[1],
            "REQUEST_URI": "/",
            "REQUEST_METHOD": "GET",
            "SERVER_PROTOCOL": "HTTP/1.1",
        }
        begin = "".join(f"$_SERVER['{k}']='{v}';" for k, v in server.items())
        begin += "".join(f"$_COOKIE['{k}']='{v}';" for k, v in cookies.items())
        load = f"require '{self.folder}/wp-load.php';"
        return ["php", *_options(self.mails), "-r", begin + load + code]

    @contextmanager
    def aided(self, *, wanted: bool = True) -> Iterator[None]:
        """Have the companion among the plugins, inactive as yet; or not."""
        if not wanted:
            yield
            return
        put = _put_companion(self.folder)
        try:
            yield
        finally:
            shutil.rmtree(put)

    def admins(self) -> dict[str, str]:
        """Give a network a second site, and each an administrator; their passwords."""
        return _told(_step(self.folder, "admins"))

    def sent(self, *, forget: bool = False) -> int:
        """Count the mails that were sent since they were last forgotten."""
        caught = list(self.mails.iterdir())
        if forget:
            for each in caught:
                each.unlink()
        return len(caught)


@contextmanager
def booted(
    sources: Sources,
    folder: Path,
    server: Path,
    *,
    network: bool = False,
    companion: bool = False,
) -> Iterator[Running]:
    """Make a site in an empty folder, with its database on a server; and serve it."""
    site, mails = folder / "site", folder / "mails"
    mails.mkdir(parents=True)
    host = f"127.0.0.1:{_free_port()}"
    database = Database(server, folder.name.replace("-", "_"))
    plugins = _assemble(sources, site)
    database.create()
    settings: dict[str, str | bool] = {
        "database": database.name,
        "socket": str(server),
        "host": host,
        "password": PASSWORD,
        "network": False,
        "unbuilt": not any((site / "wp-content/plugins").glob(BUILT)),
    }
    found = _install(site, settings, plugins, network=network, companion=companion)
    with _served(site, mails, host, folder / "php.log"):
        yield Running(
            version=sources.version,
            network=network,
            url=f"http://{host}",
            folder=site,
            mails=mails,
            database=database,
            application_password=found["password"],
            wordpress=found["wordpress"],
            buddypress=found["buddypress"],
            bare=database.dump(),
            companion=companion,
        )


def _assemble(sources: Sources, site: Path) -> list[str]:
    """Copy what a site is made of; the plugins to activate."""
    left = shutil.ignore_patterns("wp-config.php", "uploads", ".git", "node_modules")
    shutil.copytree(sources.wordpress, site, ignore=left)
    content = site / "wp-content"
    parts = [(sources.buddypress, "buddypress", "bp-loader.php")]
    if sources.bp_rest:
        parts.append((sources.bp_rest, "bp-rest", "bp-rest.php"))
    for source, name, _ in parts:
        shutil.rmtree(content / "plugins" / name, ignore_errors=True)
        shutil.copytree(source, content / "plugins" / name, ignore=left)
    (content / "mu-plugins").mkdir(exist_ok=True)
    (content / "uploads").mkdir()
    shutil.copy(PHP / "mu-plugin.php", content / "mu-plugins" / "live.php")
    shutil.copy(PHP / "wp-config.php", site / "wp-config.php")
    return [f"{name}/{file}" for _, name, file in parts]


def _install(
    site: Path,
    settings: dict[str, str | bool],
    plugins: list[str],
    *,
    network: bool,
    companion: bool,
) -> dict[str, str]:
    """Install all of it; the last step's words."""

    def step(*words: str) -> str:
        (site / "live.json").write_text(json.dumps(settings))
        return _step(site, *words)

    step("install")
    if network:
        step("network")
        settings["network"] = True
    step("activate", *plugins)
    said = step("finish")
    if companion:
        _put_companion(site)
        step("activate", f"{plugin.NAME}/{plugin.NAME}.php")
    return _told(said)


def _put_companion(site: Path) -> Path:
    """Put the companion among a site's plugins; where it is."""
    plugins = site / "wp-content" / "plugins"
    with zipfile.ZipFile(io.BytesIO(plugin.archive())) as packed:
        packed.extractall(plugins)
    return plugins / plugin.NAME


def _step(site: Path, *words: str) -> str:
    return run(["php", *_options(), PHP / "install.php", site, *words])


def _told(said: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(said[said.rindex("{") :])
    return found


@contextmanager
def _served(site: Path, mails: Path, host: str, log: Path) -> Iterator[None]:
    def ready() -> bool:
        try:
            return requests.get(f"http://{host}/readme.html", timeout=5).ok
        except requests.ConnectionError:
            return False

    command = ["php", *_options(mails), "-d", f"error_log={log}"]
    served = ["-S", host, "-t", str(site), str(PHP / "router.php")]
    environ = {**os.environ, "PHP_CLI_SERVER_WORKERS": WORKERS}
    with running([*command, *served], log, ready, environ=environ):
        yield


def _options(mails: Path | None = None) -> Iterator[str]:
    for name, value in SETTINGS.items():
        yield from ("-d", f"{name}={value}")
    if mails:
        yield from ("-d", f"sendmail_path={PHP / 'catch.sh'} {mails}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
