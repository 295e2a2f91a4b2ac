"""The settings page, what is kept, and how it goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.companion.site import Person, Site, fresh

if TYPE_CHECKING:
    import requests

TABLES = ("marks", "answers", "log", "queue")


def page(site: Site, session: requests.Session) -> str:
    """The settings page."""
    url = site.ask("GET", "/wpbridge/v1/status").json()["page"]
    return session.get(url, timeout=60).text


def send(
    site: Site, session: requests.Session, action: str, **form: str
) -> requests.Response:
    """Send one of its forms, with the nonce that it has."""
    parts = page(site, session).split(f'value="wpbridge_companion_{action}"')
    nonce = re.search(r'name="_wpnonce" value="(\w+)"', parts[1])
    assert nonce
    return session.post(
        f"{site.url}/wp-admin/admin-post.php",
        {
            "action": f"wpbridge_companion_{action}",
            "_wpnonce": nonce[1],
            **form,
        },
        timeout=60,
    )


def count(site: Site) -> dict[str, int]:
    """How many rows each own table has."""
    return {
        name: int(site.value(f"SELECT COUNT(*) FROM wp_wpbridge_{name}"))
        for name in TABLES
    }


def fill(site: Site) -> Person:
    """Leave something in every table."""
    ana = site.member()
    name = "<b>x</b>"
    site.sql(f"UPDATE wp_users SET display_name = '{name}' WHERE ID = {ana.id}")
    group = site.group(ana)
    post = {"method": "POST", "path": f"{site.bp}/activity", "body": {"content": "x"}}
    site.calls({**post, "as": ana.id, "key": fresh("key-abcdef")})
    mark = {"owner": "club", "kind": "groups", "name": "film", "id": group}
    site.good("POST", "/wpbridge/v1/marks", {"set": [mark]})
    site.good("PUT", f"/wpbridge/v1/groups/{group}", {"posts": "admins"})
    queued = {
        "owner": "club",
        "kind": "posts",
        "name": "later",
        "as": 1,
        "due": "2099-01-01T00:00:00Z",
        "content": "x",
    }
    assert site.ask("POST", "/wpbridge/v1/queue", queued).status_code == 200
    return ana


def test_switches_are_turned_on_the_page(shut: Site) -> None:
    """Ticked boxes are on, the others off."""
    session = shut.browser(shut.admin)
    send(shut, session, "keep", **{"switches[acting]": "1", "switches[nonsense]": "1"})
    on = shut.ask("GET", "/wpbridge/v1/status").json()["switches"]
    send(shut, session, "keep")
    off = shut.ask("GET", "/wpbridge/v1/status").json()["switches"]

    assert [name for name, is_on in on.items() if is_on] == ["acting"]
    assert not any(off.values())


def test_the_page_takes_no_other_hand(shut: Site) -> None:
    """Without its nonce, or without the capability, nothing changes."""
    session = shut.browser(shut.admin)
    url = f"{shut.url}/wp-admin/admin-post.php"
    form = {"action": "wpbridge_companion_keep", "switches[acting]": "1"}
    assert session.post(url, form, timeout=60).status_code == 403
    editor = shut.browser(shut.member("editor"))
    nonce = {"_wpnonce": "0123456789"}
    assert editor.post(url, form | nonce, timeout=60).status_code == 403
    where = shut.ask("GET", "/wpbridge/v1/status").json()["page"]
    assert editor.get(where, timeout=60).status_code == 403
    clear = {"action": "wpbridge_companion_clear", "sure": "1"}
    assert session.post(url, clear, timeout=60).status_code == 403
    assert shut.http.post(url, clear, timeout=60).status_code in {400, 403, 200}
    switches = shut.ask("GET", "/wpbridge/v1/status").json()["switches"]
    assert not any(switches.values())


def test_the_log_is_read_and_cleared(site: Site) -> None:
    """The page shows who acted as whom; the button clears all but the switches."""
    ana = fill(site)
    session = site.browser(site.admin)
    text = page(site, session)

    assert f"POST {site.bp}/activity" in text
    assert f"&lt;b&gt;x&lt;/b&gt; ({ana.login})" in text
    assert "<b>x" not in text
    assert all(count(site).values())
    send(site, session, "clear")
    assert all(count(site).values())
    answer = send(site, session, "clear", sure="1")
    assert "is cleared" in answer.text
    assert not any(count(site).values())
    assert (
        site.value(
            "SELECT COUNT(*) FROM wp_bp_groups_groupmeta "
            "WHERE meta_key LIKE 'wpbridge%'"
        )
        == "0"
    )
    assert site.ask("GET", "/wpbridge/v1/status").json()["switches"]["acting"] is True


def test_the_exporter_tells_of_acting_and_not_of_marks(site: Site) -> None:
    """A member's personal data hold what was done in their name."""
    ana = fill(site)
    secret = fresh("secret")
    mark = {"owner": "club", "kind": "members", "name": secret, "id": ana.id}
    site.good("POST", "/wpbridge/v1/marks", {"set": [mark]})
    told = site.php(
        "foreach (apply_filters('wp_privacy_personal_data_exporters', []) as $each)"
        f"echo json_encode($each['callback'](get_userdata({ana.id})->user_email, 1));",
    )

    assert "wpbridge-companion-log" in told
    assert secret not in told


def test_what_is_old_is_forgotten(site: Site) -> None:
    """Answers after a day, the log after 180, marks a month after what they marked."""
    fill(site)
    site.sql("UPDATE wp_wpbridge_answers SET made = '2020-01-01'")
    site.sql("UPDATE wp_wpbridge_log SET made = '2020-01-01'")
    site.sql("UPDATE wp_wpbridge_marks SET gone = '2020-01-01'")
    site.php("do_action('wpbridge_companion_daily');")
    left = count(site)

    assert (left["answers"], left["log"], left["marks"]) == (0, 0, 0)
    assert left["queue"] > 0


def test_uninstalling_removes_what_was_kept(site: Site) -> None:
    """Tables, options, cron events and the rules of groups; what was made stays."""
    fill(site)
    groups = site.value("SELECT COUNT(*) FROM wp_bp_groups")
    site.php(
        "require_once ABSPATH.'wp-admin/includes/plugin.php';"
        "$p='wpbridge-companion/wpbridge-companion.php';deactivate_plugins($p);"
        "define('WP_UNINSTALL_PLUGIN',$p);"
        "require WP_PLUGIN_DIR.'/wpbridge-companion/uninstall.php';",
    )
    after = (
        site.sql("SHOW TABLES LIKE 'wp_wpbridge%'"),
        site.sql(
            "SELECT option_name FROM wp_options WHERE option_name LIKE '%wpbridge%'"
        ),
        site.value(
            "SELECT COUNT(*) FROM wp_options "
            "WHERE option_name = 'cron' AND option_value LIKE '%wpbridge%'"
        ),
        site.sql(
            "SELECT 1 FROM wp_bp_groups_groupmeta WHERE meta_key LIKE 'wpbridge%'"
        ),
        site.value("SELECT COUNT(*) FROM wp_bp_groups"),
    )
    gone = site.ask("GET", "/wpbridge/v1/status").status_code
    site.php(
        "require_once ABSPATH.'wp-admin/includes/plugin.php';"
        "activate_plugin('wpbridge-companion/wpbridge-companion.php');",
    )

    assert after == ([], [], "0", [], groups)
    assert gone == 404
    assert site.ask("GET", "/wpbridge/v1/status").status_code == 200
