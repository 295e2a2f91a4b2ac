"""Requests carried to a WSGI application instead of over the network."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from werkzeug.test import EnvironBuilder, run_wsgi_app

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

ROOT = "http://embedded.example"


class WsgiAdapter(BaseAdapter):
    """A transport that calls an application."""

    def __init__(self, app: WSGIApplication) -> None:
        super().__init__()
        self.app = app

    def send(
        self, request: requests.PreparedRequest, *_rest: Any, **_options: Any
    ) -> requests.Response:
        """The application's answer to one request."""
        body = request.body or b""
        environ = EnvironBuilder(
            method=request.method or "GET",
            base_url=ROOT,
            path=request.path_url,
            headers=list(request.headers.items()),
            input_stream=BytesIO(body.encode() if isinstance(body, str) else body),
        ).get_environ()
        chunks, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        answer = requests.Response()
        answer.request = request
        answer.url = request.url or ROOT
        answer.status_code = int(status.split()[0])
        answer.headers = CaseInsensitiveDict(headers.items())
        answer.encoding = "utf-8"
        answer.raw = BytesIO(b"".join(chunks))
        return answer

    def close(self) -> None:
        """Nothing to close."""


def session(app: WSGIApplication) -> requests.Session:
    """A session whose requests to ``ROOT`` reach ``app``."""
    made = requests.Session()
    made.trust_env = False
    made.mount(ROOT, WsgiAdapter(app))
    return made
