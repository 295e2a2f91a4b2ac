"""
The companion plugin for WordPress, and the archive that installs it.

What goes over the wire is told in the docblocks of the classes that serve it, under
``plugin/wpbridge-companion/includes``; in short, below ``/wp-json/wpbridge/v1``:

``GET status``
    What this companion can do, what is switched on, its limits, and who asks.
``POST calls``
    ``{calls: [{method, path, body, as, quiet, date, key, password, welcome}],
    seconds}``, and ``{answers: [{state, status, body, headers, acted_as, welcomed,
    replayed}], seconds}``, one for each call. A state is ``ran``, ``failed`` or
    ``not_run``: only the last is sent again. A key makes a call whose answer was lost
    harmless to repeat, to the letter. Who asked for a welcome hears whether it was
    mailed.
``POST marks``
    ``{set: [{owner, kind, name, id or pair, digest}], remove: [{owner, kind, name}],
    find: [{owner, kind, names, ids}], after}``; answers ``{set, refused: [{at, code}],
    removed, found: [{owner, kind, name, id, digest, exists}], next}``.
``GET, POST member-types`` and ``PUT, DELETE member-types/SLUG``
    ``{slug, name, singular, directory, list, code}``; the same for ``group-types``.
``GET, PUT groups/ID``
    ``{invites, posts, closed, parent, forum, description: ""}``.
``PUT members/ID``
    ``{last_activity, types}``.
``GET, PUT members/ID/visibility``
    ``{levels: {FIELD: public, loggedin, friends or adminsonly}}``.
``GET, PUT fields/ID``
    ``{required, description: "", signup, member_types}``.
``PUT, DELETE friendships/ID``
    ``{accepted: true}``.
``PUT favourites``
    ``{member, activity, favourite}``; saying it twice changes nothing.
``GET, PUT options``
    BuddyPress's options, a fixed list of them.
``GET, POST queue`` and ``DELETE queue/ID``
    ``{owner, kind, name, as, due, content, group or reply_to, digest, quiet}``; answers
    with ``mails: {mention: [member], reply: [member]}``, who would be mailed, too; to a
    GET where it says ``mails=true``.
``GET collections/NAME``
    ``?after=&limit=&group=``; answers ``{columns, rows, next, seconds}`` for
    members, groups, memberships, posts and friendships.
``POST, DELETE lease``
    ``{seconds, token}``; 409 while somebody else has it.
"""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

NAME = "wpbridge-companion"

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can say


def archive() -> bytes:
    """Pack the plugin as WordPress installs it; the same bytes each time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, file in sorted(_walk(files(__name__) / "plugin" / NAME, NAME)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3  # Unix, on every machine
            entry.external_attr = 0o100644 << 16
            # Stored: what deflate makes of it depends on the zlib that is there.
            target.writestr(entry, file.read_bytes())
    return packed.getvalue()


def _walk(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for child in folder.iterdir():
        if child.is_dir():
            yield from _walk(child, f"{name}/{child.name}")
        else:
            yield f"{name}/{child.name}", child
