"""
Sitewide notices, by subject.

- One notice is active at a time: saving any of them makes all others inactive, so the
  active one comes last.
- Saving one as it is already answers 500.
- ``subject``, ``message`` and ``is_active`` are read from updates though no list of
  arguments names them. Kept text has backslashes before its quotes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Entries, Key, Prose, Section, Text, YesNo, word
from wpbridge.errors import BlueprintError, Problem
from wpbridge.kinds import Kind, listed, quoted
from wpbridge.model import Address, Desired, Found, Maybe, Ref, Spec
from wpbridge.plan import Action, Risk
from wpbridge.site.door import bp
from wpbridge.text import marked, unmarked, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient


@dataclass(frozen=True)
class Notice(Spec):
    """Something that every member sees until they dismiss it."""

    kind: ClassVar = "notices"
    essential: ClassVar = ("subject", "text")

    name: str
    owner: str = ""
    subject: Maybe[str] = word(Text(), "Its heading, by which it is found again.")
    text: Maybe[str] = word(Prose(), "What it says.")
    active: Maybe[bool] = word(
        YesNo(), "Whether members see it; one notice is active at a time."
    )

    @property
    def key(self) -> str:
        """The key it has in the blueprint."""
        return self.name


class Notices(Kind[Notice]):
    """``/sitewide-notices``."""

    name = "notices"
    after = ("components",)
    component = "messages"
    claimed = "by number"
    spec = Notice
    sections = (
        Section("notices", Entries(Key(), Notice), "Notices that every member sees."),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One notice an entry; two active ones are a mistake."""
        notice = entry.build(Notice, name=entry.key, owner=entry.blueprint.owner)
        if notice.active and _first_active(entry) != entry.key:
            message = "BuddyPress shows one notice at a time; only one can be active"
            raise BlueprintError([Problem(entry.place, message)])
        yield Desired(notice, entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Notice]
    ) -> Iterator[Found]:
        """The notices that bear the subjects in question, or our marks."""
        if site.can("notices"):
            return
        names = {words(str(each.subject)): each.name for each in wanted.specs}
        for item in site.bp.walk("sitewide-notices", context="edit"):
            text, mark = unmarked(item["message"]["raw"])
            subject, _ = unmarked(item["subject"]["raw"])
            ours = mark is not None and mark.owner == wanted.owner
            name = mark.address.key if mark and ours else names.get(words(subject))
            if name is not None:
                owner = mark.owner if mark else ""
                active = bool(item["is_active"])
                yield Found(Notice(name, owner, subject, text, active), item["id"])

    def create(self, spec: Notice) -> Iterator[Call]:
        """Make it, which makes it the active one."""
        message = marked(str(spec.text), spec.owner, spec.address)
        yield bp.post("sitewide-notices", subject=spec.subject, message=message)
        if spec.active is False:
            yield bp.put("sitewide-notices", Ref(spec.address), is_active=False)

    def update(self, before: Notice, sets: Sets, wire: Any) -> Iterator[Call]:
        """Set what differs."""
        values = {"subject": sets.get("subject"), "is_active": sets.get("active")}
        if "text" in sets:
            message = marked(str(sets["text"]), before.owner, before.address)
            values["message"] = message
        said = {key: value for key, value in values.items() if value is not None}
        call = bp.put("sitewide-notices", Ref(before.address), **said)
        yield replace(call, already="bp_rest_sitewide_notices_update_failed")

    def delete(self, before: Notice, wire: Any) -> Iterator[Call]:
        """Delete it."""
        yield bp.delete("sitewide-notices", Ref(before.address))

    def rank(self, change: Change) -> int:
        """The active one comes last."""
        return int(getattr(change.after, "active", None) is not False)

    def touches(self, spec: Notice) -> tuple[Address, ...]:
        """All notices: saving one changes the others."""
        return (Address("notices", ""),)

    def risk(self, change: Change) -> Risk | None:
        """A deleted notice cannot be taken back."""
        if change.action is Action.DELETE:
            return Risk("delete", f"{change.address} would be deleted")
        return None

    def label(self, spec: Notice) -> str | None:
        """Its subject."""
        return spec.subject or None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: Every member sees the notice “Welcome”."""
        shown = [c for c in changes if getattr(c.after, "active", None) is not False]
        shown = [c for c in shown if c.action is not Action.DELETE]
        for each in shown:
            yield f"Every member sees the notice {quoted(names(each.address))}."
        rest = [names(each.address) for each in changes if each not in shown]
        if rest:
            yield f"Notices that nobody sees change: {listed(rest)}."


def _first_active(entry: Entry) -> str | None:
    notices = entry.blueprint.root.child("notices")
    for key, node in (notices.fields() if notices else {}).items():
        active = node.child("active")
        if active and str(active.value).lower() in ("yes", "true"):
            return key
    return None


KIND = Notices()
