"""How each change of a plan is written: its calls, and what comes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wpbridge.model import UNSET
from wpbridge.plan import Action, Change, LeftOut
from wpbridge.site.taking import own, takes
from wpbridge.waiting import taken_back

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from wpbridge.draft import Draft
    from wpbridge.kinds import Kind
    from wpbridge.model import Address, Call, Desired, Spec


def with_calls(draft: Draft, change: Change) -> Change | None:
    """Say how a change is written, and what comes of it; ``None`` if it cannot be."""
    kind = draft.kind(change.address)
    wire = draft.seen.wire.get(change.address)
    calls: list[Call] = []
    for said in change.calls or _calls(kind, change, wire):
        each = _own(said) if said.as_member == draft.site.me.login else said
        ability = takes(each)
        why = draft.site.can(ability) if ability else None
        if why is None:
            calls.append(each)
        elif not each.optional:
            draft.left_out.append(LeftOut(change.address, why, change.place))
            return None
    if not calls:
        return None
    numbered = change.action is Action.CREATE and kind.numbered
    if numbered and calls[0].gives != change.address:
        calls[0] = replace(calls[0], gives=change.address)
    if change.action is Action.CREATE:
        calls = [*taken_back(draft, change), *calls]
    meant = kind.mails_asked and not kind.hushed
    hushed = not meant and draft.site.can("quiet") is None
    if hushed:
        calls = [replace(each, quiet=True) for each in calls]
    made = replace(
        change,
        calls=tuple(calls),
        needs=(*change.needs, *(change.after.needs if change.after else ())),
        touches=kind.touches(change.spec),
        rank=kind.rank(change),
    )
    hearers = _hearers(draft, change.spec)
    mails = kind.mails(made, hearers, draft.site.me.login)
    mails = kind.mails_there(mails, made, draft.site.facts)
    if hushed:
        mails = {why: mails[why] for why in mails if why in kind.loud}
    risk = made.risk or kind.risk(made)
    return replace(made, mails=mails, risk=risk) if mails or risk else made


def _hearers(draft: Draft, spec: Spec) -> Container[str]:
    """Tell who may be told of a mention; comments tell whoever is not inside, too."""
    if getattr(spec, "root", None):
        return draft.people
    return draft.insiders.get(getattr(spec, "group", ""), draft.people)


def insiders(draft: Draft, wanted: Iterable[Desired]) -> Mapping[str, set[str]]:
    """
    Give those of each group that is not public, and administrators, who are in all.

    A mention in a post in such a group mails nobody else
    (``bp_groups_disable_at_mention_notification_for_non_public_groups``).
    """
    specs: dict[Address, Any] = {
        **draft.there,
        **{each.spec.address: each.spec for each in wanted},
    }
    admins: set[str] = set()
    found: dict[str, set[str]] = {}
    for address, spec in specs.items():
        if address.kind == "members" and spec.role == "administrator":
            admins.add(address.key)
        elif address.kind == "groups" and _access(spec, draft) != "public":
            found[address.key] = set()
    for address, spec in specs.items():
        if address.kind == "memberships" and spec.role != "banned":
            found.get(spec.group, set()).add(spec.member)
    return {group: inside | admins for group, inside in found.items()}


def _access(group: Any, draft: Draft) -> Any:
    """Tell who sees what is inside; of what a blueprint is silent on, the site says."""
    there = draft.there.get(group.address, group)
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
