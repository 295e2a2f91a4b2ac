"""
Requests to join a group, which somebody made and the blueprint answers.

- Accepting is a PUT, rejecting a DELETE of the request; both mail who asked.
- Up to 14 BuddyPress shows no requests under an application password.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Choice, Login, Section, Table, Type, word
from wpbridge.kinds import SPOKEN, Kind, count
from wpbridge.model import Address, Desired, Found, Maybe, Ref, Spec
from wpbridge.site.door import bp

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Can, Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

ANSWER: Type = Choice(("accept", "reject"))


@dataclass(frozen=True)
class Request(Spec):
    """The answer to somebody who asks to join a group."""

    kind: ClassVar = "requests"

    group: str
    member: str
    answer: Maybe[str] = word(ANSWER, "What the group says to who asks to join.")

    @property
    def key(self) -> str:
        """Such as ``film:anna``."""
        return f"{self.group}:{self.member}"

    @property
    def needs(self) -> tuple[Address, ...]:
        """The group, and who asks."""
        return (Address("groups", self.group), Address("members", self.member))


class Requests(Kind[Request]):
    """``/groups/membership-requests``."""

    name = "requests"
    after = ("members", "groups")
    follows = SPOKEN
    component = "groups"
    mails_asked = True
    spec = Request
    sections = (
        Section(
            "groups/*/requests",
            Table(Login(), ANSWER),
            "Answers to those who ask to join: `anna: accept`. Each mails who asked.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One answer a line."""
        request = Request(entry.above[0], entry.key, str(entry.node.value))
        yield Desired(request, entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Request]
    ) -> Iterator[Found]:
        """Those that wait; where nobody asks, there is nothing to answer."""
        waiting: dict[tuple[int, int], int] = {}
        if site.can("read requests") is None:
            groups = {seen.ids.get(each.needs[0]) for each in wanted.specs} - {None}
            asks = (
                (None, "groups/membership-requests", {"group_id": number})
                for number in groups
            )
            for _, item in site.bp.gather(asks):
                waiting[item["group_id"], item["user_id"]] = item["id"]
        for spec in wanted.specs:
            group, member = (seen.ids.get(each, 0) for each in spec.needs)
            number = waiting.get((group, member))
            yield Found(replace(spec, answer="waits") if number else spec, number or 0)

    def create(self, spec: Request) -> Iterator[Call]:
        """There is none to answer."""
        yield from ()

    def update(self, before: Request, sets: Sets, wire: Any) -> Iterator[Call]:
        """Answer."""
        path = ("groups", "membership-requests", Ref(before.address))
        call = bp.put(*path) if sets["answer"] == "accept" else bp.delete(*path)
        yield replace(call, ability="accept requests")

    def fit(
        self, spec: Request, before: Request | None, can: Can, me: str
    ) -> tuple[Request | None, str | None]:
        """Say where requests cannot even be seen."""
        why = can("read requests")
        return (None, why) if why else (spec, None)

    def touches(self, spec: Request) -> tuple[Address, ...]:
        """The group and the member."""
        return spec.needs

    def mails(
        self, change: Change, people: Container[str], me: str
    ) -> Mapping[str, int]:
        """One to who asked."""
        return {"answers": 1}

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 2 people who ask to join are accepted."""
        for answer, done in (("accept", "accepted"), ("reject", "rejected")):
            number = sum(each.sets.get("answer") == answer for each in changes)
            if number:
                people = count(number, "person who asks", "people who ask")
                yield f"{people} to join {'is' if number == 1 else 'are'} {done}."


KIND = Requests()
