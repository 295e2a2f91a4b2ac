"""The record of a run, and what the next run reads in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wpbridge.journal import History, Journal, Outcome, Status, digest, runs
from wpbridge.kinds.groups import Group
from wpbridge.plan import Action, Change

if TYPE_CHECKING:
    from pathlib import Path

FILM = Group("film", name="Film")
MADE = Change(Action.CREATE, FILM.address, None, FILM, dict(FILM.stated()))


def kept(folder: Path, *events: tuple[str, dict[str, Any]], end: bool = True) -> None:
    """Keep a run with these events."""
    with Journal(folder, site="https://site.example") as journal:
        for event, facts in events:
            journal.write(event, **facts)
        if end:
            journal.end()


def test_a_run_reads_as_it_was_written(tmp_path: Path) -> None:
    """First what was run, then each outcome, last how it ended."""
    with Journal(tmp_path, site="https://site.example") as journal:
        journal.outcome(Outcome(MADE, Status.APPLIED, id=7))
        journal.outcome(Outcome(MADE, Status.FAILED, "refused"))
        journal.end(applied=1, failed=1)
    (run,) = runs(tmp_path)
    common = {
        "event": "outcome",
        "address": "groups/film",
        "action": "create",
        "digest": digest({"name": "Film"}),
    }

    assert run.began["site"] == "https://site.example"
    assert run.events[1:-1] == (
        {**common, "status": "applied", "id": 7},
        {**common, "status": "failed", "message": "refused"},
    )
    assert run.ended is not None
    assert (run.ended["applied"], run.ended["failed"]) == (1, 1)


def test_a_line_that_was_cut_short_ends_the_run(tmp_path: Path) -> None:
    """What stands before it is known; the run has no end."""
    kept(tmp_path, ("sending", {"creates": ["groups/film"]}), end=False)
    path = next(tmp_path.glob("*.jsonl"))
    path.write_text(path.read_text("utf-8") + '{"event": "outc', "utf-8")
    (run,) = runs(tmp_path)

    assert [each["event"] for each in run.events] == ["began", "sending"]
    assert run.ended is None


def test_the_newest_run_comes_first(tmp_path: Path) -> None:
    """However quickly they follow each other."""
    for number in range(5):
        kept(tmp_path, ("turn", {"number": number}))

    assert [each.events[1]["number"] for each in runs(tmp_path)] == [4, 3, 2, 1, 0]


def test_history_knows_what_was_made_and_what_was_cut_off(tmp_path: Path) -> None:
    """What was announced may be there; what failed is not ours."""
    names = ["members/ana", "members/bob", "members/cem"]
    end = {"action": "create", "digest": "0"}
    kept(
        tmp_path,
        ("sending", {"creates": names}),
        ("outcome", {"address": "members/ana", "status": "applied", **end}),
        ("outcome", {"address": "members/bob", "status": "failed", **end}),
        end=False,
    )
    history = History.of(tmp_path)

    assert history.made == {"members/ana", "members/cem"}
    assert "members/cem" in history.cut
    assert "members/ana" not in history.cut
    assert history.unclean


def test_history_knows_what_was_written_last(tmp_path: Path) -> None:
    """A later run overrules an earlier one."""
    for sent in ("old", "new"):
        facts = {"address": "a/b", "action": "update", "status": "applied"}
        kept(tmp_path, ("outcome", {**facts, "digest": sent}))
    history = History.of(tmp_path)

    assert (history.wrote("a/b", "new"), history.wrote("a/b", "old")) == (True, False)
    assert not history.unclean


def test_history_knows_the_passwords_that_nobody_revoked(tmp_path: Path) -> None:
    """Whatever run they are from."""
    kept(tmp_path, ("minted", {"member": 4, "uuid": "a"}), end=False)
    other = {"member": 5, "uuid": "b"}
    kept(tmp_path, ("minted", other), ("revoked", other))

    assert History.of(tmp_path).minted == ((4, "a"),)


def test_a_digest_does_not_depend_on_order() -> None:
    """The same fields with the same values have one name."""
    assert digest({"a": 1, "b": (2, 3)}) == digest({"b": (2, 3), "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})
