"""Plans and outcomes as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpbridge.journal import Outcome, Status
from wpbridge.plan import Plan
from wpbridge.report import markdown, tally

if TYPE_CHECKING:
    from wpbridge.report import Heading

TOLD = """\
## film.yaml on Community (https://community.example) as jane

**What would happen**

- 1 person leaves film but stays a member of the site: zoe.
- No mail goes out.

<details><summary>1 change: 1 removed</summary>

~~~~diff
- memberships/film:zoe
~~~~

</details>"""


def test_a_plan_can_be_put_on_a_pull_request(plan: Plan, heading: Heading) -> None:
    """The letter in the open, the list behind a click, coloured as a diff."""
    assert markdown.plan(Plan(plan.changes[2:]), heading) == TOLD


def test_outcomes_name_what_is_not_applied(plan: Plan) -> None:
    """What a site says is escaped."""
    change = plan.changes[0]
    outcomes = [
        Outcome(change, Status.APPLIED),
        Outcome(change, Status.FAILED, "<b>no</b>"),
    ]

    assert markdown.outcomes(outcomes, tally(outcomes, 1)) == (
        "**1 change applied, 1 failed in 1.0 s; 0 mails**\n"
        "\n"
        r"- **failed** `groups/darkroom`: \<b\>no\</b\>"
    )
