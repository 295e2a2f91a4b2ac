"""
Friendships of two members, whichever of them is named first.

- Only the lists of single members can be read, and their totals are wrong.
- A duplicate, in either direction or pending, is a 500.
- Made by an administrator it is confirmed at once, and mails the first of the two.
- Nobody but the two can accept or end it, so what waits is accepted by who was asked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Login, Many, Section
from wpbridge.errors import BlueprintError, Problem
from wpbridge.kinds import SPOKEN, Kind, count
from wpbridge.model import Address, Desired, Found, Maybe, Ref, Spec, derived
from wpbridge.plan import Action
from wpbridge.site.door import bp
from wpbridge.site.people import bonds, numbered

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Can, Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

PAIR = 2


@dataclass(frozen=True)
class Friendship(Spec):
    """That two members are friends; ``member`` asked, ``other`` was asked."""

    kind: ClassVar = "friendships"

    member: str
    other: str
    state: Maybe[str] = derived()

    @property
    def key(self) -> str:
        """Such as ``anna:bert``, in the order of the alphabet."""
        return ":".join(sorted((self.member, self.other)))

    @property
    def needs(self) -> tuple[Address, ...]:
        """The two."""
        return (Address("members", self.member), Address("members", self.other))


class Friendships(Kind[Friendship]):
    """``/friends``."""

    name = "friendships"
    after = ("members",)
    follows = SPOKEN
    component = "friends"
    mails_asked = True
    hushed = True
    claimed = "by pair"
    spec = Friendship
    sections = (
        Section(
            "friendships",
            Many(Many(Login())),
            "Pairs of friends, as in `[[anna, bert]]`; mails the first of each, unless "
            "the companion plugin is there.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One friendship a pair."""
        for pair in entry.node.items():
            logins = [str(each.value) for each in pair.items()]
            if len(set(logins)) != PAIR:
                message = "a friendship has two members, as in `[anna, bert]`"
                raise BlueprintError([Problem(pair.place, message)])
            yield Desired(Friendship(logins[0], logins[1], "confirmed"), pair.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Friendship]
    ) -> Iterator[Found]:
        """The lists of as few members as reach every pair in question."""
        logins = numbered(seen, "members")
        hubs = [
            seen.ids[address]
            for login in _hubs(wanted.specs)
            if (address := Address("members", login)) in seen.ids
        ]
        found: dict[str, Found] = {}
        for each in bonds(site, seen, hubs):
            asking, asked = (logins.get(one, "") for one in (each.asking, each.asked))
            state = "confirmed" if each.confirmed else "pending"
            spec = Friendship(asking, asked, state)
            if spec.key in wanted.keys:
                found[spec.key] = Found(spec, each.id)
        yield from found.values()

    def create(self, spec: Friendship) -> Iterator[Call]:
        """Befriend them, confirmed at once."""
        member, other = (Ref(each) for each in spec.needs)
        call = bp.post("friends", initiator_id=member, friend_id=other, force=True)
        already = "bp_rest_friends_create_item_failed"
        yield replace(call, ability="befriend", already=already)

    def update(self, before: Friendship, sets: Sets, wire: Any) -> Iterator[Call]:
        """Accept it in the name of who was asked."""
        call = bp.put("friends", Ref(before.needs[0]))
        yield replace(call, as_member=before.other, ability="end friendships")

    def fit(
        self, spec: Friendship, before: Friendship | None, can: Can, me: str
    ) -> tuple[Friendship | None, str | None]:
        """Have the acting account ask: it may not be the one asked."""
        if spec.other == me:
            return replace(spec, member=me, other=spec.member), None
        return spec, None

    def touches(self, spec: Friendship) -> tuple[Address, ...]:
        """The two."""
        return spec.needs

    def mails(
        self, change: Change, people: Container[str], me: str
    ) -> Mapping[str, int]:
        """One to who asked, that it was accepted."""
        return {"friendships": 1}

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 2 friendships are made."""
        new = sum(each.action is Action.CREATE for each in changes)
        if new:
            yield f"{count(new, 'friendship is', 'friendships are')} made."
        if accepted := len(changes) - new:
            waits = count(accepted, "friendship is", "friendships are")
            yield f"{waits} accepted."


def _hubs(pairs: Iterable[Friendship]) -> set[str]:
    """One member of each pair, those with many pairs first."""
    rest = list(pairs)
    often = Counter(each for pair in rest for each in (pair.member, pair.other))
    return {max(pair.member, pair.other, key=lambda each: often[each]) for pair in rest}


KIND = Friendships()
