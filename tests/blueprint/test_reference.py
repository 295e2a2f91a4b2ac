"""The reference that people read says what wpbridge reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.blueprint.renew import README, fresh

if TYPE_CHECKING:
    from tests.blueprint.conftest import Read

TEXT = README.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


def test_it_has_every_word_and_no_other() -> None:
    """Mend it with ``python -m tests.blueprint.renew``."""
    assert fresh() == TEXT


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_its_examples_can_be_read(example: str, read: Read) -> None:
    """Each is a blueprint of its own."""
    assert read(example).root.fields()
