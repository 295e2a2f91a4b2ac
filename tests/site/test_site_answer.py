"""What a site answers, and what may be asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site.scripted import (
    Reply,
    Script,
    get,
    post,
    refusal,
    trouble,
)
from wpbridge.errors import (
    LoginRefused,
    NoAnswer,
    NotFound,
    NotSupported,
    Refused,
    SiteError,
)
from wpbridge.site.answer import Answer
from wpbridge.site.causes import CAUSES
from wpbridge.site.trying import Limits

if TYPE_CHECKING:
    from wpbridge.site.http import Http


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


CODES = Path(__file__).with_name("refusals.txt").read_text("utf-8").split()
"""Those that BuddyPress 12, 14 and 15 answer with an HTTP 500."""


def test_each_refusal_without_a_reason_is_known() -> None:
    """There is a cause for each code, and for nothing else."""
    assert sorted(CAUSES) == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_without_a_reason_names_a_cause(
    script: Script, http: Http, code: str
) -> None:
    """It says what to look at, beside what the site says."""
    script.on("GET", "/x", refusal(500, code, "Cannot."))
    said = str(trouble(http, get()).error)

    assert said.endswith(f"Cannot. ({code}, HTTP 500); {CAUSES[code]}")


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


def test_retry_after_is_of_the_sites_clock(
    script: Script, http: Http, waits: list[float]
) -> None:
    """A date says how long to wait by the date that the answer itself has."""
    then = datetime(2020, 1, 1, tzinfo=UTC)
    dates = (
        ("Date", format_datetime(then, usegmt=True)),
        ("Retry-After", format_datetime(then + timedelta(seconds=20), usegmt=True)),
    )
    script.on("GET", "/x", Reply(b"", 503, dates), Reply({}))
    http.send(get())

    assert waits == [20]


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


@pytest.mark.parametrize("status", [403, 405, 501])
def test_where_put_is_blocked_it_goes_as_a_post(
    script: Script, http: Http, status: int
) -> None:
    """Once that works, every PUT and DELETE goes so at once."""
    blocked = Reply(b"<h1>No</h1>", status)
    script.on("PUT", "/x", blocked)
    script.on("POST", "/x", Reply({"id": 1}))
    for method in ("PUT", "PUT", "DELETE"):
        assert http.send(replace(post(), method=method)).body == {"id": 1}
    http.send(post())

    assert [(each.method, each.override) for each in script.heard] == [
        ("PUT", ""),
        ("POST", "PUT"),
        ("POST", "PUT"),
        ("POST", "DELETE"),
        ("POST", ""),
    ]


def test_a_post_that_is_blocked_too_is_no_way(script: Script, http: Http) -> None:
    """The first refusal is told, and what WordPress says is not taken for one."""
    script.on("PUT", "/x", Reply(b"<h1>No</h1>", 405))
    script.on("POST", "/x", Reply(b"<h1>No</h1>", 403))
    script.on("DELETE", "/x", refusal(501, "rest_trash_not_supported"))
    wrong = trouble(http, replace(post(), method="PUT"))
    trouble(http, replace(post(), method="DELETE"))

    assert "PUT /x: the web server does not let this method" in str(wrong.error)
    assert [each.override for each in script.heard] == ["", "PUT", ""]


def test_a_repeated_request_tells_that_an_earlier_one_was_lost(
    script: Script, http: Http
) -> None:
    """So that its refusal can be read as "it was me"."""
    script.on("POST", "/x", Reply(b"", 504), refusal(500, "bp_rest_already"))
    wrong = trouble(http, replace(post(), repeatable=True))

    assert wrong.before
    assert not trouble(http, replace(post(), repeatable=True)).before
