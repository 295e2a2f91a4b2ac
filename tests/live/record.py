"""
Renew ``fixtures/`` from real sites, booted for it.

    python -m tests.live.record [--version 15] [NAME …]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import requests

from tests.live.booting import booted
from tests.live.database import mariadb
from tests.live.sources import VERSIONS, Sources, find
from tests.recording import scenarios
from tests.recording.record import keep, record
from tests.recording.sending import Target

if TYPE_CHECKING:
    from tests.live.booting import Running
    from tests.recording.steps import Scenario


def main() -> None:
    """Record the scenarios named, or all, on the versions named, or all found."""
    known = scenarios.load()
    parser = argparse.ArgumentParser(description="Renew fixtures/ from real sites.")
    parser.add_argument("--version", type=int, action="append", choices=VERSIONS)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *known])
    options = parser.parse_args()
    wanted = [known[each] for each in options.names or known]
    with tempfile.TemporaryDirectory(prefix="wpbridge-live-") as made:
        folder = Path(made)
        with mariadb(folder) as server:
            for version in options.version or VERSIONS:
                sources = find(version)
                if isinstance(sources, Sources):
                    with booted(sources, folder / f"bp-{version}", server) as site:
                        _all(wanted, site)
                else:
                    print(f"BuddyPress {version}: {sources}", file=sys.stderr)  # noqa: T201


def _all(wanted: list[Scenario], site: Running) -> None:
    for scenario in wanted:
        site.reset()
        with site.aided(wanted="companion" in scenario.setup):
            keep(record(scenario, target(site), site.password), site.version)


def target(site: Running) -> Target:
    """Give a site as scenarios are sent to it."""
    session = requests.Session()
    session.trust_env = False
    namespace = f"buddypress/v{2 if site.version >= 15 else 1}"
    return Target(session, site.url, namespace, site.application_password)


def logged_in(live: Running, user: str = "", password: str = "") -> requests.Session:
    """Give a session with a login by the form: the administrator's unless told."""
    session = target(live).session
    session.cookies.set("wordpress_test_cookie", "WP Cookie check")
    who = {"log": user or live.user, "pwd": password or live.password}
    form = {**who, "testcookie": "1"}
    session.post(f"{live.url}/wp-login.php", form, timeout=60)
    nonce = session.get(
        f"{live.url}/wp-admin/admin-ajax.php?action=rest-nonce", timeout=60
    )
    session.headers["X-WP-Nonce"] = nonce.text
    return session


if __name__ == "__main__":
    main()
