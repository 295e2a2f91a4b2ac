"""The language's own small example, written out to the last line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wpbridge import engine
from wpbridge.model import UNSET

if TYPE_CHECKING:
    from tests.blueprint.conftest import Read
    from wpbridge.model import Desired

FILM_CLUB = """\
wpbridge: 1
name: Film club
host: jane
calendar: {starts: 2027-03-22, timezone: Europe/London, weeks: 2}
profile:
  work:
    name: At work
    fields: {camera: {name: My camera, type: line, visible_to: members}}
members:
  jane: {name: Jane Hart, email: jane@example.org}
roster:
  file: film.csv
  groups: [film]
  columns: {Login: login, E-mail: email, Name: name, Camera: profile camera}
groups:
  film:
    name: Film club
    about: For people who shoot film.
    access: private
    members: {jane: admin}
    posts:
      welcome:
        at: 2 days before start 09:00
        text: Hello!
        comments: {first: {by: ana, text: Hello back.}}
      reminder: {at: +2 hours, text: Bring a camera.}
    rota:
      share:
        day: monday
        time: 09:30
        weeks: 1 to 2
        people: [ana, bob]
        text: "@$(person) shares a picture."
    live_chats:
      chat:
        at: week 1 sunday 00:30
        intro: We begin.
        questions: ["What did you shoot?", "What broke?"]
friendships: [[bob, ana]]
"""
ROSTER = """\
Login,E-mail,Name,Camera
ana,ana@example.org,Ana Ruiz,Leica M3
bob,bob@example.org,Bob Lee,
"""
# The clocks change in the night to 28 March 2027: 09:30 in week 2 is 08:30 UTC, and the
# chat goes on evenly across the gap.
EXPANDED = """\
comments/film:welcome:first by: ana | text: Hello back.
friendships/ana:bob state: confirmed
groups/film about: For people who shoot film. | access: private | creator: jane \
| name: Film club
members/ana email: ana@example.org | name: Ana Ruiz
members/bob email: bob@example.org | name: Bob Lee
members/jane email: jane@example.org | name: Jane Hart
memberships/film:ana role: member
memberships/film:bob role: member
memberships/film:jane role: admin
posts/film:chat-intro by: jane | due: 2027-03-28 00:30 | text: We begin.
posts/film:chat-q1 by: jane | due: 2027-03-28 00:40 | text: Q1. What did you shoot?
posts/film:chat-q2 by: jane | due: 2027-03-28 01:05 | text: Q2. What broke?
posts/film:reminder by: jane | due: 2027-03-20 11:00 | text: Bring a camera.
posts/film:share-week-1 by: jane | due: 2027-03-22 09:30 | text: @ana shares a picture.
posts/film:share-week-2 by: jane | due: 2027-03-29 08:30 | text: @bob shares a picture.
posts/film:welcome by: jane | due: 2027-03-20 09:00 | text: Hello!
profile-fields/camera name: My camera | type: line | visible_to: members
profile-groups/work name: At work
profile-values/ana:camera value: Leica M3
"""


def test_film_club_is_written_out(read: Read) -> None:
    """Every spec, with what the blueprint says of it."""
    desired = engine.declare(read(FILM_CLUB, {"film.csv": ROSTER})).desired

    assert "\n".join(sorted(map(line, desired))) + "\n" == EXPANDED


def test_presets_write_settled_posts(read: Read) -> None:
    """What was posted is not edited when the list behind it changes."""
    desired = engine.declare(read(FILM_CLUB, {"film.csv": ROSTER})).desired
    posts = {each.spec.key: each.settled for each in desired if is_post(each)}

    assert posts == {
        "film:welcome": False,
        "film:reminder": False,
        "film:share-week-1": True,
        "film:share-week-2": True,
        "film:chat-intro": True,
        "film:chat-q1": True,
        "film:chat-q2": True,
    }


def is_post(desired: Desired) -> bool:
    """Tell posts from all else."""
    return desired.spec.address.kind == "posts"


def line(desired: Desired) -> str:
    """One spec on one line, without what kinds add of themselves."""
    spec = desired.spec
    fields = {
        name: shown(value)
        for name, value in spec.stated()
        if value is not UNSET and name not in {"order", "role"} | {"owner"}
    }
    if spec.address.kind == "memberships":
        fields = {"role": spec.role}  # type: ignore[attr-defined]  # Membership
    stated = " | ".join(f"{name}: {fields[name]}" for name in sorted(fields))
    return f"{spec.address} {stated}"


def shown(value: Any) -> str:
    """Moments without their seconds and zone."""
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "hour") else str(value)
