"""Cases: a site, a blueprint, and the plan or error between; one a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parent
WORDS = frozenset(
    {
        "about",
        "only",
        "types",
        "companion",
        "components",
        "files",
        "site",
        "blueprint",
        "as_of",
        "choices",
    }
)
VERSIONS = (12, 14, 15)
NETWORK = "network"
SWITCHES = ("acting", "quiet", "dates")
FIRST_TOLD = 14
"""What is told of this version holds of those before it, unless they are told of."""
Told: TypeAlias = "dict[str, Any]"
"""What came of a case: a word for each thing that is not empty."""


@dataclass(frozen=True)
class Case:
    """
    One file; its name is the sentence that it proves.

    ``site`` is what is there before (its ``then`` are requests after its blueprints,
    its ``files`` those beside them), ``types`` are those registered on it by code,
    ``files`` lie beside the blueprint, ``choices`` are those of whoever plans.
    ``companion``: the plugin is there, all switched on; or what is, ``{quiet: on}``.
    ``told`` is what is expected, ``told_on`` where that differs by BuddyPress version,
    as in ``plan_14``, or on a network of sites: ``mails_network`` go out beside others.
    """

    name: str
    blueprint: str
    site: Mapping[str, Any] = field(default_factory=dict)
    types: Mapping[str, list[str]] = field(default_factory=dict)
    components: tuple[str, ...] = ("groups",)
    companion: bool = False
    switches: tuple[str, ...] = ()
    files: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Any] = field(default_factory=dict)
    as_of: str | None = None
    only: int | None = None
    told: Told = field(default_factory=dict)
    told_on: Mapping[int | str, Told] = field(default_factory=dict)

    def expected(self, version: int, *, network: bool = False) -> Told:
        """What is to come of it on a site with this version of BuddyPress."""
        told = {**self.told, **self.told_on.get(version, {})}
        if version < FIRST_TOLD:
            told = {**self.told, **_older(self.told_on.get(FIRST_TOLD, {}), version)}
            told |= self.told_on.get(version, {})
        if network:
            beside = self.told_on.get(NETWORK, {})
            mails = {**told.get("mails", {}), **beside.get("mails", {})}
            told |= {**beside, "mails": mails}
        return {word: _trimmed(said) for word, said in told.items() if said}


def cases() -> Iterator[Case]:
    """Every case, by kind and name."""
    for path in sorted(FOLDER.glob("*/*.yaml")):
        yield read(path)


def read(path: Path) -> Case:
    """Read one; whatever is no word of a case is expected to be told."""
    data = yaml.safe_load(path.read_text("utf-8"))
    told = {word: data[word] for word in data.keys() - WORDS}
    told_on = {
        site: {
            word.removesuffix(f"_{site}"): told.pop(word)
            for word in list(told)
            if word.endswith(f"_{site}")
        }
        for site in (*VERSIONS, NETWORK)
    }
    return Case(
        name=f"{path.parent.name}/{path.stem}",
        blueprint=data["blueprint"],
        site=data.get("site", {}),
        types=data.get("types", {}),
        components=tuple(data.get("components", ("groups",))),
        companion="companion" in data,
        switches=_switches(data.get("companion")),
        files=data.get("files", {}),
        choices=data.get("choices", {}),
        as_of=data.get("as_of"),
        only=data.get("only"),
        told=told,
        told_on=told_on,
    )


def _switches(said: Any) -> tuple[str, ...]:
    """Name what is switched on: all of it for ``yes``."""
    on = said if isinstance(said, dict) else dict.fromkeys(SWITCHES, said is True)
    return tuple(each for each in SWITCHES if on.get(each))


def _trimmed(said: Any) -> Any:
    return said.rstrip() if isinstance(said, str) else said


def _older(said: Any, version: int) -> Any:
    """Tell the same of an older version."""
    if isinstance(said, str):
        return said.replace(f"BuddyPress {FIRST_TOLD}", f"BuddyPress {version}")
    if isinstance(said, dict):
        return {word: _older(each, version) for word, each in said.items()}
    return [_older(each, version) for each in said] if isinstance(said, list) else said
