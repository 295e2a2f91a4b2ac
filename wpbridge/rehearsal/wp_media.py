"""``/wp/v2/media``: uploads that are no avatars."""

import io
import json
import re
from typing import Any

import imagesize

from wpbridge.rehearsal.contents import said
from wpbridge.rehearsal.people import UPLOADS
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import paragraphs, slugged, texturize
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply

_NAME = re.compile(r"filename=\"?([^\";]+)\"?")
_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
}


def get_items(visit: Visit) -> Reply:
    """A page of media, the newest first."""
    slugs = visit.get("slug") or []
    rows = visit.store.rows(
        "SELECT * FROM posts WHERE type = 'attachment' ORDER BY date_gmt DESC, id DESC"
    )
    rows = [row for row in rows if not slugs or row["slug"] in slugs]
    per_page, start = visit.slice
    headers = {
        "X-WP-Total": str(len(rows)),
        "X-WP-TotalPages": str(-(-len(rows) // per_page)),
    }
    shown = rows[start : start + per_page]
    return Reply([_prepared(visit, row) for row in shown], headers=headers)


def _media(visit: Visit) -> Row:
    found = visit.store.row(
        "SELECT * FROM posts WHERE type = 'attachment' AND id = ?", visit.number("id")
    )
    if not found:
        raise Refusal("rest_post_invalid_id", "Invalid post ID.", 404)
    return found


def get_item(visit: Visit) -> Any:
    """One of them."""
    return _prepared(visit, _media(visit))


def _file(visit: Visit) -> tuple[str, bytes]:
    """Name and bytes, from a form part or from the raw body."""
    if visit.upload is not None:
        return visit.upload.filename or "upload", visit.upload.read()
    disposition = visit.headers.get("Content-Disposition", "") if visit.headers else ""
    if not visit.raw_body:
        raise Refusal("rest_upload_no_data", "No data supplied.", 400)
    if not disposition:
        message = "No Content-Disposition supplied."
        raise Refusal("rest_upload_no_content_disposition", message, 400)
    found = _NAME.search(disposition)
    if not found:
        message = (
            "Invalid Content-Disposition supplied. Content-Disposition needs to be "
            'formatted as `attachment; filename="image.png"` or similar.'
        )
        raise Refusal("rest_upload_invalid_disposition", message, 400)
    return found[1], visit.raw_body


def create_item(visit: Visit) -> Reply:
    """Take a file."""
    if not visit.can("upload_files"):
        message = "Sorry, you are not allowed to create posts as this user."
        raise visit.denied(message, "rest_cannot_create")
    name, body = _file(visit)
    stem, _, ending = name.rpartition(".")
    kind = _TYPES.get(ending.lower())
    if not kind:
        message = "Sorry, you are not allowed to upload this file type."
        raise Refusal("rest_upload_sideload_error", message, 500)
    folder = visit.now.strftime("%Y/%m")
    path, number = f"{folder}/{name}", 1
    while visit.store.value("SELECT 1 FROM uploads WHERE path = ?", path):
        path, number = f"{folder}/{stem}-{number}.{ending}", number + 1
    width, height = imagesize.get(io.BytesIO(body))
    extra = {"path": path, "mime": kind, "alt": visit.get("alt_text", "")}
    identity = visit.store.insert(
        "posts",
        type="attachment",
        slug=slugged(stem),
        status="inherit",
        author=visit.me,
        parent=visit.number("post"),
        title=said(visit, "title") or stem,
        content=said(visit, "description") or "",
        excerpt=said(visit, "caption") or "",
        date_gmt=visit.stamp,
        modified_gmt=visit.stamp,
        extra=json.dumps({**extra, "width": width, "height": height}),
    )
    visit.store.insert(
        "uploads", path=path, owner=f"media/{identity}", content_type=kind, body=body
    )
    visit.params.path["id"] = str(identity)
    where = f"{visit.root}/wp/v2/media/{identity}"
    return Reply(_prepared(visit, _media(visit)), 201, {"Location": where})


def update_item(visit: Visit) -> Any:
    """Change what is said of a file."""
    found = _media(visit)
    if not visit.can("upload_files"):
        message = "Sorry, you are not allowed to edit this post."
        raise visit.denied(message, "rest_cannot_edit")
    columns = {"title": "title", "caption": "excerpt", "description": "content"}
    sets: dict[str, Any] = {
        column: said(visit, name)
        for name, column in columns.items()
        if said(visit, name) is not None
    }
    if visit.params.given("alt_text"):
        extra = {**json.loads(found["extra"]), "alt": visit.get("alt_text")}
        sets["extra"] = json.dumps(extra)
    visit.store.update("posts", found["id"], **sets)
    return _prepared(visit, _media(visit))


def delete_item(visit: Visit) -> Any:
    """Delete a file; media have no trash."""
    found = _media(visit)
    if not visit.can("edit_others_posts"):
        message = "Sorry, you are not allowed to delete this post."
        raise visit.denied(message, "rest_user_cannot_delete_post")
    if not visit.get("force"):
        message = "The post does not support trashing. Set 'force=true' to delete."
        raise Refusal("rest_trash_not_supported", message, 501)
    previous = _prepared(visit, found)
    visit.store.run("DELETE FROM uploads WHERE owner = ?", f"media/{found['id']}")
    visit.store.run("DELETE FROM posts WHERE id = ?", found["id"])
    return {"deleted": True, "previous": previous}


def _prepared(visit: Visit, row: Row) -> dict[str, Any]:
    extra = json.loads(row["extra"])
    source = f"{visit.url}/{UPLOADS}/{extra['path']}"
    image = extra["mime"].startswith("image/")
    return {
        "id": row["id"],
        "date": visit.local(row["date_gmt"]),
        "date_gmt": row["date_gmt"].replace(" ", "T"),
        "guid": {"rendered": source},
        "modified": visit.local(row["modified_gmt"]),
        "modified_gmt": row["modified_gmt"].replace(" ", "T"),
        "slug": row["slug"],
        "status": row["status"],
        "type": "attachment",
        "link": f"{visit.url}/{row['slug']}/",
        "title": {"raw": row["title"], "rendered": texturize(row["title"])},
        "author": row["author"],
        "caption": {"rendered": paragraphs(texturize(row["excerpt"]))},
        "description": {"rendered": paragraphs(texturize(row["content"]))},
        "alt_text": extra["alt"],
        "media_type": "image" if image else "file",
        "mime_type": extra["mime"],
        "media_details": {
            "width": extra["width"],
            "height": extra["height"],
            "file": extra["path"],
            "sizes": {},
        }
        if image
        else {},
        "post": row["parent"] or None,
        "source_url": source,
        "_links": {"self": [{"href": f"{visit.root}/wp/v2/media/{row['id']}"}]},
    }


_BASE = "/wp/v2/media"
ROUTES = {
    f"GET {_BASE}": get_items,
    f"POST {_BASE}": create_item,
    f"GET {_BASE}/<id>": get_item,
    f"EDIT {_BASE}/<id>": update_item,
    f"DELETE {_BASE}/<id>": delete_item,
}
