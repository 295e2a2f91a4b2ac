"""
The verbs: declare what a blueprint asks for, observe a site, plan what has to change.

Comparing is :mod:`wpbridge.compare`, carrying a plan out :mod:`wpbridge.apply`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from wpbridge import kinds, leavers, ownership, slugs
from wpbridge.apply import twice_the_same
from wpbridge.bind import bind, strangers, unknown
from wpbridge.blueprint.clashes import Person, Stated, two_owners, two_people
from wpbridge.blueprint.grammar import Entries
from wpbridge.blueprint.load import each_entry
from wpbridge.compare import compare
from wpbridge.draft import Choices, Declared
from wpbridge.errors import BlueprintError, Problem
from wpbridge.kinds import Exact, Wanted
from wpbridge.model import ME, UNSET, Address, Desired, Observed, Spec
from wpbridge.ownership import owner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from wpbridge.blueprint.entry import Blueprint, Entry
    from wpbridge.blueprint.grammar import Section
    from wpbridge.kinds import Kind
    from wpbridge.plan import Plan
    from wpbridge.site import Site


def sections() -> tuple[Section, ...]:
    """Where in a blueprint the entries of every kind stand."""
    return tuple(section for kind in kinds.load().values() for section in kind.sections)


def declare(blueprint: Blueprint) -> Declared:
    """Turn a blueprint's entries into specs; raises all problems at once."""
    declared = Declared(blueprint)
    first: dict[Address, Desired] = {}
    for kind in kinds.load().values():
        for section in kind.sections:
            for entry in each_entry(blueprint, section):
                for each in _declared(kind, section, entry, declared.problems):
                    if isinstance(each, Exact):
                        declared.exact.append(each)
                    elif (old := first.setdefault(each.spec.address, each)) is each:
                        declared.desired.append(each)
                    else:
                        what = f"{each.spec.address} is stated twice"
                        message = f"{what}, first at {old.place}"
                        declared.problems.append(Problem(each.place, message))
    declared.problems += slugs.clashes(declared.desired)
    declared.exact += leavers.closed(blueprint)
    declared.problems += _unprunable(blueprint)
    if declared.problems:
        raise BlueprintError(declared.problems)
    return declared


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


def _declared(
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


def observe(
    site: Site, declared: Declared, step: Callable[[str], None] = lambda _: None
) -> Observed:
    """
    Read what a blueprint is concerned with: the kinds it names and those before them.

    People whom a roster knows by their address alone get their logins on the way.
    ``step`` is told each kind's name before it is read.
    """
    known = kinds.load()
    seen = Observed()
    seen.ids[ME] = site.me.id
    wanted = _wanted(declared)
    for name in _concerned(declared, known):
        kind = known[name]
        if kind.component and not site.facts.components.get(kind.component, True):
            continue
        step(name)
        for found in kind.read(site, seen, wanted[name]):
            seen.add(found)
        if name == "members":
            if site.can("edit members"):
                declared.problems += unknown(declared.desired)
            network = site.facts.multisite
            declared.desired, problems = bind(declared.desired, seen, network=network)
            declared.problems += (*problems, *strangers(declared.desired, seen))
            wanted = _wanted(declared)
        _move(declared, seen, name)
    ownership.recall(site, declared, seen, known)
    return seen


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


def _move(declared: Declared, seen: Observed, kind: str) -> None:
    """See what was renamed under its new key; both on the site is a mistake."""
    for each in declared.desired:
        old, new = each.previously, each.spec.address
        if not old or old.kind != kind or old not in seen.specs:
            continue
        if new in seen.specs:
            message = f"{old} and {new} are both on the site; drop `previously`"
            declared.problems.append(Problem(each.place, message))
            continue
        seen.renamed[new] = seen.specs.pop(old)
        seen.specs[new] = seen.renamed[new].called_as(each.spec)
        seen.ids[new] = seen.ids.pop(old)
        if old in seen.wire:
            seen.wire[new] = seen.wire.pop(old)


def plan(
    site: Site,
    blueprint: Blueprint,
    choices: Choices | None = None,
    *,
    step: Callable[[str], None] = lambda _: None,
) -> Plan:
    """
    Say what has to change for the site to be as the blueprint says.

    ``step`` is told each kind's name before it is read. Raises ``BlueprintError`` with
    all that is wrong against this site.
    """
    choices = choices or Choices()
    if not blueprint.clocked:  # what is due is so by the site's clock
        blueprint = replace(blueprint, now=blueprint.now + site.facts.ahead)
    declared = declare(blueprint)
    seen = observe(site, declared, step)
    if choices.history.unclean:  # what a run cut short sent may still be landing
        seen = twice_the_same(lambda: observe(site, declared, step))
    return compare(declared, seen, site, choices)
