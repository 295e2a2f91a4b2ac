"""What BuddyPress 12, 14 and 15 do differently, and whom they write to."""

from __future__ import annotations

import pytest

from tests.rehearsal.site import Site, opened

GROUP = {"name": "Film", "slug": "film", "description": "Reels.", "creator_id": 1}


def _mails(site: Site) -> list[tuple[str, str]]:
    return [(mail.to.partition("@")[0], mail.kind) for mail in site.app.mails]


def _with_ana(version: int) -> tuple[Site, int, int]:
    site = opened(version)
    ana = site.member("ana")
    return site, ana, site.item("POST", "~/groups", **GROUP)["id"]


@pytest.mark.parametrize(("version", "shape"), [(14, list), (15, dict)])
def test_single_objects_are_wrapped_by_v1(version: int, shape: type) -> None:
    """A list of one on 14, the object on 15."""
    site, _, group = _with_ana(version)
    assert isinstance(site("GET", f"~/groups/{group}").body, shape)


@pytest.mark.parametrize(
    ("version", "status", "mails"),
    [
        (12, 200, []),
        (14, 500, []),
        (15, 200, [("ana", "groups-member-promoted")]),
    ],
)
def test_promotion_needs_a_login_that_buddypress_sees(
    version: int, status: int, mails: list[tuple[str, str]]
) -> None:
    """14 does not see who came by application password; 12 does not ask."""
    site, ana, group = _with_ana(version)
    site("POST", f"~/groups/{group}/members", user_id=ana)
    answer = site("PUT", f"~/groups/{group}/members/{ana}", role="mod")

    assert (answer.status, _mails(site)) == (status, mails)


@pytest.mark.parametrize(("version", "creator"), [(14, "ana"), (15, "admin")])
def test_an_update_silent_on_the_creator_makes_it_the_caller(
    version: int, creator: str
) -> None:
    """On 15; on 14 there is no caller to take."""
    site = opened(version)
    ids = {site.member("ana"): "ana", 1: "admin"}
    values = {**GROUP, "creator_id": 2}
    group = site.item("POST", "~/groups", **values)["id"]
    changed = site.item("PUT", f"~/groups/{group}", name="Films")

    assert ids[changed["creator_id"]] == creator


@pytest.mark.parametrize(("version", "status"), [(14, 500), (15, 200)])
def test_messages_need_a_sender_that_buddypress_sees(version: int, status: int) -> None:
    """And mail whoever gets one."""
    site, ana, _ = _with_ana(version)
    answer = site("POST", "~/messages", message="Hi", recipients=[ana])

    assert answer.status == status
    assert _mails(site) == ([("ana", "messages-unread")] if status == 200 else [])


@pytest.mark.parametrize("version", [14, 15])
def test_friendships_mail_as_they_are_made(version: int) -> None:
    """A forced one tells its initiator, an asked one its friend."""
    site, ana, _ = _with_ana(version)
    ben, cleo = site.member("ben"), site.member("cleo")
    site("POST", "~/friends", initiator_id=ana, friend_id=ben, force=True)
    site("POST", "~/friends", initiator_id=ana, friend_id=cleo)

    assert _mails(site) == [
        ("ana", "friends-request-accepted"),
        ("cleo", "friends-request"),
    ]


@pytest.mark.parametrize("version", [14, 15])
def test_mentions_and_comments_mail(version: int) -> None:
    """Once for the mention, once for the answer, never for an edit."""
    site, ana, _ = _with_ana(version)
    by_ana = site.as_member(ana, "ana")
    post = by_ana.item("POST", "~/activity", content="Hello @admin")["id"]
    values = {"type": "activity_comment", "primary_item_id": post}
    site("POST", "~/activity", content="Hi", **values)
    site("PUT", f"~/activity/{post}", content="@admin!", type="activity_update")

    assert _mails(site) == [
        ("admin", "activity-at-message"),
        ("ana", "activity-comment"),
    ]


def test_what_is_silent_mails_nobody() -> None:
    """New accounts, groups, members, types, values."""
    site, ana, group = _with_ana(15)
    site.app.register_types(member=["mentor"])
    site("POST", f"~/groups/{group}/members", user_id=ana)
    site("PUT", f"~/members/{ana}", member_type="mentor")
    site("POST", f"~/xprofile/1/data/{ana}", value="Ana Ruiz")
    site("DELETE", f"~/groups/{group}/members/{ana}")

    assert _mails(site) == []


def test_a_new_address_is_told_to_the_old_one() -> None:
    """And a new password too."""
    site, ana, _ = _with_ana(15)
    site("PUT", f"/wp/v2/users/{ana}", email="new@example.org", password="q")

    assert _mails(site) == [("ana", "email-changed"), ("ana", "password-changed")]


def test_lists_of_members_in_the_edit_context_are_fatal_on_12() -> None:
    """A page of HTML, not JSON."""
    answer = opened(12)("GET", "~/members?context=edit&type=alphabetical")

    assert (answer.status, answer.body) == (500, None)


@pytest.mark.parametrize("version", [14, 15])
def test_the_other_api_is_not_there(version: int) -> None:
    """v1 and v2 never stand beside each other."""
    site = opened(version)
    other = "v2" if version == 14 else "v1"
    answer = site("GET", f"/buddypress/{other}/members")

    assert (answer.status, answer.body["code"]) == (404, "rest_no_route")
