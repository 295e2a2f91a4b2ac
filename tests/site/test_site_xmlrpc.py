"""XML-RPC where WordPress's REST API is closed, or lacks something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.papered import Papered
from tests.site.scripted import ADMIN, ME, URL, Reply, Script, refusal, wordpress
from wpbridge.errors import NotSupported, Refused
from wpbridge.model import Address, Ref
from wpbridge.site import Done, Job
from wpbridge.site.door import wp
from wpbridge.site.open import Install, open_site
from wpbridge.site.wsgi import WsgiAdapter
from wpbridge.text import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wpbridge.model import Call

CLOSED = refusal(401, "rest_forbidden", "Closed by a plugin.")
HOME = Address("pages", "home")
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>
<methodResponse><params><param><value>&b;</value></param></params></methodResponse>"""


@pytest.fixture
def papered() -> Papered:
    """What XML-RPC knows."""
    return Papered()


@pytest.fixture
def opened(script: Script, papered: Papered) -> Iterator[Install]:
    """A site whose ``wp/v2`` is closed in part."""
    wordpress(script)
    has = {"bp_moderate": True, "manage_options": True}
    script.on("GET", "/wp-json/wp/v2/users/me", Reply({**ME, "capabilities": has}))
    script.on("POST", "/xmlrpc.php", papered)
    for route in ("pages", "media", "settings"):
        script.on("GET", f"/wp-json/wp/v2/{route}", CLOSED)
    with open_site(URL, *ADMIN, transport=WsgiAdapter(script)) as site:
        yield site


def sent(site: Install, call: Call, **ids: int) -> Done:
    """How a call ended."""
    known = {Address("pages", name): number for name, number in ids.items()}
    [done] = site.carry([Job(HOME, (call,), ())], known)
    return done


def test_nobody_knocks_at_xmlrpc_unasked(
    opened: Install, papered: Papered, script: Script
) -> None:
    """Hosts lock out who does."""
    script.on("GET", "/wp-json/wp/v2/posts", Reply([{"id": 3}]))
    assert list(opened.wp.walk("posts")) == [{"id": 3}]

    assert papered.called == []
    assert "/xmlrpc.php" not in script.paths("POST")


def test_pages_are_read_and_written_in_the_words_of_the_rest_api(
    opened: Install, papered: Papered, script: Script
) -> None:
    """So that kinds need not know."""
    assert list(opened.wp.walk("pages", slug="home,rules", context="edit")) == []
    call = wp.post("pages", slug="home", title=Shown("Home"), status="publish")
    made = sent(opened, call)
    date = "2026-05-01T08:30:00"
    changed = sent(opened, wp.put("pages", Ref(HOME), date_gmt=date), home=5)
    found = list(opened.wp.walk("pages", slug="home"))
    gone = sent(opened, wp.delete("pages", Ref(HOME)), home=5)

    expected = {
        "id": 5,
        "slug": "home",
        "title": {"raw": "Home"},
        "content": {"raw": ""},
        "parent": 0,
        "status": "publish",
        "author": 1,
        "date_gmt": "0000-00-00T00:00:00",
    }
    assert made.answers == (expected,)
    assert changed.answers == ({**expected, "date_gmt": date},)
    assert found == [{**expected, "date_gmt": date}]
    assert gone.answers == ({"deleted": True},)
    assert papered.posts == {}
    assert script.paths("GET").count("/wp-json/wp/v2/pages") == 1


def test_a_file_is_uploaded_and_then_named(
    opened: Install, papered: Papered, tmp_path: Path
) -> None:
    """Its slug would be made of the file's name; what it shows cannot be written."""
    file = tmp_path / "logo.png"
    file.write_bytes(b"\x89PNG")
    assert list(opened.wp.walk("media", slug="mark")) == []
    call = wp.upload("media", file=file, slug="mark", title="Mark")
    [answer] = sent(opened, call).answers
    papered.alt[5] = "A circle"
    [item] = opened.wp.walk("media", slug="mark")

    assert (answer["slug"], answer["title"]["raw"]) == ("mark", "Mark")
    assert item["alt_text"] == "A circle"
    assert "XML-RPC cannot write this" in str(opened.can("describe media"))
    assert opened.can("set time zone") is None


def test_title_and_tagline_are_set_and_the_rest_is_not(opened: Install) -> None:
    """Which is known before it is tried."""
    assert opened.wp.get("settings") == {
        "title": "Club",
        "description": "",
        "timezone": "Europe/Madrid",
        "show_on_front": "posts",
        "page_on_front": 0,
    }
    assert sent(opened, wp.put("settings", title="New")).error is None
    done = sent(opened, wp.put("settings", timezone="Europe/London"))

    assert opened.wp.get("settings")["title"] == "New"
    assert "cannot be set over XML-RPC" in str(done.error)
    assert "XML-RPC cannot write this" in str(opened.can("set time zone"))
    assert "XML-RPC cannot write this" in str(opened.can("set front page"))


def test_registration_is_switched(opened: Install, papered: Papered) -> None:
    """The REST API never had it."""
    assert opened.wp.get("registration") == {"open": False}
    done = sent(opened, wp.put("registration", open=True))

    assert done.answers == ({"open": True},)
    assert papered.options["users_can_register"] == 1


@pytest.mark.parametrize(
    "answer",
    [
        Reply(b"Forbidden", 403),
        Reply(b"<html>"),
        Reply(b"<methodResponse"),
        Reply(BOMB),
    ],
    ids=["closed", "a page", "broken", "a bomb"],
)
def test_where_xmlrpc_does_not_help_both_reasons_are_told(
    opened: Install, script: Script, answer: Reply
) -> None:
    """And entities are not expanded."""
    script.on("POST", "/xmlrpc.php", answer)

    with pytest.raises(NotSupported, match=r"Closed by a plugin.*nor over XML-RPC"):
        list(opened.wp.walk("pages"))


def test_registration_is_left_out_where_xmlrpc_is_closed(
    opened: Install, script: Script
) -> None:
    """It is asked once, and only by those who need it."""
    script.on("POST", "/xmlrpc.php", Reply(b"", 405))

    assert "XML-RPC is closed" in str(opened.can("registration"))
    assert "XML-RPC is closed" in str(opened.can("registration"))
    assert script.paths("POST") == ["/xmlrpc.php"]


def test_an_ordinary_refusal_is_no_closed_door(opened: Install, script: Script) -> None:
    """Nobody is asked twice for it."""
    script.on("GET", "/wp-json/wp/v2/posts", refusal(400, "rest_invalid_param"))

    with pytest.raises(Refused, match="rest_invalid_param"):
        list(opened.wp.walk("posts"))
    assert "/xmlrpc.php" not in script.paths("POST")
