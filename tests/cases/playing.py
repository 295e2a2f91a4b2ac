"""
Playing a case on a site: plan, apply, and plan again to find nothing.

It needs only a :class:`~wpbridge.site.SiteClient`, so it plays on live ones too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from tests.cases.staging import stage, switch_on
from tests.recording.pictures import png
from wpbridge import engine
from wpbridge.apply import apply
from wpbridge.blueprint.load import load
from wpbridge.errors import WpbridgeError
from wpbridge.inputs import PlanOptions
from wpbridge.journal import History, Journal, Status
from wpbridge.report.listing import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.cases.case import Case, Told
    from wpbridge.journal import Outcome
    from wpbridge.plan import Plan
    from wpbridge.site import SiteClient

Door: TypeAlias = "Callable[[], AbstractContextManager[SiteClient]]"


def prepare(case: Case, door: Door, folder: Path) -> None:
    """Make the site what the case says it is before; its types are registered."""
    with door() as site:
        switch_on(site, case.components)
    with door() as site:
        ids = stage(site, case.site)
        write(replace(case, files=case.site.get("files", case.files)), folder)
        for text in _blueprints(case):
            write_blueprint(text, folder / "club.yaml")
            made = plan(site, replace(case, choices={"allow": ["mails"]}), folder)
            with Journal(folder / case.site.get("journal", "first")) as journal:
                ends = list(apply(made, site, journal=journal))
            ids |= {each.change.address: each.id for each in ends if each.id}
            wrong = [each.message for each in ends if each.message]
            wrong += [each.why for each in made.withheld]
            if wrong:
                pytest.fail(f"the first blueprint: {wrong}")
        stage(site, {"requests": case.site.get("then", ())}, ids)


def _blueprints(case: Case) -> list[str]:
    first = case.site.get("blueprint", [])
    return [first] if isinstance(first, str) else list(first)


def play(case: Case, door: Door, folder: Path) -> Told:
    """
    Tell what comes of a case; ``door`` opens the site, anew after the apply.

    ``plan`` is the list of changes, ``again`` that of planning once more from the same
    machine, ``elsewhere`` from another one that has no journal; ``mails`` are those
    counted for what was applied.
    """
    write(case, folder)
    with door() as site:
        try:
            first = plan(site, case, folder)
        except WpbridgeError as error:
            said = str(error).replace(f"{folder}/", "")
            return {"error": NUMBER.sub(r"(\1 N)", said)}
        with Journal(folder / "journals") as journal:
            ends = list(apply(first, site, journal=journal))
            journal.end()
    told = tell(first)
    told["mails"] = _mailed(ends)
    told["failed"] = [
        f"{each.change.address}: {each.message}"
        for each in ends
        if each.status is not Status.APPLIED
    ]
    case = replace(case, choices={**case.choices, "refresh": []})
    with door() as site:
        again = plan(site, case, folder)
        elsewhere = plan(site, case, folder, known=False)
    told["again"] = listing(again.changes)
    told["elsewhere"] = listing(elsewhere.changes)
    return {word: said for word, said in told.items() if said}


def _mailed(ends: Iterable[Outcome]) -> dict[str, int]:
    mails: Counter[str] = Counter()
    for each in ends:
        if each.status is Status.APPLIED:
            mails.update(each.change.mails)
    return dict(mails)


def plan(site: SiteClient, case: Case, folder: Path, *, known: bool = True) -> Plan:
    """Plan a case's blueprint; ``known``: earlier runs are in the journals."""
    journals = folder / "journals"
    given = case.choices
    choices = PlanOptions(
        allow=frozenset(given.get("allow", ())),
        only=tuple(given.get("only", ())),
        refresh=frozenset(given.get("refresh", ())),
        history=History.of(journals) if known else History(),
    )
    file = folder / "club.yaml"
    blueprint = load(file, sections=engine.sections(), as_of=case.as_of)
    return engine.plan(site, blueprint, choices)


NUMBER = re.compile(r"\(([a-z-]+) [0-9]+\)")
"""The site's number of something, which is another on each."""
CLOCK = "this machine's by "
"""What is said of an embedded site's clock, which goes by itself."""


def tell(made: Plan) -> dict[str, Any]:
    """Put a plan into the words of a case."""
    return {
        "plan": listing(made.changes),
        "withheld": [_withheld(each) for each in made.withheld],
        "left_out": [f"{each.address}: {each.why}" for each in made.left_out],
        "later": [f"{each.address} {each.at:%Y-%m-%d %H:%M}" for each in made.later],
        "notes": [each for each in made.notes if CLOCK not in each],
        "mails": dict(made.mails),
    }


def write(case: Case, folder: Path) -> None:
    """Put the blueprint and the files beside it into a folder."""
    write_blueprint(case.blueprint, folder / "club.yaml")
    for name, content in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, list):
            path.write_bytes(png(*content))
        else:
            path.write_text(content, "utf-8")


def write_blueprint(text: str, path: Path) -> None:
    """Write it; the line that every blueprint has comes last, so lines count from 1."""
    path.write_text(f"{text.rstrip()}\nwpbridge: 1\n", "utf-8")


def _withheld(each: Any) -> str:
    change = each.change
    allow = f" [{each.allow}]" if each.allow else ""
    return f"{change.action.value} {change.address}: {each.why}{allow}"
