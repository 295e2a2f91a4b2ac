"""
Plans and outcomes as JSON, for other programs.

The shape is a promise: fields are added, never renamed. Values are the blueprint's
words; moments are ISO 8601 in UTC; there are no ids and no secrets.
"""

from __future__ import annotations

import json
from datetime import datetime
from enum import Enum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from wpbridge.model import UNSET, Spec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wpbridge.errors import WpbridgeError
    from wpbridge.journal import Outcome
    from wpbridge.plan import Change, Plan
    from wpbridge.report import Heading, Tally


def plan(it: Plan, heading: Heading | None = None) -> str:
    """Render a plan: its changes in order, and what is not among them."""
    return dumped(
        {
            **({"of": _heading(heading)} if heading else {}),
            **({"only": it.only} if it.only else {}),
            "converged": it.converged,
            "changes": [_change(each) for each in it.changes],
            **_not_done(it),
            "later": [
                {"address": str(each.address), "at": each.at} for each in it.later
            ],
            "notes": it.notes,
            "mails": dict(it.mails),
        }
    )


def outcomes(
    them: Iterable[Outcome],
    tally: Tally,
    of: Plan | None = None,
    error: WpbridgeError | None = None,
) -> str:
    """
    Render how each change ended, the sum, and what of the plan was not tried.

    ``error`` is what stopped the apply, before there was a plan or after.
    """
    return dumped(
        {
            "outcomes": [_outcome(each) for each in them],
            "summary": {
                "applied": 0,
                **{status.value: n for status, n in tally.statuses.items()},
                "mails": tally.mails,
                **({"unmailed": tally.unmailed} if tally.unmailed else {}),
                **({"partly": tally.partly} if tally.partly else {}),
                "seconds": round(tally.seconds, 3),
            },
            **(_not_done(of) if of else {}),
            **(_errors(error) if error else {}),
        }
    )


def stopped(error: WpbridgeError) -> str:
    """Render what kept a plan from being made."""
    return dumped(_errors(error))


def dumped(value: Any) -> str:
    """Render any value of ours as JSON, two spaces a level."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=_plain)


def _not_done(it: Plan) -> Mapping[str, Any]:
    return {
        "withheld": [
            {"address": str(each.change.address), "why": each.why}
            | ({"allow": each.allow} if each.allow else {})
            for each in it.withheld
        ],
        "left_out": [
            {"address": str(each.address), "why": each.why} for each in it.left_out
        ],
    }


def _errors(error: WpbridgeError) -> Mapping[str, Any]:
    """Each problem of a blueprint with its place; else the error as it is told."""
    problems = getattr(error, "problems", ())
    return {
        "errors": [
            {"place": str(each.place), "message": each.message} for each in problems
        ]
        or [{"message": str(error)}]
    }


def _heading(it: Heading) -> Mapping[str, Any]:
    facts = {each: getattr(it, each) for each in ("blueprint", "site", "url", "login")}
    return {**facts, "at": it.at} if it.at else facts


def _change(it: Change) -> Mapping[str, Any]:
    said: dict[str, Any] = {
        "action": it.action.name.lower(),
        "address": str(it.address),
        "sets": dict(it.sets),
    }
    if it.before:
        said["before"] = dict(it.before.stated())
    if it.place:
        said["place"] = str(it.place)
    if it.mails:
        said["mails"] = dict(it.mails)
    if it.unchecked:
        said["unchecked"] = True
    return said


def _outcome(it: Outcome) -> Mapping[str, Any]:
    said = {
        "action": it.change.action.name.lower(),
        "address": str(it.change.address),
        "status": it.status.value,
    }
    partly = {"partly": it.partly} if it.partly else {}
    return {**said, **({"message": it.message} if it.message else {}), **partly}


def _plain(value: Any) -> Any:
    """Put what JSON has no word for into words that it has."""
    match value:
        case datetime():
            return value.isoformat()
        case PurePath():
            return value.name
        case Spec():
            return dict(value.stated())
        case Enum():
            return None if value is UNSET else value.value
        case frozenset() | set():
            return sorted(value)
        case _:
            return str(value)
