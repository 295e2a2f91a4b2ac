"""The real sites of the companion's tests, booted as all live tests' are."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.companion.site import Site

if TYPE_CHECKING:
    from tests.live.booting import Running

PROBE = Path(__file__).parent / "probe.php"


@pytest.fixture(scope="module")
def bare(site_running: Running) -> Site:
    """A site, as it was installed, with the misbehaving plugin on it."""
    site_running.reset()
    shutil.copy(PROBE, site_running.folder / "wp-content" / "mu-plugins")
    site = Site(site_running)
    every_component(site)
    return site


def every_component(site: Site) -> None:
    """Turn on what a new installation leaves off."""
    path = f"{site.bp}/components"
    for component in site.ask("GET", path).json():
        if not component["is_active"]:
            site.ask(
                "POST", path, {"name": component["name"], "action": "activate"}
            ).raise_for_status()


@pytest.fixture
def site(bare: Site) -> Site:
    """The site with every switch on."""
    bare.switch(acting=True, quiet=True, dates=True)
    return bare


@pytest.fixture
def shut(bare: Site) -> Site:
    """The site with every switch off, as it is installed."""
    bare.switch()
    return bare


@pytest.fixture(scope="module")
def network(bare: Site) -> Site:
    """A network with a second site, below ``/two``, and every switch on."""
    bare.php(
        "wp_set_current_user(1);"
        "$id = wpmu_create_blog($_SERVER['HTTP_HOST'], '/two/', 'Two', 1, [], 1);"
        # Up to WordPress 6.4 the port gets lost on the way.
        "$GLOBALS['wpdb']->update($GLOBALS['wpdb']->blogs,"
        "['domain' => $_SERVER['HTTP_HOST']], ['blog_id' => $id]);"
        "clean_blog_cache($id);"
    )
    bare.switch(acting=True, quiet=True, dates=True)
    return bare
