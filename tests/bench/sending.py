"""
What the client itself costs, against the embedded site in the same process.

``python -m tests.bench.sending 500`` applies 500 members with 1,500 memberships, one
request at a time, and plans again. The time of the processor within the site's
application is taken off. Prints milliseconds and counts as JSON.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time, thread_time
from typing import TYPE_CHECKING, Any

from tests.bench.planning import written
from wpbridge import engine
from wpbridge.apply import apply
from wpbridge.blueprint.load import load
from wpbridge.cli import SELDOM
from wpbridge.journal import Journal
from wpbridge.rehearsal import create_app
from wpbridge.site.open import open_site
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from wpbridge.blueprint.entry import Blueprint
    from wpbridge.rehearsal import App
    from wpbridge.site.open import Install


class Timed:
    """An application that tells how much time was spent in it."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.spent = 0.0
        self.calls = 0

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer, and look at the clock before and after."""
        start = thread_time()
        answer = list(self.app(environ, start_response))
        self.spent += thread_time() - start
        self.calls += 1
        return answer


def opened(app: App, timed: Timed) -> Install:
    """Open the site through the one that looks at the clock."""
    return open_site(app.url, app.user, app.password, transport=WsgiAdapter(timed))


def taken(timed: Timed, since: float) -> dict[str, float]:
    """Milliseconds in the client and in the site, and the number of requests."""
    result = {
        "client": 1000 * (process_time() - since - timed.spent),
        "site": 1000 * timed.spent,
        "requests": timed.calls,
    }
    timed.spent, timed.calls = 0.0, 0
    return result


def main(members: int) -> dict[str, Any]:
    """Apply, then plan again."""
    gc.set_threshold(*SELDOM)
    app = create_app(":memory:")
    timed = Timed(app)
    with TemporaryDirectory() as folder:
        files = written(Path(folder), members)
        blueprint = load(*files, sections=engine.sections())
        _switch_on(app, "groups")
        with opened(app, timed) as site, Journal(Path(folder)) as journal:
            made = _applied(site, blueprint, timed, journal)
        with opened(app, timed) as site:
            taken(timed, process_time())
            start = process_time()
            left = engine.plan(site, blueprint)
            again = taken(timed, start)
    return {"apply": made, "again": {**again, "changes": len(left.changes)}}


def _switch_on(app: App, component: str) -> None:
    active = app.store.option("bp-active-components")
    app.store.set_option("bp-active-components", {**active, component: 1})


def _applied(
    site: Install, blueprint: Blueprint, timed: Timed, journal: Journal
) -> dict[str, float]:
    plan = engine.plan(site, blueprint)
    taken(timed, process_time())
    start = process_time()
    for _ in apply(plan, site, workers=1, journal=journal):
        pass
    made = taken(timed, start)
    return {**made, "changes": len(plan.changes)}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))  # noqa: T201 - its result
