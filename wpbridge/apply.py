"""
Carry a plan out: wave by wave, several requests at once, past failures.

A wave holds changes that need nothing of each other. A failure takes with it only what
needed it. An answer that got lost is settled by looking: what is there has landed, what
is not there is sent once more.
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import groupby
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from wpbridge import kinds
from wpbridge.errors import Place, SiteError
from wpbridge.journal import Outcome, Status
from wpbridge.kinds import Wanted
from wpbridge.model import Address, Desired, Observed
from wpbridge.plan import Action, Change, diff
from wpbridge.site import Done, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from wpbridge.journal import Journal
    from wpbridge.kinds import Kind
    from wpbridge.model import Call, Claimed, Spec
    from wpbridge.plan import Plan
    from wpbridge.site import SiteClient

T = TypeVar("T")

BETWEEN_LOOKS = 0.3  # seconds
LOOKS = 10
NOWHERE = Place("")
UNSURE = "the site did not say whether it mailed the welcome"
UNMAILED = (
    "the site could not mail the welcome; whoever it is can ask for a link to set a "
    "password at the site's login page"
)


def apply(
    plan: Plan,
    site: SiteClient,
    *,
    workers: int = 4,
    journal: Journal | None = None,
    stop: Event | None = None,
) -> Iterator[Outcome]:
    """
    Carry out a plan's changes, giving each outcome as it lands.

    The caller shows it; ``journal`` gets a line before anything is made, and one for
    each outcome. Once ``stop`` is set, or the generator is closed, what is under way is
    finished and nothing else begun.
    """
    run = _Run(plan, site, workers, journal, stop or Event())
    for wave in waves(plan.changes):
        if run.stop.is_set():
            return
        for outcome in run.carry(wave):
            if journal:
                journal.outcome(outcome)
            run.remember(outcome)
            yield outcome
        run.claim()
    run.claim(all_of_them=True)


def waves(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Cut ordered changes into lists whose members need nothing of each other."""

    def stage(change: Change) -> tuple[bool, str, int]:
        return change.action is Action.DELETE, change.address.kind, change.rank

    for _, group in groupby(changes, key=stage):
        rest = list(group)
        while rest:
            waiting = {each.address for each in rest if each.action is Action.CREATE}
            ready = [each for each in rest if waiting.isdisjoint(each.needs)]
            ready = ready or rest  # a circle: the site says what it thinks of it
            yield ready
            done = {id(each) for each in ready}
            rest = [each for each in rest if id(each) not in done]


class _Run:
    """What one carrying out remembers: ids as they come, and what failed."""

    def __init__(
        self,
        plan: Plan,
        site: SiteClient,
        workers: int,
        journal: Journal | None,
        stop: Event,
    ) -> None:
        self.site = site
        self.workers = workers
        self.journal = journal
        self.stop = stop
        self.ids = dict(plan.ids)
        self.failed: set[Address] = set()
        self.known: Mapping[str, Kind[Any]] = kinds.load()
        self.owner = plan.owner
        self.claims = {each.address: each for each in plan.claims}
        self.claimed: list[Claimed] = []
        self.dropped: list[Address] = []

    def carry(self, wave: Sequence[Change]) -> Iterator[Outcome]:
        """Send a wave; what lost its answer is settled at its end."""
        ready: dict[Address, Change] = {}
        for each in wave:
            lacks = self.failed.intersection(each.needs)
            if lacks:
                yield self._fail(each, Status.SKIPPED, f"needs {min(lacks)}")
            else:
                ready[each.address] = each
        self._announce(ready.values())
        open_ends: list[tuple[Change, Done]] = []
        wrong: list[tuple[Change, Done, str]] = []
        sending = self._send(ready.values())
        try:
            for done in sending:
                change = ready[done.job.key]
                if why := self._went_wrong(change, done):
                    wrong.append((change, done, why))
                elif done.lost >= 0 or done.already:
                    open_ends.append((change, done))
                else:
                    yield self._outcome(change, done)
        except GeneratorExit:  # nobody listens any more
            self.stop.set()
            for done in sending:
                change = ready[done.job.key]
                if why := self._went_wrong(change, done):
                    wrong.append((change, done, why))
            raise
        finally:
            undone = list(self._undo(wrong)) if wrong else []
        yield from undone
        if open_ends:
            yield from self._settle(open_ends)

    def remember(self, outcome: Outcome) -> None:
        """Note what is to be claimed, or not, or no longer."""
        address = outcome.change.address
        if outcome.status is Status.APPLIED:
            if outcome.change.action is Action.DELETE:
                self.dropped.append(address)
            elif address in self.claims:
                self.claimed.append(self.claims.pop(address))
        elif self.known[address.kind].claimed == "from rosters":
            self.claims.pop(address, None)  # the next plan is to find it as it was

    def claim(self, *, all_of_them: bool = False) -> None:
        """Have the site keep whose it is; a plan made anew sees what was not kept."""
        mine, self.claimed = self.claimed, []
        drop, self.dropped = self.dropped, []
        if all_of_them:
            mine += [e for e in self.claims.values() if e.address not in self.failed]
        if mine or drop:
            try:
                self.site.claim(self.owner, mine, self.ids, drop=drop)
            except SiteError as error:
                if self.journal:
                    self.journal.write("unclaimed", why=str(error))

    def _announce(self, changes: Iterable[Change]) -> None:
        creates = [str(e.address) for e in changes if e.action is Action.CREATE]
        if self.journal and creates:
            self.journal.write("sending", creates=creates)

    def _send(self, changes: Iterable[Change]) -> Iterator[Done]:
        jobs = [
            Job(
                each.address,
                each.calls,
                each.touches,
                self.known[each.address.kind].ordered,
            )
            for each in changes
        ]
        return self.site.carry(jobs, self.ids, workers=self.workers, stop=self.stop)

    def _outcome(self, change: Change, done: Done, said: str = "") -> Outcome:
        if done.error:
            return self._failed(change, done)
        return self._landed(change, done, said or _unwelcomed(done, ()))

    def _failed(self, change: Change, done: Done) -> Outcome:
        """What failed, and whether it did after an account was made in silence."""
        also = f"; also, {UNMAILED}" if done.unmailed else ""
        why = f"{done.error}{also}"
        outcome = self._fail(change, Status.FAILED, why, done.seconds)
        partly = _whereabouts(change, done) if any(done.answers) else ""
        return replace(outcome, unmailed=done.unmailed, partly=partly)

    def _went_wrong(self, change: Change, done: Done) -> str | None:
        """What the site made other than it was asked to, as far as it answered."""
        if change.after is None or not any(done.answers):
            return None
        why = self.known[change.address.kind].verify(change.after, done.answers)
        return f"{done.error}; {why}" if why and done.error else why

    def _undo(self, wrong: Sequence[tuple[Change, Done, str]]) -> Iterator[Outcome]:
        """Take back what was just made, and nothing else, though there is a stop."""
        ends = {change.address: (change, done, why) for change, done, why in wrong}
        jobs = [
            Job(change.address, tuple(self._retraction(change, done)), change.touches)
            for change, done, _ in wrong
        ]
        for undone in self.site.carry(jobs, self.ids, workers=self.workers):
            change, done, why = ends[undone.job.key]
            outcome = self._fail(change, Status.FAILED, why, done.seconds)
            if undone.error or not undone.answers:
                where = _whereabouts(change, done)
                because = f" ({undone.error})" if undone.error else ""
                said = f"{why}; that could not be undone{because}: see {where}"
                yield replace(outcome, message=said, partly=where)
            else:
                yield replace(outcome, message=f"{why}; that was undone")
            if change.action is Action.CREATE:
                self.ids.pop(change.address, None)

    def _retraction(self, change: Change, done: Done) -> Iterable[Call]:
        """Calls that take back what those that were answered did."""
        steps = list(zip(done.job.calls, done.answers, strict=False))
        return self.known[change.address.kind].retraction(change, steps)

    def _landed(self, change: Change, done: Done, said: str) -> Outcome:
        return Outcome(
            change,
            Status.APPLIED,
            said,
            self.ids.get(change.address),
            done.seconds,
            unmailed=said == UNMAILED,
        )

    def _fail(
        self, change: Change, status: Status, why: str, seconds: float = 0.0
    ) -> Outcome:
        if change.action is Action.CREATE:
            self.failed.add(change.address)
        return Outcome(change, status, why, seconds=seconds)

    def _settle(self, open_ends: Sequence[tuple[Change, Done]]) -> Iterator[Outcome]:
        """Look at what ended unclear; send what is not there once more."""
        again: list[Change] = []
        said: dict[Address, str] = {}
        for change, done, calls in self._remaining(open_ends):
            why = said[change.address] = _unwelcomed(done, calls)
            if calls:
                again.append(replace(change, calls=calls))
            else:
                yield self._landed(change, done, why)
        changes = {change.address: change for change, _ in open_ends}
        wrong: list[tuple[Change, Done, str]] = []
        for done in self._send(again):
            change = changes[done.job.key]
            if wrongly := self._went_wrong(change, done):
                wrong.append((change, done, wrongly))
            elif done.already:
                why = "the site says that it is so already, and shows that it is not"
                said_so = str(done.error) if done.error else why
                yield self._fail(change, Status.FAILED, said_so)
            elif done.lost >= 0:
                why = "its answer was lost twice; plan again to see"
                yield self._fail(change, Status.UNKNOWN, why)
            else:
                yield self._outcome(change, done, said[change.address])
        if wrong:
            yield from self._undo(wrong)

    def _remaining(
        self, open_ends: Sequence[tuple[Change, Done]]
    ) -> Iterator[tuple[Change, Done, tuple[Call, ...]]]:
        """Each change with the calls that are still to be sent for it."""
        for name, ends in groupby(open_ends, key=lambda each: each[0].address.kind):
            its, kind = list(ends), self.known[name]
            seen = self._look(kind, [change for change, _ in its])
            for change, done in its:
                yield change, done, _rest(kind, change, done, seen)

    def _look(self, kind: Kind[Any], changes: Sequence[Change]) -> Observed:
        """Read until two reads agree: what was cut off may still be landing."""
        wanted = Wanted(
            specs=[each.spec for each in changes],
            keys=frozenset(each.address.key for each in changes),
            whole=frozenset(),
            owner=str(getattr(changes[0].spec, "owner", "")),
            previously={},
        )

        def look() -> Observed:
            seen = Observed(ids=dict(self.ids))
            for found in kind.read(self.site, seen, wanted):
                seen.add(found)
            return seen

        seen = look_until_settled(look, lambda it: it.specs)
        self.ids.update(seen.ids)
        return seen


def look_until_settled(
    look: Callable[[], T], what: Callable[[T], object], *, pause: float = BETWEEN_LOOKS
) -> T:
    """Look until two looks agree, or until it is clear that the site never rests."""
    last = look()
    for _ in range(LOOKS):
        time.sleep(pause)
        seen = look()
        if what(seen) == what(last):
            return seen
        last = seen
    return last


def _whereabouts(change: Change, done: Done) -> str:
    """Where somebody finds what a change left on the site."""
    links = [item["link"] for item in done.answers if _has_link(item)]
    return str(links[-1]) if links else str(change.address)


def _has_link(item: Any) -> bool:
    """Whether an answer tells where it is itself, and not whose it is."""
    return isinstance(item, dict) and "slug" in item and bool(item.get("link"))


def _unwelcomed(done: Done, rest: Iterable[Call]) -> str:
    """What became of a job's welcome, unless it was mailed, or is still to be."""
    if done.unmailed:
        return UNMAILED
    lost = done.job.calls[done.lost] if done.lost >= 0 else None
    again = any(each.welcome for each in rest)
    return UNSURE if lost and lost.welcome and not again else ""


def _is_another(before: Spec, after: Spec) -> bool:
    """Tell whether what was there already is not what was to be made."""
    return any(
        getattr(before, name) != getattr(after, name) for name in after.essential
    )


def _rest(
    kind: Kind[Any], change: Change, done: Done, seen: Observed
) -> tuple[Call, ...]:
    """
    Calls for what of a change is not on the site yet, and those never sent.

    A look tells of the first call whether it landed. Of a later one, such as the
    profile's name after the account, it may not: that is sent again with them if it may
    be, as without it the change is not whole.
    """
    before = seen.specs.get(change.address)
    if change.action is Action.DELETE or change.after is None:
        return () if before is None else change.calls
    if before is None or (0 in done.already and _is_another(before, change.after)):
        return change.calls
    unsent = change.calls[done.lost + 1 :] if done.lost >= 0 else ()
    hidden = change.address in seen.hidden  # then no look tells
    if done.lost == 0 and not hidden and change.action is Action.CREATE:
        return unsent  # that it is there tells that the first call landed
    desired = Desired(change.after, change.place or NOWHERE)
    for rest in diff([desired], seen.specs, seen.hidden):
        calls = kind.update(before, rest.sets, seen.wire.get(change.address))
        return (*calls, *unsent) if change.action is Action.CREATE else tuple(calls)
    lost = change.calls[done.lost] if done.lost > 0 else None
    if lost and lost.repeatable and lost.already is None:
        return (lost, *unsent)
    return unsent
