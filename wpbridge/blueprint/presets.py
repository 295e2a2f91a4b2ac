"""
Presets: ways of saying many posts at once. What they write could be written by hand.

Their posts are *settled*: once out, they are not edited when the list changes. They
carry a word of ours for that, ``settled``, which no blueprint can say.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from wpbridge.blueprint.core import DAYS
from wpbridge.blueprint.grammar import Many, Moment, Number, Span, Time, Type
from wpbridge.blueprint.language import Keyed
from wpbridge.blueprint.moments import Calendar, Unclear, exact, iso
from wpbridge.blueprint.node import Node
from wpbridge.blueprint.refs import Row, Scope
from wpbridge.blueprint.said import open_in, sound_as
from wpbridge.blueprint.values import convert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from wpbridge.blueprint.language import Fields

_SETTLE_IN = 10  # minutes from the greeting to the first question
_SHORT = 40
_SETTLE_IN_SHORT = 5
_DATED = ("at", "weeks", "day", "time", "people")


class Presets:
    """Writes a group's presets out into its posts."""

    def __init__(
        self, root: Node, whole: Fields, calendar: Calendar, scope: Scope
    ) -> None:
        self.members = root.child("members") or root
        self.calendar = calendar
        self.problems = scope.problems
        self.tally = scope.tally
        groups = whole.words["groups"].type
        self.words = groups.fields.words if isinstance(groups, Keyed) else {}

    def write(self, group: Node) -> None:
        """Put the posts of all presets behind those that are written out."""
        fields = group.fields()
        for name in [each for each in fields if each in _WRITERS]:
            posts = fields.setdefault("posts", Node({}, group.place, group.key_place))
            for key, preset in fields[name].fields().items():
                if not self._sound(name, preset):
                    continue
                try:
                    made = dict(self._counted(_WRITERS[name](self, key, preset)))
                except Unclear as error:
                    self.problems.add(_when(preset).place, str(error))
                    continue
                self._add(posts, made, name)

    def _counted(self, posts: Iterator[tuple[str, Node]]) -> Iterator[tuple[str, Node]]:
        for key, post in posts:
            length = len(str(post.fields()["text"].value))
            self.tally.add("turns", 1, post.key_place, self.problems)
            self.tally.add("characters", length, post.key_place, self.problems)
            yield key, post

    def _sound(self, name: str, preset: Node) -> bool:
        """Tell whether it may be written out; what is wrong was noted by the check."""
        kind, at = self.words[name].type, preset.child("at")
        if at and not exact(str(at.value)):
            return False
        dated = (preset.child(each) for each in _DATED)
        if self.calendar.open or any(open_in(each) for each in dated if each):
            return False
        return isinstance(kind, Keyed) and sound_as(kind.fields, preset)

    def _add(self, posts: Node, made: dict[str, Node], name: str) -> None:
        for key, post in made.items():
            here = posts.fields().setdefault(key, post)
            if here is not post:
                self.problems.add(
                    post.key_place,
                    f"`{key}` is written twice: {name} makes a post of this key, and "
                    f"one is at {here.key_place}",
                )

    def live_chats(self, key: str, preset: Node) -> Iterator[tuple[str, Node]]:
        """Open, ask from minute ten on at even distances, close."""
        begins = convert(Moment(), preset.fields()["at"])
        minutes = _value(preset, "minutes", Number(), 60)
        questions = preset.fields()["questions"].items()
        first = _SETTLE_IN if minutes >= _SHORT else _SETTLE_IN_SHORT
        late = {"late": Node("skip", preset.place, preset.key_place)}
        if intro := preset.child("intro"):
            yield f"{key}-intro", _post(preset, intro, begins, extra=late)
        for number, question in enumerate(questions):
            after = first + (minutes - first) * number // len(questions)
            text = f"Q{number + 1}. {question.value}"
            due = begins + timedelta(minutes=after)
            yield f"{key}-q{number + 1}", _post(preset, question, due, text, late)
        if goodbye := preset.child("goodbye"):
            end = begins + timedelta(minutes=minutes)
            yield f"{key}-goodbye", _post(preset, goodbye, end, extra=late)

    def rota(self, key: str, preset: Node) -> Iterator[tuple[str, Node]]:
        """Name the next person each week; a skipped week is nobody's turn."""
        people = [str(each.value) for each in preset.fields()["people"].items()]
        if not people:
            raise Unclear("`people` names nobody; a rota needs one at least")
        instead = preset.child("instead")
        stands_in = {
            week: str(each.value)
            for week, each in (instead.fields() if instead else {}).items()
        }
        weekday = str(preset.fields()["day"].value)
        for turn, week in enumerate(self._weeks(preset)):
            person = stands_in.get(str(week), people[turn % len(people)])
            row = Row(person, {"name": self._name(person)})
            text = self._fill(preset, person=row, week=str(week))
            due = self._due(preset, week, weekday)
            yield (
                f"{key}-week-{week}",
                _post(preset, preset.fields()["text"], due, text),
            )

    def prompts(self, key: str, preset: Node) -> Iterator[tuple[str, Node]]:
        """Ask the same on some days of each week, from the first day on."""
        days = [str(each.value) for each in preset.fields()["days"].items()]
        for week in self._weeks(preset):
            text = self._fill(preset, week=str(week))
            for day in sorted(days, key=DAYS.index):
                if week == 1 and self._too_early(day):
                    continue
                due = self._due(preset, week, day)
                post = _post(preset, preset.fields()["text"], due, text)
                yield f"{key}-week-{week}-{day}", post

    def _too_early(self, day: str) -> bool:
        starts = self.calendar.starts
        return starts is not None and DAYS.index(day) < starts.weekday()

    def _weeks(self, preset: Node) -> list[int]:
        weeks = _value(preset, "weeks", Span(), None)
        if weeks is None:
            if self.calendar.weeks is None:
                raise Unclear(
                    "for how many weeks? write `weeks: 1 to 12`, here or under "
                    "`calendar`"
                )
            weeks = range(1, self.calendar.weeks + 1)
        skipped = frozenset(_value(preset, "skip", Many(Number()), ()))
        return [each for each in weeks if each not in skipped]

    def _due(self, preset: Node, week: int, day: str) -> datetime:
        clock = _value(preset, "time", Time(), None)
        return self.calendar.at(self.calendar.day(week, day), clock)

    def _fill(self, preset: Node, **names: str | Row) -> str:
        text = preset.fields()["text"]
        scope = Scope(names, self.problems, tally=self.tally)
        return scope.fill(str(text.value), text.place)

    def _name(self, login: str) -> str:
        member = self.members.child(login)
        name = member.child("name") if member else None
        return str(name.value) if name else login


_WRITERS: Mapping[str, Callable[[Presets, str, Node], Iterator[tuple[str, Node]]]] = {
    "live_chats": Presets.live_chats,
    "rota": Presets.rota,
    "prompts": Presets.prompts,
}


def _value(preset: Node, name: str, kind: Type, silent: Any) -> Any:
    node = preset.child(name)
    return silent if node is None else convert(kind, node)


def _when(preset: Node) -> Node:
    """Where a preset says when, for a message about it."""
    found = (preset.child(name) for name in ("day", "days", "at"))
    return next(filter(None, found), preset)


def _post(
    preset: Node,
    source: Node,
    due: datetime,
    text: str | None = None,
    extra: Mapping[str, Node] = {},
) -> Node:
    def said(value: str) -> Node:
        return Node(value, source.place, source.key_place)

    fields = {
        "text": said(text if text is not None else str(source.value)),
        "at": said(iso(due)),
        "settled": said("yes"),
        **extra,
    }
    if by := preset.child("by"):
        fields["by"] = by
    return Node(fields, source.place, preset.key_place)
