"""Plans and outcomes as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wpbridge.errors import UnsafePlan
from wpbridge.journal import Outcome, Status
from wpbridge.report import json as report_json
from wpbridge.report import tally

if TYPE_CHECKING:
    from wpbridge.plan import Plan
    from wpbridge.report import Heading


def test_a_plan_says_all_that_it_knows(plan: Plan, heading: Heading) -> None:
    """Nothing is left to be scraped from the text."""
    assert json.loads(report_json.plan(plan, heading)) == {
        "of": {
            "blueprint": "film.yaml",
            "site": "Community",
            "url": "https://community.example",
            "login": "jane",
        },
        "converged": False,
        "changes": [
            {
                "action": "create",
                "address": "groups/darkroom",
                "sets": {
                    "name": "The darkroom",
                    "about": "Quiet.",
                    "access": "private",
                },
            },
            {
                "action": "update",
                "address": "groups/film",
                "sets": {"about": "For people who shoot film."},
                "before": {"about": "Old words", "access": "private"},
                "mails": {"group details": 3},
            },
            {
                "action": "delete",
                "address": "memberships/film:zoe",
                "sets": {},
                "before": {"role": "member"},
            },
        ],
        "withheld": [
            {
                "address": "groups/film",
                "why": "groups/film would go from private to public",
                "allow": "access:groups/film",
            }
        ],
        "left_out": [
            {"address": "group-types/project", "why": "takes the companion plugin"},
            {"address": "group-types/circle", "why": "takes the companion plugin"},
        ],
        "later": [
            {"address": "posts/film:two", "at": "2027-03-29T08:00:00+00:00"},
            {"address": "posts/film:one", "at": "2027-03-22T09:00:00+00:00"},
        ],
        "notes": ["groups/lounge is no longer declared, and kept."],
        "mails": {"group details": 3},
    }


def test_outcomes_come_with_their_sum(plan: Plan) -> None:
    """A message is there only where something went wrong."""
    outcomes = [
        Outcome(plan.changes[0], Status.APPLIED),
        Outcome(plan.changes[1], Status.UNKNOWN, "no answer"),
    ]

    assert json.loads(report_json.outcomes(outcomes, tally(outcomes, 1.5))) == {
        "outcomes": [
            {"action": "create", "address": "groups/darkroom", "status": "applied"},
            {
                "action": "update",
                "address": "groups/film",
                "status": "unknown",
                "message": "no answer",
            },
        ],
        "summary": {"applied": 1, "unknown": 1, "mails": 0, "seconds": 1.5},
    }


def test_an_apply_that_was_stopped_says_what_was_not_done(plan: Plan) -> None:
    """The guard's words and what the site cannot take are the plan's own."""
    told = json.loads(report_json.outcomes((), tally((), 0), plan, UnsafePlan("no")))
    planned = json.loads(report_json.plan(plan))

    assert told == {
        "outcomes": [],
        "summary": {"applied": 0, "mails": 0, "seconds": 0},
        "withheld": planned["withheld"],
        "left_out": planned["left_out"],
        "errors": [{"message": "no"}],
    }
