"""
The verbs: declare what a blueprint asks for, observe a site, plan what has to change.

Comparing is :mod:`wpbridge.compare`, carrying a plan out :mod:`wpbridge.apply`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from wpbridge import kinds, leavers, slugs
from wpbridge.apply import look_until_settled
from wpbridge.bind import bind, strangers, unknown
from wpbridge.blueprint.clashes import Person, Stated, two_owners, two_people
from wpbridge.blueprint.grammar import Entries
from wpbridge.blueprint.load import each_entry
from wpbridge.blueprint.problems import Problems
from wpbridge.blueprint.roster import BROUGHT
from wpbridge.compare import make_plan
from wpbridge.errors import BlueprintError, Problem, SiteError
from wpbridge.inputs import Declared, Inputs, Lookups, PlanOptions
from wpbridge.kinds import Exact, Wanted
from wpbridge.model import (
    ME,
    UNSET,
    Address,
    Desired,
    Observation,
    Observed,
    Spec,
)
from wpbridge.ownership import owner, rosters_with_leavers
from wpbridge.parting import accounts_to_look_up
from wpbridge.possible import find_new_logins, find_unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from wpbridge.blueprint.entry import Blueprint, Entry
    from wpbridge.blueprint.grammar import Section
    from wpbridge.kinds import Kind
    from wpbridge.plan import Plan
    from wpbridge.site import SiteClient


def sections() -> tuple[Section, ...]:
    """Where in a blueprint the entries of every kind stand."""
    return tuple(section for kind in kinds.load().values() for section in kind.sections)


def declare(blueprint: Blueprint) -> Declared:
    """
    Turn a blueprint's entries into specs.

    Raises:
        BlueprintError: with all that is wrong in the file.
    """
    desired: dict[Address, Desired] = {}
    exact: list[Exact] = []
    problems: list[Problem] = []
    for kind in kinds.load().values():
        for section in kind.sections:
            for entry in each_entry(blueprint, section):
                for wanted in _declare_entry(kind, section, entry, problems):
                    if isinstance(wanted, Exact):
                        exact.append(wanted)
                        continue
                    first = desired.setdefault(wanted.spec.address, wanted)
                    if first is not wanted:
                        what = f"{wanted.spec.address} is stated twice"
                        message = f"{what}, first at {first.place}"
                        problems.append(Problem(wanted.place, message))
    problems += slugs.clashes(desired.values())
    exact += leavers.exact_scopes(blueprint)
    problems += _unprunable(blueprint)
    told = Problems()
    for problem in problems:
        told.add(problem.place, problem.message)
    told.raise_any()
    return Declared(blueprint, tuple(desired.values()), tuple(exact))


def clashes(several: Iterable[Declared]) -> Iterator[Problem]:
    """
    What is wrong between blueprints that are each fine: resources that two own, people.

    Templates are left out: nobody applies them as they are.
    """
    several = [each for each in several if not each.blueprint.open_inputs]
    stated: list[Stated] = []
    people: list[Person] = []
    for each in several:
        file = each.blueprint.file.as_posix()
        for spec, place in ((one.spec, one.place) for one in each.desired):
            if whose := owner(spec):
                stated.append(Stated(spec.address, whose, place, file))
            email = getattr(spec, "email", UNSET)
            if email and email != spec.key:  # a roster's row may know no login yet
                people.append(Person(spec.key, str(email), place, file))
    yield from slugs.clashes(one for each in several for one in each.desired)
    yield from two_owners(stated)
    yield from two_people(people)


def _unprunable(blueprint: Blueprint) -> Iterator[Problem]:
    """Each kind under ``prune`` that bears no mark by which ours would be known."""
    known = kinds.load()
    can = [name for name, kind in known.items() if "owner" in _fields(kind.spec)]
    node = blueprint.root.child("prune")
    for each in node.items() if node else ():
        if str(each.value) not in can:
            message = f"`{each.value}` cannot be pruned; it is one of {', '.join(can)}"
            yield Problem(each.place, message)


def _fields(spec: type[Spec]) -> set[str]:
    return {each.name for each in fields(spec)}  # type: ignore[arg-type]  # a dataclass


def _declare_entry(
    kind: Kind[Any], section: Section, entry: Entry, problems: list[Problem]
) -> Iterator[Desired | Exact]:
    previously = entry.node.child("previously")
    try:
        for each in kind.declare(entry):
            if (
                previously is not None
                and isinstance(section.type, Entries)
                and isinstance(each, Desired)
                and isinstance(each.spec, kind.spec)
            ):
                above = each.spec.key.removesuffix(entry.key)
                old = Address(kind.name, f"{above}{previously.value}")
                yield replace(each, previously=old)
            else:
                yield each
    except BlueprintError as error:
        problems += error.problems


class Look(NamedTuple):
    """
    One look at a site: what was declared, with logins, and what is there.

    ``problems`` are mistakes that only the site shows.
    """

    declared: Declared
    observed: Observation
    problems: tuple[Problem, ...]


def observe(
    site: SiteClient, declared: Declared, step: Callable[[str], None] = lambda _: None
) -> Look:
    """
    Read what a blueprint is concerned with: the kinds it names and those before them.

    People whom a roster knows by their address alone get their logins on the way.

    Args:
        site: An open site.
        declared: What the blueprint asks for; it stays as it is.
        step: Is told each kind's name before it is read.

    Returns:
        What is asked for, by logins; what the site holds; and what is wrong.
    """
    known = kinds.load()
    seen = Observed()
    seen.ids[ME] = site.me.id
    problems: list[Problem] = []
    wanted = _wanted(declared)
    for name in _concerned(declared, known):
        kind = known[name]
        if kind.component and not site.facts.components.get(kind.component, True):
            continue
        step(name)
        for found in kind.read(site, seen, wanted[name]):
            seen.add(found)
        if name == "members":
            declared, more = _bind(site, declared, seen)
            problems += more
            wanted = _wanted(declared)
        problems += _move(declared, seen, name)
    recall(site, declared, seen, known)
    return Look(declared, seen.freeze(), tuple(problems))


def _bind(
    site: SiteClient, declared: Declared, seen: Observed
) -> tuple[Declared, list[Problem]]:
    """Put logins in the place of addresses, as the members are known now."""
    problems: list[Problem] = []
    if site.can("edit members"):
        problems += unknown(declared.desired)
    network = site.facts.multisite
    desired, more = bind(declared.desired, seen, network=network)
    problems += (*more, *strangers(desired, seen))
    return replace(declared, desired=tuple(desired)), problems


def recall(
    site: SiteClient, declared: Declared, seen: Observed, known: Mapping[str, Kind[Any]]
) -> None:
    """Take in whose the observed resources are, where the site keeps it."""
    owner = declared.blueprint.owner
    kept = [name for name, kind in known.items() if kind.claimed]
    everyones = {scope.kind for scope in declared.exact} | {"groups"}
    if rosters_with_leavers(declared.blueprint):
        everyones |= {name for name in kept if known[name].claimed == "from rosters"}
    ours = [name for name in kept if name not in everyones]
    for claim in site.claims(owner, ours, everyones.intersection(kept)):
        address = claim.address
        if address in seen.specs:
            seen.owners.setdefault(address, set()).add(claim.owner)
            if claim.owner == owner and claim.came:
                seen.came[address] = claim.came
            elif claim.came.startswith(BROUGHT):
                seen.rosters.setdefault(address, set()).add(claim.owner)
        elif claim.owner == owner and not (claim.there and known[address.kind].shows):
            seen.gone.add(address)
    for address, owners in seen.owners.items():
        spec = seen.specs[address]
        if getattr(spec, "owner", None) == "":  # no mark in its text
            theirs = owner if owner in owners else min(owners)
            seen.specs[address] = replace(spec, owner=theirs)  # type: ignore[type-var]  # every Spec is a dataclass


def _concerned(declared: Declared, known: Mapping[str, Kind[Any]]) -> list[str]:
    names = {each.kind for each in declared.exact} | set(declared.blueprint.prune)
    for each in declared.desired:
        names.add(each.spec.address.kind)
        names.update(need.kind for need in each.spec.needs)
    names.update(*(known[name].brings for name in tuple(names)))
    for name in reversed(list(known)):
        if name in names:
            names.update(known[name].after)
    return [name for name in known if name in names]


def _wanted(declared: Declared) -> Mapping[str, Wanted[Any]]:
    blueprint = declared.blueprint
    specs: dict[str, list[Any]] = defaultdict(list)
    keys: dict[str, set[str]] = defaultdict(set)
    for each in declared.desired:
        specs[each.spec.address.kind].append(each.spec)
        for address in (each.spec.address, *each.spec.needs):
            keys[address.kind].add(address.key)
    whole: dict[str, set[Address]] = defaultdict(set)
    for exact in declared.exact:
        whole[exact.kind].add(exact.within)
    for kind in blueprint.prune:
        whole[kind].add(Address(kind, ""))
    previously = {
        each.spec.address: each.previously.key
        for each in declared.desired
        if each.previously
    }
    return {
        name: Wanted(
            specs=specs[name],
            keys=frozenset(keys[name]),
            whole=frozenset(whole[name]),
            owner=blueprint.owner,
            previously=previously,
        )
        for name in kinds.load()
    }


def _move(declared: Declared, seen: Observed, kind: str) -> Iterator[Problem]:
    """See what was renamed under its new key; both on the site is a mistake."""
    for wanted in declared.desired:
        old, new = wanted.previously, wanted.spec.address
        if not old or old.kind != kind or old not in seen.specs:
            continue
        if new in seen.specs:
            message = f"{old} and {new} are both on the site; drop `previously`"
            yield Problem(wanted.place, message)
            continue
        seen.renamed[new] = seen.specs.pop(old)
        seen.specs[new] = seen.renamed[new].called_as(wanted.spec)
        seen.ids[new] = seen.ids.pop(old)
        if old in seen.wire:
            seen.wire[new] = seen.wire.pop(old)


def gather(site: SiteClient, look: Look, options: PlanOptions | None = None) -> Inputs:
    """
    Put together what planning looks at; the last questions to the site are asked here.

    Args:
        site: An open site, which was looked at.
        look: What that look showed.
        options: How whoever plans wants it.
    """
    inputs = Inputs(
        look.declared.blueprint,
        look.declared.desired,
        look.declared.exact,
        look.observed,
        site.capabilities(),
        options or PlanOptions(),
        problems=look.problems,
    )
    return replace(inputs, lookups=look_up(site, inputs))


def look_up(site: SiteClient, inputs: Inputs) -> Lookups:
    """Ask for accounts elsewhere on a network, and for all groups of leavers."""
    network = {"type": "alphabetical", "_fields": "id,user_login"}
    logins = find_new_logins(inputs, inputs.desired)
    asks = ((login, "members", {**network, "search": login}) for login in logins)
    elsewhere = {
        login for login, item in site.bp.gather(asks) if item["user_login"] == login
    }
    whole = {"show_hidden": True, "_fields": "slug"}
    accounts = accounts_to_look_up(inputs)
    groups: dict[str, list[str]] = defaultdict(list)
    for login, item in site.bp.gather(
        (account.key, "groups", {"user_id": inputs.observed.ids[account], **whole})
        for account in accounts
    ):
        groups[login].append(item["slug"])
    unseen, store = look_for_unseen(site, inputs)
    return Lookups(
        elsewhere=frozenset(elsewhere),
        groups={login: tuple(found) for login, found in groups.items()},
        unseen=unseen,
        store=store,
        holders=tuple(slugs.look_up_holders(site, inputs)),
    )


def look_for_unseen(site: SiteClient, inputs: Inputs) -> tuple[frozenset[Address], str]:
    """
    Look by its number for what an earlier run made and the site did not show.

    What is there all the same was hidden by a store of lists, and is not to be made
    again; what is not there somebody deleted.

    Returns:
        What is there, or may be, and by what a store on the way shows.
    """
    unseen = find_unseen(inputs)
    if not unseen:
        return unseen, ""
    if store := site.find_store():
        return unseen, store
    doubled = {double.spec.address for double in inputs.observed.doubles}
    hidden = frozenset(
        wanted.spec.address
        for wanted in inputs.desired
        if wanted.spec.address in unseen
        and doubled.isdisjoint(wanted.spec.needs)  # it is below a double
        and _is_there(site, inputs, wanted.spec)
    )
    return hidden, "it is there by its number, and not in the list" if hidden else ""


def _is_there(site: SiteClient, inputs: Inputs, spec: Spec) -> bool:
    address = spec.address
    number = inputs.history.ids.get(str(address))
    if number is None:
        return False
    try:
        call = next(iter(inputs.kind(address).delete(spec, None)))
        door = {"bp": site.bp, "wp": site.wp}[call.door]
        path = "/".join(str(part) for part in call.aimed_at(address, number).path)
        item = door.get(path, context="edit")
    except (NotImplementedError, KeyError, SiteError):  # it is gone, or has no route
        return False
    if not isinstance(item, dict) or item.get("status") in ("trash", "spam"):
        return False
    name = item.get("username") or item.get("slug")
    if name is not None:  # somebody may have given it another since
        return bool(name == address.key)
    return f" {address} " in json.dumps(item, ensure_ascii=False)  # by its mark


def plan(
    site: SiteClient,
    blueprint: Blueprint,
    options: PlanOptions | None = None,
    *,
    step: Callable[[str], None] = lambda _: None,
) -> Plan:
    """
    Say what has to change for the site to be as the blueprint says.

    Args:
        site: An open site.
        blueprint: What it is to be like.
        options: How whoever plans wants it.
        step: Is told each kind's name before it is read.

    Raises:
        BlueprintError: with all that is wrong against this site.
        SiteError: where the site does not answer, or refuses.
    """
    options = options or PlanOptions()
    if not blueprint.clocked:  # what is due is so by the site's clock
        blueprint = replace(blueprint, now=blueprint.now + site.facts.ahead)
    declared = declare(blueprint)
    look = observe(site, declared, step)
    if options.history.unclean:  # what a run cut short sent may still be landing
        look = look_until_settled(
            lambda: observe(site, declared, step), lambda it: it.observed.specs
        )
    return make_plan(gather(site, look, options))
