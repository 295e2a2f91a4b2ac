"""How each change of a plan is written: its calls, and what comes of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wpbridge.inputs import Findings, Staged
from wpbridge.model import UNSET
from wpbridge.plan import Action, Change, LeftOut
from wpbridge.site.taking import own, takes
from wpbridge.text import rename_mentions
from wpbridge.waiting import dequeue_calls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from wpbridge.inputs import Inputs, Selected
    from wpbridge.kinds import Kind
    from wpbridge.model import Address, Call, Spec


def attach_calls(
    inputs: Inputs, selected: Selected, changes: Iterable[Change]
) -> Staged[tuple[Change, ...]]:
    """
    Say how each change is written, and what comes of it.

    Args:
        inputs: What the blueprint asks for, and what the site holds.
        selected: What of it is due and supported.
        changes: What has to change.

    Returns:
        The changes with their calls, mails and risks; as findings, what this site
        cannot write, and why.
    """
    hearers = Hearers(inputs.people, find_insiders(selected))
    made: list[Change] = []
    left_out: list[LeftOut] = []
    for change in changes:
        calls, why = _list_calls(inputs, change)
        if why:
            left_out.append(LeftOut(change.address, why, change.place))
        elif calls:
            made.append(_complete(inputs, change, calls, hearers))
    return Staged(tuple(made), Findings(left_out=tuple(left_out)))


def _list_calls(inputs: Inputs, change: Change) -> tuple[list[Call], str | None]:
    """Give the calls that write a change, or why one that it needs cannot be sent."""
    kind = inputs.kind(change.address)
    wire = inputs.observed.wire(change.address)
    calls: list[Call] = []
    for written in change.calls or _calls(kind, change, wire):
        call = _own(written) if written.as_member == inputs.login else written
        ability = takes(call)
        why = inputs.why_not(ability) if ability else None
        if why is None:
            calls.append(call)
        elif not call.optional:
            return [], why
    return calls, None


def _complete(
    inputs: Inputs, change: Change, calls: list[Call], hearers: Hearers
) -> Change:
    """Add to a change its calls, what they touch and need, its mails, and its risk."""
    kind = inputs.kind(change.address)
    numbered = change.action is Action.CREATE and kind.numbered
    if numbered and calls[0].gives != change.address:
        calls = [replace(calls[0], gives=change.address), *calls[1:]]
    if change.action is Action.CREATE:
        calls = [*dequeue_calls(inputs, change), *calls]
    calls = [_rename_mentions(inputs, kind.mentions_in, call) for call in calls]
    hushed = inputs.can("quiet") and (kind.hushed or not kind.mails_asked)
    if hushed:
        calls = [replace(call, quiet=True) for call in calls]
    made = replace(
        change,
        calls=tuple(calls),
        needs=(*change.needs, *(change.after.needs if change.after else ())),
        touches=kind.touches(change.spec),
        rank=kind.rank(change),
    )
    mails = _count_mails(inputs, made, hearers.of(change.spec))
    mails = kind.mails_there(mails, made, inputs.capabilities.facts)
    if hushed:
        mails = {why: mails[why] for why in mails if why in kind.loud}
    risk = made.risk or kind.risk(made)
    return replace(made, mails=mails, risk=risk) if mails or risk else made


def _rename_mentions(inputs: Inputs, field: str, call: Call) -> Call:
    """Write the names that BuddyPress mentions by, where logins were written."""
    if not isinstance(call.values.get(field), str):
        return call
    text = rename_mentions(call.values[field], inputs.mention_names)
    return replace(call, values={**call.values, field: text})


def _count_mails(
    inputs: Inputs, change: Change, hearers: AbstractSet[str]
) -> Mapping[str, int]:
    """Count the mails that a change sends, mentions by the names that reach people."""
    kind = inputs.kind(change.address)
    if not kind.mentions_in:
        return kind.mails(change, hearers, inputs.login)
    names = inputs.mention_names
    known = {names.get(login, login).lower() for login in hearers}
    spec: Any = change.after
    if spec is not None and spec.text:
        text = rename_mentions(spec.text, names)
        sets = {**change.sets, "text": text} if "text" in change.sets else change.sets
        change = replace(change, after=replace(spec, text=text), sets=sets)
    return kind.mails(change, known, inputs.login)


@dataclass(frozen=True)
class Hearers:
    """
    Who is told of a mention.

    ``insiders`` are, of each group that is not public, those whom mentions in its posts
    tell; a comment tells whoever is not inside, too.
    """

    people: AbstractSet[str]
    insiders: Mapping[str, AbstractSet[str]]

    def of(self, spec: Spec) -> AbstractSet[str]:
        """Give the logins of those who may be told of a mention in a text."""
        if getattr(spec, "root", None):
            return self.people
        return self.insiders.get(getattr(spec, "group", ""), self.people)


def find_insiders(selected: Selected) -> Mapping[str, set[str]]:
    """
    Give those of each group that is not public, and administrators, who are in all.

    A mention in a post in such a group mails nobody else
    (``bp_groups_disable_at_mention_notification_for_non_public_groups``).
    """
    specs: dict[Address, Any] = {
        **selected.present,
        **{wanted.spec.address: wanted.spec for wanted in selected.desired},
    }
    admins: set[str] = set()
    found: dict[str, set[str]] = {}
    for address, spec in specs.items():
        if address.kind == "members" and spec.role == "administrator":
            admins.add(address.key)
        elif address.kind == "groups" and _access(spec, selected) != "public":
            found[address.key] = set()
    for address, spec in specs.items():
        if address.kind == "memberships" and spec.role != "banned":
            found.get(spec.group, set()).add(spec.member)
    return {group: inside | admins for group, inside in found.items()}


def _access(group: Any, selected: Selected) -> Any:
    """Tell who sees what is inside; of what a blueprint is silent on, the site says."""
    there: Any = selected.present.get(group.address, group)
    return there.access if group.access is UNSET else group.access


def _own(call: Call) -> Call:
    """Send it as who we are: that takes no password of ours, nor the right to it."""
    return replace(call, as_member=None, ability=own(call.ability))


def _calls(kind: Kind[Any], change: Change, wire: Any) -> Iterable[Call]:
    match change.action:
        case Action.CREATE:
            return kind.create(change.after)
        case Action.UPDATE:
            return kind.update(change.before, change.sets, wire)
        case Action.DELETE:
            return kind.delete(change.before, wire)
