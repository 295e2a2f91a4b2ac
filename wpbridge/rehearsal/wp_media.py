"""``/wp/v2/media``: uploads that are no avatars."""

import io
import json
import re
from pathlib import Path
from typing import Any

import imagesize

from wpbridge.rehearsal.contents import free_slug, prepared, said
from wpbridge.rehearsal.image_sizes import details, processing
from wpbridge.rehearsal.people import UPLOADS
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import (
    escape,
    paragraphs,
    slugged,
    strip_text,
    texturize,
)
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply
from wpbridge.rehearsal.wp_content import get_items as contents

_NAME = re.compile(r"filename=\"?([^\";]+)\"?")
_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "txt": "text/plain",
}


def get_items(visit: Visit) -> Reply:
    """A page of media, the newest first."""
    return contents(visit, "attachment", _prepared)


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
    title, _, ending = name.rpartition(".")
    stem = title
    kind = _TYPES.get(ending.lower())
    if not kind:
        message = "Sorry, you are not allowed to upload this file type."
        raise Refusal("rest_upload_sideload_error", message, 500)
    folder, stem = visit.now.strftime("%Y/%m"), stem.replace(" ", "-")
    path, number = f"{folder}/{stem}.{ending}", 1
    while visit.store.value("SELECT 1 FROM uploads WHERE path = ?", path):
        path, number = f"{folder}/{stem}-{number}.{ending}", number + 1
    if visit.version.older_wordpress:
        title = Path(path).stem
    width, height = imagesize.get(io.BytesIO(body))
    extra = {"path": path, "mime": kind, "alt": _plain(visit), "size": len(body)}
    identity = visit.store.insert(
        "posts",
        type="attachment",
        slug=free_slug(visit, "attachment", _slug(visit, title), 0),
        status="inherit",
        author=visit.me,
        parent=visit.number("post"),
        title=said(visit, "title") or title,
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
    return Reply(_prepared(visit, _media(visit), "edit"), 201, {"Location": where})


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
        extra = {**json.loads(found["extra"]), "alt": _plain(visit)}
        sets["extra"] = json.dumps(extra)
    if visit.get("slug"):
        slug = slugged(visit.get("slug"))
        sets["slug"] = free_slug(visit, "attachment", slug, 0, found["id"])
    visit.store.update("posts", found["id"], **sets)
    return _prepared(visit, _media(visit), "edit")


def _slug(visit: Visit, title: str) -> str:
    return slugged(visit.get("slug") or said(visit, "title") or title)


def _plain(visit: Visit) -> str:
    """``alt_text`` without tags, as its schema has it cleaned."""
    return strip_text(str(visit.get("alt_text", "")))


def delete_item(visit: Visit) -> Any:
    """Delete a file; media have no trash."""
    found = _media(visit)
    if not visit.can("edit_others_posts"):
        message = "Sorry, you are not allowed to delete this post."
        raise visit.denied(message, "rest_cannot_delete")
    if not visit.get("force"):
        message = "The post does not support trashing. Set 'force=true' to delete."
        raise Refusal("rest_trash_not_supported", message, 501)
    previous = _prepared(visit, found, "edit")
    visit.store.run("DELETE FROM uploads WHERE owner = ?", f"media/{found['id']}")
    visit.store.run("DELETE FROM posts WHERE id = ?", found["id"])
    return {"deleted": True, "previous": previous}


def _prepared(visit: Visit, row: Row, context: str = "") -> dict[str, Any]:
    extra = json.loads(row["extra"])
    source = f"{visit.url}/{UPLOADS}/{extra['path']}"
    item = prepared(visit, row, context)
    for name in ("content", "excerpt", "parent", "menu_order", "password"):
        item.pop(name, None)
    item["guid"] = dict.fromkeys(item["guid"], source)
    item |= {
        "link": f"{visit.url}/{row['slug']}/",
        "comment_status": "open",
        "ping_status": "closed",
        "meta": [],
        "caption": {"raw": row["excerpt"], "rendered": _caption(row, extra)},
        "description": {
            "raw": row["content"],
            "rendered": _description(row, extra, source),
        },
        "alt_text": extra["alt"],
        "media_type": "image" if _is_image(extra) else "file",
        "mime_type": extra["mime"],
        "media_details": details(extra, source, visit.version),
        "post": row["parent"] or None,
        "source_url": source,
    }
    edits = (context or visit.get("context")) == "edit"
    if edits:
        item["permalink_template"] = f"{visit.url}/?attachment_id={row['id']}"
        item["missing_image_sizes"] = []
    else:
        del item["caption"]["raw"], item["description"]["raw"]
    if visit.version.number >= 15:  # noqa: PLR2004 - versions are numbers
        item |= {"filename": Path(extra["path"]).name, "filesize": extra["size"]}
        item |= processing(extra) if edits else {}
    if visit.version.older_wordpress:
        del item["featured_media"]
    return item


def _is_image(extra: dict[str, Any]) -> bool:
    return bool(extra["mime"].startswith("image/"))


def _caption(row: Row, extra: dict[str, Any]) -> str:
    # Of a file without one, the text that stands for the file is cut short.
    text = row["excerpt"] or ("" if _is_image(extra) else row["title"])
    return paragraphs(texturize(text))


def _description(row: Row, extra: dict[str, Any], source: str) -> str:
    """``prepend_attachment``: the file, above what is said of it."""
    shown = escape(row["title"])
    if _is_image(extra):
        shown = f'<img src="{source}" alt="{escape(extra["alt"])}" />'
    file = f"<p class=\"attachment\"><a href='{source}'>{shown}</a></p>\n"
    return file + paragraphs(texturize(row["content"]))


_BASE = "/wp/v2/media"
ROUTES = {
    f"GET {_BASE}": get_items,
    f"POST {_BASE}": create_item,
    f"GET {_BASE}/<id>": get_item,
    f"EDIT {_BASE}/<id>": update_item,
    f"DELETE {_BASE}/<id>": delete_item,
}
