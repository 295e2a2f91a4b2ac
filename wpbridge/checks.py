"""What a plan cannot go without: refused with all else that is wrong, at once."""

from __future__ import annotations

from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from wpbridge.errors import BlueprintError, UsageError
from wpbridge.plan import Action
from wpbridge.slugs import find_taken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from wpbridge.errors import Place, Problem
    from wpbridge.inputs import Declared, Findings, Inputs, Selected
    from wpbridge.model import Address
    from wpbridge.plan import Change


def find_missing(
    inputs: Inputs, present: Iterable[Address], changes: Sequence[Change]
) -> Iterator[Problem]:
    """Find what needs something that is neither declared nor on the site."""
    made = {*present, *(c.address for c in changes if c.action is Action.CREATE)}
    for change in changes:
        for need in change.needs:
            kind = inputs.kind(need)
            if need in made or kind.excused(need, inputs.login):
                continue
            near = ""
            if ":" not in need.key:  # a pair is no misspelt pair
                known = [address.key for address in made if address.kind == need.kind]
                near = did_you_mean(need.key, known)
            if need.kind == "members" and _is_elsewhere(inputs, change.place):
                message = f"{kind.missing(need)}{near or _person(need)}"
                yield inputs.problem(None, message)
            else:
                message = f"{change.address}: {kind.missing(need)}{near}"
                yield inputs.problem(change.place, message)
            break


def _is_elsewhere(inputs: Inputs, place: Place | None) -> bool:
    """Whether something stands in a template, where nobody would write of people."""
    own = {inputs.blueprint.file.as_posix(), *_roster_files(inputs)}
    return place is not None and place.file not in own


def _roster_files(inputs: Inputs) -> set[str]:
    """The files that have a row for each person."""
    return {roster.file.as_posix() for roster in inputs.blueprint.rosters}


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


def find_incomplete(inputs: Inputs, changes: Iterable[Change]) -> Iterator[Problem]:
    """Find what is new and lacks a field that it cannot be made without."""
    for change in changes:
        lacks = set(change.spec.essential) - set(change.sets)
        if change.action is Action.CREATE and lacks:
            names = " and ".join(f"`{name}`" for name in sorted(lacks))
            message = f"{change.address} is not on the site yet, and needs {names}"
            message += _line(inputs, change, lacks)
            yield inputs.problem(change.place, message)


def _line(inputs: Inputs, change: Change, lacks: Collection[str]) -> str:
    """What to write: a question or a row may be all that names a person."""
    address, place = change.address, change.place
    if address.kind != "members":
        return ""
    if place and place.file in _roster_files(inputs):
        return f"; fill in the E-mail cell in row {place.line} of {place.file}"
    fields = ", ".join(f"{name}: …" for name in sorted(lacks))
    return f"; write `members: {{{address.key}: {{{fields}}}}}`"


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Ask for the closest of the known words, if one is close."""
    close = get_close_matches(word, known, n=1)
    return f"; did you mean `{close[0]}`?" if close else ""


def validate(
    inputs: Inputs, selected: Selected, changes: Sequence[Change], findings: Findings
) -> tuple[Change, ...]:
    """
    Give the changes that are asked for, if nothing is wrong.

    Args:
        inputs: What the blueprint asks for, and what the site holds.
        selected: What of it is due and supported.
        changes: What has to change, with calls and needs.
        findings: Those of the stages before.

    Raises:
        UsageError: where a pattern of ``only`` or ``refresh`` names nothing.
        BlueprintError: with the problems of every stage.
    """
    options = inputs.options
    declared = (wanted.spec.address for wanted in inputs.desired)
    addresses = (*declared, *(change.address for change in changes))
    unmatched(options.only, options.refresh, addresses)
    chosen = _chosen(changes, options.only)
    problems = [
        *inputs.problems,
        *findings.problems,
        *find_missing(inputs, selected.present, chosen),
        *find_incomplete(inputs, chosen),
        *find_taken(inputs, chosen),
    ]
    if problems:
        raise BlueprintError(problems)
    return tuple(chosen)


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
