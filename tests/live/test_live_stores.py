"""A cache on real sites that keeps answers of the REST API, whoever asks."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest

from wpbridge.facade import Site
from wpbridge.site.doctor import Level, diagnose
from wpbridge.site.open import open_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.live.booting import Running

BLUEPRINT = """\
wpbridge: 1
owner: club
components: {groups: active}
members:
  ana: {name: Ana Ruiz, email: ana@example.org}
pages:
  kindness: {title: Kindness, text: Be kind.}
blog:
  news: {title: News, text: We begin.}
groups:
  film:
    name: Film club
    about: For people who shoot film.
    members: {ana: admin}
    posts: {one: {text: The first.}}
"""

STORE = """\
<?php
$kept = %(by)s;
if ( 'GET' === $_SERVER['REQUEST_METHOD'] && 0 === strpos( $kept, '/wp-json' ) ) {
    $kept = '%(folder)s/' . md5( $kept );
    if ( is_file( $kept ) ) {
        touch( '%(folder)s/hit' );
        header( 'Content-Type: application/json' );
        list( $total, $body ) = unserialize( file_get_contents( $kept ) );
        foreach ( $total as $line ) {
            header( $line );
        }
        echo $body;
        exit;
    }
    ob_start(
        function ( $body ) use ( $kept ) {
            if ( 200 === http_response_code() ) {
                $lines = preg_grep( '/^X-WP-Total/i', headers_list() );
                file_put_contents( $kept, serialize( array( $lines, $body ) ) );
            }
            return $body;
        }
    );
}
"""
"""A cache as a plugin that WordPress must use; it forgets nothing."""
BY_URL = "$_SERVER['REQUEST_URI']"
BY_PATH = "strtok( $_SERVER['REQUEST_URI'], '?' )"

PUBLISHED = (
    "SELECT post_name FROM wp_posts WHERE post_status = 'publish' AND "
    "(post_name LIKE 'kindness%' OR post_name LIKE 'news%')"
)
POSTED = "SELECT id FROM wp_bp_activity WHERE type = 'activity_update'"


@contextmanager
def storing(live: Running, folder: Path, name: str, by: str) -> Iterator[Path]:
    """Put a cache on a site; its plugin's name is new, as PHP reads no file twice."""
    folder.mkdir()
    plugin = live.folder / "wp-content" / "mu-plugins" / f"{name}.php"
    plugin.write_text(STORE % {"by": by, "folder": folder})
    try:
        yield folder / "hit"
    finally:
        plugin.unlink()


def open_live(live: Running, folder: Path) -> Site:
    """Open the site, with journals of its own."""
    door = partial(open_site, live.url, live.user, live.application_password)
    return Site(door, folder / "journals")


def apply_twice(live: Running, folder: Path) -> None:
    """Plan and apply a blueprint two times over, each with a login of its own."""
    blueprint = folder / "club.yaml"
    blueprint.write_text(BLUEPRINT)
    for _ in range(2):
        with open_live(live, folder) as site:
            site.plan(blueprint).apply(without_withheld=True)


@pytest.mark.versions(15, 14)
def test_no_read_is_answered_from_a_store(live: Running, tmp_path: Path) -> None:
    """One that goes by the whole address has no answer for us, and nothing doubles."""
    with storing(live, tmp_path / "store", "store-by-url", BY_URL) as hit:
        apply_twice(live, tmp_path)
        with open_live(live, tmp_path) as site:
            again = site.plan(tmp_path / "club.yaml")

        assert len(list((tmp_path / "store").iterdir())) > 10
        assert not hit.exists()
    assert again.changes == ()
    assert sorted(live.database.rows(PUBLISHED)) == [["kindness"], ["news"]]
    assert len(live.database.rows(POSTED)) == 1


@pytest.mark.versions(15, 14)
def test_nothing_is_made_again_behind_a_store(live: Running, tmp_path: Path) -> None:
    """One that passes over the query is named, and what it hides is not made again."""
    with storing(live, tmp_path / "store", "store-by-path", BY_PATH) as hit:
        apply_twice(live, tmp_path)
        with open_live(live, tmp_path) as site:
            found = diagnose(site.facts, site.client.me, site.client.find_store())

        assert hit.exists()
    troubles = [line.text for line in found if line.level is Level.TROUBLE]
    assert any("a cache answers for WordPress" in text for text in troubles)
    assert sorted(live.database.rows(PUBLISHED)) == [["kindness"], ["news"]]
    assert len(live.database.rows(POSTED)) <= 1
