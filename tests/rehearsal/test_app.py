"""The embedded site as an application: opening, failing, keeping, sharing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from tests.rehearsal.site import Site, opened
from wpbridge.rehearsal import LostConnection, create_app

if TYPE_CHECKING:
    from pathlib import Path

GROUP = {"name": "Film", "slug": "film", "description": "Reels.", "creator_id": 1}


def test_a_database_is_kept_between_openings(tmp_path: Path) -> None:
    """Groups and the application password outlast the application."""
    file = tmp_path / "site.db"
    first = opened(database=file)
    first("POST", "~/groups", **GROUP)
    first.app.close()
    app = create_app(file)

    again = Site(app, (app.user, app.password))
    slugs = [each["slug"] for each in again("GET", "~/groups").body]
    assert (app.password, slugs) == (first.app.password, ["film"])


def test_threads_write_without_losing_anything(tmp_path: Path) -> None:
    """Eight at once make eighty members, each with an id of its own."""
    site = opened(database=tmp_path / "site.db")
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(site.member, [f"m{number}" for number in range(80)]))

    assert len(set(ids)) == 80
    assert site("GET", "/wp/v2/users").headers["X-WP-Total"] == "81"


def test_a_refused_request_does_nothing() -> None:
    """The first is refused as told, the next one lands."""
    site = opened()
    site.app.refuse("POST", "/groups", status=503, code="busy", times=1, slug="film")

    first, second = site("POST", "~/groups", **GROUP), site("POST", "~/groups", **GROUP)
    assert (first.status, first.body["code"]) == (503, "busy")
    assert (second.status, second.body["slug"]) == (200, "film")


def test_a_lost_answer_leaves_the_work_done() -> None:
    """Nobody hears of the group, and it is there."""
    site = opened()
    site.app.cut("POST", "/groups")
    with pytest.raises(LostConnection):
        site("POST", "~/groups", **GROUP)

    assert [each["slug"] for each in site("GET", "~/groups").body] == ["film"]


def test_a_fault_after_the_work_is_heard_as_failure() -> None:
    """Status 502, and the group is there."""
    site = opened()
    site.app.refuse("POST", "/groups", status=502, after=True)

    assert site("POST", "~/groups", **GROUP).status == 502
    assert site("GET", "~/groups").headers["X-WP-Total"] == "1"


def test_plain_permalinks_reach_the_same_routes() -> None:
    """``?rest_route=`` is the API, and the front page tells of it."""
    site = opened()
    client = Client(site.app)
    answer = client.get("/?rest_route=/buddypress/v2/groups", auth=site.login)

    assert (answer.status_code, answer.get_json()) == (200, [])
    assert "wp-json" in client.get("/").headers["Link"]


def test_a_batch_runs_what_it_may_and_no_more() -> None:
    """Users go in a batch, groups do not."""
    site = opened()
    user = {"username": "ana", "email": "ana@example.org", "password": "p"}
    requests = [
        {"path": "/wp/v2/users", "body": user},
        {"path": "/buddypress/v2/groups", "body": GROUP},
    ]

    answer = site("POST", "/batch/v1", requests=requests)
    assert answer.status == 207
    assert [each["status"] for each in answer.body["responses"]] == [201, 400]


def test_faults_reach_into_a_batch() -> None:
    """One of two accounts is refused, the other is made."""
    site = opened()
    site.app.refuse("POST", "/users", status=500, code="busy", username="ana")
    requests = [
        {
            "path": "/wp/v2/users",
            "body": {"username": name, "email": f"{name}@x.org", "password": "p"},
        }
        for name in ("ana", "ben")
    ]

    answer = site("POST", "/batch/v1", requests=requests)
    assert [each["status"] for each in answer.body["responses"]] == [500, 201]


def test_types_are_told_by_options() -> None:
    """Registered types are an object, none of them an empty list."""
    site = opened()
    site.app.register_types(member=["mentor"])

    def enum(path: str, name: str) -> object:
        endpoints = site("OPTIONS", path).body["endpoints"]
        return next(
            each["args"][name]["enum"]
            for each in endpoints
            if "POST" in each["methods"]
        )

    assert enum("~/members", "member_type") == {"mentor": "mentor"}
    assert enum("~/groups", "types") == []
