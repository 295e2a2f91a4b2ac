"""What a plan cannot go without: refused with all else that is wrong, at once."""

from __future__ import annotations

from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from wpbridge.errors import BlueprintError, UsageError
from wpbridge.plan import Action
from wpbridge.slugs import refuse_taken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from wpbridge.draft import Choices, Declared, Draft
    from wpbridge.errors import Place
    from wpbridge.model import Address, Desired
    from wpbridge.plan import Change


def missing(draft: Draft, changes: Sequence[Change]) -> None:
    """Refuse what needs something that is neither declared nor on the site."""
    made = draft.there.keys() | {
        e.address for e in changes if e.action is Action.CREATE
    }
    for each in changes:
        for need in each.needs:
            kind = draft.kind(need)
            if need in made or kind.excused(need, draft.site.me.login):
                continue
            near = ""
            if ":" not in need.key:  # a pair is no misspelt pair
                known = [address.key for address in made if address.kind == need.kind]
                near = did_you_mean(need.key, known)
            if need.kind == "members" and _elsewhere(draft, each.place):
                draft.refuse(None, f"{kind.missing(need)}{near or _person(need)}")
            else:
                draft.refuse(each.place, f"{each.address}: {kind.missing(need)}{near}")
            break


def _elsewhere(draft: Draft, place: Place | None) -> bool:
    """Whether something stands in a template, where nobody would write of people."""
    own = {draft.blueprint.file.as_posix(), *_rosters(draft)}
    return place is not None and place.file not in own


def _rosters(draft: Draft) -> set[str]:
    """The files that have a row for each person."""
    return {each.file.as_posix() for each in draft.blueprint.rosters}


def _person(who: Address) -> str:
    """What to write of somebody whom nothing but an answer names."""
    return f"; write `members: {{{who.key}: {{name: …, email: …}}}}` here"


def unaddressed(declared: Declared) -> list[str]:
    """Logins that a site without such an account could do nothing with."""
    blueprint = declared.blueprint
    known = {key for roster in blueprint.rosters for key in roster.people}
    known |= {
        each.spec.key
        for each in declared.desired
        if each.spec.address.kind == "members" and getattr(each.spec, "email", None)
    }
    named = (need for each in declared.desired for need in each.spec.needs)
    logins = dict.fromkeys(need.key for need in named if need.kind == "members")
    return [each for each in logins if each and each not in known]


def unmatched(
    only: Sequence[str], refresh: Iterable[str], known: Iterable[Address]
) -> None:
    """Raise ``UsageError`` for a word of the call that no address answers to."""
    addresses = [str(each) for each in dict.fromkeys(known)]
    for pattern in (*only, *sorted(refresh)):
        if not any(fnmatchcase(each, pattern) for each in addresses):
            near = did_you_mean(pattern, addresses)
            raise UsageError(f"the blueprint speaks of no `{pattern}`{near}")


def incomplete(draft: Draft, changes: Sequence[Change]) -> None:
    """Refuse what is new and lacks a field that it cannot be made without."""
    for each in changes:
        lacks = set(each.spec.essential) - set(each.sets)
        if each.action is Action.CREATE and lacks:
            names = " and ".join(f"`{name}`" for name in sorted(lacks))
            message = f"{each.address} is not on the site yet, and needs {names}"
            draft.refuse(each.place, message + _line(draft, each, lacks))


def _line(draft: Draft, change: Change, lacks: Collection[str]) -> str:
    """What to write: a question or a row may be all that names a person."""
    address, place = change.address, change.place
    if address.kind != "members":
        return ""
    if place and place.file in _rosters(draft):
        return f"; fill in the E-mail cell in row {place.line} of {place.file}"
    fields = ", ".join(f"{name}: …" for name in sorted(lacks))
    return f"; write `members: {{{address.key}: {{{fields}}}}}`"


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Ask for the closest of the known words, if one is close."""
    close = get_close_matches(word, known, n=1)
    return f"; did you mean `{close[0]}`?" if close else ""


def checked(
    draft: Draft,
    desired: Iterable[Desired],
    changes: Sequence[Change],
    choices: Choices,
) -> list[Change]:
    """The changes that are asked for; raises all that is wrong with them."""
    named = (*(each.spec.address for each in desired), *(e.address for e in changes))
    unmatched(choices.only, choices.refresh, named)
    chosen = _chosen(changes, choices.only)
    missing(draft, chosen)
    incomplete(draft, chosen)
    refuse_taken(draft, chosen)
    if draft.problems:
        raise BlueprintError(draft.problems)
    return chosen


def _chosen(changes: Sequence[Change], only: Sequence[str]) -> list[Change]:
    """Keep what the patterns name, and what that needs."""
    if not only:
        return list(changes)
    chosen = {
        each.address
        for each in changes
        if any(fnmatchcase(str(each.address), pattern) for pattern in only)
    }
    made = {each.address: each for each in changes}
    waiting = list(chosen)
    while waiting:
        for need in made[waiting.pop()].needs:
            if need in made and need not in chosen:
                chosen.add(need)
                waiting.append(need)
    return [each for each in changes if each.address in chosen]
