"""
A plan as a letter to whoever runs the community: who, what, when, how many mails.

The sentences about resources are the kinds' own. What is said of the plan as a whole
is worded here, in parts that every renderer shows in its way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from shlex import quote
from typing import TYPE_CHECKING

from wpbridge import kinds
from wpbridge.kinds import MENTIONS, count, listed, quoted
from wpbridge.plan import Action
from wpbridge.report import moment
from wpbridge.site.ability import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.model import Address
    from wpbridge.plan import Change, LeftOut, Plan, Withheld

SENTENCES = 12
"""Of each kind; beyond them a letter is no letter, and the list has them all."""


ACCOUNT = "delete:members/"
"""How the word begins that has an account deleted."""

FEW = 3
"""So many of a sort are told one by one."""


@dataclass(frozen=True)
class Part:
    """A few sentences under a title; one that ``warns`` is to be seen."""

    title: str
    lines: tuple[str, ...]
    warns: bool = False


def letter(plan: Plan) -> Iterator[Part]:
    """Tell a plan in parts, without those that would be empty."""
    parts = (
        Part("What would happen", tuple(_changes(plan)) or (_nothing(plan),)),
        Part("Later", tuple(_later(plan))),
        Part("Left out on this site", tuple(_left_out(plan.left_out))),
        Part("Withheld", tuple(withheld(plan)), warns=True),
        Part("Please note", tuple(_notes(plan))),
    )
    return (each for each in parts if each.lines)


def _nothing(plan: Plan) -> str:
    if plan.withheld:
        return "Nothing: all that would change is withheld, see below."
    if plan.left_out:
        return "Nothing: what is not yet so is left out, see below."
    if plan.only:
        return "Nothing: there the site is as the blueprint says."
    return "Nothing: the site is as the blueprint says."


def _changes(plan: Plan) -> Iterator[str]:
    def name(address: Address) -> str:
        known = plan.names.get(address, address.key)
        return quoted(known) if "," in known else known

    for kind in kinds.load().values():
        mine = tuple(each for each in plan.changes if each.address.kind == kind.name)
        if mine:
            said = kind.sentences(mine, name)
            yield from islice(said, SENTENCES)
            if left := sum(1 for _ in said):
                yield f"… and {left} more about {kind.name}; the list has them all."
    if plan.changes:
        yield _mails(plan)


def _mails(plan: Plan) -> str:
    reasons = [f"{number} for {why}" for why, number in plan.mails.items() if number]
    if not reasons:
        return "No mail goes out."
    total = sum(plan.mails.values())
    most = "up to " if plan.mails.get(MENTIONS) else ""
    return f"The site sends {most}{count(total, 'mail')}: {', '.join(reasons)}."


def _later(plan: Plan) -> Iterator[str]:
    if not plan.later:
        return
    first = min(plan.later, key=lambda each: each.at)
    are = "is" if len(plan.later) == 1 else "are"
    alone = len(plan.later) == 1
    go = "It goes out by itself." if alone else "They go out by themselves."
    then = go if first.by_itself else "Apply again then."
    yield (
        f"{count(len(plan.later), 'post')} {are} not due yet; the next is "
        f"{first.address} on {moment(first.at, plan.zone)}. {then}"
    )


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for each in left_out:
        reasons.setdefault(each.why, []).append(str(each.address))
    for why, addresses in reasons.items():
        yield f"{listed(addresses)}: {why}"
    if any(UNSEEN in why for why in reasons):
        yield "More can be had logged in with cookies (`wpbridge login --cookie`)."


def withheld(plan: Plan) -> Iterator[str]:
    """
    Say what the guard holds back, and the word that lets it go.

    All words stand in one line, too, but those by which something is deleted for good;
    and none do where everybody of a roster would go. Accounts to be deleted, and what
    waits for something withheld, are told together where there are many.
    """
    reasons: dict[tuple[str, str | None], dict[str, None]] = {}
    for each in plan.withheld:
        reasons.setdefault((each.why, each.allow), {})[_whom(each)] = None
    accounts = [allow for _, allow in reasons if (allow or "").startswith(ACCOUNT)]
    waiting = {e.why: _whom(e) for e in plan.withheld if e.waits}
    for (why, allow), addresses in reasons.items():
        if allow in accounts and len(accounts) > FEW:
            continue
        if why in waiting and len(waiting) > FEW:
            continue
        whom = f" ({listed(list(addresses))})" if len(addresses) > 1 else ""
        yield f"{why}{whom}" + (f"; apply with --allow {allow}" if allow else "")
    if len(accounts) > FEW:
        logins = [each.removeprefix(ACCOUNT) for each in accounts if each]
        yield (
            f"{len(accounts)} accounts would be deleted, and all that they posted here "
            f"({listed(logins)}); apply with --allow {ACCOUNT}LOGIN for each"
        )
    if len(waiting) > FEW:
        yield f"{listed(list(waiting.values()))} need something that is withheld"
    words = dict.fromkeys(each.allow for each in plan.withheld if each.allow)
    mild = [each for each in words if not each.startswith("delete:")]
    if len(mild) > 1 and not any(each.alone for each in plan.withheld):
        what = "All of that" if len(mild) == len(words) else "All but the deletions"
        yield f"{what} at once: {' '.join(f'--allow {quote(each)}' for each in mild)}"


def _whom(held: Withheld) -> str:
    """Whoever leaves a roster is one, however many places that one leaves."""
    address = held.change.address
    by_roster = (held.allow or "").startswith("roster:")
    return address.key.rpartition(":")[2] if by_roster else str(address)


def _notes(plan: Plan) -> Iterator[str]:
    if plan.only:
        yield f"Only {listed(plan.only)}, and what that needs, is looked at here."
    yield from plan.notes
    if unwelcomed := sum(map(_unwelcomed, plan.changes)):
        yield (
            f"{count(unwelcomed, 'new person', 'new people')} cannot log in yet: send "
            "them to `Lost your password?` on the site's login page, or write "
            "`newcomers: {welcome: reset link}`, which takes the companion plugin."
        )
    if unseen := sum(1 for each in plan.changes if each.unchecked):
        yield (
            f"{count(unseen, 'change')} cannot be compared with the site over this "
            "login, and will be written to be sure."
        )


def _unwelcomed(change: Change) -> bool:
    """Tell whether an account is made of whose password nobody is told."""
    new = change.action is Action.CREATE and change.address.kind == "members"
    return new and not change.sets.get("welcome")
