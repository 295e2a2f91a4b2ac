"""Words that must not be shown: in a log, a traceback, a report."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Secret:
    """A password or the like; only :meth:`reveal` shows it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The words themselves, for whoever sends or keeps them."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __str__(self) -> str:
        return "…"

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


class Hidden(str):
    """A header's value that a traceback with locals does not show."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


class Credentials(Protocol):
    """Says who we are, request by request."""

    def headers(self, url: str) -> Mapping[str, str]:
        """What goes along with a request to an address."""


class Login:
    """A user name and an application password, as a site is told them."""

    __slots__ = ("_password", "header", "user")

    def __init__(self, user: str, password: Secret) -> None:
        pair = f"{user}:{password.reveal()}".encode()
        self.user = user
        self._password = password
        self.header = Hidden("Basic " + b64encode(pair).decode("ascii"))

    def headers(self, url: str) -> Mapping[str, str]:
        """What goes along with a request to an address."""
        del url
        return {"Authorization": self.header}

    @property
    def password(self) -> str:
        """The password itself, for the one door that has it in the body."""
        return self._password.reveal()

    def __repr__(self) -> str:
        return f"Login({self.user!r})"
