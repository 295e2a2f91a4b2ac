"""Carrying out: past failures, lost answers and sudden ends, by one hand or many."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from itertools import count
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

import pytest

from tests.community import COMMUNITY, Content, content, said
from tests.conftest import Clock
from wpbridge.apply import look_until_settled, waves
from wpbridge.errors import UnsafePlan
from wpbridge.facade import Site
from wpbridge.journal import Status, runs
from wpbridge.kinds.members import Member
from wpbridge.model import Address, Observed
from wpbridge.rehearsal import create_app
from wpbridge.report.listing import listing
from wpbridge.site.open import open_site
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from pathlib import Path

    from requests import PreparedRequest, Response

    from wpbridge.journal import Outcome
    from wpbridge.rehearsal import App

READS = ("GET", "OPTIONS")


class Killed(BaseException):
    """The process is gone: no request gets out any more."""


class Mortal(WsgiAdapter):
    """Lets so many writes through, and none after that."""

    def __init__(self, app: App, life: int | None = None) -> None:
        super().__init__(app)
        self.life = life
        self.lived = count(1)
        self.dead = Event()
        self.lock = Lock()

    def send(self, request: PreparedRequest, **rest: Any) -> Response:  # type: ignore[override]  # no more is used of it
        """Send it, unless it is too late."""
        with self.lock:
            writes = self.life is not None and request.method not in READS
            if writes and next(self.lived) > (self.life or 0):
                self.dead.set()
            if self.dead.is_set():
                raise Killed
        return super().send(request, **rest)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the blueprint in it, where locks and journals are kept too."""
    monkeypatch.setenv("WPBRIDGE_HOME", str(tmp_path))
    (tmp_path / "club.yaml").write_text(COMMUNITY, "utf-8")
    return tmp_path


def bridge(app: App, folder: Path, life: int | None = None) -> Site:
    """Open a site for as many writes as given."""
    return Site(
        lambda: open_site(
            app.url,
            app.user,
            app.password,
            transport=Mortal(app, life),
            sleep=lambda _: None,
        ),
        folder / "journals",
    )


def carry_out(app: App, folder: Path, workers: int = 4) -> list[Outcome]:
    """Plan and apply the blueprint; how every change ended."""
    with bridge(app, folder) as site:
        plan = site.plan(folder / "club.yaml")
        return list(plan.apply(workers=workers, without_withheld=True))


def left(app: App, folder: Path) -> str:
    """What planning again would change."""
    with bridge(app, folder) as site:
        return listing(site.plan(folder / "club.yaml").changes)


@pytest.fixture(scope="module")
def wholes() -> dict[int, Content]:
    """What the sites of each version hold when nothing comes in between."""
    return {}


@pytest.fixture
def whole(version: int, folder: Path, wholes: dict[int, Content]) -> Content:
    """What the site holds when nothing comes in between."""
    if version not in wholes:
        app = create_app(":memory:", version=version, clock=Clock())
        carry_out(app, folder)
        wholes[version] = content(app)
        app.close()
    return wholes[version]


def ends(outcomes: list[Outcome]) -> dict[str, Status]:
    """How the changes ended that were not applied."""
    return {
        str(each.change.address): each.status
        for each in outcomes
        if each.status is not Status.APPLIED
    }


def test_everything_is_applied_and_nothing_is_left(app: App, folder: Path) -> None:
    """A whole community is made in one go; after it nothing differs."""
    outcomes = carry_out(app, folder)

    assert ends(outcomes) == {}
    assert left(app, folder) == ""
    assert content(app)["passwords"] == [("admin", 1)]


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_any_number_of_workers_makes_the_same_site(
    workers: int, whole: Content, app: App, folder: Path
) -> None:
    """However many requests are under way at once, the site is the same."""
    carry_out(app, folder, workers)

    assert content(app) == whole


@pytest.mark.parametrize("workers", [1, 8])
def test_posts_keep_the_order_in_which_they_are_written(
    workers: int, app: App, folder: Path
) -> None:
    """Within a stream, whoever their authors are."""
    carry_out(app, folder, workers)

    assert said(app) == {
        "": ["Hello all.", "Hello again."],
        "film": ["The first.", "The second, for ", "The third.", "The fourth."],
        "sound": ["Listen."],
    }


def test_a_failure_takes_only_what_needs_it(app: App, folder: Path) -> None:
    """Refused one group, apply makes the rest, and skips what is in that group."""
    app.refuse("POST", "/groups", slug="film", code="no", status=403)
    outcomes = carry_out(app, folder)

    assert ends(outcomes) == {
        "groups/film": Status.FAILED,
        "groups/sound": Status.SKIPPED,
        **dict.fromkeys(
            (
                "memberships/film:ana",
                "memberships/film:bob",
                "memberships/film:cem",
                "memberships/sound:ana",
                "posts/film:one",
                "posts/film:two",
                "posts/film:three",
                "posts/film:four",
                "posts/sound:one",
                "comments/film:three:a",
                "comments/sound:one:a",
            ),
            Status.SKIPPED,
        ),
    }


def test_what_failed_is_made_by_the_next_run(
    whole: Content, app: App, folder: Path
) -> None:
    """Once the site is well again, the same blueprint completes it."""
    app.refuse("POST", "/groups", slug="film", code="no", status=403)
    app.refuse("POST", "/activity", code="no", status=500, times=2)
    carry_out(app, folder)
    app.mend()
    carry_out(app, folder)

    assert content(app) == whole


WRITES = [
    ("POST", "/wp/v2/users"),
    ("PUT", "/data/"),
    ("POST", "/xprofile/groups"),
    ("POST", "/xprofile/fields"),
    ("POST", "/groups"),
    ("POST", "/members"),
    ("POST", "/activity"),
    ("POST", "/friends"),
    ("POST", "/wp/v2/pages"),
    ("PUT", "/wp/v2/settings"),
    ("PUT", "/components"),
]
"""A request of each sort that the community takes."""


@pytest.mark.parametrize("lost", WRITES, ids=" ".join)
@pytest.mark.parametrize("after", [True, False], ids=["done", "not done"])
def test_a_lost_answer_is_settled_by_looking(
    *, lost: tuple[str, str], after: bool, whole: Content, app: App, folder: Path
) -> None:
    """Whether the site had done it or not, it is there once in the end."""
    app.cut(*lost, after=after, times=2 if after else 1)
    outcomes = carry_out(app, folder)

    assert ends(outcomes) == {}
    assert content(app) == whole


@pytest.mark.parametrize("broken", WRITES, ids=" ".join)
@pytest.mark.parametrize("after", [True, False], ids=["done", "not done"])
def test_what_php_broke_down_over_is_whole_in_the_end(
    *, broken: tuple[str, str], after: bool, whole: Content, app: App, folder: Path
) -> None:
    """
    Whether the site had done it or not, once in the run that met it.

    Such an answer is the site's last word, and nothing is sent again without a look;
    where no look shows that a second call of several was not done, it is sent again.
    """
    app.refuse(*broken, after=after, times=1)
    outcomes = carry_out(app, folder)

    assert ends(outcomes) == {}
    assert content(app) == whole


def test_an_answer_that_is_lost_twice_is_unknown(app: App, folder: Path) -> None:
    """What cannot be settled is said to be unknown, and what needs it is skipped."""
    app.cut("POST", "/groups", slug="sound", after=False, times=None)
    outcomes = carry_out(app, folder)

    assert ends(outcomes) == {
        "groups/sound": Status.UNKNOWN,
        "memberships/sound:ana": Status.SKIPPED,
        "posts/sound:one": Status.SKIPPED,
        "comments/sound:one:a": Status.SKIPPED,
    }


@pytest.mark.parametrize("life", range(0, 60, 3))
def test_a_killed_run_is_completed_by_the_next(
    life: int, whole: Content, app: App, folder: Path
) -> None:
    """Wherever it was cut off, the next run makes the rest, and nothing twice."""
    killed = bridge(app, folder, life)
    plan = killed.plan(folder / "club.yaml")
    with suppress(Killed):
        list(plan.apply(workers=2))
    carry_out(app, folder)

    assert left(app, folder) == ""
    assert content(app) == whole


@pytest.mark.parametrize("outcomes", [0, 1, 7, 20])
def test_a_run_that_is_closed_early_is_completed_by_the_next(
    outcomes: int, whole: Content, app: App, folder: Path
) -> None:
    """Closing the generator stops it; what was under way has landed."""
    with bridge(app, folder) as site:
        under_way = site.plan(folder / "club.yaml").iter_apply()
        for _ in zip(range(outcomes), under_way, strict=False):
            pass
        under_way.close()  # type: ignore[attr-defined]  # it is a generator
    revoked = content(app)["passwords"]
    carry_out(app, folder)

    assert revoked == [("admin", 1)]
    assert content(app) == whole


def test_once_told_to_stop_nothing_new_begins(app: App, folder: Path) -> None:
    """Told from outside, it finishes what is under way and ends."""
    stop = Event()
    with bridge(app, folder) as site:
        plan = site.plan(folder / "club.yaml")
        done = []
        for outcome in plan.iter_apply(workers=1, stop=stop):
            done.append(outcome)
            stop.set()

    assert len(done) < len(plan.changes)
    assert {each.status for each in done} == {Status.APPLIED}


def test_a_plan_that_something_came_before_is_not_applied(
    app: App, folder: Path
) -> None:
    """What it would make may be there by now, and would be there twice."""
    with bridge(app, folder) as slow:
        plan = slow.plan(folder / "club.yaml")
        carry_out(app, folder)
        before = content(app)
        with pytest.raises(UnsafePlan, match="plan again"):
            list(plan.apply(without_withheld=True))

        assert content(app) == before
        assert slow.plan(folder / "club.yaml").changes == ()


def test_a_site_that_never_rests_is_taken_as_it_is() -> None:
    """Two looks that agree are waited for, but not for ever."""
    looks = count()

    def look() -> Observed:
        number = next(looks)
        key = Address("members", f"m{number}")
        return Observed(specs={key: Member(f"m{number}")})

    assert len(look_until_settled(look, lambda it: it.specs, pause=0).specs) == 1
    assert next(looks) < 100


def test_passwords_are_revoked_though_posts_fail(app: App, folder: Path) -> None:
    """Whatever happens to the posts, nobody keeps a password."""
    app.refuse("POST", "/activity", code="no", status=403)
    carry_out(app, folder)

    assert content(app)["passwords"] == [("admin", 1)]


def test_each_password_is_revoked_once(app: App, folder: Path) -> None:
    """The journal tells of its making and of its end."""
    heard: list[str] = []

    class Hearing(WsgiAdapter):
        """Notes what is deleted."""

        def send(self, request: PreparedRequest, **rest: Any) -> Response:  # type: ignore[override]  # no more is used of it
            if request.method == "DELETE":
                heard.append(str(request.url))
            return super().send(request, **rest)

    way = partial(open_site, app.url, app.user, app.password, transport=Hearing(app))
    with Site(way, folder / "journals") as site:
        list(site.plan(folder / "club.yaml").apply(without_withheld=True))
    run = next(runs(folder / "journals"))
    told = [e["uuid"] for e in run.events if e["event"] == "minted"]
    uuids = [each for each in told if each != f"wpbridge {run.path.stem}"]

    assert sorted(url.rpartition("/")[2] for url in heard) == sorted(uuids)
    assert {e["uuid"] for e in run.events if e["event"] == "revoked"} == set(told)
    assert uuids


def test_the_journal_tells_how_each_change_ended(app: App, folder: Path) -> None:
    """One line an outcome, with the id the site gave it; nothing of the texts."""
    outcomes = carry_out(app, folder)
    run = next(runs(folder / "journals"))
    told = {
        (each["address"], each["status"], each.get("id"))
        for each in run.events
        if each["event"] == "outcome"
    }

    assert told == {
        (str(each.change.address), each.status.value, each.id) for each in outcomes
    }
    assert "For people who shoot" not in run.path.read_text("utf-8")
    assert "example.org" not in run.path.read_text("utf-8")


def test_ids_are_the_sites(app: App, folder: Path) -> None:
    """An outcome tells the number of what was made."""
    outcomes = {str(each.change.address): each.id for each in carry_out(app, folder)}
    number = app.store.value("SELECT id FROM groups WHERE slug = 'film'")

    assert outcomes["groups/film"] == number


def test_a_wave_needs_nothing_of_itself(app: App, folder: Path) -> None:
    """Whatever a change needs has come in a wave before its own."""
    with bridge(app, folder) as site:
        plan = site.plan(folder / "club.yaml")
    made = {each.address for each in plan.changes}
    before: set[object] = set()
    early = []
    for wave in waves(plan.changes):
        early += [
            each.address
            for each in wave
            if not before.issuperset(made.intersection(each.needs))
        ]
        before.update(each.address for each in wave)

    assert early == []
    assert before == made
