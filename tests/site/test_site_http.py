"""Sending and receiving: every way in which it goes wrong has one line."""

from __future__ import annotations

import logging
import shutil
import socket
import ssl
import subprocess
import traceback
from typing import TYPE_CHECKING

import pytest
import requests

from tests.site.scripted import (
    ADMIN,
    URL,
    Broken,
    Reply,
    Script,
    get,
    post,
    session,
    trouble,
)
from wpbridge.errors import (
    LoginRefused,
    NoAnswer,
    SiteError,
    UsageError,
)
from wpbridge.site.http import Http
from wpbridge.site.wire import Request
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from pathlib import Path

OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"


def test_a_connection_cut_before_the_answer_is_lost() -> None:
    """It may have been done; a read is tried again, a write is not."""
    broken = Broken(OK, b"", b"", b"", b"")
    with broken.serve() as url, session() as http:
        http.send(get(url))
        wrong = trouble(http, post(url))
        assert broken.asked == 2
        assert wrong.sent
        assert isinstance(wrong.error, NoAnswer)
        assert wrong.error.sent
        assert "broke the connection" in str(wrong.error)
        trouble(http, get(url))
        assert broken.asked == 4


def test_an_answer_cut_in_the_middle_is_lost() -> None:
    """Less came than was said."""
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n{"
    with Broken(cut).serve() as url, session() as http:
        wrong = trouble(http, post(url))

    assert wrong.sent
    assert "broke off" in str(wrong.error)


@pytest.mark.parametrize(
    "says", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"]
)
def test_an_answer_that_never_ends_is_lost(says: bytes) -> None:
    """Before its first line, or in the middle."""
    with Broken(says, hangs=True).serve() as url, session() as http:
        assert trouble(http, post(url)).sent


def test_what_was_never_sent_is_no_lost_answer() -> None:
    """Nobody listens there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with session() as http:
            wrong = trouble(http, post(url))

    assert not wrong.sent
    assert isinstance(wrong.error, NoAnswer)
    assert not wrong.error.sent
    assert "takes no connections: is it running?" in str(wrong.error)


def test_nobody_waits_for_a_site_that_never_answered() -> None:
    """Its address is mistyped, more likely than not."""
    waits: list[float] = []
    http = Http(None, sleep=waits.append)
    with pytest.raises(NoAnswer):
        http.send(get("http://127.0.0.1:1"))
    http.close()

    assert waits == []


def test_a_name_that_does_not_resolve_is_said() -> None:
    """Names under ``.invalid`` never do."""
    with session(insecure=True) as http:
        wrong = trouble(http, get("http://club.invalid"))

    assert "there is no site called club.invalid" in str(wrong.error)


@pytest.mark.parametrize("url", ["http://exa mple", "https://x:99999", "https://"])
def test_what_is_no_address_is_said(url: str) -> None:
    """In a line, and not by a stack trace."""
    with session(insecure=True) as http, pytest.raises((NoAnswer, UsageError)):
        http.send(get(url))


def test_a_port_without_tls_is_said() -> None:
    """Nothing was sent, and nothing is tried again."""
    broken = Broken(b"HTTP/1.0 400 Bad\r\n\r\n")
    with broken.serve() as url, session() as http:
        wrong = trouble(http, get(url.replace("http:", "https:")))

    assert not wrong.passing
    assert "does it speak TLS on this port" in str(wrong.error)


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_a_certificate_that_nobody_signed_is_said(tmp_path: Path) -> None:
    """OpenSSL's own words are kept."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = "-subj /CN=localhost -newkey rsa:2048 -nodes -days 2 -x509"
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(  # noqa: S603 - our own words
        ["openssl", "req", *subject.split(), *files],  # noqa: S607 - wherever it is
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Broken(OK).serve(context) as url, session() as http:
        wrong = trouble(http, get(url.replace("http:", "https:")))

    assert "certificate is not to be trusted (self-signed" in str(wrong.error)


def test_plain_http_is_for_loopback_only() -> None:
    """Unless it is allowed on purpose."""
    with session() as http, pytest.raises(UsageError, match="use https"):
        http.send(get("http://club.invalid"))


def moved(to: str, status: int = 301) -> Reply:
    """A redirect."""
    return Reply(b"", status, (("Location", to),))


def test_reads_follow_redirects_on_the_same_site(script: Script, http: Http) -> None:
    """The login goes along, also to https."""
    script.on("GET", "/x", moved("/y"))
    script.on("GET", "/y", moved("https://site.invalid/z"))
    script.on("GET", "/z", Reply({}))

    assert http.send(get()).url == "https://site.invalid/z"
    assert len({each.login for each in script.heard}) == 1


@pytest.mark.parametrize(
    ("to", "error", "words"),
    [
        ("https://other.invalid/x", NoAnswer, "the site is at https://other.invalid/x"),
        ("http://site.invalid:8080/x", NoAnswer, "http://site.invalid:8080/x"),
        ("/wp-login.php?redirect_to=x", LoginRefused, "login page"),
        ("/x", NoAnswer, "in circles"),
    ],
)
def test_other_redirects_are_said(
    script: Script, http: Http, to: str, error: type[SiteError], words: str
) -> None:
    """A password is not carried to another host."""
    script.on("GET", "/x", moved(to))
    wrong = trouble(http, get()).error

    assert type(wrong) is error
    assert words in str(wrong)


def test_writes_are_never_redirected(script: Script, http: Http) -> None:
    """They would arrive as a GET."""
    script.on("POST", "/x", moved("/y"))
    wrong = trouble(http, post())

    assert "the site is at http://site.invalid/y" in str(wrong.error)
    assert len(script.heard) == 1


def test_https_never_goes_back_to_http(script: Script, http: Http) -> None:
    """Not even on the same host."""
    script.on("GET", "/x", moved("http://site.invalid/y"))

    assert "is at http://site" in str(trouble(http, get("https://site.invalid")).error)


def test_environment_proxies_and_netrc_do_not_change_the_login(
    script: Script, http: Http, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A netrc file would win over a header otherwise."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine site.invalid login eve password evil\n")
    monkeypatch.setenv("NETRC", str(netrc))
    script.on("GET", "/x", Reply({}))
    http.send(get())

    assert script.heard[0].login == "Basic YWRtaW46YWJjZCBlZmdoIGlqa2wgbW5vcA=="


def shown(error: BaseException) -> str:
    """All that a traceback with locals shows of an error and its causes."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(told.format()) + repr(error) + repr(vars(error))


def test_no_error_shows_the_password(caplog: pytest.LogCaptureFixture) -> None:
    """Not in a traceback with locals, a repr, a log of any library."""
    logged: list[object] = []
    caplog.set_level(logging.DEBUG)
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n{"
    refused = b"HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\n{}"
    words = ""
    with (
        Broken(b"", cut, refused).serve() as url,
        session(log=lambda *each: logged.append(each)) as http,
    ):
        for address in (url, url, url, "http://127.0.0.1:1", url.replace("p:", "ps:")):
            with pytest.raises(SiteError) as caught:
                http.send(post(address))
            words += shown(caught.value)
            assert caught.value.__context__ is None
        words += repr(vars(http)) + repr(logged) + caplog.text

    secret = "YWRtaW46YWJjZCBlZmdoIGlqa2wgbW5vcA"
    assert ADMIN[1] not in words
    assert secret not in words
    assert len(logged) == 6  # what was never sent is tried again


def test_the_log_hears_method_address_status_and_time(script: Script) -> None:
    """Once per try."""
    heard: list[tuple[str, str, int, float]] = []
    http = Http(
        None,
        transport=WsgiAdapter(script),
        log=lambda *each: heard.append(each),
        sleep=lambda _: None,
    )
    script.on("GET", "/x", Reply(b"", 502), Reply({}))
    http.send(get())

    assert [each[:3] for each in heard] == [
        ("GET", f"{URL}/x", 502),
        ("GET", f"{URL}/x", 200),
    ]
    assert all(each[3] >= 0 for each in heard)


def test_a_set_hurry_cuts_waiting_short(script: Script) -> None:
    """After Ctrl-C nobody waits a minute."""
    http = Http(None, transport=WsgiAdapter(script))
    http.hurry.set()
    script.on("GET", "/x", Reply(b"", 503, (("Retry-After", "50"),)))
    with pytest.raises(NoAnswer):
        http.send(get())

    assert len(script.heard) == 1


def test_a_put_goes_as_a_post_from_the_start_if_asked(script: Script) -> None:
    """For hosts that take offence at the first PUT."""
    script.on("POST", "/x", Reply({"id": 4}))
    http = Http(None, tunnels=True, transport=WsgiAdapter(script))
    http.send(Request("PUT", f"{URL}/x", "/x", b"{}", "application/json"))
    http.close()

    assert [(each.method, each.override) for each in script.heard] == [("POST", "PUT")]


def test_a_head_without_a_body_is_an_answer(script: Script) -> None:
    """Though it says how long the body would be."""
    script.on("HEAD", "/x", Reply(b"", headers=(("Content-Length", "9"),)))
    session = requests.Session()
    session.mount("http://", WsgiAdapter(script))

    assert session.head(f"{URL}/x").headers["Content-Length"] == "9"
