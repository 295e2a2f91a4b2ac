"""What BuddyPress's options keep from people, over the API."""

import re

from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.visit import Visit

_SHUT = r"(members|groups|activity|xprofile|components)(/|$)"


def heed(visit: Visit) -> None:
    """Refuse a request that an administrator's options do not allow."""
    space, _, path = visit.route.strip("/").partition(f"{visit.version.api}/")
    if space != "buddypress/":
        return
    if visit.anonymous and visit.store.option("_bp_community_visibility") == "members":
        _heed_members_only(visit, path)
    if visit.method == "POST" and path == "groups":
        _heed_group_creation(visit)
    if visit.method == "DELETE" and path == "members/me":
        _heed_account_deletion(visit)


def _heed_members_only(visit: Visit, path: str) -> None:
    """``bp_view``, which strangers have not where the community is for members."""
    older = visit.version.older_fields
    if older and path == "activity":
        return
    if older and path == "members":
        message = "Sorry, you are not allowed to do that."
        raise visit.denied(message, "rest_forbidden")
    if re.match(_SHUT, path):
        raise visit.denied()


def _heed_group_creation(visit: Visit) -> None:
    admins = visit.store.option("bp_restrict_group_creation") == "admins"
    if admins and not visit.moderates:
        raise visit.denied("Sorry, you are not allowed to create groups.")


def _heed_account_deletion(visit: Visit) -> None:
    off = visit.store.option("bp-disable-account-deletion")
    if off and not visit.moderates:
        raise visit.denied("Sorry, you are not allowed delete your account.")


def heed_uploads(visit: Visit, kind: str, name: str, what: str) -> None:
    """Refuse pictures where they are off; ``kind`` and ``name`` are BuddyPress's."""
    picture = "cover-image" if what == "cover" else "avatar"
    group = "group-" if kind == "group" else ""
    if visit.store.option(f"bp-disable-{group}{picture}-uploads"):
        code = f"bp_rest_attachments_{name}_{what}_disabled"
        raise Refusal(code, f"Sorry, {kind} {what} upload is disabled.")
