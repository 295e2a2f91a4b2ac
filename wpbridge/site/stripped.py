"""
Why a login is not taken, where the REST API cannot tell.

A web server that strips the Authorization header looks just like a wrong password. Over
XML-RPC the same login travels in the body, so whoever is let in there has it right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpbridge.site.answer import Trouble
from wpbridge.site.wire import Request

if TYPE_CHECKING:
    from wpbridge.site.http import Http
    from wpbridge.site.secret import Login
    from wpbridge.site.session import Session


def is_header_stripped(http: Http, url: str, login: Login | Session) -> bool | None:
    """Tell whether the login is right and does not arrive; ``None`` if nobody knows."""
    from xmlrpc.client import dumps  # noqa: PLC0415 - for the unlucky only

    body = dumps((login.user, login.password), "wp.getUsersBlogs").encode()
    ask = Request(
        "POST", f"{url}/xmlrpc.php", "/xmlrpc.php", body, "text/xml", login=None
    )
    raw = http.raw(ask)
    if isinstance(raw, Trouble) or b"<methodResponse>" not in raw.data:
        return None
    if b"<fault>" not in raw.data:
        return True
    return False if b"<int>403</int>" in raw.data else None
