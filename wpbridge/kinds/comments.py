"""
Comments on posts, by the keys that their authors gave them.

- A comment is an activity of the type ``activity_comment``: its first item is the post
  at the root, its second what it answers.
- It mails the author of the post, whoever that is but the commenter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import Entries, Key, Login, Prose, Section, word
from wpbridge.blueprint.values import convert
from wpbridge.kinds import Kind, count
from wpbridge.kinds.posts import MOMENT, as_author, mentions
from wpbridge.kinds.queued import Queued
from wpbridge.model import Address, Desired, Found, Maybe, Policy, Ref, Spec
from wpbridge.plan import Action
from wpbridge.site.door import bp
from wpbridge.site.people import numbered
from wpbridge.site.stream import comments
from wpbridge.text import marked

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient


@dataclass(frozen=True)
class Comment(Spec):
    """An answer to a post."""

    kind: ClassVar = "comments"

    group: str
    post: str
    name: str
    owner: str = ""
    text: Maybe[str] = word(Prose(), "What is said.")
    by: Maybe[str] = word(Login(), "Who says it.", policy=Policy.ON_CREATE)
    answers: str = ""  # whose post it is; the acting account's if empty
    due: datetime | None = None  # soon after its post

    @property
    def key(self) -> str:
        """Such as ``film:welcome:first``."""
        return f"{self.root.key}:{self.name}"

    @property
    def root(self) -> Address:
        """The post."""
        return Address(
            "posts", f"{self.group}:{self.post}" if self.group else self.post
        )

    @property
    def within(self) -> Address:
        """The post."""
        return self.root

    @property
    def needs(self) -> tuple[Address, ...]:
        """The post, the author, and that the author is in the group."""
        author = [Address("members", self.by)] if self.by else []
        inside = [Address("memberships", f"{self.group}:{self.by}")]
        return (self.root, *author, *inside * bool(self.group and self.by))


class Comments(Kind[Comment]):
    """``/activity``, of the type ``activity_comment``."""

    name = "comments"
    after = ("members", "memberships", "posts")
    component = "activity"
    mentions_in = "content"
    brings = ("queued",)
    claimed = "by number"
    shows = False
    spec = Comment
    sections = tuple(
        Section(path, Entries(Key(), Comment), "Answers to the post.")
        for path in ("posts/*/comments", "groups/*/posts/*/comments")
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One comment an entry; it waits for its post."""
        *group, post = entry.above
        answered = entry.parents[-1].child("by")
        comment = entry.build(
            Comment,
            answers=str(answered.value) if answered else "",
            group=group[0] if group else "",
            post=post,
            name=entry.key,
            owner=entry.blueprint.owner,
            due=_due(entry),
        )
        yield Desired(comment, entry.place)

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Comment]
    ) -> Iterator[Found]:
        """Comments that bear this owner's mark, on the posts in question."""
        logins, roots = numbered(seen, "members"), numbered(seen, "posts")
        authors = {each.key: each.by for each in wanted.specs}
        for each in comments(site, seen, wanted.owner):
            root = roots.get(each.item)
            if root is None:
                continue
            group, _, post = root.rpartition(":")
            name = each.name.rpartition(":")[2]
            author = logins.get(each.author, "")
            comment = Comment(group, post, name, wanted.owner, each.text, author)
            if each.kept or author in (authors.get(comment.key, author), site.me.login):
                wire = {key: each.wire[key] for key in each.wire if key != "hidden"}
                yield Found(comment, each.id, wire)

    def create(self, spec: Comment) -> Iterator[Call]:
        """Say it in its author's name."""
        text = marked(str(spec.text), spec.owner, spec.address)
        call = bp.post(
            "activity",
            content=text,
            type="activity_comment",
            primary_item_id=Ref(spec.root),
        )
        yield as_author(replace(call, date=spec.due), spec.by)

    def update(self, before: Comment, sets: Sets, wire: Any) -> Iterator[Call]:
        """Correct its text, and tell again all that must not change."""
        text = marked(str(sets["text"]), before.owner, before.address)
        yield bp.put("activity", Ref(before.address), **{**wire, "content": text})

    def delete(self, before: Comment, wire: Any) -> Iterator[Call]:
        """Delete it."""
        yield bp.delete("activity", Ref(before.address))

    def queued(self, spec: Comment, due: datetime) -> Queued:
        """The same, waiting on the site."""
        when = max(due, spec.due or due)
        return Queued(
            spec.address,
            spec.owner,
            group=spec.group,
            root=spec.root,
            text=spec.text,
            by=spec.by,
            due=when,
            answers=spec.answers,
        )

    def touches(self, spec: Comment) -> tuple[Address, ...]:
        """The post, the group and the author."""
        group = (Address("groups", spec.group),) if spec.group else ()
        return (*group, *spec.needs[:2])

    def mails(
        self, change: Change, people: Container[str], me: str
    ) -> Mapping[str, int]:
        """One to the author of the post, one to each who is mentioned."""
        if change.action is not Action.CREATE:
            return {}
        comment = change.after
        assert isinstance(comment, Comment)  # noqa: S101 - so says the address
        own = (comment.by or me) == (comment.answers or me)
        return {**({} if own else {"comments": 1}), **mentions(change, people)}

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 5 comments are added."""
        for action, what in (
            (Action.CREATE, "added"),
            (Action.UPDATE, "corrected"),
            (Action.DELETE, "deleted"),
        ):
            number = sum(each.action is action for each in changes)
            if number:
                yield f"{count(number, 'comment is', 'comments are')} {what}."


def _due(entry: Entry) -> datetime | None:
    """A minute after the post for each comment, in the order in which they stand."""
    post = entry.parents[-1]
    at, comments = post.child("at"), post.child("comments")
    if at is None or comments is None or entry.blueprint.open_inputs:
        return None
    turn = 1 + list(comments.fields()).index(entry.key)
    due = convert(MOMENT, at)
    return due + timedelta(minutes=turn) if isinstance(due, datetime) else None


KIND = Comments()
