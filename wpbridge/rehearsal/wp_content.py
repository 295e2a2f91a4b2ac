"""``/wp/v2/pages``, ``/posts`` and BuddyPress's directory pages."""

import json
import re
from collections.abc import Callable
from typing import Any

from wpbridge.rehearsal import dates
from wpbridge.rehearsal.articles import record_post
from wpbridge.rehearsal.blocks import rewritten
from wpbridge.rehearsal.content_query import conditions, edits
from wpbridge.rehearsal.contents import (
    free_slug,
    link,
    prepared,
    rest_base,
    said,
    written,
)
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import slugged
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply

_ORDERS = {
    "date": "date_gmt",
    "id": "id",
    "modified": "modified_gmt",
    "slug": "slug",
    "title": "title COLLATE words",
    "menu_order": "menu_order",
    "parent": "parent",
    "author": "author",
}


def get_items(
    visit: Visit, kind: str, tell: Callable[[Visit, Row], Any] = prepared
) -> Reply:
    """A page of pages or posts."""
    if visit.get("context") == "edit" and not edits(visit, kind):
        message = "Sorry, you are not allowed to edit posts in this post type."
        raise visit.denied(message, "rest_forbidden_context")
    where, values = conditions(visit, kind)
    direction = "ASC" if visit.get("order") == "asc" else "DESC"
    order = _ORDERS.get(visit.get("orderby"), "date_gmt")
    order = f"{order} {direction}, id {direction}"
    return visit.listed("posts", where, values, order=order, tell=tell, bounded=True)


def _post(visit: Visit, kind: str) -> Row:
    found = visit.store.row(
        "SELECT * FROM posts WHERE id = ? AND type = ?", visit.number("id"), kind
    )
    if not found:
        raise Refusal("rest_post_invalid_id", "Invalid post ID.", 404)
    return found


def get_item(visit: Visit, kind: str) -> Any:
    """One page or post."""
    found = _post(visit, kind)
    if visit.get("context") == "edit" and not edits(visit, kind):
        message = "Sorry, you are not allowed to edit this post."
        raise visit.denied(message, "rest_forbidden_context")
    if found["status"] not in ("publish", "inherit") and not edits(visit, kind):
        message = "Sorry, you are not allowed to do that."
        raise visit.denied(message, "rest_forbidden")
    return prepared(visit, found)


def create_item(visit: Visit, kind: str) -> Reply:
    """A new page or post; a draft unless told."""
    author = visit.number("author") or visit.me
    if not visit.user(author) and not visit.anonymous:
        raise Refusal("rest_invalid_author", "Invalid author ID.", 400)
    if author != visit.me and not visit.can("edit_others_posts"):
        message = "Sorry, you are not allowed to create posts as this user."
        raise visit.denied(message, "rest_cannot_edit_others")
    if not edits(visit, kind):
        message = "Sorry, you are not allowed to create posts as this user."
        raise visit.denied(message, "rest_cannot_create")
    sets = _values(visit, kind, None)
    if kind == "post" and not (sets.keys() & {"title", "content", "excerpt"}):
        # wp_insert_post, for types that have all three
        message = "Content, title, and excerpt are empty."
        raise Refusal("empty_content", message, 400)
    status = sets.setdefault("status", "draft")
    title = sets.setdefault("title", "")
    parent = sets.setdefault("parent", 0)
    slug = slugged(visit.get("slug") or "")
    if not slug and status not in ("draft", "pending"):
        slug = slugged(title)
    sets["slug"] = free_slug(visit, kind, slug, parent) if slug else ""
    sets.setdefault("date_gmt", visit.stamp)
    sets.setdefault("comment_status", "closed" if kind == "page" else "open")
    identity = visit.store.insert(
        "posts", type=kind, **{"author": author, "modified_gmt": visit.stamp, **sets}
    )
    if not sets["slug"] and status not in ("draft", "pending"):
        visit.store.update("posts", identity, slug=str(identity))
    visit.params.path["id"] = str(identity)
    visit.store.update("posts", identity, guid=link(visit, _post(visit, kind)))
    found = _post(visit, kind)
    record_post(visit, found)
    where = f"{visit.root}/wp/v2/{rest_base(kind)}/{identity}"
    return Reply(prepared(visit, found, "edit"), 201, {"Location": where})


def _values(visit: Visit, kind: str, found: Row | None) -> dict[str, Any]:
    """``prepare_item_for_database``: only what the request speaks of."""
    sets: dict[str, Any] = {}
    for name in ("title", "content", "excerpt"):
        text = said(visit, name)
        if text is not None:
            sets[name] = written(visit, text)
    for name in ("status", "menu_order", "template", "comment_status", "author"):
        if visit.params.given(name):
            sets[name] = visit.get(name)
    if visit.params.given("featured_media"):
        sets["featured_media"] = visit.number("featured_media")
    if kind == "page" and visit.params.given("parent"):
        sets["parent"] = _parent(visit)
    if kind == "wp_navigation" and not visit.version.older_wordpress:
        sets |= {name: rewritten(sets[name]) for name in sets.keys() & {"content"}}
    if visit.params.given("sticky"):
        sets["extra"] = json.dumps({"sticky": visit.get("sticky")})
    sets |= _dated(visit)
    return sets | _timed(visit, sets, found)


def _timed(visit: Visit, sets: dict[str, Any], found: Row | None) -> dict[str, str]:
    """``wp_insert_post``: whatever is to come is scheduled, and nothing else."""
    known = dict(found) if found else {}
    status = sets.get("status", known.get("status"))
    date = sets.get("date_gmt", known.get("date_gmt", ""))
    if status in ("publish", "future"):
        return {"status": "future" if date > visit.stamp else "publish"}
    return {}


def _parent(visit: Visit) -> int:
    parent = visit.number("parent")
    if parent and not visit.store.value("SELECT 1 FROM posts WHERE id = ?", parent):
        raise Refusal("rest_post_invalid_id", "Invalid post parent ID.", 400)
    return parent


def _dated(visit: Visit) -> dict[str, str]:
    if visit.get("date_gmt"):
        return {"date_gmt": _moment(str(visit.get("date_gmt")))}
    if visit.get("date"):
        local = dates.parsed(_moment(str(visit.get("date"))))
        return {"date_gmt": dates.stored(local.replace(tzinfo=visit.zone))}
    return {}


def _moment(text: str) -> str:
    return re.sub(r"[Tt]", " ", text)[:19]


def update_item(visit: Visit, kind: str) -> Any:
    """Change a page or post."""
    found = _post(visit, kind)
    mine = found["author"] == visit.me
    if not edits(visit, kind) or not (mine or visit.can("edit_others_posts")):
        message = "Sorry, you are not allowed to edit this post."
        raise visit.denied(message, "rest_cannot_edit")
    sets = _values(visit, kind, found)
    parent = sets.get("parent", found["parent"])
    slug = slugged(visit.get("slug") or "") or found["slug"]
    status = sets.get("status", found["status"])
    if not slug and status not in ("draft", "pending"):
        slug = slugged(sets.get("title", found["title"]))
    if slug:
        sets["slug"] = free_slug(visit, kind, slug, parent, found["id"])
    before = link(visit, found)
    visit.store.update("posts", found["id"], **sets, modified_gmt=visit.stamp)
    found = _post(visit, kind)
    record_post(visit, found)
    told = prepared(visit, found, "edit")
    if kind == "buddypress":
        # Its address is of what BuddyPress loaded when the request began.
        told["link"] = before
    return told


def delete_item(visit: Visit, kind: str) -> Any:
    """To the trash, or away for good with ``force``."""
    found = _post(visit, kind)
    mine = found["author"] == visit.me
    if not edits(visit, kind) or not (mine or visit.can("edit_others_posts")):
        message = "Sorry, you are not allowed to delete this post."
        raise visit.denied(message, "rest_cannot_delete")
    if visit.get("force"):
        previous = prepared(visit, found, "edit")
        previous.pop("_links")
        # wp_delete_post hands the children to the parent.
        visit.store.run(
            "UPDATE posts SET parent = ? WHERE parent = ?", found["parent"], found["id"]
        )
        visit.store.run("DELETE FROM posts WHERE id = ?", found["id"])
        return {"deleted": True, "previous": previous}
    if found["status"] == "trash":
        message = "The post has already been deleted."
        raise Refusal("rest_already_trashed", message, 410)
    slug = f"{found['slug']}__trashed" if found["slug"] else ""
    visit.store.update("posts", found["id"], status="trash", slug=slug)
    return prepared(visit, _post(visit, kind), "edit")


def _for(kind: str, action: Callable[[Visit, str], Any]) -> Callable[[Visit], Any]:
    return lambda visit: action(visit, kind)


ROUTES = {
    f"{verb} /wp/v2/{base}": _for(kind, action)
    for kind, name in (
        ("page", "pages"),
        ("post", "posts"),
        ("wp_navigation", "navigation"),
    )
    for verb, base, action in (
        ("GET", name, get_items),
        ("POST", name, create_item),
        ("GET", f"{name}/<id>", get_item),
        ("EDIT", f"{name}/<id>", update_item),
        ("DELETE", f"{name}/<id>", delete_item),
    )
} | {
    "GET /wp/v2/buddypress": _for("buddypress", get_items),
    "GET /wp/v2/buddypress/<id>": _for("buddypress", get_item),
    "EDIT /wp/v2/buddypress/<id>": _for("buddypress", update_item),
    "DELETE /wp/v2/buddypress/<id>": _for("buddypress", delete_item),
}
