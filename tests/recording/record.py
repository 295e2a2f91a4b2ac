"""
Record what real sites answer, into ``fixtures/``.

    python -m tests.recording.record --site URL --version 15 --reset COMMAND [NAME …]

The administrator's application password is read from ``WPBRIDGE_APP_PASSWORD``, their
password for the login form (types are registered there) from ``WPBRIDGE_PASSWORD``.
``COMMAND`` puts the site back to its bare state; it is run before each scenario.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests

from tests.recording import scenarios, sending
from tests.recording.registering import register
from tests.recording.scrub import Scrub
from tests.recording.sending import Target

if TYPE_CHECKING:
    from tests.recording.steps import Scenario

FIXTURES = Path(__file__).parents[2] / "fixtures"


def main() -> None:
    """Record the scenarios named, or all."""
    known = scenarios.load()
    options = _options(list(known))
    for name in options.names or known:
        subprocess.run(shlex.split(options.reset), check=True)  # noqa: S603
        target = Target(
            session=requests.Session(),
            root=options.site.rstrip("/"),
            namespace=f"buddypress/v{2 if options.version >= 15 else 1}",
            user=options.user,
            password=os.environ["WPBRIDGE_APP_PASSWORD"],
        )
        target.session.trust_env = False
        password = os.environ.get("WPBRIDGE_PASSWORD", "")
        keep(record(known[name], target, password), options.version)


def keep(recorded: dict[str, Any], version: int) -> None:
    """Write what was recorded, as a fixture of a BuddyPress version."""
    name = recorded["scenario"]
    file = FIXTURES / str(version) / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(recorded, indent=2, sort_keys=True, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")
    print(f"{name}: {len(recorded['exchanges'])}", file=sys.stderr)  # noqa: T201


def record(scenario: Scenario, target: Target, password: str) -> dict[str, Any]:
    """What the site answers to a scenario; ``password`` is for the login form."""
    versions = _versions(target)
    register(scenario.setup, target, password)
    scrub = Scrub(target.root)
    exchanges = []
    for step in scenario.steps:
        pause(step.wait, align=step.align)
        try:
            answer = target.send(step)
        except KeyError as error:
            print(f"  {step.method} {step.path}: no {error}", file=sys.stderr)  # noqa: T201
            continue
        content = sending.body(answer)
        names = sending.saved(step, content)
        target.names.update(names)
        exchanges.append(
            {
                "request": step.data(),
                "answer": {
                    "status": answer.status_code,
                    "headers": scrub(sending.headers(answer)),
                    "body": scrub(content),
                },
                "saved": {
                    name: scrub(each, name.rpartition(".")[2])
                    for name, each in names.items()
                },
            }
        )
    return {
        "scenario": scenario.name,
        "about": scenario.about,
        "setup": scenario.setup,
        **versions,
        "exchanges": exchanges,
    }


def pause(seconds: float, *, align: bool) -> None:
    """Let time pass; to the start of a second where that is asked for."""
    time.sleep(seconds)
    if align:
        time.sleep(1.02 - time.time() % 1)


def _versions(target: Target) -> dict[str, str]:
    """The versions of WordPress and BuddyPress that answer."""
    auth = (target.user, target.password)
    get = target.session.get
    plugins = get(f"{target.root}/wp-json/wp/v2/plugins", auth=auth, timeout=60).json()
    feed = get(f"{target.root}/feed/", timeout=60).text
    return {
        "wordpress": feed.partition("https://wordpress.org/?v=")[2].partition("<")[0],
        "buddypress": next(
            each["version"] for each in plugins if "bp-loader" in each["plugin"]
        ),
    }


def _options(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Record what real sites answer.")
    parser.add_argument("--site", required=True)
    parser.add_argument("--user", default="admin")
    parser.add_argument("--version", type=int, choices=(12, 14, 15), required=True)
    parser.add_argument("--reset", default="true", help="makes the site bare again")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    return parser.parse_args()


if __name__ == "__main__":
    main()
