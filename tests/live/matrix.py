"""
What each BuddyPress lets an administrator and a member do, row by row.

A row is one request to a site on which the same few people and things are, and how
each version answers: under an application password, and with the cookies of a login.
Where BuddyPress changes a cell, :mod:`wpbridge.site.ability` has to follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from tests.recording.lead import activate, group, join, keys, people
from tests.recording.steps import Step, delete, get, post, put, upload

Cell: TypeAlias = int | str
"""A status; or one, a path into the answer and the value that stands there."""
BEN = "benno"


@dataclass(frozen=True)
class Row:
    """
    One request.

    ``cells`` has how BuddyPress 12, 14 and 15 answer under an application password,
    ``cookie`` how each does to a login with cookies.
    """

    does: str
    step: Step
    cells: tuple[Cell, Cell, Cell]
    cookie: tuple[Cell, Cell, Cell] | None = None

    def cell(self, version: int, *, cookie: bool) -> Cell | None:
        """Give what a version is to answer; nothing where the row does not say."""
        cells = self.cookie if cookie else self.cells
        column = sum(version > each for each in (12, 14))
        return cells[column] if cells else None


def same(cell: Cell) -> tuple[Cell, Cell, Cell]:
    """Give the same for each version."""
    return cell, cell, cell


LEAD: tuple[Step, ...] = (
    *activate("friends", "groups", "messages"),
    *people("anna", "benno", "cemal", "dana"),
    *keys("benno"),
    group("film", creator="{anna}"),
    group("door", creator="{anna}", status="private"),
    group("open"),
    *join("film", "benno", "cemal"),
    post("~/activity", {"content": "By benno."}, who=BEN, save={"post": "id"}),
    post(
        "~/groups/invites",
        {"user_id": "{dana}", "group_id": "{film}", "inviter_id": "{benno}"},
        save={"invite": "id"},
    ),
    post(
        "~/groups/membership-requests",
        {"user_id": "{dana}", "group_id": "{door}"},
        save={"request": "id"},
    ),
    post(
        "~/friends",
        {"initiator_id": "{cemal}", "friend_id": "{dana}"},
        save={"friendship": "id"},
    ),
    post("~/xprofile/groups", {"name": "Work"}, save={"work": "id"}),
    post(
        "~/xprofile/fields",
        {
            "group_id": "{work}",
            "name": "Secret",
            "type": "textbox",
            "default_visibility": "adminsonly",
            "allow_custom_visibility": "disabled",
        },
        save={"secret": "id"},
    ),
    post("~/xprofile/{secret}/data/{cemal}", {"value": "hush"}),
    post("~/sitewide-notices", {"subject": "S", "message": "M"}, save={"notice": "id"}),
)

FILM, DOOR = "~/groups/{film}", "~/groups/{door}"
OFF, ON = (500, 500, 200), same(200)
NEW = {"name": "New", "description": "New."}
ADMIN: tuple[Row, ...] = (
    Row("lists components", get("~/components"), ON, ON),
    Row("names any member", put("~/members/{benno}", {"name": "B"}), ON, ON),
    Row(
        "makes a group of another",
        post("~/groups", {**NEW, "creator_id": "{benno}"}),
        ON,
        ON,
    ),
    Row("makes a group of nobody's", post("~/groups", NEW), OFF, ON),
    Row(
        "updates a group without its creator",
        put(FILM, {"name": "Cinema"}),
        ("creator_id {anna}", "creator_id {anna}", "creator_id 1"),
        same("creator_id 1"),
    ),
    Row(
        "adds anyone to a group", post(FILM + "/members", {"user_id": "{dana}"}), ON, ON
    ),
    Row(
        "adds somebody as a moderator",
        post(FILM + "/members", {"user_id": "{dana}", "role": "mod"}),
        same("is_mod False"),
        same("is_mod True"),
    ),
    Row(
        "promotes", put(FILM + "/members/{benno}", {"role": "mod"}), (200, 500, 200), ON
    ),
    Row("bans", put(FILM + "/members/{benno}", {"action": "ban"}), (200, 500, 200), ON),
    Row("removes a member", delete(FILM + "/members/{benno}"), ON, ON),
    Row(
        "removes the last admin",
        delete(FILM + "/members/{anna}"),
        (200, 403, 403),
        (200, 403, 403),
    ),
    Row("posts as oneself", post("~/activity", {"content": "Hi."}), ON, ON),
    Row(
        "posts in any group",
        post(
            "~/activity",
            {"content": "Hi.", "component": "groups", "primary_item_id": "{film}"},
        ),
        ON,
        ON,
    ),
    Row(
        "edits anyone's post",
        put("~/activity/{post}", {"content": "Ho.", "type": "activity_update"}),
        ON,
        ON,
    ),
    Row("deletes anyone's post", delete("~/activity/{post}"), ON, ON),
    Row(
        "posts as another",
        post("~/activity", {"content": "Hi.", "user_id": "{benno}"}),
        same(403),
        same(403),
    ),
    Row(
        "befriends any two",
        post(
            "~/friends",
            {"initiator_id": "{anna}", "friend_id": "{benno}", "force": True},
        ),
        same("is_confirmed True"),
        same("is_confirmed True"),
    ),
    Row(
        "accepts the friendship of others",
        put("~/friends/{dana}"),
        same(404),
        same(404),
    ),
    Row(
        "invites in another's name",
        post(
            "~/groups/invites",
            {"user_id": "{dana}", "group_id": "{door}", "inviter_id": "{anna}"},
        ),
        ON,
        ON,
    ),
    Row(
        "invites",
        post("~/groups/invites", {"user_id": "{benno}", "group_id": "{open}"}),
        (404, 404, 200),
        ON,
    ),
    Row(
        "lists invites of a group",
        get("~/groups/invites", query={"group_id": "{film}"}),
        (404, 404, 200),
        ON,
    ),
    Row("lists all invites", get("~/groups/invites"), same(403), same(403)),
    Row("accepts an invite", put("~/groups/invites/{invite}"), (403, 403, 200), ON),
    Row(
        "takes an invite back", delete("~/groups/invites/{invite}"), (403, 403, 200), ON
    ),
    Row(
        "asks to join in another's name",
        post(
            "~/groups/membership-requests", {"user_id": "{benno}", "group_id": "{door}"}
        ),
        ON,
        ON,
    ),
    Row(
        "lists requests",
        get("~/groups/membership-requests", query={"group_id": "{door}"}),
        (403, 403, 200),
        ON,
    ),
    Row(
        "accepts a request",
        put("~/groups/membership-requests/{request}"),
        (403, 403, 200),
        ON,
    ),
    Row(
        "sends a message",
        post("~/messages", {"recipients": ["{benno}"], "subject": "S", "message": "M"}),
        OFF,
        ON,
    ),
    Row(
        "lists another's threads",
        get("~/messages", query={"user_id": "{benno}"}),
        ON,
        ON,
    ),
    Row(
        "shows a notice",
        post("~/sitewide-notices", {"subject": "T", "message": "T"}),
        ON,
        ON,
    ),
    Row(
        "dismisses a notice",
        post("~/sitewide-notices/dismiss"),
        ("dismissed False", "dismissed False", "dismissed True"),
        same("dismissed True"),
    ),
    Row(
        "lists another's notifications",
        get("~/notifications", query={"user_id": "{dana}"}),
        ON,
        ON,
    ),
    Row(
        "writes a value",
        post("~/xprofile/{secret}/data/{benno}", {"value": "psst"}),
        ON,
        ON,
    ),
    Row(
        "reads a hidden value",
        get("~/xprofile/{secret}/data/{cemal}"),
        (403, 403, 200),
        ON,
    ),
    Row(
        "uploads another's face",
        upload("~/members/{benno}/avatar", "bp_avatar_upload", 200, 200),
        ON,
        ON,
    ),
    Row(
        "makes a password for another",
        post("/wp/v2/users/{cemal}/application-passwords", {"name": "for cemal"}),
        same(201),
        same(201),
    ),
)

LATE = (403, 403, 200)
MEMBER: tuple[Row, ...] = (
    Row("a member posts", post("~/activity", {"content": "Hi."}, who=BEN), ON),
    Row(
        "a member posts in a group of theirs",
        post(
            "~/activity",
            {"content": "Hi.", "component": "groups", "primary_item_id": "{film}"},
            who=BEN,
        ),
        ON,
    ),
    Row(
        "a member comments",
        post(
            "~/activity",
            {
                "content": "Yes.",
                "type": "activity_comment",
                "primary_item_id": "{post}",
            },
            who=BEN,
        ),
        ON,
    ),
    Row("a member likes a post", post("~/activity/{post}/favorite", who=BEN), ON),
    Row(
        "a member edits their post",
        put(
            "~/activity/{post}", {"content": "Ho.", "type": "activity_update"}, who=BEN
        ),
        LATE,
    ),
    Row("a member deletes their post", delete("~/activity/{post}", who=BEN), LATE),
    Row(
        "a member sends a message",
        post(
            "~/messages",
            {"recipients": ["{cemal}"], "subject": "S", "message": "M"},
            who=BEN,
        ),
        OFF,
    ),
    Row(
        "a member asks for friendship",
        post("~/friends", {"friend_id": "{cemal}", "initiator_id": "{benno}"}, who=BEN),
        LATE,
    ),
    Row(
        "a member joins a public group",
        post("~/groups/{open}/members", {"user_id": "{benno}"}, who=BEN),
        OFF,
    ),
    Row(
        "a member leaves a group",
        delete("~/groups/{film}/members/{benno}", who=BEN),
        LATE,
    ),
    Row(
        "a member writes a value of theirs",
        post("~/xprofile/{secret}/data/{benno}", {"value": "psst"}, who=BEN),
        LATE,
    ),
    Row(
        "a member uploads their face",
        upload("~/members/{benno}/avatar", "bp_avatar_upload", 200, 200, who=BEN),
        LATE,
    ),
    Row(
        "a member renames themselves",
        put("~/members/{benno}", {"name": "B"}, who=BEN),
        ON,
    ),
)
ROWS = ADMIN + MEMBER
