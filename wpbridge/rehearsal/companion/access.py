"""Who may ask the companion, and how it says no."""

from typing import Any

from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.visit import Visit

SWITCHES = ("acting", "cookies", "quiet", "dates")
OPTION = "wpbridge_companion"


def moderate(visit: Visit) -> None:
    """For what BuddyPress's moderators may do."""
    if not visit.moderates:
        forbid(visit)


def forbid(visit: Visit) -> None:
    """Say no."""
    message = "Sorry, you are not allowed to do that."
    raise visit.denied(message, "wpbridge_forbidden")


def on(visit: Visit, switch: str) -> bool:
    """Whether an administrator turned it on."""
    return switch in visit.store.option(OPTION, [])


def invalid(name: str, message: str = "Invalid parameter.") -> Refusal:
    """The refusal of an argument that has a check of its own."""
    return Refusal(
        "rest_invalid_param",
        f"Invalid parameter(s): {name}",
        400,
        params={name: message},
        details=[],
    )


def wrong(what: str, message: str, status: int = 400) -> Refusal:
    """The refusal of something in a call, or in what is queued."""
    return Refusal(f"wpbridge_refused_{what}", message, status)


def heed_quiet(visit: Visit, *, wanted: bool) -> None:
    """Refuse to be quiet where that is off."""
    if wanted and not on(visit, "quiet"):
        raise wrong("quiet", "Quiet calls are not switched on here.", 403)


def missing(what: str, code: str, status: int = 404) -> Refusal:
    """The refusal where there is none of something."""
    return Refusal(f"wpbridge_no_{code}", f"There is no such {what}.", status)


def number(value: Any) -> bool:
    """Whether it is a whole number above zero, and no text."""
    return type(value) is int and value > 0
