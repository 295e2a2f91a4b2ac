"""
The old door: XML-RPC, for what WordPress's REST API lacks or somebody has closed.

- ``Client()`` of python-wordpress-xmlrpc asks for the methods as it is made, so it is
  made late; its own transport would open connections past :mod:`wpbridge.site.http`.
- Its results are left as they come (``results_class=None``): version 2.3 makes lists
  of objects with ``collections.Iterable``, gone since Python 3.10.
- An answer that declares a document type is not read: entities could grow without end.
"""

from __future__ import annotations

from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError
from xmlrpc.client import (
    ExpatParser,
    Fault,
    ResponseError,
    Transport,
    Unmarshaller,
)

from wordpress_xmlrpc import AuthenticatedMethod, Client
from wordpress_xmlrpc.exceptions import (
    InvalidCredentialsError,
    UnsupportedXmlrpcMethodError,
    XmlrpcDisabledError,
)

from wpbridge.errors import LoginRefused, NoAnswer, NotFound, NotSupported, Refused
from wpbridge.site.answer import Trouble, plain
from wpbridge.site.wire import Request

if TYPE_CHECKING:
    from wpbridge.errors import SiteError
    from wpbridge.site.http import Http, Raw


class Xmlrpc:
    """Methods of one site, called under the login of its session."""

    def __init__(self, http: Http, url: str) -> None:
        self._http = http
        self._url = f"{url}/xmlrpc.php"
        self._client: Any = None
        self._lock = Lock()

    def call(self, name: str, *args: Any) -> Any:
        """Call a method such as ``wp.getPosts``; raises what went wrong."""
        login = self._http.login
        if login is None:
            raise LoginRefused("XML-RPC takes a login")
        try:
            return self._ready(login.user, login.password).call(_Method(name, args))
        except (Fault, InvalidCredentialsError, XmlrpcDisabledError) as error:
            wrong = _fault(name, error)
        except UnsupportedXmlrpcMethodError:
            wrong = NotSupported(f"{name}: the site does not know it over XML-RPC")
        except (ExpatError, ResponseError, ValueError, LookupError):
            wrong = NoAnswer(f"{name}: the answer is no XML-RPC", sent=True)
        raise wrong

    def _ready(self, user: str, password: str) -> Any:
        with self._lock:
            if self._client is None:
                way = _Way(self._http, self._url)
                self._client = Client(self._url, user, password, transport=way)
            return self._client


class _Method(AuthenticatedMethod):  # type: ignore[misc]  # untyped
    """A method and its arguments, whose result is left as it comes."""

    def __init__(self, name: str, args: tuple[Any, ...]) -> None:
        super().__init__()
        self.method_name = name
        self._args = tuple(_bare(each) for each in args)

    def get_args(self, client: Any) -> tuple[Any, ...]:
        """The login, and what is said."""
        return (*self.default_args(client), *self._args)


class _Way(Transport):
    """Sends over our own session."""

    def __init__(self, http: Http, url: str) -> None:
        super().__init__()
        self._http = http
        self._url = url

    def request(
        self,
        host: Any,
        handler: str,
        request_body: Any,
        verbose: bool = False,  # noqa: FBT001, FBT002 - xmlrpc.client's signature
    ) -> Any:
        """Send a call, and read its answer."""
        del host, handler, verbose
        ask = Request(
            "POST", self._url, "/xmlrpc.php", request_body, "text/xml", login=None
        )
        raw = self._http.raw(ask)
        if isinstance(raw, Trouble):
            raise raw.error
        return _read(raw)


class _Careful(ExpatParser):
    """Reads no document that brings its own entities."""

    def __init__(self, target: Unmarshaller) -> None:
        super().__init__(target)
        parser: Any = self._parser  # type: ignore[attr-defined]  # xmlrpc.client's own
        parser.StartDoctypeDeclHandler = self._refuse

    @staticmethod
    def _refuse(*_: object) -> None:
        raise ResponseError("a document type")


def _bare(value: Any) -> Any:
    """The same without types of ours, which xmlrpc.client does not write."""
    match value:
        case str():
            return str.__str__(value)
        case dict():
            return {key: _bare(each) for key, each in value.items()}
        case _:
            return value


def _read(raw: Raw) -> Any:
    if raw.status != HTTPStatus.OK or b"<methodResponse" not in raw.data:
        raise NotSupported(f"XML-RPC is closed on the site (HTTP {raw.status})")
    target = Unmarshaller()
    parser = _Careful(target)
    parser.feed(raw.data)
    parser.close()
    return target.close()


def _fault(name: str, error: Exception) -> SiteError:
    """What the site says is wrong, as an error of ours."""
    said = f"{name}: {plain(getattr(error, 'faultString', error))}"
    if isinstance(error, InvalidCredentialsError):
        return LoginRefused(f"{said} (XML-RPC)")
    if isinstance(error, XmlrpcDisabledError):
        return NotSupported(f"{said} (XML-RPC)")
    status = int(getattr(error, "faultCode", 0))
    kind = NotFound if status == HTTPStatus.NOT_FOUND else Refused
    return kind(f"{said} (XML-RPC, {status})", status=status, code=f"xmlrpc_{status}")
