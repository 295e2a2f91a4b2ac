"""
What Settings > Discussion is likely to refuse of what is posted.

- BuddyPress counts the links of a post or comment, old ones that change too, and
  refuses as many as ``comment_max_links`` says (``bp_core_check_for_moderation``); a
  link counts only where white space or a quote ends it, and links to the site do not.
- The author counts, whoever asks: only a super admin's posts pass (``is_super_admin``),
  which on a site of its own is whoever has the right ``delete_users``.
- Neither the REST API nor ``wp.getOptions`` tells the limit or the unwanted words. So
  the limit is taken to be as WordPress comes, which is a reason for a note, and none
  to leave something out: somebody may have raised it long ago.
- The companion plugin lets pass what a moderator provisions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wpbridge.kinds import listed
from wpbridge.model import Address
from wpbridge.plan import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wpbridge.inputs import Inputs
    from wpbridge.plan import Change

LIMIT = 2
"""The number of links that WordPress comes with (``populate_options``)."""
_LINK = re.compile(r"(?:https?|ftp)://.+?[\s'\"]", re.IGNORECASE)


def count_outside_links(content: str, url: str) -> int:
    """Count links as BuddyPress does: those to the site's own address do not count."""
    return sum(not link.startswith(url) for link in _LINK.findall(content))


def note_refusals(inputs: Inputs, changes: Iterable[Change]) -> Iterator[str]:
    """Say which posts and comments have more links than a site takes at first."""
    if inputs.can("pass discussion"):
        return
    many = [
        str(getattr(change.spec, "coming", change.address))
        for change in _find_refused(inputs, changes)
    ]
    if many:
        yield (
            f"{listed(many)}: Settings > Discussion, as WordPress comes, refuses "
            f"{LIMIT} links or more to elsewhere from whoever is no administrator, and "
            "what it says on this site cannot be read from here. Raise the number of "
            "links there, take some out, or let the companion plugin post."
        )


def _find_refused(inputs: Inputs, changes: Iterable[Change]) -> Iterator[Change]:
    url = inputs.capabilities.facts.url.rstrip("/")
    for change in changes:
        field = inputs.kind(change.address).mentions_in
        if change.action is Action.DELETE or not field:
            continue
        if not _is_exempt(inputs, getattr(change.spec, "by", "") or inputs.login):
            texts = (call.values.get(field) for call in change.calls)
            counts = (count_outside_links(text, url) for text in texts if text)
            if max(counts, default=0) >= LIMIT:
                yield change


def _is_exempt(inputs: Inputs, login: str) -> bool:
    """Tell whether the posts of somebody pass whatever is in them."""
    facts = inputs.capabilities.facts
    if login == inputs.login and facts.capabilities:
        right = "manage_network_users" if facts.multisite else "delete_users"
        return right in facts.capabilities
    address = Address("members", login)
    wanted = (each.spec for each in inputs.desired if each.spec.address == address)
    there = inputs.observed.specs.get(address)
    roles = {getattr(each, "role", None) for each in (there, *wanted)}
    return not facts.multisite and "administrator" in roles
