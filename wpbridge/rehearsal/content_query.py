"""Which pages, posts and the like a request asks for."""

from typing import Any

from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import like, marks
from wpbridge.rehearsal.visit import Visit

_CAPABILITIES = {
    "page": "edit_pages",
    "buddypress": "edit_pages",
    "wp_navigation": "edit_theme_options",
}
_VISIBLE = "status NOT IN ('trash', 'auto-draft', 'inherit')"


def edits(visit: Visit, kind: str) -> bool:
    """Whether the caller may edit posts of that type."""
    return visit.can(_CAPABILITIES.get(kind, "edit_posts"))


def conditions(visit: Visit, kind: str) -> tuple[str, list[Any]]:
    """What a collection's parameters leave, as a WHERE and its values."""
    parts, values = ["type = ?"], list[Any]([kind])
    for name, column, negate in (
        ("include", "id", ""),
        ("exclude", "id", "NOT "),
        ("slug", "slug", ""),
        ("parent", "parent", ""),
        ("author", "author", ""),
    ):
        if visit.get(name):
            parts.append(f"{column} {negate}IN ({marks(visit.get(name))})")
            values += visit.get(name)
    if visit.get("search"):
        parts.append("(title LIKE ? ESCAPE '\\' OR content LIKE ? ESCAPE '\\')")
        values += [like(visit.get("search"))] * 2
    wanted = visit.get("status") or ["publish"]
    if wanted != ["publish"] and kind != "attachment" and not edits(visit, kind):
        _forbid_status(visit)
    if "any" in wanted:
        parts.append(_VISIBLE)
    else:
        parts.append(f"status IN ({marks(wanted)})")
        values += wanted
    if visit.get("media_type"):
        parts.append("json_extract(extra, '$.mime') LIKE ?")
        values.append(f"{visit.get('media_type')}/%")
    return " AND ".join(parts), values


def _forbid_status(visit: Visit) -> None:
    status = 401 if visit.anonymous else 403
    message = "Status is forbidden."
    fault = {
        "code": "rest_forbidden_status",
        "message": message,
        "data": {"status": status},
    }
    raise Refusal(
        "rest_invalid_param",
        "Invalid parameter(s): status",
        400,
        params={"status": message},
        details={"status": fault},
    )
