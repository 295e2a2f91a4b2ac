"""Opening a site by any of its names: an address, a kept name, a rehearsal."""

from __future__ import annotations

import logging
import os
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from wpbridge import folders, stage
from wpbridge.accounts import Accounts
from wpbridge.errors import UsageError
from wpbridge.rehearsal import create_app
from wpbridge.site.open import open_site
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from requests.adapters import BaseAdapter

    from wpbridge.rehearsal import App
    from wpbridge.site import SiteClient
    from wpbridge.stage import Stage

log = logging.getLogger("wpbridge.http")


def site(
    name: str,
    *,
    user: str | None = None,
    insecure_http: bool = False,
    method_override: bool = False,
    clock: Callable[[], datetime] | None = None,
) -> SiteClient:
    """Open it; raises ``UsageError`` where no login is known for it."""
    name = name or os.environ.get("WPBRIDGE_SITE", "")
    if found := stage.named(name):
        return _opened(application(found, clock), _Own)
    known = accounts(user)
    _misspelt(name, [each.name for each in known.all()])
    access = known.access(name)
    return open_site(
        access.url,
        access.user,
        access.password,
        cookie=access.cookie,
        method_override=method_override or access.method_override,
        insecure=insecure_http,
        log=_log,
    )


def _misspelt(name: str, kept: Sequence[str]) -> None:
    """Raise ``UsageError`` for one word that is nearly a name: no address is meant."""
    word, colon, rest = name.partition(":")
    if name in kept or re.search("[./]", name) or (rest and rest.isdigit()):
        return
    if near := get_close_matches(word.lower(), [*kept, "rehearsal"], n=1, cutoff=0.7):
        raise UsageError(
            f"there is no site `{name}`; did you mean `{near[0]}{colon}{rest.lower()}`?"
        )


def accounts(user: str | None = None) -> Accounts:
    """Give the accounts of whoever is at the keyboard; ``user`` says which is meant."""
    meant = {"WPBRIDGE_USER": user} if user else {}
    return Accounts(folders.config(), {**os.environ, **meant})


def rehearsal(application: App) -> SiteClient:
    """Open a rehearsal that runs within this process, and goes on afterwards."""
    return _opened(application, WsgiAdapter)


def application(found: Stage, clock: Callable[[], datetime] | None = None) -> App:
    """Open a rehearsal's own side, made anew where there is none yet."""
    found.database.parent.mkdir(parents=True, exist_ok=True)
    app = create_app(
        found.database,
        version=found.version,
        clock=clock,
        url=found.url,
        companion=found.companion,
    )
    if found.companion:
        app.switch("acting", "quiet", "dates")
    return app


class _Own(WsgiAdapter):
    """Closes the rehearsal along with the site that is made of it."""

    def __init__(self, application: App) -> None:
        super().__init__(application)
        self._own = application

    def close(self) -> None:
        self._own.close()


def _opened(application: App, way: Callable[[App], BaseAdapter]) -> SiteClient:
    return open_site(
        application.url,
        application.user,
        application.password,
        transport=way(application),
        log=_log,
    )


def _log(method: str, address: str, status: int, milliseconds: float) -> None:
    log.debug("%s %s: %s in %.0f ms", method, address, status or "lost", milliseconds)
