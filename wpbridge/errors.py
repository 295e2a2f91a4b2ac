"""
Every error that wpbridge raises on purpose, as one tree.

    WpbridgeError                   exit code
    ├── UsageError                  3   the call's words are off
    ├── BlueprintError              3   the files are off: every problem with its place
    ├── UnsafePlan                  4   the guard withholds what nobody allowed
    ├── SiteError
    │   ├── LoginRefused            5   the site does not know us
    │   ├── NotSupported            5   the site lacks what is needed
    │   ├── Refused                 1   the site answered with an error of its own
    │   │   └── NotFound            1   there is no such thing there
    │   └── NoAnswer                6   nothing came back, or nothing that can be read
    └── Locked                      6   another apply is at work on this site
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Place(NamedTuple):
    """Where in a file something is written; lines and columns count from 1."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """``club.yaml:14:5``, or only what is known of it."""
        return ":".join(str(part) for part in self if part)


class Problem(NamedTuple):
    """One thing that is wrong in a file, with what to do about it."""

    place: Place
    message: str

    def __str__(self) -> str:
        """``club.yaml:14:5: `grups` is not a section; did you mean `groups`?``."""
        return f"{self.place}: {self.message}"


class WpbridgeError(Exception):
    """The root of the tree; ``exit_code`` is what the command line ends with."""

    exit_code: ClassVar[int] = 1


class UsageError(WpbridgeError):
    """The call's words are off."""

    exit_code = 3


class BlueprintError(WpbridgeError):
    """The files are off; ``problems`` has all that is wrong with them."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(each) for each in self.problems))


class UnsafePlan(WpbridgeError):
    """The plan would lose too much, or open what was closed."""

    exit_code = 4


class SiteError(WpbridgeError):
    """Anything that goes wrong between us and the site."""

    exit_code = 6


class LoginRefused(SiteError):
    """The site does not take this login."""

    exit_code = 5


class NotSupported(SiteError):
    """The site lacks what is needed: BuddyPress, a component, a right."""

    exit_code = 5


class NoAnswer(SiteError):
    """
    Nothing came back, or nothing that can be read.

    ``sent`` tells that the request may have reached the site all the same, so that
    what it asked for may have been done.
    """

    exit_code = 6

    def __init__(self, message: str, *, sent: bool = False) -> None:
        self.sent = sent
        super().__init__(message)


class Refused(SiteError):
    """
    The site answered with an error of its own.

    ``status`` is the HTTP status, ``code`` WordPress's word for the error, such as
    ``bp_rest_group_member_failed_to_join``, empty where there was none.
    """

    exit_code = 1

    def __init__(self, message: str, *, status: int = 0, code: str = "") -> None:
        self.status = status
        self.code = code
        super().__init__(message)


class NotFound(Refused):
    """There is no such thing on the site."""


class Locked(WpbridgeError):
    """Another apply is at work on the same site."""

    exit_code = 6
