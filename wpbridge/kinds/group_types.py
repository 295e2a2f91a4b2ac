"""
Group types, by slug: sorts of groups, such as ``project``.

What is true of member types is true of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from wpbridge.blueprint.grammar import Entries, Key, Section, Text, YesNo, word
from wpbridge.kinds.member_types import Types
from wpbridge.model import Maybe, Spec


@dataclass(frozen=True)
class GroupType(Spec):
    """A sort of group."""

    kind: ClassVar = "group-types"

    slug: str
    name: Maybe[str] = word(Text(), "What several of them are called.")
    singular: Maybe[str] = word(Text(), "What one of them is called.")
    directory: Maybe[bool] = word(YesNo(), "Whether they get a list of their own.")

    @property
    def key(self) -> str:
        """Its slug."""
        return self.slug


class GroupTypes(Types):
    """The choices of ``types`` in ``/groups``."""

    name = "group-types"
    after = ("components",)
    component = "groups"
    spec = GroupType
    sections = (
        Section(
            "group_types",
            Entries(Key(), GroupType),
            "Sorts of groups. Making one takes the companion plugin.",
        ),
    )


KIND = GroupTypes()
