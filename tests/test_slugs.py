"""Slugs that somebody took between plan and apply: nothing of ours stays."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from json import loads
from typing import TYPE_CHECKING

import pytest

from tests.cases.playing import write_blueprint
from tests.cases.staging import stage, switch_on
from tests.conftest import Clock, opened
from tests.recording.pictures import png
from tests.slugs import TAKEN, held, left, planned, raced
from wpbridge import engine
from wpbridge.apply import apply
from wpbridge.blueprint.load import load
from wpbridge.errors import BlueprintError
from wpbridge.journal import Status
from wpbridge.kinds import load as load_kinds
from wpbridge.model import Address
from wpbridge.plan import Action, Change
from wpbridge.rehearsal import create_app
from wpbridge.report import json, tally
from wpbridge.site.door import wp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wpbridge.rehearsal import App


@pytest.fixture
def app(version: int) -> Iterator[App]:
    """An embedded site."""
    with closing(create_app(":memory:", version=version, clock=Clock())) as made:
        yield made


def test_what_is_made_under_another_slug_is_undone(app: App, tmp_path: Path) -> None:
    """Each of them fails and is gone for good; the next plan names who holds one."""
    ends, before, after = raced(partial(opened, app), tmp_path)

    assert {
        str(end.change.address)
        for end in ends
        if "was not free; that was undone" in end.message
    } == TAKEN.keys()
    assert after == before
    assert str(tally(ends, 1)) == "0 changes applied, 5 failed in 1.0 s; 0 mails"
    with opened(app) as site, pytest.raises(BlueprintError, match="page “Logo”"):
        planned(site, tmp_path)


def test_it_is_undone_through_the_companion_too(tmp_path: Path) -> None:
    """What travels in the plugin's calls is looked at and taken back alike."""
    made = create_app(":memory:", clock=Clock(), companion=True)
    with closing(made) as app:
        ends, before, after = raced(partial(opened, app), tmp_path)

    assert len([end for end in ends if "that was undone" in end.message]) == len(TAKEN)
    assert after == before


def test_two_blueprints_may_not_take_one_slug(tmp_path: Path) -> None:
    """Each is fine by itself; together they are not."""
    (tmp_path / "rules.png").write_bytes(png(40, 30))
    several = []
    for name, text in (
        ("one", "owner: one\nmedia: {rules: {file: rules.png}}"),
        ("two", "owner: two\npages: {rules: {title: Rules}}"),
    ):
        write_blueprint(text, tmp_path / f"{name}.yaml")
        blueprint = load(tmp_path / f"{name}.yaml", sections=engine.sections())
        several.append(engine.declare(blueprint))
    (problem,) = engine.clashes(several)

    assert problem.place.file.endswith("two.yaml")
    assert "one.yaml:2" in problem.message


def test_it_is_undone_though_nobody_listens(app: App, tmp_path: Path) -> None:
    """An apply that is left at its first outcome leaves nothing either."""
    before, after = left(partial(opened, app), tmp_path)

    assert after == before


def test_what_cannot_be_undone_is_told(app: App, tmp_path: Path) -> None:
    """It has its address in the outcome, and nothing says that 0 were applied."""
    app.refuse("DELETE", "", status=403)
    ends, before, after = raced(partial(opened, app), tmp_path)
    sum_of_it = tally(ends, 1)
    told = loads(json.outcomes(ends, sum_of_it))
    page = next(end for end in ends if end.change.address.kind == "pages")

    assert len(after) - len(before) == len(TAKEN)
    assert page.partly == f"{app.url}/rules-2/"
    assert f"see {app.url}/rules-2/" in page.message
    assert str(sum_of_it).startswith("5 failed, 5 of them partly on the site in")
    assert told["summary"]["partly"] == len(TAKEN)
    assert all(outcome["partly"] for outcome in told["outcomes"])


def test_what_is_half_made_is_told(tmp_path: Path) -> None:
    """Who joined and was not banned is in the group, and the sum says so."""
    with closing(create_app(":memory:", clock=Clock())) as app:
        with opened(app) as site:
            switch_on(site, ("groups",))
        with opened(app) as site:
            stage(site, {"members": ["bert"], "groups": ["club"]})
            plan = planned(site, tmp_path, "groups: {club: {members: {bert: banned}}}")
            app.refuse("PUT", "/members/", status=403, code="rest_forbidden")
            ends = list(apply(plan, site))

    assert [end.partly for end in ends] == ["memberships/club:bert"]
    assert str(tally(ends, 1)) == (
        "1 failed, 1 of them partly on the site in 1.0 s; 0 mails"
    )


def test_a_file_that_is_uploaded_again_takes_over_the_slug(
    app: App, tmp_path: Path
) -> None:
    """The one before it stays under another, and what is said of it is said again."""
    with opened(app) as site:
        switch_on(site, ("groups",))
    with opened(app) as site:
        text = "media: {logo: {file: logo.png, title: Our logo}}"
        list(apply(planned(site, tmp_path, text), site))
        again = planned(site, tmp_path, text, refresh=frozenset({"media/logo"}))
        ends = list(apply(again, site))
        twice = planned(site, tmp_path, text, refresh=frozenset({"media/logo"}))
        ends += apply(twice, site)
        media = [slug for route, slug, _ in held(site) if route == "media"]
        newest = next(site.wp.walk("media", context="edit", slug="logo"))

    assert [end.status for end in ends] == [Status.APPLIED, Status.APPLIED]
    assert media == ["logo", "logo-earlier", "logo-earlier-2"]
    assert newest["title"]["raw"] == "Our logo"
    assert newest["id"] == max(end.id or 0 for end in ends)


def test_a_file_that_cannot_take_over_leaves_all_as_it_was(
    app: App, tmp_path: Path
) -> None:
    """The upload is taken back, and the file before it is still there."""
    with opened(app) as site:
        switch_on(site, ("groups",))
    with opened(app) as site:
        text = "media: {logo: {file: logo.png, title: Our logo}}"
        list(apply(planned(site, tmp_path, text), site))
        before = held(site)
        again = planned(site, tmp_path, text, refresh=frozenset({"media/logo"}))
        number = again.ids[Address("media", "logo")]
        refused = app.refuse(
            "*", "/media/", slug="logo-earlier", status=403, code="rest_forbidden"
        )
        (end,) = apply(again, site)

        assert refused.met == 1
        assert end.status is Status.FAILED
        assert held(site) == before
        assert next(site.wp.walk("media", slug="logo"))["id"] == number


def test_only_what_was_just_made_is_deleted() -> None:
    """A call that changed something names nothing that may go."""
    answer = {"id": 7, "slug": "other-2"}
    change = Change(Action.CREATE, Address("pages", "rules"), None, None)
    for kind, route in (("pages", "pages"), ("media", "media"), ("blog", "posts")):
        changed = [(wp.put(route, 7), answer)]
        calls = list(load_kinds()[kind].retraction(change, changed))

        assert [call for call in calls if call.method == "DELETE"] == []
