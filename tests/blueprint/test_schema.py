"""The schema for editors agrees with what wpbridge reads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from wpbridge import engine
from wpbridge.blueprint import library
from wpbridge.blueprint.schema import schema

SCHEMA = schema(engine.sections())
SHIPPED = sorted(library.folder().rglob("*.yaml"))
WRONG = ("unknown_section", "unknown_field", "not_one_of_the_choices", "wrong_shapes")


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: fewer things are numbers, none are dates."""


Editor.yaml_implicit_resolvers = {}
Editor.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf")
)
Editor.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile("^[0-9]+$"), list("0123456789")
)
Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^$"), [""])


def read(text: str) -> Any:
    """What an editor holds against the schema."""
    return yaml.load(text, Editor)  # noqa: S506 - a safe loader


def test_it_is_a_schema() -> None:
    """Of the draft that editors know."""
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_editors_are_content_with_shipped_blueprints(file: Path) -> None:
    """Templates with references in every sort of value too."""
    jsonschema.validate(read(file.read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.parametrize("name", WRONG)
def test_editors_see_what_is_wrong(name: str) -> None:
    """As far as a schema can tell."""
    case = Path(__file__).parent / "errors" / f"{name}.yaml"
    said = yaml.safe_load(case.read_text(encoding="utf-8"))["blueprint"]

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(read(said), SCHEMA)


def test_every_word_has_help() -> None:
    """A sentence for whoever hovers over it."""
    assert [path for path, about in _helps(SCHEMA, "") if not about.endswith(".")] == []


def _helps(node: Any, path: str) -> list[tuple[str, str]]:
    found = []
    if isinstance(node, dict):
        for name, each in node.get("properties", {}).items():
            found.append((f"{path}/{name}", each.get("description", "")))
        for key, each in node.items():
            found += _helps(each, f"{path}/{key}")
    elif isinstance(node, list):
        for each in node:
            found += _helps(each, path)
    return found
