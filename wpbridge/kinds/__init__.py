"""
The kinds of resources: one file each, found by being in this folder.

A file says top down what the API does that surprises, the spec, the kind, and ends in
``KIND``. A kind makes no comparison, sends nothing but its reads, prints nothing,
catches nothing, retries nothing, and knows no API version.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

from wpbridge.errors import BlueprintError, Problem
from wpbridge.model import Address, Spec
from wpbridge.text import words

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Container,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )
    from datetime import datetime

    from wpbridge.blueprint.entry import Entry
    from wpbridge.blueprint.grammar import Section
    from wpbridge.blueprint.node import Node
    from wpbridge.errors import Place
    from wpbridge.kinds.queued import Queued
    from wpbridge.model import Call, Desired, Found, Observed
    from wpbridge.plan import Change, Risk
    from wpbridge.site import Facts, SiteClient
    from wpbridge.text import Mark

S = TypeVar("S", bound=Spec)
Sets: TypeAlias = "Mapping[str, Any]"
Can: TypeAlias = "Callable[[str], str | None]"
"""Why the site cannot do what an ability names, or ``None`` if it can."""

MENTIONS = "mentions"
SPOKEN = ("posts", "comments")
"""
What tells people of a mention: it goes before all else that tells them something.

BuddyPress drops a mention's mail where the number of the post is also that of whatever
any notification of the same person is about: a friend, a group, a message
(``bp_activity_at_message_notification``). So such mails are counted as the most there
can be; numbers are low, and alike, where a site is new.
"""

Step: TypeAlias = "tuple[Call, Any]"
"""A call that was carried out, and its answer."""

Names: TypeAlias = "Callable[[Address], str]"
"""What people call a resource; its key where it has no name."""


@dataclass(frozen=True, slots=True)
class Exact:
    """
    Whatever of a kind is within an address and not declared is to go.

    ``brought``: only what a row of a roster has put there, and this blueprint alone, as
    far as the site knows.
    """

    kind: str
    within: Address
    place: Place
    brought: bool = False


@dataclass(frozen=True)
class Wanted(Generic[S]):
    """
    What a blueprint is concerned with, of one kind.

    ``specs`` are declared, ``keys`` also holds those that others need, ``whole`` the
    addresses within which all is to be read, ``previously`` what something was called.
    """

    specs: Sequence[S]
    keys: frozenset[str]
    whole: frozenset[Address]
    owner: str
    previously: Mapping[Address, str]


class Kind(Generic[S]):
    """What wpbridge knows of one sort of resource."""

    name: ClassVar[str]
    spec: type[S]
    after: ClassVar[tuple[str, ...]] = ()
    """Kinds whose changes come first, and whose ids ``read`` may use."""

    sections: ClassVar[tuple[Section, ...]] = ()

    brings: ClassVar[tuple[str, ...]] = ()
    """Kinds that are read along with it."""

    component: ClassVar[str | None] = None
    """The BuddyPress component that it lives in, if one may be off."""

    mentions_in: ClassVar[str] = ""
    """The value of its calls in which BuddyPress makes links of mentions, if any."""

    numbered: ClassVar[bool] = True
    """The answer to making one tells its id."""

    follows: ClassVar[tuple[str, ...]] = ()
    """Kinds that go first where a plan has both, though it needs nothing of them."""

    optional: ClassVar[bool] = False
    """Fields that point to one which cannot be had go without it."""

    mails_asked: ClassVar[bool] = False
    """Whether its mails are asked for by being written, and need no other word."""

    asked_mails: ClassVar[frozenset[str]] = frozenset()
    """Those of its mails, by their reasons, that are, where not all of them are."""

    hushed: ClassVar[bool] = False
    """Whether a site that can be quiet is, although its mails are asked for."""

    claimed: ClassVar[Literal["", "by number", "by pair", "from rosters"]] = ""
    """Whether a site can keep whose it is, and by what it finds it: its number, or the
    first two that it needs; or its number, but only if a roster's row brought it."""

    ordered: ClassVar[bool] = True
    """Whether those that touch the same are made in the order in which they stand."""

    shows: ClassVar[bool] = True
    """Whether a site shows all that is there; what it keeps back, such as a post that
    somebody marked as spam, is as good as deleted."""

    loud: ClassVar[frozenset[str]] = frozenset()
    """Those of its mails, by their reasons, that go out even where a site is quiet."""

    rivals: ClassVar[tuple[str, ...]] = ()
    """Kinds, as :mod:`wpbridge.slugs` knows them, whose slugs are not free for one."""

    def declare(self, entry: Entry) -> Iterator[Desired | Exact]:
        """Say what an entry asks for."""
        raise NotImplementedError

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[S]
    ) -> Iterator[Found]:
        """Read what the blueprint is concerned with; ``seen`` has the kinds before."""
        raise NotImplementedError

    def create(self, spec: S) -> Iterable[Call]:
        """Calls that make it, in order."""
        raise NotImplementedError

    def update(self, before: S, sets: Sets, wire: Any) -> Iterable[Call]:
        """Calls that change what differs, in order."""
        raise NotImplementedError

    def delete(self, before: S, wire: Any) -> Iterable[Call]:
        """Calls that remove it."""
        raise NotImplementedError

    def lives_in(self, spec: S) -> Iterable[str]:
        """BuddyPress's components that must be on for it."""
        return (self.component,) if self.component else ()

    def implies(self, spec: S) -> Iterable[Spec]:
        """What the site makes by itself along with it."""
        return ()

    def fit(
        self, spec: S, before: S | None, can: Can, me: str
    ) -> tuple[S | None, str | None]:
        """As much of it as this site can take from an account, and why not the rest."""
        return spec, None

    def queued(self, spec: S, due: datetime) -> Queued | None:
        """What stands for it on a site until it is due, if it can wait there."""
        return None

    def spares(self, before: S) -> bool:
        """Tell whether it stays though an ``Exact`` would have it go."""
        return False

    def excused(self, address: Address, me: str) -> bool:
        """Tell whether the acting account does without what a spec needs."""
        return False

    def missing(self, address: Address) -> str:
        """Say in words that a needed resource is neither declared nor there."""
        return f"{address} is neither declared nor on the site"

    def touches(self, spec: S) -> tuple[Address, ...]:
        """What a write of it also writes to; one writer at a time for each."""
        return (spec.address,)

    def mails(
        self, change: Change, people: Container[str], me: str
    ) -> Mapping[str, int]:
        """
        How many mails the site sends for a change, by the word for the reason.

        ``people`` are the logins of all members, ``me`` is the acting account's.
        """
        return {}

    def mails_there(
        self, mails: Mapping[str, int], change: Change, facts: Facts
    ) -> Mapping[str, int]:
        """How many of them a site sends, being of its sort and version."""
        return mails

    def risk(self, change: Change) -> Risk | None:
        """Say what makes a change dangerous, if anything."""
        return None

    def forbids(
        self, changes: Sequence[Change], observed: Mapping[Address, Spec]
    ) -> Iterator[tuple[Change, str]]:
        """Name the changes that nothing can allow, each with the reason."""
        yield from ()

    def verify(self, spec: S, answers: Sequence[Any]) -> str | None:
        """Say what the site made other than it was asked to, if anything."""
        return None

    def retraction(self, change: Change, steps: Sequence[Step]) -> Iterable[Call]:
        """
        Calls that undo a change of which ``verify`` says that it went wrong.

        What goes for good is what the answer to a POST names, and nothing else.
        """
        return ()

    def rename(self, before: S, key: str, wire: Any) -> Iterable[Call]:
        """Calls that give it another key; none where that cannot be done."""
        return ()

    def rank(self, change: Change) -> int:
        """Which of this kind's changes come first: the lower ones."""
        return 0

    def label(self, spec: S) -> str | None:
        """What people call it, if it has a name beside its key."""
        return None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Tell the changes of this kind as one would in a letter."""
        raise NotImplementedError


def given_slug(spec: Any, answers: Sequence[Any]) -> str | None:
    """Say that the site gave another slug than it was asked for, if it did."""
    slugs = [item["slug"] for item in answers if _has_slug(item)]
    if not slugs or slugs[-1] == spec.slug:
        return None
    return f"the site made it as `{slugs[-1]}`, as `{spec.slug}` was not free"


def just_made(steps: Sequence[Step]) -> Iterator[int]:
    """The numbers of what calls have made, in their order."""
    for call, item in steps:
        if call.method == "POST" and isinstance(item, dict) and "id" in item:
            yield item["id"]


def _has_slug(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("slug"), str)


def doubled(
    slug: str, mark: Mark | None, owner: str, taken: Container[str]
) -> str | None:
    """
    Give the slug of which something is a double, by its mark, if it is one.

    What was made twice bears the mark of one, and a number behind its slug.
    """
    if mark is None or mark.owner != owner or mark.address.key not in taken:
        return None
    key = mark.address.key
    return key if slug.startswith(f"{key}-") else None


def listed(words: Sequence[str], most: int = 6) -> str:
    """Put names in a row as one says them: ``anna, bert and 8 more``."""
    words = [quoted(each) if "," in each else each for each in words]
    if len(words) > most + 1:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def quoted(name: str) -> str:
    """Put a name in quotes, once."""
    return name if name.startswith("“") else f"“{name}”"


def refuse_twin(entry: Entry, names: Mapping[str, str]) -> None:
    """
    Raise if an entry reads like an earlier one, where a site finds them by that.

    ``names`` has what each of the entries is called, by their keys.
    """
    own = words(names[entry.key])
    twin = next(key for key, name in names.items() if words(name) == own)
    if twin != entry.key:
        message = (
            f"`{names[entry.key].strip()}` reads the same as `{twin}`, and a site "
            "tells them apart by nothing else; write it in other words"
        )
        raise BlueprintError([Problem(entry.place, message)])


def titles(section: Node | None, word: str) -> dict[str, str]:
    """What each entry of a section says for a word; its key where it says nothing."""
    fields = section.fields() if section else {}
    said = {key: node.child(word) for key, node in fields.items()}
    return {key: str(node.value) if node else key for key, node in said.items()}


def count(number: int, one: str, many: str = "") -> str:
    """Say how many: ``1 person``, ``12 people``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


@cache
def load() -> Mapping[str, Kind[Any]]:
    """Every kind by name, each after those it comes ``after`` or ``follows``."""
    modules = (
        import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__)
    )
    known = {each.KIND.name: each.KIND for each in modules if hasattr(each, "KIND")}
    order = TopologicalSorter(
        {name: (*kind.after, *kind.follows) for name, kind in known.items()}
    )
    return {name: known[name] for name in order.static_order()}
