"""
Articles of the site's blog, by slug.

- They are WordPress's posts, and not what members post in streams; yet a published one
  is an activity of its author's where the blogs component is on.
- ``date_gmt`` may lie in the past, or in the future: then WordPress itself publishes
  the article at its time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Entries, Key, Moment, Section, word
from wpbridge.kinds.pages import FIELDS, Writing, Writings
from wpbridge.text import Shown, unmarked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wpbridge.kinds import Sets
    from wpbridge.model import Maybe


@dataclass(frozen=True)
class Article(Writing):
    """An article of the blog."""

    kind: ClassVar = "blog"

    at: Maybe[datetime] = word(Moment(), "When it is published; at once if left out.")


class Blog(Writings):
    """``/wp/v2/posts``."""

    name = "blog"
    noun = "article"
    route = "posts"
    fields = f"{FIELDS},date_gmt"
    after = ("components", "members")
    rivals = ("blog",)
    spec = Article
    sections = (
        Section(
            "blog",
            Entries(Key(slug=True, never=("[0-9]+", "a year")), Article),
            "Articles of the blog, by slug.",
        ),
    )

    def seen(
        self, item: Any, slugs: Mapping[int, str], logins: Mapping[int, str]
    ) -> Article:
        """An article in our words; one that is to come is as good as published."""
        text, mark = unmarked(item["content"]["raw"])
        status = "publish" if item["status"] == "future" else item["status"]
        return Article(
            slug=item["slug"],
            owner=mark.owner if mark else "",
            title=Shown(item["title"]["raw"]),
            text=text,
            at=datetime.fromisoformat(item["date_gmt"]).replace(tzinfo=UTC),
            status=status,
            author=logins.get(item["author"], ""),
        )

    def wire(self, spec: Article, sets: Sets) -> dict[str, Any]:
        """Put our words into the API's, the moment as its date."""
        values = super().wire(spec, sets)
        if "at" in values:
            values["date_gmt"] = f"{values.pop('at'):%Y-%m-%dT%H:%M:%S}"
        return values


KIND = Blog()
