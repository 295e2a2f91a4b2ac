"""
Member and group types, and the companion, as a person has them: by forms of wp-admin.

No API does it, so it is no step of a scenario but comes before them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import requests

from tests.recording.lead import activate
from tests.recording.steps import put

if TYPE_CHECKING:
    from tests.recording.sending import Target
    from tests.recording.steps import Json

TAXONOMIES = {"member_types": "bp_member_type", "group_types": "bp_group_type"}
COMPANION = "/wp/v2/plugins/wpbridge-companion/wpbridge-companion"
PAGE = {"page": "wpbridge-companion"}
KEEP = re.compile(
    r'value="wpbridge_companion_keep">.*?name="_wpnonce" value="(\w+)"', re.DOTALL
)
NONCE = re.compile(r'name="_wpnonce_add-tag" value="(\w+)"')


def register(setup: dict[str, Json], target: Target, password: str) -> None:
    """Activate what ``setup`` names, and register its types, in their own session."""
    for step in activate(*setup.get("components", ())):
        target.send(step).raise_for_status()
    if setup.get("companion"):
        target.send(put(COMPANION, {"status": "active"})).raise_for_status()
    if not setup.keys() & {*TAXONOMIES, "switches"}:
        return
    session = requests.Session()
    session.trust_env = False
    session.cookies.set("wordpress_test_cookie", "WP Cookie check")
    login = {"log": target.user, "pwd": password, "testcookie": "1"}
    session.post(f"{target.root}/wp-login.php", login, timeout=60)
    for section, taxonomy in TAXONOMIES.items():
        for each in setup.get(section, ()):
            _register(session, target.root, taxonomy, each)
    if "switches" in setup:
        _switch(session, target.root, setup["switches"])


def _switch(session: requests.Session, root: str, wanted: list[Json]) -> None:
    """Turn on what the companion's page has boxes for."""
    page = session.get(f"{root}/wp-admin/options-general.php", params=PAGE, timeout=60)
    nonce = KEEP.search(page.text)
    if nonce is None:
        message = f"no form for the companion: {page.status_code}"
        raise RuntimeError(message)
    form = {"action": "wpbridge_companion_keep", "_wpnonce": nonce[1]}
    boxes = {f"switches[{each}]": "1" for each in wanted}
    done = session.post(f"{root}/wp-admin/admin-post.php", form | boxes, timeout=60)
    if "said=kept" not in done.url:
        message = f"the companion did not keep {wanted}: {done.url}"
        raise RuntimeError(message)


def _register(
    session: requests.Session, root: str, taxonomy: str, wanted: dict[str, Json]
) -> None:
    form = session.get(
        f"{root}/wp-admin/edit-tags.php", params={"taxonomy": taxonomy}, timeout=60
    )
    nonce = NONCE.search(form.text)
    if nonce is None:
        message = f"no form for {taxonomy}: {form.status_code}"
        raise RuntimeError(message)
    done = session.post(
        form.url,
        {
            "action": "add-tag",
            "taxonomy": taxonomy,
            "_wpnonce_add-tag": nonce[1],
            "bp_type_id": wanted["slug"],
            "bp_type_name": wanted["name"],
            "bp_type_singular_name": wanted["singular"],
        },
        timeout=60,
    )
    if "message=2" not in done.url:
        message = f"{wanted['slug']} was not registered: {done.url}"
        raise RuntimeError(message)
