"""What differs between the releases of BuddyPress that can be played."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Version:
    """One BuddyPress release line and the quirks that set it apart."""

    number: int
    release: str
    api: str
    wordpress: str
    wraps: bool
    """Single objects come as a list of one (BP-REST's controllers, v1)."""
    writes_edit: bool
    """Replies to writes are in the edit context whatever was asked (v1)."""
    knows_application_passwords: bool
    """
    Whether BuddyPress sees who came by application password.

    Until 14 the user is cached at ``init``, before WordPress accepts such a
    password (``BP_Core::setup_globals``), so ``bp_loggedin_user_id()`` is 0.
    """
    features_are_listed: bool
    """No ``components.features`` are told as ``[]``, else as null."""


VERSIONS = {
    14: Version(
        number=14,
        release="14.5.2",
        api="v1",
        wordpress="6.9.7",
        wraps=True,
        writes_edit=True,
        knows_application_passwords=False,
        features_are_listed=True,
    ),
    15: Version(
        number=15,
        release="15.0.0-alpha",
        api="v2",
        wordpress="7.1",
        wraps=False,
        writes_edit=False,
        knows_application_passwords=True,
        features_are_listed=False,
    ),
}
