"""
Bytes of any sort, read as blueprints, rosters, answers, plans and journals.

    python -m tests.fuzz --seconds 3600

Shipped blueprints and those of the error cases are broken in ways that know the
grammar, and in ways that know nothing. Each input is to end in a blueprint or in an
error of ours. Anything else, more than 30 seconds or more than 3 GB of memory ends the
run with 1; the input is left in the folder that the last line names.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import random
import resource
import shutil
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

import wpbridge
from tests.blueprint.test_anything import words
from wpbridge import kept
from wpbridge.blueprint.inputs import read_answers
from wpbridge.errors import BlueprintError, UnsafePlan, UsageError, WpbridgeError
from wpbridge.facade import outline
from wpbridge.journal import History

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[1]
LONGEST = 30
"""Seconds for one input: a hundred thousand turns take eight on a busy machine."""
MEMORY = 3 << 30

NASTY = (
    *("$(a)", "$(", "$$(", "$(a.b)", "$(n)", "{{ a }}", "{{", "$(a)$(a)$(a)", "$(é)"),
    *(
        "1 to 4",
        "1 to 999",
        "1 to 999999",
        "0 to 0",
        "4 to 1",
        "٣ to ٤",
        "1 to 99999999",
    ),
    *(
        "0000-01-01",
        "9999-12-31",
        "2199-12-31",
        "1900-01-01",
        "2027-02-30",
        "٢٠٢٧-03-15",
    ),
    *("week 1 monday 09:00", "week 999 sunday", "day 9999", "999 weeks after end"),
    *(
        "+9999 weeks",
        "+9999 minutes",
        "start",
        "end 23:59",
        "2199-12-31T23:59:59-14:00",
    ),
    *("99999999999999999999", "-1", "1e400", "0x10", "٣", "09:30", "٠٩:30", "24:00"),
    *("(a+)+$", "a{99999}", "(?=a)", r"\1", "[", "((((", r"\pL{1,1000}", "a{,3}"),
    *("yes", "no", "empty", "~", "null", "''", '""', '"\\0"', '"\\ud800"', '"\\uFFFE"'),
    *("&a b", "*a", "<<: {a: b}", "!!python/name:os", "!x", "? a", "- - - a", "[[[["),
    *("{a: {b: {c: d}}}", "[a, b]", "[", "}", "|", ">-", "#", "---", "...", "%YAML 9"),
    *("people.csv", "../x.yaml", "./club.yaml", "workshop", "/dev/zero"),
    *("pipe", "text.txt", "picture.png", "a" * 300, "x" * 5000, "é" * 200, "\u202e"),
    *("\ufeff", "\x85", "\u2028", "\x9b", "\x00", "\ud83d", "a@b.cc", "film:admin;x"),
    *(
        "not a is b",
        "a is not b",
        "a is " + " " * 300 + "b",
        "everyone",
        "Europe/London",
    ),
)
"""Values that something once stumbled over, or might."""


class Files(NamedTuple):
    """One input: files by what they are read as."""

    blueprint: bytes
    roster: bytes
    answers: bytes
    record: bytes


def seeds() -> tuple[list[bytes], list[bytes]]:
    """What to begin from: blueprints, and rosters."""
    shipped = (ROOT / "blueprints").rglob("*.yaml")
    blueprints = [path.read_bytes() for path in shipped]
    rosters = [path.read_bytes() for path in (ROOT / "blueprints").glob("*.csv")]
    for path in (ROOT / "tests/blueprint/errors").glob("*.yaml"):
        case = yaml.safe_load(path.read_text("utf-8"))
        blueprints.append(case["blueprint"].encode())
        rosters += [
            text.encode()
            for name, text in case.get("files", {}).items()
            if "csv" in name
        ]
    return sorted(blueprints), sorted(rosters)


def sound(text: bytes) -> bool:
    """Tell whether a text is a map in YAML."""
    try:
        made = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes texts alone
    except yaml.YAMLError:
        return False
    return isinstance(made, dict)


def dumped(tree: dict[str, Any]) -> bytes:
    """Write a tree as YAML takes it, which is to say as JSON."""
    text = json.dumps(tree, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


class Breaker:
    """Breaks what is sound, at random."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret
        self.blueprints, self.rosters = seeds()
        self.words = words()
        self.trees = [
            yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes texts alone
            for text in self.blueprints
            if sound(text)
        ]
        self.shipped = [tree for tree in self.trees if len(tree) > 5]
        self.blind: Sequence[Callable[[bytes], bytes]] = (
            self.flip,
            self.cut,
            self.repeat,
            self.splice,
            self.move_line,
        )
        self.aware: Sequence[Callable[[bytes], bytes]] = (
            self.replace_word,
            self.replace_value,
            self.replace_value,
            self.add_line,
        )

    def files(self) -> Files:
        """Give the next input."""
        return Files(
            self.blueprint(),
            self.broken(self.random.choice(self.rosters)),
            self.broken(self.answers()),
            self.broken(self.record()),
        )

    def blueprint(self) -> bytes:
        """A blueprint that somebody wrote, or a tree of words, or mere bytes."""
        match self.random.randrange(20):
            case 0:
                return self.broken(self.random.randbytes(self.random.randrange(2000)))
            case 1 | 2:
                return dumped({"wpbridge": "1", **self.tree(0, 6)})
            case 3 | 4 | 5 | 6:
                return self.broken(self.random.choice(self.blueprints))
            case _:
                return dumped(self.grafted(self.tree_of_theirs(), 1.0))

    def grafted(self, tree: Any, share: float) -> Any:
        """
        A tree in which some branch is another; the YAML around it stays sound.

        ``share`` is how likely it is that something within is changed at all.
        """
        if not tree or self.random.random() > share:
            return tree
        if isinstance(tree, list):
            return [self.grafted(item, share / len(tree)) for item in tree]
        if not isinstance(tree, dict):
            return self.random.choice(NASTY)
        name = self.random.choice(list(tree))
        found = {key: value for key, value in tree.items() if key != name}
        match self.random.randrange(8):
            case 0:
                found[self.key()] = tree[name]
            case 1:
                found[name] = self.random.choice(NASTY)
            case 2:
                found |= {name: tree[name], self.key(): self.node(3)}
            case 3:
                found |= {name: tree[name], **self.branch(self.tree_of_theirs())}
            case _:
                found[name] = self.grafted(tree[name], 1.0)
        return {"wpbridge": "1", **found} if name == "wpbridge" else found

    def tree_of_theirs(self) -> dict[str, Any]:
        """A blueprint that is sound, or one of an error case."""
        sound = self.random.random() < 0.8
        return dict(self.random.choice(self.shipped if sound else self.trees))

    def branch(self, tree: dict[str, Any]) -> dict[str, Any]:
        """Some map within another."""
        maps = [each for each in tree.values() if isinstance(each, dict) and each]
        return self.random.choice(maps) if maps else {}

    def tree(self, depth: int, width: int) -> dict[str, Any]:
        """Words within words."""
        return {
            self.key(): self.node(depth + 1)
            for _ in range(self.random.randrange(width + 1))
        }

    def node(self, depth: int) -> Any:
        """A value of any shape."""
        draw = self.random.random()
        if depth < 5 and draw < 0.5:
            return self.tree(depth, 5)
        if depth < 5 and draw < 0.6:
            return [self.node(depth + 1) for _ in range(self.random.randrange(4))]
        return self.random.choice(NASTY)

    def key(self) -> str:
        """A word of the grammar, or what an entry may be called."""
        if self.random.random() < 0.7:
            return self.random.choice(self.words)
        return self.random.choice(("a", "film", "ana", "x-$(n)", "n", *NASTY))

    def answers(self) -> bytes:
        """A file of answers."""
        names = ("a", "cohort", "starts", "people", "roster", "timezone", "host")
        return "".join(
            f"{self.random.choice(names)}: {self.random.choice(NASTY)}\n"
            for _ in range(self.random.choice((0, 0, 1, 3)))
        ).encode("utf-8", "surrogatepass")

    def record(self) -> bytes:
        """A line of a journal, or a plan."""
        event = self.random.choice(
            ("began", "sending", "outcome", "minted", "revoked", "ended")
        )
        line = {"event": event, "at": "2027-01-01", "creates": ["a/b"], "member": 1}
        line |= {"uuid": "x", "address": "a/b", "action": "create", "status": "applied"}
        line |= {
            "changes": [{}],
            "root": "x",
            "versions": {},
            "files": {},
            "digest": "",
        }
        for name in self.random.sample(sorted(line), 2):
            line[name] = self.node(3)
        return json.dumps(line).encode()

    def broken(self, data: bytes) -> bytes:
        """Break it in a few ways, one after another."""
        ways = self.random.choice((self.blind, self.aware, self.aware))
        for _ in range(self.random.choice((0, 0, 0, 1, 1, 1, 2, 3, 8))):
            data = self.random.choice(ways)(data)[:2_000_000]
        if self.random.random() < 0.02:
            with suppress(UnicodeDecodeError):
                data = data.decode("utf-8").encode("utf-16")
        return data

    def span(self, data: bytes) -> tuple[int, int]:
        """Where a piece of it begins and ends."""
        start = self.random.randrange(len(data) + 1)
        length = int(self.random.expovariate(1 / 40))
        return start, min(len(data), start + length)

    def flip(self, data: bytes) -> bytes:
        """Put random bytes in the place of a few."""
        start, _ = self.span(data)
        new = self.random.randbytes(self.random.randrange(1, 5))
        return data[:start] + new + data[start + self.random.randrange(5) :]

    def cut(self, data: bytes) -> bytes:
        """Take a piece out, or the end off."""
        start, end = self.span(data)
        return data[:start] + (data[end:] if self.random.random() < 0.7 else b"")

    def repeat(self, data: bytes) -> bytes:
        """Say a piece again, at times very often."""
        start, end = self.span(data)
        times = self.random.choice((2, 2, 3, 50, 5000))
        return data[:start] + data[start:end] * times + data[end:]

    def splice(self, data: bytes) -> bytes:
        """Put a piece of another blueprint in."""
        other = self.random.choice(self.blueprints)
        lines = other.splitlines(keepends=True)
        first = self.random.randrange(len(lines) + 1)
        start, _ = self.span(data)
        start = data.rfind(b"\n", 0, start) + 1
        piece = b"".join(lines[first : first + self.random.randrange(1, 12)])
        return data[:start] + piece + data[start:]

    def move_line(self, data: bytes) -> bytes:
        """Move a line to another place, or further in."""
        lines = data.splitlines(keepends=True)
        if not lines:
            return data
        line = lines.pop(self.random.randrange(len(lines)))
        if self.random.random() < 0.5:
            line = b" " * self.random.randrange(1, 5) + line
        lines.insert(self.random.randrange(len(lines) + 1), line)
        return b"".join(lines)

    def replace_word(self, data: bytes) -> bytes:
        """Put one word of the grammar in the place of another."""
        lines = data.split(b"\n")
        found = [number for number, line in enumerate(lines) if b":" in line]
        if not found:
            return data
        number = self.random.choice(found)
        head, colon, rest = lines[number].partition(b":")
        indent = head[: len(head) - len(head.lstrip())]
        key = self.key().encode("utf-8", "surrogatepass")
        lines[number] = indent + key + colon + rest
        return b"\n".join(lines)

    def replace_value(self, data: bytes) -> bytes:
        """Put a nasty value in the place of another."""
        lines = data.split(b"\n")
        number = self.random.randrange(len(lines))
        sign = b":" if b":" in lines[number] else b","
        head, sign, _ = lines[number].rpartition(sign)
        value = self.random.choice(NASTY).encode("utf-8", "surrogatepass")
        lines[number] = head + sign + b" " + value
        return b"\n".join(lines)

    def add_line(self, data: bytes) -> bytes:
        """Add a field behind a line, as far in as it or further."""
        lines = data.split(b"\n")
        number = self.random.randrange(len(lines))
        line = lines[number]
        indent = len(line) - len(line.lstrip()) + self.random.choice((0, 0, 2))
        said = f"{self.key()}: {self.random.choice(NASTY)}"
        lines.insert(number + 1, b" " * indent + said.encode("utf-8", "surrogatepass"))
        return b"\n".join(lines)


def write(files: Files, folder: Path) -> None:
    """Lay an input out: the roster under every name that blueprints give one."""
    (folder / "club.yaml").write_bytes(files.blueprint)
    for name in ("people", "workshop", "event", "work-team", "learning-circle"):
        (folder / f"{name}.csv").write_bytes(files.roster)
    (folder / "answers.yaml").write_bytes(files.answers)
    for name in ("text.txt", "how.txt", "more.yaml"):
        (folder / name).write_bytes(files.roster if "t" in name else files.answers)
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + files.record)
    (folder / "runs").mkdir(exist_ok=True)
    (folder / "runs" / "1.jsonl").write_bytes(files.record)


def read(folder: Path) -> int:
    """Read an input in every way there is; gives how many ended without an error."""
    club = folder / "club.yaml"
    now: dict[str, Any] = {"root": "x", "files": {}, "changes": [{"address": "a/b"}]}
    now["versions"] = {"wordpress": "7", "buddypress": "15"}
    ways: tuple[Callable[[], object], ...] = (
        lambda: outline(club),
        lambda: wpbridge.load(club, answers=read_answers(folder / "answers.yaml")),
        lambda: wpbridge.load(club, answers={"cohort": "a", "starts": "2027-03-15"}),
        lambda: kept.check(now, folder / "runs" / "1.jsonl"),
        lambda: History.of(folder / "runs"),
    )
    sound = 0
    for way in ways:
        try:
            way()
        except (BlueprintError, UsageError, UnsafePlan) as error:
            _ = str(error)
        except WpbridgeError as error:
            raise AssertionError(f"{error!r} is no error of a file") from error
        else:
            sound += 1
    return sound


def run(seconds: float, seed: int, folder: Path) -> int:
    """Read inputs until the time is over; gives the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    breaker = Breaker(seed)
    ends = time.monotonic() + seconds
    count = sound = 0
    longest = 0.0
    while (began := time.monotonic()) < ends:
        write(breaker.files(), folder)
        faulthandler.dump_traceback_later(LONGEST, exit=True)
        try:
            sound += read(folder)
        except Exception:  # noqa: BLE001 - any other end is what is looked for
            traceback.print_exc()
            print(f"input {count} of seed {seed} is left in {folder}")  # noqa: T201
            return 1
        finally:
            faulthandler.cancel_dump_traceback_later()
        count += 1
        longest = max(longest, time.monotonic() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(  # noqa: T201
        f"{count} inputs of seed {seed}, {sound} readings without an error, "
        f"{longest:.1f} s for the slowest, {peak} MB at the most"
    )
    shutil.rmtree(folder)
    return 0


def main() -> int:
    """Read the command's words, and run."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    given = words.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wpbridge-fuzz-"))
    print(f"seed {given.seed}, each input in {folder}", flush=True)  # noqa: T201
    return run(given.seconds, given.seed, folder)


if __name__ == "__main__":
    sys.exit(main())
