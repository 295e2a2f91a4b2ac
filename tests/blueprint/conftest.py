"""A blueprint written to a folder of its own, and read from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from wpbridge import engine
from wpbridge.blueprint.load import load
from wpbridge.errors import BlueprintError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wpbridge.blueprint.entry import Blueprint


class Read(Protocol):
    """Reads a blueprint's text, with further files beside it."""

    def __call__(
        self, text: str, files: Mapping[str, str] = ..., **options: Any
    ) -> Blueprint:
        """Write ``club.yaml`` and the others, and load it."""


class Complain(Protocol):
    """Reads a blueprint that is wrong, and gives the messages."""

    def __call__(
        self, text: str, files: Mapping[str, str] = ..., **options: Any
    ) -> list[str]:
        """Write the files, and say what is wrong with them."""


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Load a text as ``club.yaml``, with the grammar of all kinds."""
    monkeypatch.chdir(tmp_path)

    def reader(
        text: str, files: Mapping[str, str] | None = None, **options: Any
    ) -> Blueprint:
        for name, content in {"club.yaml": text, **(files or {})}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(content, encoding="utf-8")
        return load("club.yaml", sections=engine.sections(), **options)

    return reader


@pytest.fixture
def complain(read: Read) -> Complain:
    """Give the messages of a blueprint that cannot be read."""

    def reader(
        text: str, files: Mapping[str, str] | None = None, **options: Any
    ) -> list[str]:
        with pytest.raises(BlueprintError) as raised:
            read(text, files or {}, **options)
        return [str(each) for each in raised.value.problems]

    return reader
