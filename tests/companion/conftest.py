"""The real sites of the companion's tests; without any, the tests skip and say so."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.companion.site import Site, sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.mark import ParameterSet

SITES = sites()
NONE = "no {} with the companion is named in WPBRIDGE_COMPANION_SITES or _URL"


def named(*, network: bool) -> list[ParameterSet]:
    """The sites, or networks of sites, to test on; one without a name for none."""
    names = [n for n, facts in SITES.items() if facts.get("network", False) is network]
    return [
        pytest.param(name, marks=[pytest.mark.live], id=f"buddypress{name}")
        for name in names or [""]
    ]


@pytest.fixture(scope="module", params=named(network=True))
def network(request: pytest.FixtureRequest) -> Iterator[Site]:
    """A network of sites, with acting, quiet and dates on."""
    if not request.param:
        pytest.skip(NONE.format("network"))
    facts = SITES[request.param]
    if "reset" in facts:
        subprocess.run(facts["reset"], check=True)
    site = Site(request.param, facts)
    kept = "".join(f's:{len(n)}:"{n}";b:1;' for n in ("acting", "quiet", "dates"))
    site.sql(
        "INSERT INTO wp_sitemeta (site_id, meta_key, meta_value) "
        f"VALUES (1, 'wpbridge_companion', 'a:3:{{{kept}}}')"
    )
    yield site
    site.http.close()


@pytest.fixture(scope="module", params=named(network=False))
def bare(request: pytest.FixtureRequest) -> Iterator[Site]:
    """A site, reset where it says how, with the misbehaving plugin on it."""
    if not request.param:
        pytest.skip(NONE.format("site"))
    facts = SITES[request.param]
    if "reset" in facts:
        subprocess.run(facts["reset"], check=True)
    site = Site(request.param, facts)
    if "docroot" in facts:
        folder = Path(facts["docroot"]) / "wp-content/mu-plugins"
        folder.mkdir(exist_ok=True)
        shutil.copy(Path(__file__).parent / "probe.php", folder / "wpbridge-probe.php")
    every_component(site)
    yield site
    site.http.close()


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
    if "mysql" not in bare.facts:
        pytest.skip("the site's database is not named")
    bare.switch(acting=True, quiet=True, dates=True)
    return bare


@pytest.fixture
def shut(bare: Site) -> Site:
    """The site with every switch off, as it is installed."""
    if "mysql" not in bare.facts:
        pytest.skip("the site's database is not named")
    bare.switch()
    return bare
