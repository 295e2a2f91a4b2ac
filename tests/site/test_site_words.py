"""What a site allows, and what the doctor says of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from wpbridge import kinds
from wpbridge.site import Companion, Facts, Me
from wpbridge.site.ability import TABLE, UNSEEN, major, reason
from wpbridge.site.doctor import SAID, Level, diagnose

RIGHTS = frozenset(
    {
        "bp_moderate",
        "create_users",
        "delete_users",
        "edit_others_posts",
        "edit_users",
        "list_users",
        "manage_options",
        "promote_users",
        "publish_pages",
        "upload_files",
    }
)
BP15 = Facts("https://x.org", "https://x.org/wp-json/", 2, capabilities=RIGHTS)
BP15 = replace(BP15, buddypress="15.0.0-alpha", components={"groups": True, "x": False})
BP14 = replace(BP15, api=1, buddypress="14.5.2", sees_login=False, sees_members=False)
BP12 = replace(BP14, buddypress="12.7.2")
ME = Me("jane", 1)
FULL = Companion(
    version="0.1.0",
    abilities=frozenset(
        {
            "calls",
            "collections",
            "favourites",
            "fields",
            "group-rules",
            "group-types",
            "last-activity",
            "lease",
            "login",
            "marks",
            "member-types",
            "moderation",
            "options",
            "password-none",
            "queue",
            "queue-quiet",
            "registration",
            "suspend",
            "visibility",
            "welcome",
        }
    ),
    switches={"acting": True, "quiet": True, "dates": True},
    page="https://x.org/wp-admin/options-general.php?page=wpbridge-companion",
)


def missing(facts: Facts) -> set[str]:
    """What cannot be done there, besides what takes the companion."""
    shy = replace(FULL, switches={"quiet": True, "dates": True})
    facts = replace(facts, companion=shy)
    always = {"act at once", "queue"}
    return {each for each in TABLE if reason(facts, each)} - always


MEMBERS = {"send messages as", "end friendships"}
LOGIN = MEMBERS | {
    "read hidden values",
    "read requests",
    "accept requests",
    "send messages",
    "answer friends",
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (BP15, {"change own membership"}),
        (BP14, {"change own membership", "promote"} | LOGIN),
        (BP12, LOGIN),
        (replace(BP14, sees_login=True), {"change own membership"} | MEMBERS),
        (replace(BP12, sees_login=True), MEMBERS),
        (
            replace(BP14, sees_login=True, sees_members=True),
            {"change own membership"},
        ),
        (
            replace(BP15, application_passwords=False),
            {
                "change own membership",
                "post as",
                "send messages as",
                "end friendships",
            },
        ),
    ],
    ids=[
        "15",
        "14",
        "12",
        "14 cookies",
        "12 cookies",
        "14 mended",
        "no application passwords",
    ],
)
def test_the_table_follows_the_versions(facts: Facts, expected: set[str]) -> None:
    """As tried on live sites."""
    assert missing(facts) == expected


def test_reasons_are_in_words() -> None:
    """They go into plans as they are."""
    assert reason(BP14, "promote") == (
        "BuddyPress 14 does not see who is logged in under an application password, "
        "and refuses promotions"
    )
    assert reason(BP15, "marks") == "it takes the companion plugin on the site"
    plain = replace(BP15, capabilities=frozenset({"read"}))
    assert reason(plain, "media") == "this login lacks the right to (upload_files)"


def test_what_takes_the_companion_says_what_is_amiss_with_it() -> None:
    """It is not there, or too old, or off, or does not speak to this login."""
    old = replace(BP15, companion=replace(FULL, abilities=FULL.abilities - {"marks"}))
    off = replace(BP15, companion=replace(FULL, switches={}))
    mute = replace(BP15, companion=Companion())

    assert reason(BP15, "marks") == "it takes the companion plugin on the site"
    assert reason(old, "marks") == (
        "the companion plugin there (0.1.0) is too old for it: update it"
    )
    assert reason(old, "posting rule") is None
    assert reason(off, "quiet") == (
        "`quiet` is off in the companion plugin's settings (https://x.org/wp-admin/"
        "options-general.php?page=wpbridge-companion)"
    )
    assert "nothing to say to this login" in str(reason(mute, "quiet"))
    assert "does not" not in words(replace(BP15, companion=FULL))
    assert "switched off in it: acting in members' names, quiet work" in words(off)
    assert "no use can be made of it" in words(mute)


def test_where_the_companion_acts_nobody_needs_a_password() -> None:
    """Application passwords may be off."""
    closed = replace(BP15, application_passwords=False)

    assert "application passwords are off" in str(reason(closed, "post as"))
    assert reason(replace(closed, companion=FULL), "post as") is None


def test_an_unknown_version_is_taken_for_the_worse() -> None:
    """A login that may not list plugins cannot tell 12 from 14."""
    unknown = replace(BP14, buddypress="")

    assert major(unknown) == 14
    assert "BuddyPress 14 or older does not see" in str(reason(unknown, "promote"))
    assert major(replace(BP15, buddypress="")) == 15


def test_networks_are_for_super_admins() -> None:
    """They alone make application passwords for others."""
    network = replace(BP15, multisite=True)
    granted = replace(network, capabilities=RIGHTS | {"manage_network_users"})

    assert "super admin" in str(reason(network, "post as"))
    assert reason(granted, "post as") is None


def test_components_are_abilities_too() -> None:
    """Where they are known."""
    assert reason(BP15, "component groups") is None
    assert reason(BP15, "component x") == "BuddyPress's component x is off"
    assert reason(replace(BP15, components={}), "component x") is None


def test_an_ability_that_nobody_knows_is_a_mistake_of_ours() -> None:
    """And no quiet yes."""
    with pytest.raises(KeyError):
        reason(BP15, "fly")


def test_every_ability_that_a_kind_names_is_in_the_table() -> None:
    """A new one is added there, with its reasons."""
    named = re.compile(r"(?:\bcan\(|\bability=)\"([^\"]+)\"")
    folder = Path(kinds.__file__).parent
    found = {
        ability
        for path in folder.glob("*.py")
        for ability in named.findall(path.read_text("utf-8"))
    }

    assert "promote" in found
    assert {each for each in found if not each.startswith("component ")} <= set(TABLE)


def test_what_takes_the_companion_is_said_in_plain_words() -> None:
    """Whoever runs a community does not know the names that the code gives it."""
    takes = {each for each in TABLE if "companion" in str(reason(BP15, each))}

    assert takes - set(SAID) == set()


def words(facts: Facts) -> str:
    """All that the doctor says."""
    return "\n".join(f"{each.level.value}: {each.text}" for each in diagnose(facts, ME))


def test_a_healthy_site_has_no_trouble() -> None:
    """Versions, login and components, a line each."""
    facts = replace(BP15, name="Club", wordpress="7.1", companion=FULL)

    assert (
        words(facts)
        == """\
fine: Club at https://x.org: WordPress 7.1, BuddyPress 15.0.0-alpha (API version 2)
fine: the companion plugin 0.1.0 is active
fine: switched on in it: acting in members' names, quiet work, without mails and \
notifications, dates of the past
fine: logged in as jane, who may run the community
fine: components that are on: groups
fine: components that are off: x
note: not here: change own membership (BuddyPress 15 lets nobody change a membership \
of their own)"""
    )


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (BP14, "note: BuddyPress itself does not see who is logged in"),
        (BP14, f"note: BuddyPress 14 {UNSEEN} so it\n- refuses promotions\n- shows "),
        (replace(BP15, plain=True), "note: permalinks are plain"),
        (replace(BP15, multisite=True), "note: this is one site of a network"),
        (replace(BP15, components={}), "note: this login may not see which components"),
        (replace(BP15, capabilities=frozenset({"read"})), "trouble: logged in as jane"),
        (replace(BP15, application_passwords=False), "trouble: the site does not off"),
    ],
)
def test_what_is_amiss_is_said(facts: Facts, says: str) -> None:
    """With its remedy where there is one."""
    assert says in words(facts)


def test_one_reason_is_said_once() -> None:
    """With all that comes of it; five lines began alike."""
    said = [each for each in words(BP14).splitlines() if "under an application" in each]

    assert len(said) == 2
    assert said[1] == f"note: BuddyPress 14 {UNSEEN} so it"
    assert (
        "note: acting for a member takes an application password, under which "
        "BuddyPress 14 does not see who is logged in, and so it ends no friendships "
        "and sends no messages\n"
    ) in words(BP14)


def test_lines_have_levels() -> None:
    """The command line colours them."""
    assert {each.level for each in diagnose(BP15, ME)} == {Level.FINE, Level.NOTE}


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (3, ["its clock is ahead of this machine's by 3:00:00"]),
        (-26, ["its clock is behind this machine's by 1 day, 2:00:00"]),
        (0, []),
    ],
)
def test_a_clock_that_is_off_is_told(hours: int, words: list[str]) -> None:
    """Whichever of the two it is, the site's holds."""
    facts = replace(BP15, ahead=timedelta(hours=hours))
    told = [each.text for each in diagnose(facts, ME) if "clock" in each.text]

    assert [each.partition(";")[0] for each in told] == words
