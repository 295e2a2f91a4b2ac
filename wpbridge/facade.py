"""
What ``import wpbridge`` offers: in a few lines of Python, what the command line does.

    with wpbridge.open_site("rehearsal") as site:    # a Site
        plan = site.plan("blueprints/workshop.yaml")    # a SitePlan
        print(plan)
        outcomes = plan.apply()    # carries it out; Outcomes
        for outcome in outcomes:
            print(outcome)    # such as: applied + groups/film
        print(outcomes.summary)
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Self, overload

from wpbridge import engine, folders, kept, opening
from wpbridge.apply import apply
from wpbridge.blueprint.entry import Blueprint
from wpbridge.blueprint.load import load as _load
from wpbridge.errors import UnsafePlan
from wpbridge.inputs import Declared, PlanOptions
from wpbridge.journal import History, Journal, Outcome, Status, newest
from wpbridge.lock import hold
from wpbridge.plan import Plan
from wpbridge.report import Heading, tally, text
from wpbridge.report.letter import withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path
    from threading import Event

    from wpbridge.blueprint.inputs import Answer, Ask
    from wpbridge.report import Tally
    from wpbridge.site import Facts, SiteClient


def load(
    *files: str | Path,
    answers: Mapping[str, Answer] | None = None,
    as_of: str | datetime | None = None,
    ask: Ask | None = None,
    trust: Iterable[str | Path] = (),
) -> Blueprint:
    """
    Read a blueprint, fill it in and check it.

    Args:
        files: The blueprint, and files that it includes.
        answers: What its inputs stand for, by their names.
        as_of: The clock, such as ``week 2 monday``; now, if it is left out.
        ask: Is asked for answers that are missing.
        trust: Folders beside the blueprint's own that it may name files in.

    Raises:
        BlueprintError: with everything that is wrong, each with its place.

    """
    made = _load(
        *files,
        sections=engine.sections(),
        answers=answers,
        as_of=as_of,
        ask=ask,
        trust=trust,
    )
    engine.declare(made)
    return made


def outline(
    file: str | Path,
    answers: Mapping[str, Answer] | None = None,
    trust: Iterable[str | Path] = (),
) -> Declared:
    """Declare what a blueprint says; a template may be read without its answers."""
    read = partial(
        _load, file, sections=engine.sections(), answers=answers, trust=trust
    )
    made = read(partial=True)
    if made.open_inputs and not made.template:
        made = read()  # raises, and names them
    return engine.declare(made)


def open_site(
    name: str = "rehearsal",
    *,
    user: str | None = None,
    insecure_http: bool = False,
    method_override: bool = False,
    clock: Callable[[], datetime] | None = None,
) -> Site:
    """
    Open a site: its address, the name it was kept under, or a rehearsal's.

    ``method_override``: PUT and DELETE go as a POST, for hosts that stop them.
    ``clock`` sets the time of a rehearsal.
    """
    return Site(
        partial(
            opening.site,
            name,
            user=user,
            insecure_http=insecure_http,
            method_override=method_override,
            clock=clock,
        )
    )


class Site:
    """
    An open site, and what can be done with it.

    ``door`` opens it: at first, and again after an apply, which may have changed what
    the site can do. ``journals`` is the folder that its runs are recorded in.
    """

    def __init__(
        self, door: Callable[[], SiteClient], journals: Path | None = None
    ) -> None:
        self._open = door
        self.client = door()
        self.stale = False
        self.journals = journals or folders.journals(self.facts.url)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take back what was handed out for this run, and let go of connections."""
        self.client.close()

    @property
    def facts(self) -> Facts:
        """What was found out about the site as it was opened."""
        return self.client.facts

    @property
    def login(self) -> str:
        """Whose account is used there."""
        return self.client.me.login

    def plan(
        self,
        blueprint: str | Path | Blueprint,
        *,
        allow: Collection[str] = (),
        only: Collection[str] = (),
        refresh: Collection[str] = (),
        trust: Iterable[str | Path] = (),
        step: Callable[[str], None] = lambda _: None,
    ) -> SitePlan:
        """
        Find out what would have to change; changes nothing.

        Args:
            blueprint: A file, or what :func:`load` made of one.
            allow: Words that let the guard pass something, such as ``mails`` or
                ``delete:members/ana``; a plan tells them with what it withholds.
            only: Patterns of addresses, such as ``groups/*``; what those need comes
                along.
            refresh: Addresses of pictures that are uploaded again.
            trust: Folders beside the blueprint's own that it may name files in.
            step: Is told the name of each kind before it is read.

        Raises:
            BlueprintError: with all that is wrong, in the files and against the site.
            SiteError: where the site does not answer, or refuses.
        """
        wanted = (
            blueprint
            if isinstance(blueprint, Blueprint)
            else load(blueprint, trust=trust)
        )
        if self.stale:
            self.close()
            self.client, self.stale = self._open(), False
        last = newest(self.journals)
        made = engine.plan(
            self.client,
            wanted,
            PlanOptions(
                allow=frozenset(allow),
                only=tuple(only),
                refresh=frozenset(refresh),
                history=History.of(self.journals),
            ),
            step=step,
        )
        facts = {each.name: getattr(made, each.name) for each in fields(made)}
        return SitePlan(**facts, blueprint=wanted, site=self, last=last)


@dataclass(frozen=True, kw_only=True)
class SitePlan(Plan):
    """A plan of a blueprint for a site: prints as its letter, and can be applied."""

    blueprint: Blueprint = field(repr=False)
    site: Site = field(repr=False)
    last: str = field(default="", repr=False)
    """The run before which it was made: what was seen holds until the next one."""

    def __str__(self) -> str:
        return text.plan(self, self.heading)

    @property
    def heading(self) -> Heading:
        """What it is of."""
        facts = self.site.facts
        name = self.blueprint.name or self.blueprint.file.name
        at = self.blueprint.now if self.blueprint.clocked else None
        site, login = facts.name or facts.url, self.site.login
        return Heading(name, site, facts.url, login, at, self.zone)

    def save(self, file: Path) -> None:
        """Keep it in a file, for somebody to agree to."""
        kept.save(self._document, file)

    def hold_to(self, file: Path) -> None:
        """Raise ``UnsafePlan`` if it is no longer the plan that a file keeps."""
        kept.check(self._document, file)

    @property
    def _document(self) -> dict[str, Any]:
        return kept.document(self, self.heading, self.site.facts, self.blueprint)

    def apply(
        self,
        *,
        workers: int = 4,
        without_withheld: bool = False,
        stop: Event | None = None,
    ) -> Outcomes:
        """
        Carry it out to its end.

        A site takes one apply at a time, and each is kept in a journal.

        Args:
            workers: How many requests go out at once.
            without_withheld: Apply the rest if the guard withholds something.
            stop: Once it is set, what is under way is finished, and nothing begun.

        Returns:
            How each change ended, in the order in which they did.

        Raises:
            UnsafePlan: before anything is written, if the guard withholds something,
                or something was applied since this was planned.
            Locked: if another apply is at work on the site.
        """
        began = monotonic()
        ended = tuple(
            self.iter_apply(
                workers=workers, without_withheld=without_withheld, stop=stop
            )
        )
        return Outcomes(ended, monotonic() - began)

    def iter_apply(
        self,
        *,
        workers: int = 4,
        without_withheld: bool = False,
        stop: Event | None = None,
    ) -> Iterator[Outcome]:
        """
        Carry it out, and yield how each change ended as it lands.

        Nothing is done unless what is given is looped over; a loop that ends early
        finishes what is under way, and begins nothing more.

        Args:
            workers: How many requests go out at once.
            without_withheld: Apply the rest if the guard withholds something.
            stop: Once it is set, what is under way is finished, and nothing begun.

        Raises:
            UnsafePlan: at once, if the guard withholds something; at the first step, if
                something was applied since this was planned.
            Locked: at the first step, if another apply is at work on the site.
        """
        if self.withheld and not without_withheld:
            raise UnsafePlan("\n".join(withheld(self)))
        return self._apply(workers, stop)

    def _apply(self, workers: int, stop: Event | None) -> Iterator[Outcome]:
        site, folder, url = self.site.client, self.site.journals, self.heading.url
        about = {"login": self.heading.login, "blueprint": self.blueprint.file.name}
        if self.zone:
            about["zone"] = str(self.zone)
        self.site.stale = True
        locks = folders.state() / "locks"
        with hold(url, locks) as held, site.lease(held.token, held.keep):
            self._check_fresh()
            minted = History.of(folder).minted
            with (
                Journal(folder, site=url, **about) as journal,
                _passwords(site, journal, minted),
            ):
                ended = 0
                for outcome in apply(
                    self, site, workers=workers, journal=journal, stop=stop
                ):
                    ended += 1
                    yield outcome
                left = len(self.changes) - ended
                journal.end(**({"not_begun": left} if left else {}))

    def _check_fresh(self) -> None:
        if newest(self.site.journals) != self.last:
            raise UnsafePlan(
                "something was applied to this site since this was planned; plan again"
            )


@dataclass(frozen=True)
class Outcomes(Sequence[Outcome]):
    """How the changes of an apply ended; a sequence of outcomes."""

    ended: tuple[Outcome, ...]
    seconds: float = 0.0

    @overload
    def __getitem__(self, index: int) -> Outcome: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Outcome, ...]: ...

    def __getitem__(self, index: int | slice) -> Outcome | tuple[Outcome, ...]:
        return self.ended[index]

    def __len__(self) -> int:
        return len(self.ended)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Those that did not end well: failed, skipped or unknown."""
        return tuple(
            outcome for outcome in self.ended if outcome.status is not Status.APPLIED
        )

    @property
    def summary(self) -> Tally:
        """Numbers; printed, such as ``35 changes applied in 12 s; 0 mails``."""
        return tally(self.ended, self.seconds)


@contextmanager
def _passwords(
    site: SiteClient, journal: Journal, left: Sequence[tuple[int, str]]
) -> Iterator[None]:
    """Record each password that the run makes; revoke them, and those a crash left."""

    def minted(member: int, uuid: str) -> None:
        journal.write("minted", member=member, uuid=uuid)

    def revoked(member: int, uuid: str) -> None:
        journal.write("revoked", member=member, uuid=uuid)

    site.under(journal.run, minted, revoked)
    try:
        yield
    finally:
        try:
            site.revoke()
        finally:
            site.sweep(left)


def __getattr__(name: str) -> Any:
    """Give what had another name in 0.1, with a warning."""
    if name in RENAMED:
        return warn_renamed(name, RENAMED[name], globals())
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


RENAMED = {"Bridge": "Site", "Draft": "SitePlan"}


def warn_renamed(old: str, new: str, names: Mapping[str, Any]) -> Any:
    """Warn of a name that is no longer ours, and give what it means."""
    warnings.warn(
        f"wpbridge.{old} is now wpbridge.{new}", DeprecationWarning, stacklevel=3
    )
    return names[new]
