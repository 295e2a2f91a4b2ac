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
    akismet: str
    """The release of Akismet that came with that WordPress."""
    cover_width: int
    """What a cover should measure at least, by the theme of that WordPress."""
    double_quotes: bool = False
    """kses writes attributes anew in double quotes (WordPress 7.1)."""
    direct_roles: bool = False
    """
    Roles in groups are changed without asking and without telling anybody.

    R12's controller calls BP_Groups_Member's own methods: no mails, no guard
    for the last admin or oneself, and no need of ``bp_loggedin_user_id()``.
    """
    older_fields: bool = False
    """
    Profile fields as R12 has them.

    A PUT on an option takes it out of its field, and a visibility that was not
    loaded is told as null.
    """
    fatal_edit_lists: bool = False
    """Lists of members in the edit context are a fatal error (R12)."""
    older_wordpress: bool = False
    """WordPress 6.4: no users in a batch, no search_columns, and the like."""

    @property
    def alike(self) -> int:
        """The release whose arguments and fields hold for this one too."""
        return max(self.number, 14)


VERSIONS = {
    12: Version(
        number=12,
        release="12.7.2",
        api="v1",
        wordpress="6.4.10",
        wraps=True,
        writes_edit=True,
        knows_application_passwords=False,
        features_are_listed=True,
        akismet="5.3.2",
        cover_width=620,
        direct_roles=True,
        older_fields=True,
        fatal_edit_lists=True,
        older_wordpress=True,
    ),
    14: Version(
        number=14,
        release="14.5.2",
        api="v1",
        wordpress="6.9.7",
        wraps=True,
        writes_edit=True,
        knows_application_passwords=False,
        features_are_listed=True,
        akismet="5.6",
        cover_width=645,
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
        akismet="5.7.2",
        cover_width=645,
        double_quotes=True,
    ),
}
