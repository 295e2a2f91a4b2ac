"""Pages, posts and media as rows: their slugs, and how REST tells them."""

import json
import re
from typing import Any
from urllib.parse import unquote

from wpbridge.rehearsal import blocks
from wpbridge.rehearsal.kses import POST_TAGS, kses
from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.text import (
    SLUG,
    encoded,
    paragraphs,
    slugged,
    strip_tags,
    texturize,
)
from wpbridge.rehearsal.visit import Visit

_FEEDS = ("feed", "rdf", "rss", "rss2", "atom", "embed")
_BESIDE = {"page": "buddypress", "buddypress": "page"}
_SHOWN = ("publish", "private", "future")
_EXCERPT = 55
_EDIT_ONLY = ("password", "permalink_template", "generated_slug")
# What directory pages and navigation are without, by their ``supports``.
_WRITTEN = (
    *("excerpt", "author", "featured_media", "menu_order", "comment_status"),
    *("ping_status", "meta", "permalink_template", "generated_slug", "class_list"),
)


def free_slug(visit: Visit, kind: str, wanted: str, parent: int, own: int = 0) -> str:
    """``wp_unique_post_slug``, and what BuddyPress makes of its answer."""
    found, suffix = wanted, 2
    free = not _reserved(visit, kind, wanted, own)
    while not free or _taken(visit, kind, found, parent, own):
        found, free = _numbered(wanted, suffix), True
        suffix += 1
    if found == wanted and kind in _BESIDE and not parent:
        # bp_core_set_unique_directory_page_slug keeps the two apart, and does not
        # look at what else there is.
        beside = visit.store.value(
            "SELECT 1 FROM posts WHERE type = ? AND slug = ? AND parent = 0 "
            "AND status IN ('publish', 'private', 'bp_restricted') AND id != ?",
            _BESIDE[kind],
            wanted,
            own,
        )
        found = _numbered(wanted, 2) if beside else found
    return found


def _taken(visit: Visit, kind: str, slug: str, parent: int, own: int) -> bool:
    """Whether something else has it: files share theirs with nothing."""
    values: tuple[str | int, ...] = ()
    match kind:
        case "attachment":
            where = "1"
        case "page" | "buddypress":  # these only need to differ below one parent
            where, values = "type IN (?, 'attachment') AND parent = ?", (kind, parent)
        case _:
            where, values = "type = ?", (kind,)
    query = f"SELECT 1 FROM posts WHERE {where} AND slug = ? AND id != ?"
    return bool(visit.store.value(query, *values, slug, own))


def _reserved(visit: Visit, kind: str, slug: str, own: int) -> bool:
    """Whether it would be taken for a feed, a part of a page, or a year."""
    if kind in ("page", "buddypress") and re.fullmatch(r"(page)?\d+", slug):
        return True
    if kind == "post" and re.fullmatch(r"0*[1-9]\d*", slug):
        kept = visit.store.value("SELECT slug FROM posts WHERE id = ?", own)
        return bool(kept != slug)
    return slug in _FEEDS


def _numbered(slug: str, number: int) -> str:
    """``_truncate_post_slug``, so that a number fits behind it."""
    room = SLUG - len(str(number)) - 1
    if len(slug) > room:
        slug = encoded(unquote(slug), room).rstrip("-")
    return f"{slug}-{number}"


def said(visit: Visit, name: str) -> str | None:
    """A text that may come as ``{"raw": …}``; None where nothing is said."""
    value = visit.params.get(name)
    if isinstance(value, dict):
        value = value.get("raw")
    return None if value is None else str(value)


def written(visit: Visit, text: str) -> str:
    """What may stay of it: everything, for those with unfiltered_html."""
    return text if visit.can("unfiltered_html") else kses(text, visit.rules(POST_TAGS))


def link(visit: Visit, post: Row) -> str:
    """``get_permalink``."""
    if post["type"] == "buddypress" and post["template"] not in visit.active:
        return f"{visit.url}/?post_type=buddypress&p={post['id']}"
    if post["status"] not in _SHOWN:
        name = "page_id" if post["type"] == "page" else "p"
        return f"{visit.url}/?{name}={post['id']}"
    path, above = post["slug"], post["parent"]
    while above and post["type"] in ("page", "buddypress"):
        row = visit.store.row("SELECT slug, parent FROM posts WHERE id = ?", above)
        if not row:
            break
        path, above = f"{row['slug']}/{path}", row["parent"]
    return f"{visit.url}/{path}/"


def _excerpt(post: Row) -> str:
    if post["excerpt"]:
        return paragraphs(texturize(post["excerpt"]))
    words = strip_tags(post["content"]).split()
    more = " [&hellip;]" if len(words) > _EXCERPT else ""
    text = " ".join(words[:_EXCERPT])
    return paragraphs(texturize(text) + more) if text else ""


def _body(post: Row) -> str:
    if post["type"] == "wp_navigation":
        return blocks.shown(post["content"])
    return paragraphs(texturize(post["content"]))


def prepared(visit: Visit, post: Row, context: str = "") -> dict[str, Any]:
    """``WP_REST_Posts_Controller::prepare_item_for_response``."""
    context = context or str(visit.get("context") or "view")
    item = {**_itself(visit, post), **_texts(post), **_around(visit, post)}
    match post["type"]:
        case "post":
            _make_article(visit, item, post)
        case "buddypress" | "wp_navigation" as kind:
            _leave(item, kind)
        case _:
            pass
    if visit.version.older_wordpress:
        item.pop("class_list", None)
        if post["status"] == "private":
            item["title"]["rendered"] = f"Private: {item['title']['rendered']}"
    if context != "edit":
        _hide_raw(item)
    base = f"{visit.root}/wp/v2/{rest_base(post['type'])}"
    item["_links"] = {
        "self": [{"href": f"{base}/{post['id']}"}],
        "collection": [{"href": base}],
    }
    return item


def _itself(visit: Visit, post: Row) -> dict[str, Any]:
    """Which one it is, of when, and where."""
    where = link(visit, post)
    guid = post["guid"] or where
    if post["type"] == "buddypress":
        guid = f"{visit.url}/?post_type=buddypress&p={post['id']}"
    return {
        "id": post["id"],
        "date": visit.local(post["date_gmt"]),
        "date_gmt": post["date_gmt"].replace(" ", "T"),
        "guid": {"raw": guid, "rendered": guid},
        "modified": visit.local(post["modified_gmt"]),
        "modified_gmt": post["modified_gmt"].replace(" ", "T"),
        "password": "",
        "slug": post["slug"],
        "status": post["status"],
        "type": post["type"],
        "link": where,
    }


def _texts(post: Row) -> dict[str, Any]:
    """What is to be read."""
    return {
        "title": {"raw": post["title"], "rendered": texturize(post["title"])},
        "content": {
            "raw": post["content"],
            "rendered": _body(post),
            "protected": False,
            "block_version": int("<!-- wp:" in post["content"]),
        },
        "excerpt": {
            "raw": post["excerpt"],
            "rendered": _excerpt(post),
            "protected": False,
        },
    }


def _around(visit: Visit, post: Row) -> dict[str, Any]:
    """Whose it is, where it stands, and what themes want to know."""
    return {
        "author": post["author"],
        "featured_media": post["featured_media"],
        "parent": post["parent"],
        "menu_order": post["menu_order"],
        "comment_status": post["comment_status"],
        "ping_status": "closed" if post["type"] == "page" else "open",
        "template": post["template"],
        "meta": {"footnotes": ""},
        "permalink_template": f"{visit.url}/%pagename%/",
        "generated_slug": slugged(post["title"]),
        "class_list": [
            f"post-{post['id']}",
            post["type"],
            f"type-{post['type']}",
            f"status-{post['status']}",
            "hentry",
        ],
    }


def _make_article(visit: Visit, item: dict[str, Any], post: Row) -> None:
    del item["parent"], item["menu_order"]
    sticky = bool(json.loads(post["extra"]).get("sticky"))
    item |= {"sticky": sticky, "format": "standard", "categories": [1], "tags": []}
    item["permalink_template"] = f"{visit.url}/%postname%/"
    item["class_list"].insert(4, "format-standard")
    item["class_list"].append("category-uncategorized")


def _leave(item: dict[str, Any], kind: str) -> None:
    """Take away what a type of posts has no support for."""
    for name in (*_WRITTEN, *(("content",) if kind == "buddypress" else ("parent",))):
        del item[name]
    item["template"] = ""


def _hide_raw(item: dict[str, Any]) -> None:
    for name in _EDIT_ONLY:
        item.pop(name, None)
    for name in ("guid", "title", "content", "excerpt"):
        for part in ("raw", "block_version"):
            item.get(name, {}).pop(part, None)


def rest_base(kind: str) -> str:
    """``rest_base`` of a post type."""
    bases = {"page": "pages", "post": "posts", "wp_navigation": "navigation"}
    return bases.get(kind, kind)
