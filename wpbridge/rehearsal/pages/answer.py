"""A request to a page, answered with the headers that keep it harmless."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from werkzeug.wrappers import Request, Response

from wpbridge.rehearsal.pages.look import Look, Missing
from wpbridge.rehearsal.pages.views import frame, view
from wpbridge.rehearsal.store import Store

STYLE = "/wp-content/themes/rehearsal/style.css"
UPLOADS = "/wp-content/uploads/"
_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self' data:; style-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}


def answer(
    store: Store, url: str, clock: Callable[[], datetime], request: Request
) -> Response:
    """Answer with a page, an upload, or the style sheet; only ever reads."""
    response = _answer(store, url, clock, request)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    # What rest_output_link_header sends, by which a client finds the API.
    response.headers["Link"] = f'<{url}/wp-json/>; rel="https://api.w.org/"'
    return response


def _answer(
    store: Store, url: str, clock: Callable[[], datetime], request: Request
) -> Response:
    if request.path.endswith(".php"):
        return Response("Not found.\n", 404)  # no XML-RPC, no wp-admin
    if request.method not in ("GET", "HEAD"):
        return Response("Read only.\n", 405, headers={"Allow": "GET, HEAD"})
    if request.path == STYLE:
        return Response(_style(), mimetype="text/css")
    if request.path.startswith(UPLOADS):
        return _upload(store, request.path.removeprefix(UPLOADS))
    look = Look(store, url, clock(), request.path, request.args.to_dict())
    # Read under the lock; drawn without it.
    with store.lock:
        told = frame(look)
        try:
            (template, more), status = view(look), 200
        except Missing:
            template, more, status = "missing", {}, 404
    body = (
        _templates()
        .get_template(f"{template}.html")
        .render(told, look=look, style=STYLE, **more)
    )
    return Response(body, status, content_type="text/html; charset=UTF-8")


def _upload(store: Store, path: str) -> Response:
    with store.lock:
        query = "SELECT content_type, body FROM uploads WHERE path = ?"
        found = store.row(query, path)
    if not found:
        return Response("Not found.\n", 404)
    if found["content_type"] in _PICTURES:
        return Response(found["body"], content_type=found["content_type"])
    # A picture that can hold scripts, or no picture: to be kept, not shown.
    headers = {"Content-Disposition": "attachment"}
    return Response(found["body"], mimetype="application/octet-stream", headers=headers)


@cache
def _style() -> str:
    return files(__package__ or "").joinpath("style.css").read_text("utf-8")


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("wpbridge.rehearsal.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = _day
    environment.filters["moment"] = _moment
    return environment


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def _day(when: datetime) -> str:
    """``Tue 6 Jan 2026``, whatever language the computer speaks."""
    return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]} {when.year}"


def _moment(when: datetime) -> str:
    """``Tue 6 Jan 2026, 15:00``."""
    return f"{_day(when)}, {when:%H:%M}"
