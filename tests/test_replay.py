"""The replay finds what differs, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.recording.replay import replay
from tests.recording.sending import Target
from tests.recording.wsgi import ROOT, session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

GROUP = {
    "id": 4,
    "slug": "film",
    "creator_id": 4,
    "types": [],
    "link": "https://site.example/groups/film/",
}
HEADERS = {"content-type": "application/json; charset=UTF-8", "x-wp-total": "1"}
RECORDING = {
    "exchanges": [
        {
            "request": {"method": "GET", "path": "~/groups", "save": {"film": "id"}},
            "answer": {"status": 200, "headers": HEADERS, "body": [GROUP]},
            "saved": {"film": 4},
        },
        {
            "request": {"method": "DELETE", "path": "~/groups/{film}"},
            "answer": {
                "status": 404,
                "headers": {"content-type": HEADERS["content-type"]},
                "body": {"code": "gone", "message": "Gone.", "data": {"status": 404}},
            },
            "saved": {},
        },
    ]
}


def site(
    *, status: int = 200, code: str = "gone", headers: dict[str, str], body: Any
) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """A site that gives one answer to GET and an error to the rest."""

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET":
            start(f"{status} ", list(headers.items()))
            return [json.dumps(body).encode()]
        start("404 ", [("content-type", HEADERS["content-type"])])
        error = {"code": code, "message": "Weg.", "data": {"status": 404}}
        return [json.dumps(error).encode()]

    return app


def found(**answer: Any) -> list[str]:
    """What the replay says of a site that answers so, without the request's name."""
    answer = {"headers": HEADERS, "body": [_at_home(GROUP)]} | answer
    target = Target(session(site(**answer)), ROOT, "buddypress/v2", "secret")
    return [each.partition(": ")[2] for each in replay(RECORDING, target)]


def _at_home(group: dict[str, Any]) -> dict[str, Any]:
    return group | {"link": f"{ROOT}/groups/film/"}


def test_the_same_answers_are_no_difference() -> None:
    """Hosts and the words of errors may differ."""
    assert found() == []


def test_other_ids_are_no_difference_where_they_stand_for_the_same() -> None:
    """What was saved as 4 there and as 7 here is one thing."""
    assert found(body=[_at_home(GROUP | {"id": 7, "creator_id": 7})]) == []


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"status": 500}, "status 500 , not 200"),
        ({"code": "lost"}, "code: 'lost', not 'gone'"),
        ({"headers": HEADERS | {"x-wp-total": "2"}}, "x-wp-total 2, not 1"),
        (
            {"headers": {"content-type": HEADERS["content-type"]}},
            "x-wp-total None, not 1",
        ),
        (
            {"headers": HEADERS | {"content-type": "application/json"}},
            "content-type application/json, not application/json; charset=utf-8",
        ),
        (
            {"body": [_at_home(GROUP | {"slug": "movies"})]},
            "0.slug: 'movies', not 'film'",
        ),
        ({"body": [_at_home(GROUP | {"types": {}})]}, "0.types: {}, not []"),
        ({"body": [_at_home(GROUP | {"creator_id": "4"})]}, "0.creator_id: '4', not 4"),
        ({"body": [_at_home(GROUP | {"mods": []})]}, "0.mods: [], not missing"),
        (
            {"body": [{k: v for k, v in _at_home(GROUP).items() if k != "slug"}]},
            "0.slug: missing, not 'film'",
        ),
        ({"body": [_at_home(GROUP), {}]}, ": 2 elements, not 1"),
    ],
)
def test_it_finds(answer: dict[str, Any], says: str) -> None:
    """One thing wrong is one difference."""
    assert found(**answer) == [says]


def test_it_goes_on_where_nothing_was_saved() -> None:
    """A step that cannot be sent is a difference of its own."""
    differences = found(body=[])

    assert differences[-1] == "not sent, nothing saved 'film'"
