"""Plans and outcomes in plain text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from wpbridge.journal import Outcome, Status
from wpbridge.kinds.groups import Group
from wpbridge.kinds.members import Member
from wpbridge.model import Address
from wpbridge.plan import Action, Change, Later, LeftOut, Plan, Withheld
from wpbridge.report import duration, tally, text
from wpbridge.report.letter import letter, withheld
from wpbridge.report.listing import shown
from wpbridge.site.ability import UNSEEN

if TYPE_CHECKING:
    from wpbridge.report import Heading

TOLD = """\
film.yaml on Community (https://community.example) as jane

What would happen:
  - 1 group is made: The darkroom.
  - No admin is named for The darkroom, so this login is one.
  - Film club changes its description.
  - 1 person leaves Film club but stays a member of the site: zoe.
  - The site sends 3 mails: 3 for group details.

Later:
  - 2 posts are not due yet; the next is posts/film:one on Mon 22 Mar 2027, 09:00 UTC. \
Apply again then.

Left out on this site:
  - group-types/project and group-types/circle: takes the companion plugin

Withheld:
  - groups/film would go from private to public; apply with --allow access:groups/film

Please note:
  - groups/lounge is no longer declared, and kept.

3 changes: 1 new, 1 changed, 1 removed; 1 more is withheld
  + groups/darkroom
  ~ groups/film
      about: 'Old words' -> 'For people who shoot film.'
  - memberships/film:zoe"""


def test_a_plan_reads_as_a_letter_and_then_as_a_list(
    plan: Plan, heading: Heading
) -> None:
    """Who, what, when and how many mails come before addresses and fields."""
    assert text.plan(plan, heading) == TOLD


def test_an_empty_plan_says_so() -> None:
    """Nothing to do is said in words."""
    assert text.plan(Plan()) == (
        "What would happen:\n"
        "  - Nothing: the site is as the blueprint says.\n"
        "\n"
        "No changes"
    )


def test_what_may_differ_on_the_site_is_said(plan: Plan) -> None:
    """BuddyPress drops some mentions; and more can be had with another login."""
    first, *rest = plan.changes
    mention = replace(first, mails={"mentions": 1})
    left = LeftOut(Address("requests", "film:ana"), f"BuddyPress 14 {UNSEEN} waits")
    told = text.plan(replace(plan, changes=(mention, *rest), left_out=(left,)))

    assert [
        "The site sends up to 4 mails: 1 for mentions, 3 for group details." in told,
        "More can be had logged in with cookies (`wpbridge login --cookie`)." in told,
    ] == [True, True]


def test_who_cannot_log_in_yet_is_said() -> None:
    """Of new accounts alone, and not of those who are mailed how."""
    bo = Member("bo", email="bo@example.org")
    made = Change(Action.CREATE, bo.address, None, bo, dict(bo.stated()))
    told = (
        "1 new person cannot log in yet: send them to `Lost your password?` on the "
        "site's login page, or write `newcomers: {welcome: reset link}`, which takes "
        "the companion plugin."
    )
    welcomed = replace(made, sets={**made.sets, "welcome": "mail"})
    there = replace(made, action=Action.UPDATE, before=bo)

    assert [
        [line for part in letter(Plan(changes=(each,))) for line in part.lines][2:]
        for each in (made, welcomed, there)
    ] == [[told], [], []]


def test_an_outcome_says_why_it_is_not_applied(plan: Plan) -> None:
    """Status, mark, address, and the site's words."""
    failed = Outcome(plan.changes[0], Status.FAILED, "the slug is taken")

    assert text.outcome(failed) == "failed   + groups/darkroom: the slug is taken"


def test_the_sum_counts_what_landed_and_its_mails(plan: Plan) -> None:
    """What is zero is not spoken of, save for mails."""
    ended = (Status.SKIPPED, Status.APPLIED, Status.FAILED)
    outcomes = [Outcome(*each) for each in zip(plan.changes, ended, strict=True)]

    assert [str(tally(outcomes, 12.2)), str(tally(outcomes[:1], 0.2))] == [
        "1 change applied, 1 failed, 1 skipped in 12 s; 3 mails",
        "0 changes applied, 1 skipped in 0.2 s; 0 mails",
    ]


def test_durations_are_as_exact_as_they_are_short() -> None:
    """Tenths, then seconds, then minutes."""
    assert [duration(each) for each in (0.04, 9.94, 59.4, 200)] == [
        "0.0 s",
        "9.9 s",
        "59 s",
        "3 min 20 s",
    ]


def test_moments_are_told_in_the_calendar_s_zone(plan: Plan) -> None:
    """With its name, in the letter and in the list; summer time is heeded."""
    due = datetime(2027, 6, 21, 8, tzinfo=UTC)
    london = ZoneInfo("Europe/London")
    later = Later(Address("posts", "film:one"), due)
    told = text.plan(replace(plan, later=(later,), zone=london))

    assert "posts/film:one on Mon 21 Jun 2027, 09:00 Europe/London. Apply" in told
    assert shown(due, zone=london) == "2027-06-21 09:00 Europe/London"


def test_a_plan_whose_all_is_withheld_has_changes(plan: Plan) -> None:
    """It does not end as one that finds nothing to do."""
    assert text.headline(replace(plan, changes=())) == "1 change, withheld"


def test_all_words_to_allow_are_in_one_line(plan: Plan) -> None:
    """To be copied; what a shell would read otherwise is in quotes."""
    (first,) = plan.withheld
    roster = replace(first, why="few are left", allow="roster:my people.csv")
    told = text.plan(replace(plan, withheld=(first, roster)))

    assert (
        "  - All of that at once: --allow access:groups/film "
        "--allow 'roster:my people.csv'\n"
    ) in told


def test_no_line_to_be_copied_deletes(plan: Plan) -> None:
    """Each deletion is allowed by a word that somebody writes for it."""
    (first,) = plan.withheld
    roster = replace(first, why="few are left", allow="roster:people.csv")
    gone = replace(first, why="ana would be deleted", allow="delete:members/ana")
    told = text.plan(replace(plan, withheld=(first, gone, roster)))
    two = text.plan(replace(plan, withheld=(first, gone)))

    assert (
        "  - All but the deletions at once: --allow access:groups/film "
        "--allow roster:people.csv\n"
    ) in told
    assert " at once" not in two


def test_many_accounts_to_be_deleted_are_told_together(plan: Plan) -> None:
    """So is what waits for something withheld; a few are told one by one."""
    (first,) = plan.withheld
    logins = ["ana", "bob", "cem", "dora"]
    gone = [
        replace(first, why=f"{each} would be deleted", allow=f"delete:members/{each}")
        for each in logins
    ]
    waiting = [
        Withheld(change, f"{number} needs film, which is withheld", None, waits=True)
        for number, change in enumerate((*plan.changes, *plan.changes))
    ]
    many = list(withheld(replace(plan, withheld=(*gone, *waiting))))
    few = list(withheld(replace(plan, withheld=(*gone[:3], *waiting[:3]))))

    accounts = (
        "4 accounts would be deleted, and all that they posted here (ana, bob, cem and "
        "dora); apply with --allow delete:members/LOGIN for each"
    )
    rest = (
        "groups/darkroom, groups/film, memberships/film:zoe, groups/darkroom, "
        "groups/film and memberships/film:zoe need something that is withheld"
    )
    assert many == [accounts, rest]
    assert few == [
        *(f"{each.why}; apply with --allow {each.allow}" for each in gone[:3]),
        *(each.why for each in waiting[:3]),
    ]


def test_a_name_with_a_comma_stands_in_quotes(plan: Plan) -> None:
    """Else nobody could tell where it ends, and the next name of a list begins."""
    film, darkroom = plan.names
    named = {film: "Film, spring", darkroom: "The darkroom"}
    (made, _, changed, *_) = next(letter(replace(plan, names=named))).lines
    title = Change(Action.CREATE, film, None, Group("film", access="private"))
    both = replace(plan, names=named, changes=(*plan.changes[:1], title))

    assert made == "1 group is made: The darkroom."
    assert changed == "“Film, spring” changes its description."
    assert next(letter(both)).lines[0] == (
        "2 groups are made: The darkroom and “Film, spring”."
    )
