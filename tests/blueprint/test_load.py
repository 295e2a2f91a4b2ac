"""Files, clocks and values: what a loaded blueprint holds."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.blueprint.test_expand import at, said
from wpbridge import engine
from wpbridge.blueprint.entry import Limits, Newcomers
from wpbridge.blueprint.grammar import (
    Choice,
    Date,
    File,
    Many,
    Moment,
    Number,
    Prose,
    Share,
    Span,
    Table,
    Text,
    Time,
    Type,
    YesNo,
)
from wpbridge.blueprint.load import load
from wpbridge.blueprint.new import from_template
from wpbridge.blueprint.node import Empty, Node
from wpbridge.blueprint.values import convert
from wpbridge.errors import BlueprintError, Place, UsageError

if TYPE_CHECKING:
    from tests.blueprint.conftest import Complain, Read

HEAD = "wpbridge: 1\n"
DATED = HEAD + "calendar: {starts: 2027-03-15, timezone: Europe/London, weeks: 4}\n"
CLUB = Path("club.yaml")
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJ"
    "RU5ErkJggg=="
)


@pytest.mark.parametrize(
    ("as_of", "now"),
    [
        ("start", datetime(2027, 3, 15, 9, tzinfo=UTC)),
        ("end", datetime(2027, 4, 9, 22, 59, tzinfo=UTC)),
        ("2027-03-29 09:00", datetime(2027, 3, 29, 8, tzinfo=UTC)),
        (datetime(2027, 3, 29, 9, tzinfo=UTC), datetime(2027, 3, 29, 9, tzinfo=UTC)),
    ],
)
def test_the_clock_can_be_set(read: Read, as_of: Any, now: datetime) -> None:
    """To a moment of the calendar, or to any other."""
    assert read(DATED, as_of=as_of).now == now


def test_a_clock_that_cannot_be_read_is_wrong_usage(read: Read) -> None:
    """It is no mistake of the file."""
    with pytest.raises(UsageError, match="--as-of: `soon` is not a time"):
        read(DATED, as_of="soon")


def test_a_blueprint_says_its_limits_and_newcomers(read: Read) -> None:
    """What it leaves out is as the language has it."""
    made = read(
        HEAD
        + "limits: {removed_from_a_group: 10%, mails: 3}\n"
        + "newcomers: {types: guest, welcome: reset link}\n"
        + "prune: posts\nexisting: keep\n"
    )

    assert made.limits == Limits(removed_from_a_group=0.1, mails=3)
    assert made.newcomers == Newcomers(types=("guest",), welcome="reset link")
    assert (made.prune, made.existing) == (("posts",), "keep")


def test_a_text_comes_from_its_file(read: Read) -> None:
    """With references filled in, and its ends of line made plain."""
    made = read(
        HEAD
        + "inputs: {x: {default: you}}\n"
        + "pages: {how: {title: How, text_from: texts/how.txt}}\n",
        {"texts/how.txt": "For $(x).\r\n\r\nAll.\r\n"},
    )

    assert said(made, "pages/how/text") == "For you.\n\nAll.\n"
    assert "text_from" not in at(made, "pages/how").fields()
    assert sorted(made.digests) == ["club.yaml", "texts/how.txt"]


def test_an_image_is_large_enough(complain: Complain, tmp_path: Path) -> None:
    """BuddyPress would blow a small one up."""
    (tmp_path / "ana.png").write_bytes(PIXEL)

    assert complain(HEAD + "members: {ana: {avatar: ana.png}}\n") == [
        "club.yaml:2:25: ana.png is 1 by 1 pixels, and 150 by 150 are the least"
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"wpbridge: 1\nname: \xfcber\n", "club.yaml:2: the text here is not UTF-8"),
        (b"wpbridge: 1\nname: \x07\n", "club.yaml:2:7: a character that no text has"),
        (b"#" * 5_000_001, "club.yaml: club.yaml has more than 5 MB"),
    ],
)
def test_files_that_are_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, message: str
) -> None:
    """They are refused before anything else is said of them."""
    monkeypatch.chdir(tmp_path)
    Path("club.yaml").write_bytes(data)

    with pytest.raises(BlueprintError, match=message):
        load("club.yaml", sections=engine.sections())


def test_files_that_are_not_there(tmp_path: Path) -> None:
    """Nor are folders files."""
    with pytest.raises(BlueprintError, match="there is no file"):
        load(tmp_path / "club.yaml", sections=engine.sections())
    with pytest.raises(BlueprintError, match="is a folder, not a file"):
        load(tmp_path, sections=engine.sections())
    with pytest.raises(UsageError):
        load(sections=engine.sections())


def test_several_files_are_one_blueprint(read: Read, tmp_path: Path) -> None:
    """As if the first included the others."""
    read(HEAD + "name: Film\n", {"more.yaml": HEAD + "name: More\nhost: ana\n"})
    made = load("club.yaml", tmp_path / "more.yaml", sections=engine.sections())

    assert (made.name, made.host) == ("Film", "ana")


HERE = Place("bp/club.yaml", 1, 1)


def node(value: Any) -> Node:
    """A value as it is in a tree."""
    if isinstance(value, dict):
        value = {key: node(each) for key, each in value.items()}
    elif isinstance(value, list):
        value = [node(each) for each in value]
    return Node(value, HERE, HERE)


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Text(), "007", "007"),
        (Prose(), "One\n\nTwo\n", "One\n\nTwo"),
        (YesNo(), "Yes", True),
        (Number(), "12", 12),
        (Date(), "2027-03-15", date(2027, 3, 15)),
        (Time(), "9:30", time(9, 30)),
        (Moment(), "2027-03-20T09:00:00Z", datetime(2027, 3, 20, 9, tzinfo=UTC)),
        (Share(), "25%", 0.25),
        (Span(), "1 to 3", range(1, 4)),
        (Span(), "5", range(5, 6)),
        (Choice(("a", "b")), "b", "b"),
        (File(), "x/ana.png", Path("bp/x/ana.png")),
        (Many(Number()), ["1", "2"], (1, 2)),
        (Many(Number()), "1", (1,)),
        (Table(Text(), Number()), {"a": "1"}, {"a": 1}),
        (Table(Text(), Text(), bare="b"), ["a"], {"a": "b"}),
        (Text(), Empty(), None),
        (Many(Text()), Empty(), None),
    ],
)
def test_values_in_python_s_terms(kind: Type, written: Any, value: Any) -> None:
    """Each type gives what its docstring says."""
    assert convert(kind, node(written)) == value


def test_new_says_what_is_wrong() -> None:
    """A template that is not there, answers that are missing or off."""
    with pytest.raises(UsageError, match="no template `workshp`; did you mean"):
        from_template("workshp", CLUB)
    with pytest.raises(BlueprintError, match="keeper has no answer"):
        from_template("learning-circle", CLUB)
    with pytest.raises(BlueprintError, match="is a Tuesday and must be a monday"):
        from_template("learning-circle", CLUB, {"starts": "2027-03-16"})


def test_new_extends_a_file_of_one_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists are written as lists."""
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(
        HEAD + "inputs: {who: {type: list}, why: {default: fun}}\n", encoding="utf-8"
    )

    assert from_template(
        "mine.yaml", Path("club/club.yaml"), {"who": ["ana", "no: b"]}
    ).text == (
        "wpbridge: 1\nextends: ../mine.yaml\nanswers:\n"
        '  who: [ana, "no: b"]\n  why: fun\n'
    )
