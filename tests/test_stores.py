"""A cache between us and WordPress answers no read, or is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.community import COMMUNITY
from wpbridge.facade import Site
from wpbridge.journal import Status
from wpbridge.site.doctor import Level, diagnose
from wpbridge.site.http import unstored
from wpbridge.site.open import open_site
from wpbridge.site.stores import find_store
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from requests import PreparedRequest, Response

    from wpbridge.rehearsal import App


def by_url(url: str) -> str:
    """Keep answers by all of an address, as most caches do."""
    return url


def by_path(url: str) -> str:
    """Keep answers to one path of the REST API by that alone."""
    place = urlsplit(url)
    return place.path if "/wp/v2/pages" in place.path or BROAD in place.path else url


BROAD = "/users/me"


@dataclass
class Store:
    """What a cache holds; ``by`` tells what it goes by."""

    by: Callable[[str], str]
    answers: dict[str, Response] = field(default_factory=dict)
    hits: int = 0


class Storing(WsgiAdapter):
    """A way to a site with a cache on it that nothing empties."""

    def __init__(self, app: App, store: Store) -> None:
        super().__init__(app)
        self.store = store

    def send(self, request: PreparedRequest, **rest: Any) -> Response:  # type: ignore[override]  # no more is used of it
        """Answer a read from the store, if it has an answer."""
        if request.method != "GET":
            return super().send(request, **rest)
        key = self.store.by(str(request.url))
        if key in self.store.answers:
            self.store.hits += 1
            return _copy(self.store.answers[key])
        response = super().send(request, **rest)
        self.store.answers[key] = _copy(response)
        return response


def _copy(response: Response) -> Response:
    _ = response.content  # has it read to its end, so that it can be read again
    made = requests.Response()
    made.__dict__.update(response.__dict__)
    return made


def open_stored(app: App, folder: Path, store: Store) -> Site:
    """Open a site behind a store."""
    return Site(
        lambda: open_site(
            app.url,
            app.user,
            app.password,
            transport=Storing(app, store),
            sleep=lambda _: None,
        ),
        folder / "journals",
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the blueprint in it."""
    monkeypatch.setenv("WPBRIDGE_HOME", str(tmp_path))
    (tmp_path / "club.yaml").write_text(COMMUNITY, "utf-8")
    return tmp_path


def test_no_read_is_answered_from_a_store(app: App, folder: Path) -> None:
    """One that keeps all answers, whoever asks, is never asked the same twice."""
    store = Store(by_url)
    with open_stored(app, folder, store) as site:
        first = site.plan(folder / "club.yaml").apply(without_withheld=True)
        again = site.plan(folder / "club.yaml")

    assert first.failed == ()
    assert (again.changes, store.hits) == ((), 0)
    assert len(store.answers) > 20


def test_what_was_made_and_is_not_shown_is_not_made_again(
    app: App, folder: Path
) -> None:
    """Where a store takes no heed of queries, the plan says so, and publishes none."""
    store = Store(by_path)
    with open_stored(app, folder, store) as site:
        site.plan(folder / "club.yaml").apply(without_withheld=True)
        count = "SELECT count(*) FROM posts WHERE type = 'page'"
        before = app.store.value(count)
        plan = site.plan(folder / "club.yaml")
        outcomes = plan.apply(without_withheld=True)

        assert store.hits > 0
        assert app.store.value(count) == before
        assert {outcome.status for outcome in outcomes} <= {Status.APPLIED}
        told = [item for item in plan.left_out if item.address.kind == "pages"]
        assert {item.address.key for item in told} == {"welcome", "rules"}
        assert all("as a cache answers for WordPress" in item.why for item in told)
        store_found = site.client.find_store()
        (trouble, *_) = diagnose(site.facts, site.client.me, store_found)

    assert trouble.level is Level.TROUBLE
    assert "a cache answers for WordPress" in trouble.text


def by_list(url: str) -> str:
    """Keep lists of posts by their path alone, and nothing else."""
    place = urlsplit(url)
    return place.path if place.path.endswith(("/activity", "/wp/v2/pages")) else url


def test_a_store_of_lists_alone_has_nothing_made_again(app: App, folder: Path) -> None:
    """No header and no other read shows it; what is there by its number is there."""
    store = Store(by_list)
    queries = (
        "SELECT count(*) FROM posts WHERE type = 'page'",
        "SELECT count(*) FROM activity WHERE type = 'activity_update'",
    )
    with open_stored(app, folder, store) as site:
        site.plan(folder / "club.yaml").apply(without_withheld=True)
        before = [app.store.value(query) for query in queries]
        site.plan(folder / "club.yaml").apply(without_withheld=True)
        plan = site.plan(folder / "club.yaml")
        plan.apply(without_withheld=True)

    assert store.hits > 0
    assert [app.store.value(query) for query in queries] == before
    kinds = {item.address.kind for item in plan.left_out}
    assert {"posts", "pages"} <= kinds
    assert all(
        "made it, and the site does not show it" in i.why
        for i in plan.left_out
        if i.address.kind == "pages"
    )


def test_what_somebody_renamed_is_hidden_by_nothing(app: App, folder: Path) -> None:
    """It is there by its number, under another slug, so its own is free again."""
    with open_stored(app, folder, Store(by_url)) as site:
        site.plan(folder / "club.yaml").apply(without_withheld=True)
        app.store.run("UPDATE posts SET slug = 'house-rules' WHERE slug = 'rules'")
        plan = site.plan(folder / "club.yaml")

    assert [str(change.address) for change in plan.changes] == ["pages/rules"]
    assert plan.left_out == ()


def test_what_somebody_deleted_is_made_again(app: App, folder: Path) -> None:
    """No store is on the way, so what is not shown is not there."""
    with open_stored(app, folder, Store(by_url)) as site:
        site.plan(folder / "club.yaml").apply(without_withheld=True)
        app.store.run("DELETE FROM posts WHERE slug = 'rules'")
        plan = site.plan(folder / "club.yaml")

    assert [str(change.address) for change in plan.changes] == ["pages/rules"]


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({"Age": "12"}, "Age: 12"),
        ({"Age": "0"}, ""),
        ({"X-Cache": "HIT from edge"}, "X-Cache: HIT from edge"),
        ({"X-Cache": "MISS"}, ""),
        ({"CF-Cache-Status": "HIT"}, "CF-Cache-Status: HIT"),
        ({"CF-Cache-Status": "DYNAMIC"}, ""),
        ({"X-LiteSpeed-Cache": "hit,private"}, "X-LiteSpeed-Cache: hit,private"),
        ({"X-Varnish": "32770 3"}, "X-Varnish: 32770 3"),
        ({"X-Varnish": "32770"}, ""),
        ({"X-FastCGI-Cache": "STALE"}, "X-FastCGI-Cache: STALE"),
        ({"X-Kinsta-Cache": "BYPASS"}, ""),
        ({"X-Cache-Enabled": "True"}, ""),
        ({"Cache-Status": "Nginx; hit"}, "Cache-Status: Nginx; hit"),
        ({"Content-Type": "application/json"}, ""),
    ],
)
def test_a_store_is_known_by_its_headers(headers: dict[str, str], found: str) -> None:
    """As caches write them; a header that says there was no hit is none."""
    assert find_store(headers) == found


def test_no_two_reads_are_alike() -> None:
    """The parameter differs, and stands once, whatever else an address has."""
    first = unstored("https://x.example/wp-json/wp/v2/users?page=2&slug=a%2Cb")
    second = unstored(first)

    assert first != second
    assert second.startswith("https://x.example/wp-json/wp/v2/users?page=2&slug=a%2Cb&")
    assert (first.count("wpbridge="), second.count("wpbridge=")) == (1, 1)
    assert unstored("https://x.example/?rest_route=/wp/v2").startswith(
        "https://x.example/?rest_route=/wp/v2&wpbridge="
    )
