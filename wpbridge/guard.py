"""
What a plan may not do unless somebody says so, by name.

The guard never raises: it parts a plan into what may go ahead and what is withheld,
each with the word for ``--allow`` that lets it go; some things no word allows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from wpbridge.model import Address
from wpbridge.plan import Action, Change, Withheld, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from wpbridge.blueprint.entry import Limits
    from wpbridge.kinds import Kind
    from wpbridge.model import Spec

FEW = 4  # people in a group from which on a share is counted


def withhold(
    changes: Sequence[Change],
    observed: Mapping[Address, Spec],
    known: Mapping[str, Kind[Any]],
    *,
    limits: Limits,
    now: datetime,
    allow: AbstractSet[str],
    more: Iterable[Withheld] = (),
) -> tuple[list[Change], list[Withheld]]:
    """
    Part changes into those that may go ahead and those held back.

    ``more``: what others would hold back, with the words that allow it. A change that
    takes several words is there once for each, so that all of them are known at once.
    """
    dangers = (
        *more,
        *_forbidden(changes, observed, known),
        *_risks(changes),
        *_removals(changes, observed, limits.removed_from_a_group),
        *_deletions(changes, limits.deleted),
        *_late(changes, now, limits.late_posts),
    )
    refused = _not_allowed(dangers, allow)
    could, _ = _without(changes, [each for each in refused if each.allow is None])
    kept, held = _without(changes, refused)
    mailing = _not_allowed(_mails(could, known, limits.mails), allow)
    too_many = {id(each.change) for each in _mails(kept, known, limits.mails)}
    already = {id(each.change) for each in held}
    also = [each for each in mailing if id(each.change) in already]
    kept, unsent = _without(kept, [e for e in mailing if id(e.change) in too_many])
    return kept, [*held, *also, *unsent]


def _not_allowed(
    dangers: Iterable[Withheld], allow: AbstractSet[str]
) -> list[Withheld]:
    """Each change that nobody allowed, once for every word that it takes."""
    unique = {
        (each.change.action, each.change.address, each.allow): each
        for each in dangers
        if each.allow is None or not _allowed(each.allow, allow)
    }
    return list(unique.values())


def _allowed(word: str, allow: AbstractSet[str]) -> bool:
    return word in allow or f"{word.partition(':')[0]}:*" in allow


def _without(
    changes: Sequence[Change], held: list[Withheld]
) -> tuple[list[Change], list[Withheld]]:
    """Take out what is withheld, and what cannot be made without it."""
    held = list(held)
    gone = {id(each.change) for each in held}
    missing = {e.change.address for e in held if e.change.action is Action.CREATE}
    kept: list[Change] = []
    for each in changes:
        lacks = missing.intersection(each.needs)
        if id(each) in gone:
            continue
        if lacks:
            held.append(waiting(each, lacks))
            missing.add(each.address)
        else:
            kept.append(each)
    return kept, held


def _forbidden(
    changes: Sequence[Change],
    observed: Mapping[Address, Spec],
    known: Mapping[str, Kind[Any]],
) -> Iterator[Withheld]:
    by_kind: dict[str, list[Change]] = defaultdict(list)
    for each in changes:
        by_kind[each.address.kind].append(each)
    for kind, its in by_kind.items():
        for change, why in known[kind].forbids(its, observed):
            yield Withheld(change, why, None)


def _risks(changes: Iterable[Change]) -> Iterator[Withheld]:
    for each in changes:
        if each.risk:
            about = each.risk.address or each.address
            yield Withheld(each, each.risk.why, f"{each.risk.word}:{about}")


def _removals(
    changes: Sequence[Change], observed: Mapping[Address, Spec], limit: float
) -> Iterator[Withheld]:
    """Too large a share of those who are in a group."""
    leaving: dict[Address, list[Change]] = defaultdict(list)
    for each in changes:
        within = each.spec.within
        if each.action is Action.DELETE and each.address.kind == "memberships":
            leaving[within or each.address].append(each)
    if not leaving:
        return
    there = Counter(each.within for each in observed.values() if each.within)
    for group, gone in leaving.items():
        total = there[group]
        if total >= FEW and len(gone) > limit * total:
            why = (
                f"{len(gone)} of {total} members would leave {group}, and the limit "
                f"is {limit:.0%}; look at the roster"
            )
            yield from (Withheld(each, why, f"limit:{group}") for each in gone)


def _deletions(changes: Sequence[Change], limit: int) -> Iterator[Withheld]:
    """
    More deletions than a blueprint may make at once, memberships aside.

    Nor does it count what was only waiting to go out.
    """
    gone = [
        each
        for each in changes
        if each.action is Action.DELETE
        and each.address.kind not in ("memberships", "queued")
    ]
    if len(gone) > limit:
        why = f"{len(gone)} resources would be deleted, and the limit is {limit}"
        yield from (Withheld(each, why, "limit:deleted") for each in gone)


def _late(changes: Sequence[Change], now: datetime, limit: int) -> Iterator[Withheld]:
    """A flood of posts whose time has passed: last year's date, most likely."""
    late: dict[Address, list[Change]] = defaultdict(list)
    for each in changes:
        due = each.sets.get("due")
        if each.action is Action.CREATE and due and due < now:
            late[each.spec.within or Address("posts", "")].append(each)
    for stream, overdue in late.items():
        if len(overdue) > limit:
            where = str(stream) if stream.key else "site"
            stream_of = where if stream.key else "the site's stream"
            why = (
                f"{len(overdue)} posts in {stream_of} are overdue, and the limit is "
                f"{limit}; look at the date on which the blueprint starts"
            )
            yield from (Withheld(each, why, f"late:{where}") for each in overdue)


def _mails(
    changes: Sequence[Change], known: Mapping[str, Kind[Any]], limit: int
) -> Iterator[Withheld]:
    """Mails beyond those that the blueprint asks for or says may go out."""
    unasked = {id(each): _unasked(each, known[each.address.kind]) for each in changes}
    mailing = [each for each in changes if unasked[id(each)]]
    total = sum(unasked.values())
    if total > limit:
        mails = "mail" if total == 1 else "mails"
        why = f"{total} {mails} would go out, and the limit is {limit}"
        yield from (Withheld(each, why, "mails") for each in mailing)


def _unasked(change: Change, kind: Kind[Any]) -> int:
    """How many mails of a change nobody asked for."""
    if kind.mails_asked:
        return 0
    asked = kind.asked_mails
    return sum(number for why, number in change.mails.items() if why not in asked)
