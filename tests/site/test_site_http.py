"""Sending and receiving: every way in which it goes wrong has one line."""

from __future__ import annotations

import logging
import shutil
import socket
import ssl
import subprocess
import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from tests.site.scripted import ADMIN, URL, Broken, Reply, Script, refusal, session
from wpbridge.errors import (
    LoginRefused,
    NoAnswer,
    NotFound,
    NotSupported,
    Refused,
    SiteError,
    UsageError,
)
from wpbridge.site.answer import Answer, Trouble
from wpbridge.site.http import Http, Limits
from wpbridge.site.wire import Request
from wpbridge.site.wsgi import WsgiAdapter

if TYPE_CHECKING:
    from pathlib import Path

OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"


def get(url: str = URL) -> Request:
    """A read, which may be repeated."""
    return Request("GET", f"{url}/x", "/x", repeatable=True)


def post(url: str = URL) -> Request:
    """A write, which may not."""
    return Request("POST", f"{url}/x", "/x", b"{}", "application/json")


def trouble(http: Http, request: Request) -> Trouble:
    """What went wrong."""
    result = http.exchange(request)
    assert isinstance(result, Trouble), result
    assert "\n" not in str(result.error)
    return result


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (refusal(401, "incorrect_password"), LoginRefused, "incorrect_password"),
        (Reply(b"<h1>401</h1>", 401), LoginRefused, "web server itself asks"),
        (refusal(403, "rest_forbidden", "Sorry."), Refused, "Sorry. (rest_forbidden"),
        (Reply(b"<h1>Blocked</h1>", 403), Refused, "a firewall, a security plugin"),
        (refusal(404, "bp_rest_invalid_id"), NotFound, "bp_rest_invalid_id"),
        (refusal(404, "rest_no_route"), NotSupported, "is the component on?"),
        (Reply(b"<h1>Gone</h1>", 404), NotFound, "no REST API at this address"),
        (Reply(b"", 413), Refused, "larger than the web server takes"),
        (refusal(500, "bp_rest_x", "<b>Not</b> &amp; no."), Refused, "Not & no."),
        (Reply(b"<h1>Fatal</h1>", 500), NoAnswer, "PHP broke down there"),
        (refusal(500, "internal_server_error"), NoAnswer, "PHP broke down there"),
        (Reply(b"<html><h1>Hi</h1>"), NoAnswer, "a web page came back"),
        (Reply(b"<form id='loginform'>"), NoAnswer, "a login page came back"),
        (Reply(b"<br />Warning: x\n[]"), NoAnswer, "turn display_errors off"),
        (Reply(b'{"id": 4, "na'), NoAnswer, "cut off"),
        (Reply(b"[" * 100_000), NoAnswer, "cut off"),
        (Reply(b""), NoAnswer, "the answer is empty"),
        (Reply(b"\xff\xfe\x00", 418), Refused, "none of WordPress's"),
        (Reply(b"x" * (2 << 20)), NoAnswer, "larger than 1 MiB"),
    ],
    ids=str,
)
def test_each_bad_answer_is_one_error(
    script: Script, http: Http, reply: Reply, error: type[SiteError], words: str
) -> None:
    """It says what to check, and is not asked for again."""
    http.limits = Limits(answer=1 << 20)
    script.on("GET", "/x", reply)
    wrong = trouble(http, get()).error

    assert type(wrong) is error
    assert words in str(wrong)
    assert len(script.heard) == 1


def test_refusals_carry_status_and_code(script: Script, http: Http) -> None:
    """Along with what is wrong with each argument."""
    body = {"code": "rest_invalid_param", "message": "Invalid parameter(s): types"}
    body["data"] = {"params": {"types": "unknown type"}}  # type: ignore[assignment]
    script.on("GET", "/x", Reply(body, 400))
    with pytest.raises(Refused, match="types: unknown type") as caught:
        http.send(get())

    assert (caught.value.status, caught.value.code) == (400, "rest_invalid_param")


def test_an_answer_without_content_is_one(script: Script, http: Http) -> None:
    """204 has nothing to say."""
    script.on("GET", "/x", Reply(b"", 204))

    assert http.send(get()).body is None


@pytest.mark.parametrize("status", [502, 503, 504, 429])
def test_reads_are_repeated_while_the_site_is_busy(
    script: Script, http: Http, waits: list[float], status: int
) -> None:
    """Each time it waits longer."""
    busy = Reply(b"busy", status)
    script.on("GET", "/x", busy, busy, Reply({"id": 1}))

    assert http.send(get()).body == {"id": 1}
    assert waits == [1.0, 2.0]


def test_a_busy_site_is_not_asked_for_ever(
    script: Script, http: Http, waits: list[float]
) -> None:
    """The last trouble is told."""
    script.on("GET", "/x", Reply(b"busy", 502))
    with pytest.raises(NoAnswer, match=r"overloaded.*HTTP 502"):
        http.send(get())

    assert len(waits) == http.limits.tries - 1


def test_retry_after_is_honoured_up_to_a_point(
    script: Script, http: Http, waits: list[float]
) -> None:
    """In seconds, as a date, and never an hour."""
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    script.on(
        "GET",
        "/x",
        Reply(b"", 429, (("Retry-After", "7"),)),
        Reply(b"", 503, (("Retry-After", soon),)),
        Reply(b"", 503, (("Retry-After", "3600"),)),
        Reply({}),
    )
    http.send(get())

    assert waits[0] == 7
    assert 25 < waits[1] <= 30
    assert waits[2] == 60


@pytest.mark.parametrize(
    ("reply", "times"),
    [
        (Reply(b"", 502), 1),
        (Reply(b"", 503), 1),
        (Reply(b"", 503, (("Retry-After", "1"),)), 2),
        (Reply(b"", 429), 2),
    ],
)
def test_writes_are_repeated_only_where_nothing_was_done(
    script: Script, http: Http, reply: Reply, times: int
) -> None:
    """A gateway's error may come after the work; asking for patience comes before."""
    script.on("POST", "/x", reply, Reply({"id": 1}))
    result = http.exchange(post())

    assert len(script.heard) == times
    assert isinstance(result, Answer) is (times == 2)


def test_a_repeated_request_tells_that_an_earlier_one_was_lost(
    script: Script, http: Http
) -> None:
    """So that its refusal can be read as "it was me"."""
    script.on("POST", "/x", Reply(b"", 504), refusal(500, "bp_rest_already"))
    wrong = trouble(http, replace(post(), repeatable=True))

    assert wrong.before
    assert not trouble(http, replace(post(), repeatable=True)).before


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
