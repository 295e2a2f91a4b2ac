"""Avatars and covers of members and groups, after BP_REST_Attachments."""

import io
from dataclasses import dataclass
from typing import Any

import imagesize
from werkzeug.datastructures import FileStorage

from wpbridge.rehearsal import communities, people
from wpbridge.rehearsal.options import heed_uploads
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.visit import Visit

_TYPES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}
_AVATAR = 150
_COVER_HEIGHT = 225


@dataclass(frozen=True)
class Owner:
    """Whose picture: a member or a group."""

    kind: str
    """BuddyPress's word in error codes: user, group."""
    name: str
    """Its other word there: member, group."""
    id: int

    def key(self, what: str) -> str:
        """The owner of an upload, as its table has it."""
        return f"{self.kind}/{self.id}/{what}"


def _owner(visit: Visit) -> Owner:
    if "group_id" in visit.params.path:
        group = communities.group_by_id(visit, visit.number("group_id"))
        return Owner("group", "group", group["id"])
    user = visit.number("user_id")
    if not visit.user(user):
        raise Refusal("bp_rest_member_invalid_id", "Invalid member ID.", 404)
    return Owner("user", "member", user)


def _may_change(visit: Visit, owner: Owner) -> None:
    if owner.kind == "group":
        runs = communities.is_admin(visit, owner.id, visit.bp_me)
        if not visit.moderates and not runs:
            message = "Sorry, you are not authorized to perform this action."
            raise visit.denied(message)
        return
    if visit.anonymous:
        message = "Sorry, you need to be logged in to perform this action."
        raise visit.denied(message)
    if not visit.moderates and visit.bp_me != owner.id:
        raise visit.denied()


def _urls(visit: Visit, owner: Owner) -> dict[str, str]:
    gravatar = not visit.get("no_gravatar")
    if owner.kind == "group":
        return {
            size: communities.avatar(visit, owner.id, size)
            for size in ("full", "thumb")
        }
    return {
        size: people.avatar(visit, owner.id, size, gravatar=gravatar)
        for size in ("full", "thumb")
    }


def get_avatar(visit: Visit) -> Any:
    """Addresses of both sizes, uploaded or not."""
    owner = _owner(visit)
    urls = _urls(visit, owner)
    if visit.get("html"):
        alt = visit.get("alt") or "Profile Photo"
        urls = {
            size: f'<img src="{url}" class="avatar {owner.kind}-{owner.id}-avatar '
            f'avatar-{people.SIZES[size]} photo" width="{people.SIZES[size]}" '
            f'height="{people.SIZES[size]}" alt="{alt}" />'
            for size, url in urls.items()
        }
    return visit.single(urls)


def _image(visit: Visit, owner: Owner, what: str) -> tuple[FileStorage, bytes]:
    """The uploaded image, or BuddyPress's word for why it is none."""
    if visit.upload is None:
        raise Refusal(
            f"bp_rest_attachments_{owner.name}_{what}_no_image_file",
            "Sorry, you need an image file to upload.",
            500,
        )
    failed = f"bp_rest_attachments_{owner.kind}_{what}_upload_error"
    wanted = "bp_avatar_upload" if what == "avatar" else "bp_cover_image_upload"
    # wp_handle_upload's form test
    if visit.get("action") != wanted:
        message = "Upload failed! Error was: Invalid form submission."
        raise Refusal(failed, message, 500, reason="upload_error")
    if visit.upload.mimetype not in _TYPES:
        message = "Upload failed! Error was: Please upload only this file types."
        raise Refusal(failed, message, 500, reason="upload_error")
    return visit.upload, visit.upload.read()


def _too_small(owner: Owner, what: str, code: str, least: tuple[int, int]) -> Refusal:
    message = (
        f"You have selected an image that is smaller than recommended. For best "
        f"results, make sure to upload an image that is larger than {least[0]}px "
        f"wide, and {least[1]}px tall."
    )
    return Refusal(
        f"bp_rest_attachments_{owner.kind}_{what}_{code}",
        message,
        400,
        reason="image_too_small",
        min_width=least[0],
        min_height=least[1],
    )


def create_avatar(visit: Visit) -> Any:
    """Take an image; it is cropped and scaled on real sites, kept as is here."""
    owner = _owner(visit)
    _may_change(visit, owner)
    heed_uploads(visit, owner.kind, owner.name, "avatar")
    file, body = _image(visit, owner, "avatar")
    width, height = imagesize.get(io.BytesIO(body))
    if width < _AVATAR or height < _AVATAR:
        raise _too_small(owner, "avatar", "error", (_AVATAR, _AVATAR))
    folder = "group-avatars" if owner.kind == "group" else "avatars"
    _forget(visit, owner, "avatar")
    # Named by the second of the upload, never by what is in it.
    stamp = int(visit.now.timestamp())
    for size in ("full", "thumb"):
        path = f"{folder}/{owner.id}/{stamp}-bp{size}.{_TYPES[file.mimetype]}"
        _keep(visit, owner.key("avatar"), path, file.mimetype, body)
    return visit.single(_urls(visit, owner))


def _keep(visit: Visit, owner: str, path: str, kind: str, body: bytes) -> None:
    visit.store.insert("uploads", path=path, owner=owner, content_type=kind, body=body)


def _forget(visit: Visit, owner: Owner, what: str) -> int:
    return visit.store.run("DELETE FROM uploads WHERE owner = ?", owner.key(what))


def delete_avatar(visit: Visit) -> Any:
    """Delete what was uploaded."""
    owner = _owner(visit)
    _may_change(visit, owner)
    previous = _urls(visit, owner)
    if not _forget(visit, owner, "avatar"):
        raise Refusal(
            f"bp_rest_attachments_{owner.name}_avatar_no_uploaded_avatar",
            f"Sorry, there are no uploaded avatars for this {owner.kind} on this site.",
            404,
        )
    return {"deleted": True, "previous": previous}


def get_cover(visit: Visit) -> Any:
    """The address of the cover; having none is an error."""
    owner = _owner(visit)
    found = people.uploaded(visit, owner.key("cover"))
    if not found:
        raise Refusal(
            f"bp_rest_attachments_{owner.name}_cover_no_image",
            f"Sorry, there was a problem fetching this {owner.kind} cover.",
            500,
        )
    return visit.single({"image": found})


def create_cover(visit: Visit) -> Any:
    """Take an image; one that is too low is refused and kept all the same."""
    owner = _owner(visit)
    _may_change(visit, owner)
    heed_uploads(visit, owner.kind, owner.name, "cover")
    file, body = _image(visit, owner, "cover")
    width, height = imagesize.get(io.BytesIO(body))
    _forget(visit, owner, "cover")
    folder = "groups" if owner.kind == "group" else "members"
    # PHP's uniqid(): the microsecond, in hexadecimal.
    stamp = f"{int(visit.now.timestamp()):08x}{visit.now.microsecond:05x}"
    name = f"{stamp}-bp-cover-image.{_TYPES[file.mimetype]}"
    path = f"buddypress/{folder}/{owner.id}/cover-image/{name}"
    _keep(visit, owner.key("cover"), path, file.mimetype, body)
    if height < _COVER_HEIGHT:
        least = (visit.version.cover_width, _COVER_HEIGHT)
        raise _too_small(owner, "cover", "upload_error", least)
    del width
    # The reply, unlike a later GET, has a slash too many.
    url = f"{visit.url}/{people.UPLOADS}/{path}".replace("buddypress/", "buddypress//")
    return visit.single({"image": url})


def delete_cover(visit: Visit) -> Any:
    """Delete the cover."""
    owner = _owner(visit)
    _may_change(visit, owner)
    found = people.uploaded(visit, owner.key("cover"))
    if not _forget(visit, owner, "cover"):
        raise Refusal(
            f"bp_rest_attachments_{owner.name}_cover_delete_failed",
            f"Sorry, there was a problem deleting this {owner.kind} cover.",
            500,
        )
    return {"deleted": True, "previous": found}


ROUTES = {
    f"{verb} ~/{base}/{what}": action
    for base in ("members/<user_id>", "groups/<group_id>")
    for what, actions in (
        ("avatar", (get_avatar, create_avatar, delete_avatar)),
        ("cover", (get_cover, create_cover, delete_cover)),
    )
    for verb, action in zip(("GET", "POST", "DELETE"), actions, strict=True)
}
