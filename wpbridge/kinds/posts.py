"""
Posts in a group's stream or the site's, by the key that their author gave them.

- A post has no name of its own. It is found again by the mark at its end, an HTML
  comment, which BuddyPress keeps and readers never see; ``search`` looks in the text.
- The companion plugin keeps the mark beside the post, too: so it is found though its
  author edited the mark away, and no other post is taken for it.
- The author is always who asks, the time always now. So a post in a member's name is
  sent with an application password that is made for this run and revoked after it.
  The companion plugin does without, and gives it the time at which it was due.
- An update that is silent on ``component`` or an item id moves the post elsewhere
  (``BP_REST_Activity_Endpoint::prepare_item_for_database``), so all are repeated.
- Nothing on the site keeps two equal posts apart: before one is sent again, look.
- More than two outside links from anyone but an administrator are a plain 500.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.blueprint.grammar import (
    Choice,
    Entries,
    Key,
    Login,
    Moment,
    Prose,
    Section,
    Word,
    word,
)
from wpbridge.kinds import MENTIONS, Kind, count
from wpbridge.kinds.queued import Queued
from wpbridge.model import (
    Address,
    Desired,
    Found,
    Maybe,
    Policy,
    Ref,
    Spec,
    derived,
)
from wpbridge.plan import Action, Risk
from wpbridge.site.door import bp
from wpbridge.site.people import numbered
from wpbridge.site.stream import posts
from wpbridge.text import marked, mentioned

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from wpbridge.blueprint.entry import Entry
    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

MOMENT = Moment()
PATIENCE = timedelta(minutes=30)  # how late a post may be that is else skipped


@dataclass(frozen=True)
class Post(Spec):
    """Something said in a stream."""

    kind: ClassVar = "posts"

    group: str  # "" for the stream of the whole site
    name: str
    owner: str = ""
    text: Maybe[str] = word(Prose(), "What is said; a blank line makes a paragraph.")
    by: Maybe[str] = word(
        Login(), "Who says it; the `host` if left out.", policy=Policy.ON_CREATE
    )
    due: Maybe[datetime] = derived(Policy.ON_CREATE)

    @property
    def key(self) -> str:
        """Such as ``film:welcome``, or ``welcome`` in the site's stream."""
        return f"{self.group}:{self.name}" if self.group else self.name

    @property
    def within(self) -> Address | None:
        """The group."""
        return Address("groups", self.group) if self.group else None

    @property
    def needs(self) -> tuple[Address, ...]:
        """The group, the author, and that the author is in the group."""
        group = [Address("groups", self.group)] if self.group else []
        author = [Address("members", self.by)] if self.by else []
        both = [Address("memberships", f"{self.group}:{self.by}")] * bool(
            group and author
        )
        return (*group, *author, *both)


class Posts(Kind[Post]):
    """``/activity``, of the type ``activity_update``."""

    name = "posts"
    after = ("members", "groups", "memberships")
    component = "activity"
    mentions_in = "content"
    brings = ("queued",)
    claimed = "by number"
    shows = False
    spec = Post
    sections = tuple(
        Section(
            path,
            Entries(
                Key(),
                Post,
                more=(
                    Word("at", MOMENT, "When it is posted; at once if left out."),
                    Word(
                        "late",
                        Choice(("post", "skip")),
                        "What to do when its time has passed unposted.",
                        default="post",
                    ),
                ),
            ),
            about,
        )
        for path, about in (
            ("posts", "Posts in the stream of the whole site."),
            ("groups/*/posts", "Posts in the group's stream."),
        )
    )

    def declare(self, entry: Entry) -> Iterator[Desired]:
        """One post an entry, due at its time."""
        due = entry.get("at", MOMENT)
        post = entry.build(
            Post,
            group=entry.above[0] if entry.above else "",
            name=entry.key,
            owner=entry.blueprint.owner,
            due=due,
        )
        late = entry.node.child("late")
        yield Desired(
            post,
            entry.place,
            due=due or None,
            patience=PATIENCE if late and late.value == "skip" else None,
            settled=entry.settled,
        )

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Post]
    ) -> Iterator[Found]:
        """Posts that bear this owner's mark, in the groups in question."""
        logins = numbered(seen, "members")
        slugs = numbered(seen, "groups")
        authors = {each.key: each.by for each in wanted.specs}
        groups = {each.group for each in wanted.specs}
        groups |= {each.key for each in wanted.whole}
        for each in posts(site, seen, wanted.owner, groups):
            author = logins.get(each.author, "")
            group = slugs.get(each.item) if each.component == "groups" else ""
            if group is None:
                continue
            name = each.name.rpartition(":")[2]
            post = Post(group, name, wanted.owner, each.text, author)
            named = (authors.get(post.key, author), site.me.login)
            if each.kept or author in named or _looks_after(seen, group, author):
                yield Found(post, each.id, each.wire)
            else:
                who = author or "somebody of another site"
                seen.notes.append(
                    f"A post by {who} in {group or 'the site'} bears the mark of "
                    f"posts/{each.name}, which is not theirs; it is left alone."
                )

    def create(self, spec: Post) -> Iterator[Call]:
        """Post it in its author's name."""
        place: dict[str, Any] = (
            {"component": "groups", "primary_item_id": Ref(spec.needs[0])}
            if spec.group
            else {"component": "activity"}
        )
        text = marked(str(spec.text), spec.owner, spec.address)
        call = bp.post("activity", content=text, type="activity_update", **place)
        yield as_author(replace(call, date=spec.due or None), spec.by)

    def update(self, before: Post, sets: Sets, wire: Any) -> Iterator[Call]:
        """Correct its text, and tell again all that must not change."""
        text = marked(sets["text"], before.owner, before.address)
        yield bp.put("activity", Ref(before.address), **{**wire, "content": text})

    def rename(self, before: Post, key: str, wire: Any) -> Iterator[Call]:
        """Mark it with another key, its text as it is."""
        yield from self.update(before, {"text": before.text}, wire)

    def delete(self, before: Post, wire: Any) -> Iterator[Call]:
        """Delete it, and its comments."""
        yield bp.delete("activity", Ref(before.address))

    def queued(self, spec: Post, due: datetime) -> Queued:
        """The same, waiting on the site."""
        return Queued(
            spec.address,
            spec.owner,
            group=spec.group,
            text=spec.text,
            by=spec.by,
            due=due,
        )

    def touches(self, spec: Post) -> tuple[Address, ...]:
        """The group or site, and the author: posts keep their order."""
        return spec.needs[:2] or (Address("posts", ""),)

    def mails(
        self, change: Change, people: Container[str], me: str
    ) -> Mapping[str, int]:
        """One to each member whom a new post mentions."""
        return mentions(change, people)

    def risk(self, change: Change) -> Risk | None:
        """A deleted post takes its comments with it."""
        if change.action is Action.DELETE:
            return Risk("delete", f"{change.address} and its comments would be deleted")
        return None

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 4 posts go out, in Film club and News."""
        new = [each for each in changes if each.action is Action.CREATE]
        places = dict.fromkeys(
            names(each.spec.within) for each in new if each.spec.within
        )
        if new:
            where = f", in {' and '.join(places)}" if len(places) in (1, 2) else ""
            yield f"{count(len(new), 'post goes', 'posts go')} out{where}."
        for action, what in ((Action.UPDATE, "corrected"), (Action.DELETE, "deleted")):
            number = sum(each.action is action for each in changes)
            if number:
                yield f"{count(number, 'post is', 'posts are')} {what}."


def _looks_after(seen: Observed, group: str, login: str) -> bool:
    """Whether somebody may be trusted with marks: last term's host, for one."""
    membership = seen.specs.get(Address("memberships", f"{group}:{login}"))
    return getattr(membership, "role", "") in ("mod", "admin")


def as_author(call: Call, by: Maybe[str]) -> Call:
    """Send a call in its author's name, or else as the acting account."""
    return replace(call, as_member=by, ability="post as") if by else call


def mentions(change: Change, people: Container[str]) -> Mapping[str, int]:
    """Count the members whom a new text names with an ``@``."""
    if change.action is not Action.CREATE:
        return {}
    number = mentioned(str(change.sets.get("text", "")), people)
    return {MENTIONS: number} if number else {}


KIND = Posts()
