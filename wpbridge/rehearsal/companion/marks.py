"""``POST wpbridge/v1/marks``: which blueprint owns what, and what was last sent."""

import re
from typing import Any

from wpbridge.rehearsal.companion.access import moderate, number
from wpbridge.rehearsal.companion.objects import PAIRS, TABLES, exists, row_of
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.store import Row, marks
from wpbridge.rehearsal.visit import Visit

_MOST = 2000
_WORDS = {
    "set": {"owner", "kind", "name", "id", "pair", "digest"},
    "remove": {"owner", "kind", "name"},
    "find": {"owner", "kind", "names", "ids"},
}
_FORMS = {
    "owner": r"[a-z0-9-]{0,64}",
    "kind": r"[a-z]+(-[a-z]+)*",
    "name": r"[^\x00-\x1f]{1,150}",
    "digest": r"[A-Za-z0-9:+/=_-]{0,64}",
}


def update(visit: Visit) -> Any:
    """Set, remove, find, in that order."""
    moderate(visit)
    for part in _WORDS:
        for at, entry in enumerate(visit.get(part)):
            if not _sound(part, entry):
                message = f"Not a mark: {part}[{at}]."
                raise Refusal("wpbridge_mark", message, 400)
    refused: list[dict[str, Any]] = []
    done = [_set(visit, at, each, refused) for at, each in enumerate(visit.get("set"))]
    removed = sum(_remove(visit, each) for each in visit.get("remove"))
    rows = _find(visit, visit.get("find"), visit.number("after"))
    return {
        "set": sum(done),
        "refused": refused,
        "removed": removed,
        "found": [_told(visit, row) for row in rows[:_MOST]],
        "next": rows[_MOST - 1]["id"] if len(rows) > _MOST else None,
    }


def _sound(part: str, entry: dict[str, Any]) -> bool:
    """Whether an entry says what it must, and nothing else."""
    words = all(
        isinstance(entry[word], str) and re.fullmatch(form, entry[word])
        for word, form in _FORMS.items()
        if entry.get(word) is not None
    )
    known = entry.get("kind") is None or entry["kind"] in TABLES
    if entry.keys() - _WORDS[part] or not words or not known:
        return False
    if part == "find":
        return bool(entry) and _sound_search(entry)
    named = all(entry.get(word) is not None for word in ("owner", "kind", "name"))
    return named and (part == "remove" or _sound_target(entry))


def _sound_target(entry: dict[str, Any]) -> bool:
    """Whether it says what it marks: a number, or a pair of them."""
    if ("id" in entry) == ("pair" in entry):
        return False
    if "id" in entry:
        return number(entry["id"])
    pair = entry["pair"]
    two = isinstance(pair, list) and len(pair) == 2  # noqa: PLR2004 - a pair
    return entry["kind"] in PAIRS and two and all(map(number, pair))


def _sound_search(entry: dict[str, Any]) -> bool:
    for word in ("names", "ids"):
        if word in entry and not (isinstance(entry[word], list) and entry[word]):
            return False
    names = all(isinstance(each, str) for each in entry.get("names", ()))
    return names and all(map(number, entry.get("ids", ())))


def _set(
    visit: Visit, at: int, entry: dict[str, Any], refused: list[dict[str, Any]]
) -> int:
    kind = entry["kind"]
    found = row_of(visit, kind, entry["pair"]) if "pair" in entry else entry["id"]
    if not exists(visit, kind, found):
        refused.append({"at": at, "code": "wpbridge_no_such_object"})
        return 0
    put(visit, entry["owner"], kind, entry["name"], found, entry.get("digest") or "")
    return 1


def put(  # noqa: PLR0917 - a row, column by column
    visit: Visit, owner: str, kind: str, name: str, identity: int, digest: str
) -> None:
    """Write a mark."""
    # REPLACE: the name and the object may each have had another mark of this owner.
    visit.store.run(
        "INSERT OR REPLACE INTO marks (owner, kind, name, object_id, digest) "
        "VALUES (?, ?, ?, ?, ?)",
        owner,
        kind,
        name,
        identity,
        digest,
    )


def marked(visit: Visit, owner: str, kind: str, name: str) -> int:
    """What a mark is on; 0 where there is no such mark."""
    query = "SELECT object_id FROM marks WHERE owner = ? AND kind = ? AND name = ?"
    return visit.store.value(query, owner, kind, name) or 0


def _remove(visit: Visit, entry: dict[str, Any]) -> int:
    return visit.store.run(
        "DELETE FROM marks WHERE owner = ? AND kind = ? AND name = ?",
        entry["owner"],
        entry["kind"],
        entry["name"],
    )


def _find(visit: Visit, searches: list[dict[str, Any]], after: int) -> list[Row]:
    """The rows that any of the searches finds, and one more than are told at once."""
    if not searches:
        return []
    parts, values = [], list[Any]([after])
    for search in searches:
        some = []
        for word in ("owner", "kind"):
            if word in search:
                some.append(f"{word} = ?")
                values.append(search[word])
        for word, column in (("names", "name"), ("ids", "object_id")):
            if word in search:
                some.append(f"{column} IN ({marks(search[word])})")
                values += search[word]
        parts.append(f"({' AND '.join(some)})")
    return visit.store.rows(
        f"SELECT * FROM marks WHERE id > ? AND ({' OR '.join(parts)}) "
        "ORDER BY id LIMIT ?",
        *values,
        _MOST + 1,
    )


def _told(visit: Visit, row: Row) -> dict[str, Any]:
    return {
        "owner": row["owner"],
        "kind": row["kind"],
        "name": row["name"],
        "id": row["object_id"],
        "digest": row["digest"],
        "exists": exists(visit, row["kind"], row["object_id"]),
    }


ROUTES = {"POST /wpbridge/v1/marks": update}
