"""Every error of the language: one file each, with the text and what is said of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from tests.blueprint.conftest import Complain

LISTS = re.compile("(?<=t takes ).*")  # the words of kinds, which are theirs to change
CASES = sorted(Path(__file__).with_name("errors").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_error(case: Path, complain: Complain) -> None:
    """The blueprint of a case has exactly the errors that the case tells."""
    said = yaml.safe_load(case.read_text(encoding="utf-8"))
    found = complain(
        said["blueprint"], said.get("files", {}), answers=said.get("answers")
    )

    assert [LISTS.sub("…", each) for each in found] == said["errors"]
