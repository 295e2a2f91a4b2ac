"""Whatever is written, it is read or complained of, and nothing breaks."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wpbridge import engine
from wpbridge.blueprint.core import AT, ENTRY
from wpbridge.blueprint.language import Fields, Keyed, language
from wpbridge.errors import BlueprintError

if TYPE_CHECKING:
    from tests.blueprint.conftest import Read

TEXTS = st.sampled_from(
    [
        *["", "ana", "film", "1", "2", "yes", "no", "empty", "1 to 3", "25%", "mod"],
        *["week 1 monday", "start", "+10 minutes", "2027-03-15", "09:00", "friday"],
        *["exact", "everyone", "administrator", "x is y", "not x", "a: b", "Ana Ruiz"],
        *["$(x)", "$(y.z)", "$$(", "$(n)", "{{ x }}", "Europe/London", "workshop"],
        *["people.csv", "club.yaml", "../club.yaml", "./club.yaml"],
    ]
)


def words() -> list[str]:
    """Every word of the grammar."""
    found = {each.name for group in AT.values() for each in (*group, *ENTRY)}
    waiting: list[Fields] = [language(engine.sections())]
    while waiting:
        for each in waiting.pop().words.values():
            found.add(each.name)
            if isinstance(each.type, Keyed):
                waiting.append(each.type.fields)
            elif isinstance(each.type, Fields):
                waiting.append(each.type)
    return sorted(found)


KEYS = st.one_of(
    st.sampled_from(words()), st.sampled_from(["ana", "film", "$(x)", "x-$(n)", "n"])
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(TEXTS, st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=25,
)
TOPS = st.dictionaries(st.sampled_from(words()), VALUES, max_size=8)


@given(TOPS, st.booleans())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=100,
    deadline=None,
)
def test_anything_is_read_or_complained_of(
    read: Read,
    tree: dict[str, Any],
    partial: bool,  # noqa: FBT001 - drawn
) -> None:
    """Every word in every place, with every sort of value."""
    text = json.dumps(
        {"wpbridge": "1", "inputs": {"x": {"default": "ana, bob"}}} | tree
    )
    people = {"people.csv": "login,email,groups\nana,ana@x.org,film:mod\n"}

    with suppress(BlueprintError):
        read(text.replace("null", ""), people, partial=partial)
