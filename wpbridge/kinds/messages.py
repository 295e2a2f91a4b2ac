"""
Private messages, by the key that their author gave them.

- The sender is always who asks, so a message is sent with a password made for its
  sender; up to 14 BuddyPress sends none under any application password.
- A list shows each thread with its newest message first, so the mark is looked for in
  all messages that come with it. An administrator may read anyone's box.
- Recipients are tried as slugs before they are tried as numbers.
- Whoever deletes a thread may not get it again: what we sent once is not sent twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import (
    Entries,
    Key,
    Login,
    Many,
    Moment,
    Prose,
    Section,
    Text,
    Type,
    Word,
    word,
)
from wpbridge.blueprint.values import convert
from wpbridge.errors import BlueprintError, Problem
from wpbridge.kinds import SPOKEN, Kind, count
from wpbridge.model import Address, Desired, Found, Maybe, Policy, Ref, Spec, derived
from wpbridge.site.door import bp
from wpbridge.text import Mark, marked, unmarked

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from datetime import datetime

    from wpbridge.blueprint.entry import Blueprint, Entry
    from wpbridge.blueprint.node import Node
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

WHOM: Type = Many(Text())
MOMENT = Moment()


@dataclass(frozen=True)
class Message(Spec):
    """A private message; one thread, whoever is in it."""

    kind: ClassVar = "messages"

    name: str
    by: str
    to: tuple[str, ...] = ()
    owner: str = ""
    subject: Maybe[str] = word(Text(), "What it is about.", policy=Policy.ON_CREATE)
    text: Maybe[str] = word(Prose(), "What it says.", policy=Policy.ON_CREATE)
    due: Maybe[datetime] = derived(Policy.ON_CREATE)

    @property
    def key(self) -> str:
        """Such as ``hello``, or ``hello:anna`` for one of many."""
        return self.name

    @property
    def needs(self) -> tuple[Address, ...]:
        """Who sends and who gets it."""
        return tuple(Address("members", each) for each in (self.by, *self.to))


class Messages(Kind[Message]):
    """``/messages``."""

    name = "messages"
    after = ("members", "memberships")
    follows = SPOKEN
    component = "messages"
    mails_asked = True
    spec = Message
    sections = (
        Section(
            "messages",
            Entries(
                Key(),
                Message,
                more=(
                    Word("from", Login(), "Who sends it; the `host` if left out."),
                    Word(
                        "to",
                        WHOM,
                        "Who gets it, all in one thread: logins, `group film`, "
                        "`type participant`, `everyone`.",
                    ),
                    Word(
                        "to_each", WHOM, "Who gets it, each in a thread of their own."
                    ),
                    Word("at", MOMENT, "When it is sent; at once if left out."),
                ),
            ),
            "Private messages. Each mails whoever gets it.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One message an entry, or one for each whom it goes to."""
        sender = entry.node.child("from")
        by = str(sender.value) if sender else entry.blueprint.host
        if not by:
            message = "a message needs a sender; write `from`, or `host` for all"
            raise BlueprintError([Problem(entry.place, message)])
        due = entry.get("at", MOMENT)
        for name, people in _threads(entry, str(by)):
            spec = entry.build(
                Message,
                name=name,
                by=str(by),
                to=people,
                owner=entry.blueprint.owner,
                due=due,
            )
            yield Desired(spec, entry.place, settled=True, due=due or None, once=True)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Message]
    ) -> Iterator[Found]:
        """What lies in the senders' boxes and bears our mark."""
        asks = (
            (
                sender,
                "messages",
                {"user_id": seen.ids[Address("members", sender)], "box": "sentbox"},
            )
            for sender in {each.by for each in wanted.specs}
            if Address("members", sender) in seen.ids
        )
        for sender, item in site.bp.gather(asks):
            mark = _mark(item)
            if mark and mark.owner == wanted.owner and mark.address.kind == "messages":
                yield Found(
                    Message(mark.address.key, sender, (), mark.owner), item["id"]
                )

    def create(self, spec: Message) -> Iterator[Call]:
        """Send it in its sender's name."""
        call = bp.post(
            "messages",
            message=marked(str(spec.text), spec.owner, spec.address),
            subject=spec.subject or "",
            recipients=[Ref(each) for each in spec.needs[1:]],
        )
        yield replace(call, as_member=spec.by, ability="send messages as")

    def update(self, before: Message, sets: Sets, wire: Any) -> Iterator[Call]:
        """What was sent stays as it is."""
        yield from ()

    def touches(self, spec: Message) -> tuple[Address, ...]:
        """The sender: messages keep their order."""
        return spec.needs[:1]

    def mails(
        self, change: Change, people: Container[str], me: str
    ) -> Mapping[str, int]:
        """One to each who gets it."""
        return {"messages": len(getattr(change.spec, "to", ()))}

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 12 private messages are sent."""
        sent = count(len(changes), "private message is", "private messages are")
        yield f"{sent} sent."


def _threads(entry: Entry, by: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The key and the people of each thread; nobody writes to themselves."""
    one, each_of = entry.node.child("to"), entry.node.child("to_each")
    if (one is None) == (each_of is None):
        message = "a message goes `to` some, or `to_each` of some; write one of them"
        raise BlueprintError([Problem(entry.place, message)])
    if one:
        yield entry.key, tuple(_people(entry.blueprint, one, by))
    elif each_of:
        for login in _people(entry.blueprint, each_of, by):
            yield f"{entry.key}:{login}", (login,)


def _people(blueprint: Blueprint, whom: Node, by: str) -> dict[str, None]:
    """Whom the words mean, each once, in the order in which they are written."""
    people: dict[str, None] = {}
    for text in convert(WHOM, whom):
        sort, _, key = str(text).partition(" ")
        if text == "everyone":
            people.update(dict.fromkeys(_fields(blueprint, "members")))
        elif key and sort == "group":
            people.update(dict.fromkeys(_fields(blueprint, "groups", key, "members")))
        elif key and sort == "type":
            people.update(dict.fromkeys(_typed(blueprint, key)))
        else:
            people[str(text)] = None
    people.pop(by, None)
    return people


def _fields(blueprint: Blueprint, *path: str) -> Mapping[str, Node]:
    node: Node | None = blueprint.root
    for name in path:
        node = node.child(name) if node else None
    return node.fields() if node else {}


def _typed(blueprint: Blueprint, key: str) -> Iterator[str]:
    for login, member in _fields(blueprint, "members").items():
        types = member.child("types")
        named = convert(WHOM, types) if types else blueprint.newcomers.types
        if key in named:
            yield login


def _mark(thread: Any) -> Mark | None:
    """The mark of a thread, wherever in its messages it stands."""
    messages = (thread, *(thread.get("messages") or ()))
    for each in messages:
        raw = (each.get("message") or {}).get("raw") or each["message"].get(
            "rendered", ""
        )
        _, mark = unmarked(raw)
        if mark:
            return mark
    return None


KIND = Messages()
