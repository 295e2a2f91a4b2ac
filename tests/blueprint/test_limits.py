"""What a stranger's files may cost: each limit, and a word more than it."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.blueprint.test_expand import said
from wpbridge import limits
from wpbridge.blueprint.inputs import Input, read_answers
from wpbridge.blueprint.patterns import complaint, fits
from wpbridge.errors import BlueprintError, Place, UsageError
from wpbridge.journal import History
from wpbridge.kept import check

if TYPE_CHECKING:
    from pathlib import Path

    from tests.blueprint.conftest import Complain, Read
    from wpbridge.blueprint.inputs import Answer

CLUB = "wpbridge: 1\n"
NO_FILE = "is a pipe, a device or a socket, not a file"


@pytest.mark.parametrize("word", ["include: [{}]", "extends: ./{}"])
def test_what_is_no_regular_file_is_not_opened(
    complain: Complain, tmp_path: Path, word: str
) -> None:
    """A pipe would keep its reader waiting; a folder and a socket are told of, too."""
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "socket.yaml"))
    found = {
        name: complain(f"{CLUB}{word.format(name)}\n")
        for name in ("pipe.yaml", "socket.yaml", "folder.yaml")
    }
    column = word.index("{") + 1 if "[" in word else len("extends: ") + 1

    assert found == {
        "pipe.yaml": [f"club.yaml:2:{column}: pipe.yaml {NO_FILE}"],
        "socket.yaml": [f"club.yaml:2:{column}: socket.yaml {NO_FILE}"],
        "folder.yaml": [f"club.yaml:2:{column}: folder.yaml is a folder, not a file"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "roster: pipe",
        "members: {ana: {avatar: pipe}}",
        "groups: {g: {name: G, posts: {p: {text_from: pipe}}}}",
    ],
)
def test_no_named_file_is_a_pipe(complain: Complain, tmp_path: Path, text: str) -> None:
    """Rosters, pictures and texts are looked at before they are opened."""
    os.mkfifo(tmp_path / "pipe")
    (found,) = complain(f"{CLUB}{text}\n")

    assert found.endswith("there is no file pipe")


def test_answers_plans_and_journals_are_regular_files(tmp_path: Path) -> None:
    """Each says so, and waits for nothing."""
    pipe = tmp_path / "run.jsonl"
    os.mkfifo(pipe)
    with pytest.raises(BlueprintError, match=NO_FILE):
        read_answers(pipe)
    with pytest.raises(UsageError, match=NO_FILE):
        check({}, pipe)
    with pytest.raises(UsageError, match=NO_FILE):
        History.of(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[]",
        '{"changes": [1], "root": "x", "versions": {}, "files": {}}',
        '{"changes": [], "root": "x", "versions": [], "files": {}}',
        "9" * 5000,
        "\udcff",
    ],
)
def test_what_is_no_plan_is_told_of(tmp_path: Path, text: str) -> None:
    """However deep it nests, and whatever is in the place of what a plan has."""
    file = tmp_path / "plan.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(UsageError, match="is no plan"):
        check({}, file)


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b"\xff",
        b"[]",
        b'{"event": "outcome"}',
        b'{"event": "sending", "creates": [{}]}',
        b'{"event": "minted", "member": [], "uuid": "x"}',
    ],
)
def test_a_journal_ends_at_a_line_that_is_none(tmp_path: Path, line: bytes) -> None:
    """What stands before it counts, as with a line that a crash cut short."""
    began = b'{"event": "began", "at": "2027-01-01T00:00:00+00:00"}\n'
    sending = b'{"event": "sending", "creates": ["groups/film"]}\n'
    (tmp_path / "1.jsonl").write_bytes(began + sending + line + b"\n" + sending)

    assert History.of(tmp_path).made == {"groups/film"}


def test_links_that_go_round_are_told_of(complain: Complain, tmp_path: Path) -> None:
    """As files that are included, and as files that are named."""
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    found = complain(f"{CLUB}include: [a.yaml]\n") + complain(f"{CLUB}roster: a.yaml\n")

    assert [each.partition(": ")[2] for each in found] == [
        "a.yaml cannot be read: Too many levels of symbolic links",
        "there is no file a.yaml",
    ]


def test_a_chain_of_includes_ends(complain: Complain) -> None:
    """Long before Python's stack does."""
    chain = {
        f"{n}.yaml": f"{CLUB}include: [{n + 1}.yaml]\n"
        for n in range(limits.INCLUDED_DEEP + 5)
    }
    (found,) = complain(f"{CLUB}include: [0.yaml]\n", chain)

    assert found == (
        "19.yaml:2:11: files include each other up to 20 deep; include them from one "
        "file"
    )


def test_a_filled_text_has_a_limit(read: Read, complain: Complain) -> None:
    """Exactly that much may come of it."""
    inputs = f"{CLUB}inputs: {{a: {{default: {'x' * 1000}}}}}\n"
    text = "groups: {{g: {{name: G, about: '{}'}}}}\n"
    made = read(inputs + text.format("$(a)" * 100))
    found = complain(inputs + text.format("$(a)" * 100 + "y"))

    assert len(said(made, "groups/g/about")) == limits.FILLED
    assert found == [
        (
            "club.yaml:3:30: filled in, this text has more than 100,000 "
            "characters, the most that one may have"
        )
    ]


def test_all_texts_together_have_a_limit(complain: Complain) -> None:
    """Each of these is within its own."""
    text = "x" * 99_000
    found = complain(
        f"{CLUB}groups:\n  g-$(n):\n    each: {{n: 1 to 999}}\n    name: G\n"
        f"    about: {text}\n"
    )

    assert found == [
        (
            "club.yaml:6:12: written out, the blueprint's texts have more than "
            "64,000,000 characters here; repeat less, or shorten what is repeated"
        )
    ]


def test_defaults_that_fill_each_other_end(complain: Complain) -> None:
    """The billion laughs, told as questions."""
    laughs = "".join(
        f"  a{n}: {{default: '{f'$(a{n - 1})' * 10}'}}\n" for n in range(1, 30)
    )
    first, *_ = complain(
        f"{CLUB}template: yes\ninputs:\n  a0: {{default: ha}}\n{laughs}"
    )

    assert first == "club.yaml:7:3: a3 has 2,000 characters, and 1,000 are the most"


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("x" * 1000, None),
        ("x" * 1001, "has 1,001 characters, and 1,000 are the most"),
        ("a\x00b", "holds a character that no text has, number 0"),
        ("a\udcffb", "holds a character that no text has, number 56575"),
    ],
)
def test_an_answer_has_a_limit(answer: str, message: str | None) -> None:
    """It holds for what somebody types, too."""
    assert Input("a", Place(""), pattern=".*").wrong(answer) == message


def test_each_of_a_list_of_answers_has_a_limit() -> None:
    """A list of many people is not a long answer."""
    question = Input("a", Place(""), type="list")

    assert question.wrong(", ".join(f"person-{n}" for n in range(500))) is None
    assert question.wrong("a, " + "x" * 1001) is not None


@pytest.mark.parametrize(
    ("roster", "message"),
    [
        (",".join(["x"] * 1001), "people.csv:1: the roster has 1,001 columns"),
        ('login\n"ana\n' + "bob\n" * 50_000, "people.csv:2: this row is not CSV"),
        ("login\n" + "a" * 1_000_000, "people.csv:2: this row is not CSV"),
        ("login\na\0b\n", "people.csv:2:2: a character that no text has, number 0"),
        (
            "login\n" + "\n" * 2_000_000,
            "people.csv:2000000: the roster has more than 2,000,000 lines",
        ),
    ],
)
def test_a_roster_has_limits(complain: Complain, roster: str, message: str) -> None:
    """Columns, cells and lines."""
    first, *_ = complain(f"{CLUB}roster: people.csv\n", {"people.csv": roster})

    assert first.startswith(message)


def test_rows_have_a_limit_over_all_rosters(complain: Complain) -> None:
    """A loop reads a roster again and again."""
    rows = "login\n" + "".join(f"user{n}\n" for n in range(2000))
    found = complain(
        f"{CLUB}groups:\n  g-$(n): {{each: {{n: 1 to 999}}, name: G, roster: p.csv}}\n",
        {"p.csv": rows},
    )

    assert [each for each in found if "200,000 rows" in each]


def test_many_problems_end_the_search(complain: Complain) -> None:
    """Looking for the nearest word takes time, and nobody reads a thousand lines."""
    found = complain(CLUB + "".join(f"groupz{n}: 1\n" for n in range(5000)))

    assert len(found) == limits.PROBLEMS + 1
    assert found[0] == (
        "club.yaml: 500 problems were found, and there may be more; mend these first"
    )


def test_a_message_quotes_no_megabyte(complain: Complain) -> None:
    """Its beginning and its end are kept."""
    (found,) = complain(f"{CLUB}host: '{'a' * 1_000_000}'\n")

    assert len(found) < limits.MESSAGE + 100
    assert found.endswith("without accents, digits, and . - _ @")


@pytest.mark.parametrize(
    "text",
    ["name: a\x80b", "name: a\x9bb", 'name: "\\0"', "a\x85b\u2028c: [", "name: !x"],
)
def test_odd_characters_are_complained_of(complain: Complain, text: str) -> None:
    """YAML refuses some that Python has no name for, and has line breaks of its own."""
    assert complain(f"{CLUB}{text}\n")


def test_days_of_a_far_future_are_refused(complain: Complain) -> None:
    """One post after another leads beyond the last year that there is."""
    posts = "".join(f"  p{n}: {{text: x, at: +9999 weeks}}\n      " for n in range(50))
    first, *_ = complain(
        f"{CLUB}calendar: {{starts: 2027-03-15, timezone: Europe/London}}\n"
        f"groups:\n  g:\n    name: G\n    posts:\n      q: {{text: y, at: start}}\n    "
        f"{posts}\n".replace("\n        p", "\n      p")
    )

    assert first.endswith(
        "`+9999 weeks` is too far away from the post above to be meant"
    )


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=300)
def test_any_pattern_fits_or_is_complained_of(pattern: str, text: str) -> None:
    """One that is wrong asks nothing of an answer, as it was told of already."""
    fitting = fits(pattern, text.encode("utf-8", "replace").decode())

    assert fitting or complaint(pattern) is None


@given(st.binary(max_size=400))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_blueprint_or_an_error(tmp_path: Path, data: bytes) -> None:
    """Answers are read as blueprints are."""
    file = tmp_path / "any.yaml"
    file.write_bytes(data)
    problems: tuple[object, ...] = ()
    made: dict[str, Answer] = {}
    try:
        made = read_answers(file)
    except BlueprintError as error:
        problems = error.problems

    assert not (made and problems)
