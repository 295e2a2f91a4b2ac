"""
Group types, by slug: sorts of groups, such as ``project``.

What is true of member types is true of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from wpbridge.blueprint.grammar import Entries, Key, Section
from wpbridge.kinds.member_types import Sort, Types


@dataclass(frozen=True)
class GroupType(Sort):
    """A sort of group."""

    kind: ClassVar = "group-types"


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
