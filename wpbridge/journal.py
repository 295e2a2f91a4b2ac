"""
How changes ended, and the append-only record of a run.

A run is a file of JSON lines: first what was run, then each outcome as it lands, last
how it ended. It holds addresses, ids and digests; no text, no address of a person, no
secret. A file that has no such end is a run that was cut short.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Self

from wpbridge import limits
from wpbridge.errors import UsageError
from wpbridge.regular import Unfit, read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from wpbridge.plan import Change


class Status(Enum):
    """How a change ended."""

    APPLIED = "applied"
    FAILED = "failed"
    SKIPPED = "skipped"  # what it needed failed
    UNKNOWN = "unknown"  # the answer was lost, and could not be looked up


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    One change's end; ``message`` says why it is not applied.

    ``unmailed``: an account was made, and the site could not mail the welcome to it,
    as the message says. ``partly``: where something of it is on the site, although it
    is not applied.
    """

    change: Change
    status: Status
    message: str = ""
    id: int | None = None
    seconds: float = 0.0
    unmailed: bool = False
    partly: str = ""

    def __str__(self) -> str:
        """``applied + groups/film``; with the reason where it is not applied."""
        action, address = self.change.action.value, self.change.address
        why = f": {self.message}" if self.message else ""
        return f"{self.status.value} {action} {address}{why}"


def digest(sets: Mapping[str, Any]) -> str:
    """Name what was sent without keeping it: 16 hexadecimal digits."""
    text = json.dumps(sets, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Journal:
    """The record of one run, written line by line so that a crash loses nothing."""

    def __init__(self, folder: Path, **about: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        started = datetime.now(UTC)
        self.run = f"{started:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
        self.path = folder / f"{self.run}.jsonl"
        self._file = self.path.open("a", encoding="utf-8")
        self.write("began", at=started.isoformat(timespec="seconds"), **about)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, event: str, **facts: Any) -> None:
        """Add a line, and see it to the disk's door before going on."""
        self._file.write(json.dumps({"event": event, **facts}, default=str) + "\n")
        self._file.flush()

    def outcome(self, outcome: Outcome) -> None:
        """Add how a change ended."""
        self.write(
            "outcome",
            address=str(outcome.change.address),
            action=outcome.change.action.name.lower(),
            status=outcome.status.value,
            digest=digest(outcome.change.sets),
            **({"id": outcome.id} if outcome.id is not None else {}),
            **({"message": outcome.message} if outcome.message else {}),
        )

    def end(self, **counts: Any) -> None:
        """Add the last line."""
        self.write(
            "ended", at=datetime.now(UTC).isoformat(timespec="seconds"), **counts
        )
        os.fsync(self._file.fileno())


_FACTS: Mapping[str, Mapping[str, Any]] = {
    "began": {"at": str},
    "sending": {"creates": list},
    "outcome": {"address": str, "action": str, "status": str, "digest": str},
    "minted": {"member": int | str, "uuid": str},
    "revoked": {"member": int | str, "uuid": str},
}
"""What is read of each event."""


@dataclass(frozen=True)
class Run:
    """
    A run as its journal tells it; ``ended`` is ``None`` if it was cut short.

    ``whole``: it ended, and Ctrl-C left nothing of it that was not begun.
    """

    path: Path
    began: Mapping[str, Any]
    events: tuple[Mapping[str, Any], ...]
    ended: Mapping[str, Any] | None

    @property
    def whole(self) -> bool:
        """Everything in it was tried."""
        return self.ended is not None and not self.ended.get("not_begun")


def runs(folder: Path) -> Iterator[Run]:
    """Every run that a folder has a journal of, the newest first."""
    for path in sorted(folder.glob("*.jsonl"), reverse=True):
        events = tuple(_lines(path))
        if events:
            ends = (each for each in events if each["event"] == "ended")
            yield Run(path, events[0], events, next(ends, None))


def newest(folder: Path) -> str:
    """Name the run that began last; empty where there was none."""
    return max((each.name for each in folder.glob("*.jsonl")), default="")


@dataclass(frozen=True)
class History:
    """
    What earlier runs from this machine did on a site.

    ``made`` are addresses that were created, or were being created when a run was cut
    short; ``cut`` those of them of which no end is known; ``written`` the digest of
    what was last sent to an address; ``minted`` the application passwords, as member's
    id and uuid, or the name of one that was being made, that nobody revoked; ``ids``
    the site's numbers of what was made.
    """

    made: frozenset[str] = frozenset()
    written: Mapping[str, str] = field(default_factory=dict)
    minted: tuple[tuple[int, str], ...] = ()
    unclean: bool = False
    cut: frozenset[str] = frozenset()
    ids: Mapping[str, int] = field(default_factory=dict)

    def wrote(self, address: object, sent: str) -> bool:
        """Tell whether this very thing was the last that we sent there."""
        return self.written.get(str(address)) == sent

    @classmethod
    def of(cls, folder: Path) -> History:
        """Read it from the journals in a folder."""
        made: set[str] = set()
        cut: set[str] = set()
        written: dict[str, str] = {}
        minted: dict[tuple[int, str], None] = {}
        ids: dict[str, int] = {}
        past = list(runs(folder))
        for run in reversed(past):
            for each in run.events:
                match each["event"]:
                    case "sending":
                        made.update(each["creates"])
                        cut.update(each["creates"])
                    case "outcome" if each["status"] == "applied":
                        written[each["address"]] = each["digest"]
                        cut.discard(each["address"])
                        if isinstance(each.get("id"), int):
                            ids[each["address"]] = each["id"]
                        if each["action"] == "delete":
                            ids.pop(each["address"], None)
                    case "outcome" if each["action"] == "create":
                        made.discard(each["address"])
                    case "minted":
                        minted[each["member"], each["uuid"]] = None
                    case "revoked":
                        minted.pop((each["member"], each["uuid"]), None)
                    case _:
                        pass
        left = tuple(minted)
        unclean = bool(past) and past[0].ended is None
        return cls(frozenset(made), written, left, unclean, frozenset(cut), ids)


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """Events up to the line that a crash cut short, or that is none of ours."""
    try:
        data = read_regular(path, limits.JOURNAL_BYTES)
    except Unfit as error:
        raise UsageError(f"{path} {error}") from error
    for line in data.splitlines():
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            return
        if not _is_event(event):
            return
        yield event


def _is_event(event: Any) -> bool:
    """Tell whether a line holds what is read of its event, each of its sort."""
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        return False
    sorts = _FACTS.get(event["event"], {})
    if not all(isinstance(event.get(name), sort) for name, sort in sorts.items()):
        return False
    creates = event["creates"] if "creates" in sorts else ()
    return all(isinstance(address, str) for address in creates)
