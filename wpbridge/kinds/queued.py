"""
Posts and comments that wait on the site until they are due.

- The companion plugin keeps them, and posts them by itself, as their authors.
- What is sent under the name of one that waits replaces it.
- One that is being sent right now can be neither replaced nor taken back: a 409.
- It mails those whom it mentions or answers when it goes out, unless it was queued to
  go out quietly, which takes a companion that knows of it, and its switch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from wpbridge.kinds import Kind, count
from wpbridge.model import ME, UNSET, Address, Found, Maybe, Ref, Spec, Unsent, derived
from wpbridge.plan import Action
from wpbridge.site.door import companion
from wpbridge.site.people import logins_by_slug
from wpbridge.site.queue import rows
from wpbridge.site.wire import moment
from wpbridge.text import Shown, marked, mentioned, unmarked

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from wpbridge.kinds import Names, Sets, Wanted
    from wpbridge.model import Call, Observed
    from wpbridge.plan import Change
    from wpbridge.site import SiteClient

WAITS = ("waiting", "sending")
MENTIONED, ANSWERED = "mentions when due", "comments when due"


@dataclass(frozen=True)
class Queued(Spec):
    """A post or comment to come; ``root`` is the post that a comment is on."""

    kind: ClassVar = "queued"

    coming: Address
    owner: str = ""
    group: str = ""
    root: Address | None = None
    text: Maybe[str] = derived()
    by: Maybe[str] = derived()
    due: Maybe[datetime] = derived()
    quiet: Maybe[bool] = derived()
    answers: str = ""  # whose post a comment is on; the acting account's if empty

    @property
    def key(self) -> str:
        """Such as ``posts/film:welcome``."""
        return str(self.coming)

    @property
    def needs(self) -> tuple[Address, ...]:
        """The group, the author, and that the author is in the group."""
        group = (Address("groups", self.group),) if self.group else ()
        author = (Address("members", self.by),) if self.by else ()
        both = (Address("memberships", f"{self.group}:{self.by}"),)
        return (*group, *author, *both * bool(group and author))


class Queue(Kind[Queued]):
    """``/queue`` of the companion plugin."""

    name = "queued"
    after = ("members", "groups", "memberships", "posts", "comments")
    component = "activity"
    mentions_in = "content"
    loud = frozenset({MENTIONED, ANSWERED})  # it says itself whether it is quiet
    spec = Queued

    def read(
        self, site: SiteClient, seen: Observed, wanted: Wanted[Queued]
    ) -> Iterator[Found]:
        """What of this owner's waits; what could not be sent is told."""
        keys = {(each.kind, seen.ids[each]): each.key for each in seen.ids}
        logins = logins_by_slug(seen)
        for row in rows(site, wanted.owner):
            address = Address(row["kind"], row["name"])
            if row["state"] in WAITS:
                root = row["reply_to"]
                text = unmarked(row["content"])[0]
                spec = Queued(
                    address,
                    wanted.owner,
                    group=keys.get(("groups", row["group"]), ""),
                    root=Address("posts", root["name"]) if root else None,
                    text=Shown(text, text.sent, logins),
                    by=keys.get(("members", row["as"]), ""),
                    due=datetime.fromisoformat(row["due"]),
                    quiet=row.get("quiet", UNSET),
                )
                yield Found(spec, row["id"])
            elif row["state"] != "sent" and address not in seen.specs:
                why = row["reason"] or "it was cut off"
                text = unmarked(row["content"])[0]
                said = Shown(text, text.sent, logins)
                seen.unsent[address] = Unsent(said, why)

    def create(self, spec: Queued) -> Iterator[Call]:
        """Put it in the queue; once more replaces it."""
        author = Address("members", spec.by) if spec.by else ME
        values: dict[str, Any] = {
            "owner": spec.owner,
            "kind": spec.coming.kind,
            "name": spec.coming.key,
            "as": Ref(author),
            "due": moment(spec.due) if spec.due else None,
            "content": marked(str(spec.text), spec.owner, spec.coming),
        }
        if spec.quiet is not UNSET:
            values["quiet"] = spec.quiet
        if spec.root:
            root = {"owner": spec.owner, "kind": "posts", "name": spec.root.key}
            values["reply_to"] = root
        elif spec.group:
            values["group"] = Ref(Address("groups", spec.group))
        call = companion.post("queue", **values)
        yield replace(call, ability="queue", repeatable=True)

    def update(self, before: Queued, sets: Sets, wire: Any) -> Iterator[Call]:
        """Put it there anew."""
        yield from self.create(replace(before, **sets))

    def delete(self, before: Queued, wire: Any) -> Iterator[Call]:
        """Take it out."""
        yield companion.delete("queue", Ref(before.address))

    def touches(self, spec: Queued) -> tuple[Address, ...]:
        """All of them: each may rewrite the site's list of what its cron is to do."""
        return (Address("queued", ""),)

    def mails(
        self, change: Change, people: Container[str], me: str
    ) -> Mapping[str, int]:
        """Those that go out with it, unless it goes out quietly."""
        post = change.after
        if not isinstance(post, Queued) or post.quiet:
            return {}
        named = mentioned(str(post.text), people)
        own = (post.by or me) == (post.answers or me)
        answered = int(bool(post.root) and not own)
        later = {MENTIONED: named, ANSWERED: answered}
        return {why: number for why, number in later.items() if number}

    def sentences(self, changes: Sequence[Change], names: Names) -> Iterator[str]:
        """Such as: 4 posts are left with the site, to go out when they are due."""
        number = sum(each.action is not Action.DELETE for each in changes)
        if number:
            posts = count(number, "post is", "posts are")
            yield f"{posts} left with the site, to go out when due."
        if gone := len(changes) - number:
            yield f"{count(gone, 'post', 'posts')} will not go out after all."


KIND = Queue()
