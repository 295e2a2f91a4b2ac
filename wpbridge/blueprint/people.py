"""
People from rosters, put into the tree as if they had been written there.

A row and a line may speak of the same member if they agree. A group that a row names
without a role yields to a line that gives one, and ``auto_join`` yields to both.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wpbridge import limits
from wpbridge.blueprint.core import ROLES
from wpbridge.blueprint.joining import section
from wpbridge.blueprint.naming import Names
from wpbridge.blueprint.node import Node
from wpbridge.blueprint.problems import listed
from wpbridge.blueprint.roster import BadRows, Cell, Person, Roster, read
from wpbridge.blueprint.said import open_in, sound_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wpbridge.blueprint.files import Files
    from wpbridge.blueprint.language import Fields
    from wpbridge.blueprint.naming import Called
    from wpbridge.blueprint.tally import Tally
    from wpbridge.errors import Place

_MANY = ("choose many", "checkbox")


class People:
    """Members and memberships of a tree, to which rosters add."""

    def __init__(self, root: Node, files: Files, called: Called, tally: Tally) -> None:
        self.root = root
        self.files = files
        self.tally = tally
        self.problems = files.problems
        self.members = section(root, "members")
        self.groups = root.child("groups") or Node({}, root.place, root.place)
        self.names = Names(self.groups.fields(), called)
        self.implied: set[tuple[str, str]] = set()
        self.emails = {
            str(email.value).lower(): login
            for login, member in self.members.items()
            if (email := member.child("email"))
        }
        self.logins = {login.lower(): login for login in self.members}
        self.fields = dict(_fields(root))

    def rosters(self, whole: Fields) -> Iterator[Roster]:
        """Read every roster: the blueprint's, then those of its groups."""
        kind = whole.words["roster"].type
        owners = [("", self.root), *self.groups.fields().items()]
        for group, owner in owners:
            node = owner.child("roster")
            for each in node.items() if node else ():
                if sound_as(kind, each) and (made := self._roster(each, group)):
                    yield made

    def doubles(self) -> None:
        """Note accounts that are one on the site: by address, or but for capitals."""
        seen: dict[str, tuple[str, Place]] = {}
        for login, member in self.members.items():
            email = member.child("email")
            found = [(login, login, member.key_place)]
            if email and isinstance(email.value, str):
                found.append((email.value, f"the address {email.value}", email.place))
            for text, what, place in found:
                other, first = seen.setdefault(text.lower(), (login, place))
                if other != login and "$(" not in text:
                    self.problems.add(
                        place,
                        f"members/{login}: {what} is that of members/{other} at "
                        f"{first}; one person, one account",
                    )

    def _roster(self, node: Node, group: str) -> Roster | None:
        said = node.child("file") or node
        if open_in(node):
            return None
        text = self.files.text(said, limits.ROSTER_BYTES)
        if text is None:
            return None
        path = Path(said.place.file).parent / str(said.value)
        top = _text(node, "top_role", "mod")
        every = self._every_row(node, group, top)
        types = [str(each.value) for each in _items(node, "types")]
        seen: dict[str, int] = {}
        typed = bool(types)
        filled = dict.fromkeys(key for key, _ in every)
        bad = BadRows(self.problems)
        rows = read(
            text,
            path.as_posix(),
            node.child("columns"),
            self.fields.keys(),
            self.problems,
        )
        for person in rows:
            self.tally.add("rows", 1, person.place, self.problems)
            key = self._key(person)
            joins = [*every, *self._joins(person, top, bad)]
            self.tally.add("memberships", len(joins), person.place, self.problems)
            if not self._once(person, seen, bad) or not person.sound:
                continue
            seen[key] = person.place.line
            typed = typed or "types" in person.cells
            self._member(key, person, types, bad)
            for joined, role in joins:
                filled.setdefault(joined)
                self._join(joined, key, role, person.place, bad)
        bad.tell()
        leavers = _text(node, "leavers", "keep")
        if leavers == "delete" and node.child("reassign_to") is None:
            self.problems.add(
                node.key_place, "`leavers: delete` needs `reassign_to`, a member"
            )
        return Roster(
            path,
            said.place,
            tuple(filled),
            tuple(key for key in seen if not key.startswith("\0")),
            by_login=_text(node, "key", "email") == "login",
            leavers=leavers,
            reassign_to=_text(node, "reassign_to", "") or None,
            types=typed,
        )

    def _every_row(
        self, node: Node, group: str, top: str
    ) -> list[tuple[str, str | None]]:
        found: list[tuple[str, str | None]] = [(group, None)] if group else []
        for each in _items(node, "groups"):
            key, role, message = self._group(str(each.value), top)
            if message:
                self.problems.add(each.place, message)
            else:
                found.append((key, role))
        return found

    def _joins(
        self, person: Person, top: str, bad: BadRows
    ) -> Iterator[tuple[str, str | None]]:
        for cell in person.cells.get("groups", ()):
            for part in cell.parts():
                key, role, message = self._group(part, top)
                if message:
                    bad.add(message, cell.place, message)
                else:
                    yield key, role

    def _group(self, written: str, top: str) -> tuple[str, str | None, str | None]:
        """A group and a role, such as ``film:mod``, or what is wrong with it."""
        name, _, role = (each.strip() for each in written.partition(":"))
        key, message = self.names.find(name)
        if role and role not in ROLES:
            message = message or f"`{role}` is no role; it is {listed(ROLES)}"
        elif role and not message and ROLES.index(role) > ROLES.index(top):
            message = (
                f"`{written}` is more than a roster may give; write `top_role: "
                f"{role}` beside its file if that is meant"
            )
        return key, role or None, message

    def _key(self, person: Person) -> str:
        """Find the member a row speaks of: by login, else by a known address."""
        login, email = person.text("login"), person.text("email") or ""
        if login:
            return self.logins.get(login.lower(), login)
        return self.emails.get(email.lower(), email.lower())

    def _once(self, person: Person, seen: dict[str, int], bad: BadRows) -> bool:
        """Refuse a second row of one person, told by login or by address."""
        for meaning in ("email", "login"):
            text = person.text(meaning)
            if not text:
                continue
            mark = f"\0{meaning}:{text.lower()}"
            if mark in seen:
                bad.add(
                    f"twice {seen[mark]}",
                    person.cells[meaning][0].place,
                    f"{text} is already in row {seen[mark]}; one person, one row: put "
                    "the groups together, as in `film;sound`",
                )
                return False
            seen[mark] = person.place.line
        return True

    def _member(self, key: str, person: Person, types: list[str], bad: BadRows) -> None:
        place = person.place
        here = self.members.setdefault(key, Node({}, place, place))
        if here.value is None:
            here.value = {}
        self.logins.setdefault(key.lower(), key)
        for meaning in ("email", "name"):
            if cells := person.cells.get(meaning):
                self._state(key, here, meaning, cells[0], bad)
        if email := person.text("email"):
            self.emails.setdefault(email.lower(), key)
        kinds = [part for c in person.cells.get("types", ()) for part in c.parts()]
        if types or kinds:
            self._types(here, [*types, *kinds], place)
        for meaning, cells in person.cells.items():
            if meaning.startswith("profile "):
                self._profile(key, here, meaning.partition(" ")[2], cells[0], bad)

    def _state(self, key: str, here: Node, name: str, cell: Cell, bad: BadRows) -> None:
        said = here.fields().setdefault(name, Node(cell.text, cell.place, cell.place))
        before, now = str(said.value), cell.text
        if name == "email":
            before, now = before.lower(), now.lower()
        if before != now:
            bad.add(
                f"{key} {name}",
                cell.place,
                f"members/{key} has another {name} at {said.place}: `{said.value}` "
                f"there, `{cell.text}` here; make them agree, or say it once",
            )

    def _types(self, here: Node, types: list[str], place: Place) -> None:
        said = here.child("types")
        nodes = list(said.items()) if said else []
        known = {str(each.value) for each in nodes}
        nodes += [
            Node(each, place, place)
            for each in dict.fromkeys(types)
            if each not in known
        ]
        where = said or Node(None, place, place)
        here.fields()["types"] = Node(nodes, where.place, where.key_place)

    def _profile(
        self, key: str, here: Node, name: str, cell: Cell, bad: BadRows
    ) -> None:
        profile = here.fields().setdefault("profile", Node({}, cell.place, cell.place))
        if self.fields.get(name):
            parts = [Node(each, cell.place, cell.place) for each in cell.parts()]
            profile.fields().setdefault(name, Node(parts, cell.place, cell.place))
        elif profile.child(name) and isinstance(profile.fields()[name].value, list):
            return
        else:
            self._state(key, profile, name, cell, bad)

    def _join(
        self, group: str, key: str, role: str | None, place: Place, bad: BadRows
    ) -> None:
        members = section(self.groups.fields()[group], "members")
        here = members.get(key)
        if here is None:
            members[key] = Node(role or "member", place, place)
            if role is None:
                self.implied.add((group, key))
        elif role is None or here.value == role:
            return
        elif (group, key) in self.implied:
            self.implied.discard((group, key))
            members[key] = Node(role, place, place)
        else:
            bad.add(
                f"{group}:{key}",
                place,
                f"{key} is {here.value} of groups/{group} at {here.key_place}, and "
                f"{role} here; make them agree, or say it once",
            )


def _fields(root: Node) -> Iterator[tuple[str, bool]]:
    """Keys of profile fields, and whether many things can be chosen in them."""
    profile = root.child("profile")
    for group in profile.fields().values() if profile else ():
        fields = group.child("fields")
        for key, each in fields.fields().items() if fields else ():
            yield key, _text(each, "type", "") in _MANY


def _items(node: Node, name: str) -> list[Node]:
    child = node.child(name)
    return child.items() if child else []


def _text(node: Node, name: str, silent: str) -> str:
    child = node.child(name)
    return str(child.value) if child else silent
