"""Uploaded files, as the site serves them."""

from werkzeug.wrappers import Response

from wpbridge.rehearsal.store import Store

UPLOADS = "/wp-content/uploads/"


def served(store: Store, path: str) -> Response | None:
    """The upload at a path, or None."""
    if not path.startswith(UPLOADS):
        return None
    found = store.row(
        "SELECT content_type, body FROM uploads WHERE path = ?",
        path.removeprefix(UPLOADS),
    )
    if not found:
        return Response("Not found", 404)
    return Response(found["body"], content_type=found["content_type"])
