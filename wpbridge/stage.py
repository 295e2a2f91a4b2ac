"""
Rehearsal sites by name, such as ``rehearsal``, ``rehearsal:spring``, ``rehearsal@14``.

Each is a database in the user's data folder, made when it is first opened. What stands
after the ``@`` is the BuddyPress version that it behaves like; another version is
another site. So is ``rehearsal+companion`` or ``rehearsal:spring@14+companion``: there
the companion plugin is active, and all that wpbridge uses of it is switched on.
"""

from __future__ import annotations

import re
from secrets import token_hex
from typing import TYPE_CHECKING, NamedTuple

from wpbridge import folders
from wpbridge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSIONS = (14, 15)
_MEANT = re.compile(r"rehearsal(?:[:@+]|$)")
_NAME = re.compile(r"rehearsal(?::([a-z0-9][a-z0-9-]*))?(?:@([0-9]+))?(\+companion)?")

_ADDRESS = re.compile(  # RFC 2606: nobody can have such an address
    rf"http://rehearsal(?:-([a-z0-9-]+?))??(?:-({'|'.join(map(str, VERSIONS))}))?"
    r"(-companion)?\.invalid"
)
_PASSING = re.compile("once-[0-9a-f]{8}")


class Stage(NamedTuple):
    """One rehearsal site."""

    name: str = ""
    version: int = VERSIONS[-1]
    companion: bool = False

    def __str__(self) -> str:
        name = f":{self.name}" if self.name else ""
        version = f"@{self.version}" if self.version != VERSIONS[-1] else ""
        return f"rehearsal{name}{version}{self._plugin}"

    @property
    def _plugin(self) -> str:
        return "+companion" if self.companion else ""

    @property
    def url(self) -> str:
        """Where it believes to be; no such address is ever asked."""
        return f"http://{re.sub('[:@+]', '-', str(self))}.invalid"

    @property
    def database(self) -> Path:
        """The file that it is kept in."""
        file = f"{self.name or 'rehearsal'}@{self.version}{self._plugin}.sqlite"
        return folders.data() / "rehearsals" / file

    def delete(self) -> bool:
        """Delete its files; tells whether there were any."""
        there = self.database.exists()
        for path in self.database.parent.glob(f"{self.database.name}*"):
            path.unlink()
        return there


def named(site: str) -> Stage | None:
    """Read a rehearsal's name; ``None`` if it is not meant to be one."""
    if not _MEANT.match(site):
        return None
    found = _NAME.fullmatch(site)
    version = int(found[2] or VERSIONS[-1]) if found else 0
    if not found or version not in VERSIONS:
        raise UsageError(
            f"`{site}` names no rehearsal; write `rehearsal`, `rehearsal:spring`, or "
            f"`rehearsal:spring@14` (BuddyPress {', '.join(map(str, VERSIONS))}), "
            "with `+companion` behind it if the plugin is to be there"
        )
    return Stage(found[1] or "", version, bool(found[3]))


def told(url: str) -> str:
    """Give the address of a rehearsal as its name; another address as it is."""
    found = _ADDRESS.fullmatch(url)
    if not found:
        return url
    if found[1] and _PASSING.fullmatch(found[1]):
        return "gone afterwards"
    version = int(found[2] or VERSIONS[-1])
    return str(Stage(found[1] or "", version, bool(found[3])))


def passing() -> Stage:
    """A rehearsal that nobody asks for by its name."""
    return Stage(f"once-{token_hex(4)}")


def kept() -> Iterator[Stage]:
    """Every rehearsal that has been opened, by name."""
    for path in sorted((folders.data() / "rehearsals").glob("*@*.sqlite")):
        name, _, rest = path.stem.partition("@")
        version, _, plugin = rest.partition("+")
        yield Stage("" if name == "rehearsal" else name, int(version), bool(plugin))
