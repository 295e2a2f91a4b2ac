"""
BuddyPress's components, by their names.

- Switched on over REST, its pages are 404 until WordPress writes its rules anew, as it
  does when an administrator opens Settings > Permalinks; the companion plugin sees to
  it at once.
- All live in one option, which each switch reads and writes: one at a time.
- Activating one makes its tables and pages; its routes are there from the next request.
- On a network of sites only who runs BuddyPress's own site may see and switch them.
- The status word is translated on sites that speak another language: ``is_active``
  alone tells (``BP_REST_Components_Endpoint::get_component_info``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Choice, Section, Table, Type, word
from wpbridge.kinds import Kind, listed
from wpbridge.model import Address, Desired, Found, Maybe, Spec
from wpbridge.plan import Action, Risk
from wpbridge.site.door import bp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

NAMES = (
    "activity",
    "blogs",
    "friends",
    "groups",
    "messages",
    "notifications",
    "settings",
    "xprofile",
)
STATE: Type = Choice(("active", "inactive"))


@dataclass(frozen=True)
class Component(Spec):
    """A part of BuddyPress that can be off."""

    kind: ClassVar = "components"

    name: str
    state: Maybe[str] = word(STATE, "Whether this part of BuddyPress is on.")

    @property
    def key(self) -> str:
        """Such as ``groups``."""
        return self.name


class Components(Kind[Component]):
    """``/components``."""

    name = "components"
    spec = Component
    numbered = False
    sections = (
        Section(
            "components",
            Table(Choice(NAMES), STATE),
            "Which parts of BuddyPress are on, such as `groups: active`.",
        ),
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One component a line."""
        yield Desired(Component(entry.key, str(entry.node.value)), entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Component]
    ) -> Iterator[Found]:
        """Every component, in one request; none where this login may not ask."""
        if not site.facts.components:
            return
        for item in site.bp.get("components", per_page=100):
            state = "active" if item["is_active"] else "inactive"
            yield Found(Component(item["name"], state), 0)

    def create(self, spec: Component) -> Iterator[Call]:
        """Fail as the site does: a component is there or is not."""
        yield from self.update(spec, {"state": spec.state}, None)

    def update(self, before: Component, sets: Sets, wire: Any) -> Iterator[Call]:
        """Switch it."""
        action = "activate" if sets["state"] == "active" else "deactivate"
        call = bp.put("components", name=before.name, action=action)
        yield replace(call, already=f"bp_rest_component_already_{sets['state']}")

    def touches(self, spec: Component) -> tuple[Address, ...]:
        """All of them: two that are switched at once undo each other."""
        return (Address("components", ""),)

    def risk(self, change: Change) -> Risk | None:
        """Switching one off hides what is in it."""
        if change.action is Action.UPDATE and change.sets.get("state") == "inactive":
            return Risk("component", f"{change.spec.key} would be switched off")
        return None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: BuddyPress's components groups and friends are switched on."""
        for state, verb in (("active", "on"), ("inactive", "off")):
            keys = [c.spec.key for c in changes if c.sets.get("state") == state]
            if keys:
                some, are = (
                    ("component", "is") if len(keys) == 1 else ("components", "are")
                )
                yield f"BuddyPress's {some} {listed(keys)} {are} switched {verb}."
        if any(each.sets.get("state") == "active" for each in changes):
            yield "If pages are not found then, open Settings > Permalinks once."


KIND = Components()
