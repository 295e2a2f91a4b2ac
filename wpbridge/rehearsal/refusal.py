"""How a route says no: WordPress's ``WP_Error``, raised."""

from typing import Any


class Refusal(Exception):
    """An error reply, as ``rest_convert_error_to_response`` would write it."""

    def __init__(
        self, code: str, message: str, status: int | None = 500, **data: Any
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.code = code
        self.message = message
        self.status = status or 500
        # An error without data answers HTTP 500 and "data": null.
        self.data = None if status is None else {"status": status, **data}

    def body(self) -> dict[str, Any]:
        """The JSON that goes out."""
        return {"code": self.code, "message": self.message, "data": self.data}


class Fatal(Exception):
    """A fatal error of PHP: HTTP 500 and a page instead of JSON."""

    page = "<!DOCTYPE html><title>Error</title><p>There has been a critical error.</p>"


def denied(visit_is_anonymous: bool, message: str, code: str = "") -> Refusal:  # noqa: FBT001 - reads as a fact
    """BuddyPress's usual refusal: 401 to strangers, 403 to the logged in."""
    return Refusal(
        code or "bp_rest_authorization_required",
        message,
        401 if visit_is_anonymous else 403,
    )
